"""Reviews as a person may see them: the visibility table applied in the query, for list, count and search alike."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Select,
    String,
    bindparam,
    cast,
    extract,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql.elements import ColumnElement

from review_app.domain.marking import _
from review_app.domain.visibility import Thing
from review_app.domain.vocabulary import Precision, Side
from review_app.domain.workflow import CANCELLED, ON_HOLD, Method
from review_app.extensions.database import db
from review_app.models.network import Organisation, Person
from review_app.models.review import MethodEdition, Review, ReviewCity, ReviewDeadline
from review_app.queries import methods
from review_app.queries.sight import Reader, reader_of, seen, seen_by

PAGE = 20
KEPT_ON_ARRIVAL = frozenset(("", "publish"))
"""Dates that are kept as soon as a review reaches their stage: it is never late there."""
PAUSES = {ON_HOLD: _("On hold"), CANCELLED: _("Cancelled")}


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the list; an empty word looks for everything. Pages count from 1."""

    text: str = ""
    stage: str = ""
    theme: str = ""
    country: str = ""
    year: int | None = None
    page: int = 1


@dataclass(frozen=True)
class Host:
    """A host as a list names it; `country` is two letters."""

    name: str
    country: str


@dataclass(frozen=True)
class Listed:
    """One line of the list of reviews; `readable` says that the person may read its report."""

    ref: str
    title: str
    theme: str
    network: str
    stage: str
    starts_on: date | None
    ends_on: date | None
    precision: Precision
    published_at: datetime | None
    fictional: bool
    readable: bool
    hosts: tuple[Host, ...]


@dataclass(frozen=True)
class Found:
    """One page of a list: its lines, how many there are on all pages, and which page this is."""

    lines: tuple[Listed, ...]
    total: int
    page: int


def visible_to(person: Person | None) -> Select[Review]:
    """Select the reviews a person may see; every list, count and search starts from here."""
    return select(Review).where(seen(Thing.REVIEW, person))


