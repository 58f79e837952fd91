"""The reviews a synthesis may rest on: published, out, and travelling as far as the synthesis does."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, String, cast, extract, func, literal, select, union_all
from sqlalchemy.sql.elements import ColumnElement

from review_app.domain.visibility import Thing
from review_app.domain.vocabulary import Level, Precision, Role, Side
from review_app.extensions.database import db
from review_app.models.network import Organisation
from review_app.models.network_synthesis import Synthesis, SynthesisReview
from review_app.models.publishing import Report
from review_app.models.record import PublicRecord
from review_app.models.review import MethodEdition, Review, ReviewCity
from review_app.queries.paging import PAGE, within
from review_app.queries.reports import HIGHLIGHTS
from review_app.queries.reviews import Host, hosts_of
from review_app.queries.sight import seen_by

READERS = {Level.MEMBERS: frozenset((Role.MEMBER, Role.PUBLIC)), Level.PUBLIC: frozenset((Role.PUBLIC,))}
"""As whom the table of visibility is asked: what these may not read does not enter a synthesis for them."""


@dataclass(frozen=True)
class Wanted:
    """What reviews are looked for; an empty word looks for all. Pages count from 1.

    `year` alone is the year in which a visit began; with `until` it is the first of several years, of which a visit has
    to have had a day.
    """

    theme: str = ""
    country: str = ""
    method: str = ""
    year: int | None = None
    until: int | None = None
    page: int = 1


@dataclass(frozen=True)
class Candidate:
    """A review that may be chosen, and whether it is."""

    ref: str
    title: str
    theme: str
    method: str
    starts_on: date | None
    ends_on: date | None
    precision: Precision
    chosen: bool
    hosts: tuple[Host, ...]


@dataclass(frozen=True)
class Found:
    """One page of candidates, and how many there are on all pages."""

    rows: tuple[Candidate, ...]
    total: int
    page: int


def listed(synthesis: Synthesis, wanted: Wanted) -> Found:
    """Return one page of the reviews that may enter this synthesis, the newest visit first; three statements."""
    query = _candidates(synthesis, wanted)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    page = within(wanted.page, total)
    ordered = query.order_by(Review.starts_on.desc().nulls_last(), Review.id.desc())
    rows = db.session.execute(ordered.offset((page - 1) * PAGE).limit(PAGE)).all()
    hosts = hosts_of([row.id for row in rows])
    return Found(tuple(_candidate(dict(row._mapping), hosts) for row in rows), total, page)


def matching(synthesis: Synthesis, wanted: Wanted) -> list[str]:
    """Return the references of all reviews that fit, on whatever page they stand."""
    refs = _candidates(synthesis, replace(wanted, page=1)).with_only_columns(Review.ref)
    return list(db.session.scalars(refs.order_by(Review.id)))


def choices(synthesis: Synthesis) -> Mapping[str, tuple[str, ...]]:
    """Return what the candidates can be narrowed by: themes, countries, methods and years; one statement."""
    may = travels(synthesis.level)
    country = (
        select(literal("country"), Organisation.country)
        .join(ReviewCity, ReviewCity.organisation_id == Organisation.id)
        .join(Review, Review.id == ReviewCity.review_id)
        .where(may, ReviewCity.side == Side.HOST)
    )
    year = select(literal("year"), cast(extract("year", Review.starts_on), String)).where(may)
    theme = select(literal("theme"), Review.theme).where(may)
    method = _with_method(select(literal("method"), _METHOD)).where(may)
    found: defaultdict[str, list[str]] = defaultdict(list)
    every: Iterable[Any] = (country, year, theme, method)
    for row in db.session.execute(union_all(*(one.distinct() for one in every))):
        kind, value = tuple(row)
        if value:
            found[kind].append(str(value))
    return {kind: tuple(sorted(values)) for kind, values in found.items()}


def travels(level: Level) -> ColumnElement[bool]:
    """Return the condition that a review's report is out to everybody who reads a synthesis of this level."""
    published = select(Report.id).where(
        Report.review_id == Review.id, Report.kind == HIGHLIGHTS, Report.number.is_not(None)
    )
    return seen_by(Thing.REPORT, READERS[level], None) & published.correlate(Review).exists()


def by_refs(refs: Collection[str], level: Level) -> Sequence[Review]:
    """Return those of these reviews that may enter a synthesis of this level."""
    return db.session.scalars(select(Review).where(Review.ref.in_(refs), travels(level))).all()


def chosen(synthesis: Synthesis) -> Sequence[Review]:
    """Return every review that was chosen, whatever has become of it since, in the order of their numbers."""
    query = select(Review).join(SynthesisReview, SynthesisReview.review_id == Review.id)
    mine = query.where(SynthesisReview.synthesis_id == synthesis.id)
    return db.session.scalars(mine.order_by(SynthesisReview.position, SynthesisReview.id)).all()


def snapshots(reviews: Collection[int], level: Level) -> Mapping[int, str]:
    """Return the newest published report of each of these reviews that travels so far, as it was frozen."""
    newest = (
        select(Report.review_id, func.max(Report.number).label("number"))
        .where(Report.review_id.in_(reviews), Report.kind == HIGHLIGHTS, Report.number.is_not(None))
        .group_by(Report.review_id)
        .subquery()
    )
    query = (
        select(Report.review_id, Report.snapshot)
        .join(newest, (newest.c.review_id == Report.review_id) & (newest.c.number == Report.number))
        .join(Review, Review.id == Report.review_id)
        .where(Report.kind == HIGHLIGHTS, travels(level))
    )
    return {row.review_id: row.snapshot for row in db.session.execute(query)}


_METHOD = func.coalesce(PublicRecord.method, func.replace(MethodEdition.name, "_", " "))


def _candidates(synthesis: Synthesis, wanted: Wanted) -> Select[Any]:
    is_chosen = select(SynthesisReview.id).where(
        SynthesisReview.synthesis_id == synthesis.id, SynthesisReview.review_id == Review.id
    )
    columns = (Review.id, Review.ref, Review.title, Review.theme, Review.starts_on, Review.ends_on, Review.precision)
    query = _with_method(select(*columns, _METHOD.label("method"), is_chosen.exists().label("chosen")))
    narrowed: Select[Any] = query.where(travels(synthesis.level), *_matching(wanted))
    return narrowed


def _with_method(query: Any) -> Any:
    editions = query.join_from(Review, MethodEdition, MethodEdition.id == Review.edition_id)
    return editions.outerjoin(PublicRecord, PublicRecord.review_id == Review.id)


def _matching(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.theme:
        conditions.append(Review.theme == wanted.theme)
    if wanted.method:
        conditions.append(_METHOD.is_not_distinct_from(wanted.method))
    conditions.extend(_in_years(wanted))
    if wanted.country:
        hosts = select(ReviewCity.review_id).join(Organisation, Organisation.id == ReviewCity.organisation_id)
        conditions.append(
            Review.id.in_(hosts.where(ReviewCity.side == Side.HOST, Organisation.country == wanted.country))
        )
    return conditions


def _in_years(wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    began = extract("year", Review.starts_on)
    if wanted.until is None:
        return () if wanted.year is None else (began == wanted.year,)
    ended = func.coalesce(extract("year", Review.ends_on), began)
    return (began <= wanted.until, *(() if wanted.year is None else (ended >= wanted.year,)))


def _candidate(values: dict[str, Any], hosts: Mapping[int, tuple[Host, ...]]) -> Candidate:
    return Candidate(hosts=hosts[values.pop("id")], **values)