def listed(person: Person | None, wanted: Wanted, *, size: int = PAGE) -> Found:
    """Return one page of the reviews a person may see, newest visit first; three statements."""
    count, lines = _listing(reader_of(person), replace(wanted, page=1))
    total = db.session.scalar(count) or 0
    page = min(max(wanted.page, 1), max(1, -(-total // size)))
    rows = db.session.execute(lines, {"size": size, "start": (page - 1) * size}).all()
    hosts = hosts_of([row.id for row in rows])
    return Found(tuple(_line(dict(row._mapping), hosts) for row in rows), total, page)


@lru_cache(maxsize=512)
def _listing(reader: Reader, wanted: Wanted) -> tuple[Select[int], Select[Any]]:
    """Write the two statements of a list once for a reader and what they look for."""
    query = select(Review.id, *_COLUMNS).where(seen_by(Thing.REVIEW, *reader), *_matching(wanted))
    count = select(func.count()).select_from(query.with_only_columns(Review.id).subquery())
    lines = (
        query.add_columns(seen_by(Thing.REPORT, *reader).label("readable"))
        .order_by(Review.starts_on.desc().nulls_last(), Review.id.desc())
        .limit(bindparam("size"))
        .offset(bindparam("start"))
    )
    return count, lines


def _line(values: dict[str, Any], hosts: Mapping[int, tuple[Host, ...]]) -> Listed:
    return Listed(hosts=hosts[values.pop("id")], **values)


_COLUMNS = (
    Review.ref,
    Review.title,
    Review.theme,
    Review.network,
    Review.stage,
    Review.starts_on,
    Review.ends_on,
    Review.precision,
    Review.published_at,
    Review.fictional,
)


_HOSTS = (
    select(ReviewCity.review_id, ReviewCity.named, Organisation.name, Organisation.country)
    .join(Organisation, Organisation.id == ReviewCity.organisation_id)
    .where(ReviewCity.review_id.in_(bindparam("numbers", expanding=True)), ReviewCity.side == Side.HOST)
    .order_by(ReviewCity.review_id, ReviewCity.position)
)


def hosts_of(numbers: Collection[int]) -> Mapping[int, tuple[Host, ...]]:
    """Return the hosts of these reviews by the number of the review, in their order; one statement."""
    found: defaultdict[int, tuple[Host, ...]] = defaultdict(tuple)
    for number, named, name, country in db.session.execute(_HOSTS, {"numbers": list(numbers)}):
        found[number] += (Host(named or name, country),)
    return found


def choices(person: Person | None) -> Mapping[str, tuple[str, ...]]:
    """Return what the list can be narrowed by: stages, themes, countries and years of what the person sees."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for kind, value in db.session.execute(_choosing(reader_of(person))):
        found[kind].append(str(value))
    return {kind: tuple(sorted(values)) for kind, values in found.items()}


@lru_cache(maxsize=512)
def _choosing(reader: Reader) -> CompoundSelect[Any]:
    mine = seen_by(Thing.REVIEW, *reader)
    country = (
        select(literal("country"), Organisation.country)
        .join(ReviewCity, ReviewCity.organisation_id == Organisation.id)
        .join(Review, Review.id == ReviewCity.review_id)
        .where(mine, ReviewCity.side == Side.HOST)
    )
    year = cast(extract("year", Review.starts_on), String)
    kinds = (("stage", Review.stage), ("theme", Review.theme), ("year", year))
    plain = [select(literal(kind), column).where(mine, column.is_not(None), column != "") for kind, column in kinds]
    return union_all(*(query.distinct() for query in (*plain, country)))


def _matching(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.text:
        conditions.append(_says(wanted.text))
    if wanted.stage:
        conditions.append(Review.stage == wanted.stage)
    if wanted.theme:
        conditions.append(Review.theme == wanted.theme)
    if wanted.country:
        conditions.append(_with_city(Organisation.country == wanted.country, ReviewCity.side == Side.HOST))
    if wanted.year is not None:
        conditions.append(extract("year", Review.starts_on) == wanted.year)
    return conditions


def _says(text: str) -> ColumnElement[bool]:
    places = (Organisation.name, Organisation.local_name, ReviewCity.named)
    named = or_(*(place.icontains(text, autoescape=True) for place in places))
    return or_(Review.title.icontains(text, autoescape=True), _with_city(named))


def _with_city(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    cities = select(ReviewCity.review_id).join(Organisation, Organisation.id == ReviewCity.organisation_id)
    return Review.id.in_(cities.where(ReviewCity.declined_at.is_(None), *conditions))


def stage_labels() -> Mapping[str, str]:
    """Return how the stages of all methods in use are called, in their order, the pauses last."""
    digests = db.session.scalars(select(MethodEdition.digest).order_by(MethodEdition.id))
    labels = {stage.name: stage.label for digest in digests for stage in method_by(digest).stages}
    return labels | PAUSES


@lru_cache(maxsize=64)
def method_by(digest: str) -> Method:
    """Return the method of an edition by the digest of its content: the same digest, the same method, for ever."""
    return methods.of(db.session.scalars(select(MethodEdition).where(MethodEdition.digest == digest)).one())


def due_now() -> Any:
    """Return when the stage a review stands in is due, as a column of a query over reviews; null at its end."""
    editions = db.session.execute(select(MethodEdition.id, MethodEdition.digest))
    pairs = [
        (Review.edition_id == number) & (Review.stage == stage.name) & (ReviewDeadline.name == stage.due)
        for number, digest in editions
        for stage in method_by(digest).stages[:-1]
        if stage.due not in KEPT_ON_ARRIVAL
    ]
    query = select(ReviewDeadline.at).where(ReviewDeadline.review_id == Review.id, or_(false(), *pairs))
    return query.correlate(Review).scalar_subquery()
