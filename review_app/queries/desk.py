"""The desk of the secretariat: every review with its date, its returns and who owes what; few statements."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, exists, func, select

from review_app.domain.vocabulary import Precision, Role, Side
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.feedback import Return
from review_app.models.network import Organisation, Person
from review_app.models.publishing import Report
from review_app.models.record import PublicRecord
from review_app.models.review import MethodEdition, Participant, Review, ReviewCity
from review_app.queries.reviews import PAGE, Host, due_now, hosts_of, method_by, visible_to

FEEDBACK, REMIND = "give feedback", "remind"


@dataclass(frozen=True)
class Owing:
    """A peer city that somebody waits for; `key` goes into the address of the reminder."""

    key: str
    name: str


@dataclass(frozen=True)
class DeskLine:
    """One review on the desk. `due` (UTC) is when its stage is due; `returns` is None where none are asked yet."""

    ref: str
    title: str
    stage: str
    timezone: str
    starts_on: date | None
    ends_on: date | None
    precision: Precision
    due: datetime | None
    days_late: int
    cities: int
    returns: int | None
    has_report: bool
    owe_feedback: bool
    hosts: tuple[Host, ...]
    owing: tuple[Owing, ...]


@dataclass(frozen=True)
class Desk:
    """One page of the desk; `stages` counts the reviews of all pages by stage."""

    lines: tuple[DeskLine, ...]
    stages: Mapping[str, int]
    total: int
    page: int


def desk_of(person: Person, stage: str = "", page: int = 1) -> Desk:
    """Return a page of the desk, the earliest date first; seven statements."""
    stages = stage_counts(person)
    total = stages.get(stage, 0) if stage else sum(stages.values())
    page = min(max(page, 1), max(1, -(-total // PAGE)))
    query = _lines(person).order_by(due_now().asc().nulls_last(), Review.starts_on.desc(), Review.id.desc())
    query = query.where(Review.stage == stage) if stage else query
    rows = [dict(row._mapping) for row in db.session.execute(query.limit(PAGE).offset((page - 1) * PAGE))]
    numbers = [row["id"] for row in rows]
    hosts, peers = hosts_of(numbers), _peers(numbers)
    return Desk(tuple(_line(row, hosts[row["id"]], peers[row["id"]]) for row in rows), stages, total, page)


def stage_counts(person: Person) -> Mapping[str, int]:
    """Return how many reviews a person sees at each stage."""
    query = visible_to(person).with_only_columns(Review.stage, func.count()).group_by(Review.stage)
    return dict(db.session.execute(query).all())


def _lines(person: Person) -> Select[*tuple[Any, ...]]:
    imported = exists().where(PublicRecord.review_id == Review.id)
    published = exists().where(Report.review_id == Review.id, Report.number.is_not(None))
    return (
        visible_to(person)
        .join(MethodEdition, MethodEdition.id == Review.edition_id)
        .with_only_columns(
            Review.id,
            Review.ref,
            Review.title,
            Review.stage,
            Review.timezone,
            Review.starts_on,
            Review.ends_on,
            Review.precision,
            MethodEdition.digest,
            due_now().label("due"),
            imported.label("imported"),
            published.label("has_report"),
        )
    )


@dataclass(frozen=True)
class _Peer:
    key: str
    name: str
    is_ready: bool
    has_sent: bool


def _peers(numbers: Collection[int]) -> Mapping[int, list[_Peer]]:
    """Return the peer cities of these reviews: is everybody who speaks for them ready, have they sent their return?"""
    speaks = exists().where(
        Participant.review_id == ReviewCity.review_id,
        Participant.organisation_id == ReviewCity.organisation_id,
        Participant.role == Role.PEER,
    )
    sent = exists().where(
        Return.review_id == ReviewCity.review_id,
        Return.organisation_id == ReviewCity.organisation_id,
        Return.submitted_at.is_not(None),
    )
    ready = and_(speaks, ~speaks.where(Participant.code_accepted_at.is_(None)))
    query = (
        select(ReviewCity.review_id, ReviewCity.key, Organisation.name, ready, sent)
        .join(Organisation, Organisation.id == ReviewCity.organisation_id)
        .where(ReviewCity.review_id.in_(numbers), ReviewCity.side == Side.PEER, ReviewCity.declined_at.is_(None))
        .order_by(Organisation.name)
    )
    found: defaultdict[int, list[_Peer]] = defaultdict(list)
    for number, key, name, is_ready, has_sent in db.session.execute(query):
        found[number].append(_Peer(key, name, is_ready, has_sent))
    return found


def _line(row: dict[str, Any], hosts: tuple[Host, ...], peers: Sequence[_Peer]) -> DeskLine:
    imported, digest = row.pop("imported"), row.pop("digest")
    row.pop("id")
    method = method_by(digest)
    asked = frozenset((Role.PEER,))
    writing = method.permits(FEEDBACK, asked, row["stage"])
    begun = not imported and method.order(row["stage"]) >= method.order(method.actions[FEEDBACK].during[0])
    reminding = method.permits(REMIND, method.actions[REMIND].by, row["stage"])
    return DeskLine(
        **row,
        days_late=days_late(row["due"], row["timezone"]),
        cities=len(peers),
        returns=sum(peer.has_sent for peer in peers) if begun else None,
        owe_feedback=writing,
        hosts=hosts,
        owing=tuple(_owing(peers, writing)) if reminding else (),
    )


def _owing(peers: Sequence[_Peer], writing: bool) -> list[Owing]:
    """While feedback is written a city owes its return, before that the answer to its invitation."""
    return [Owing(peer.key, peer.name) for peer in peers if not (peer.has_sent if writing else peer.is_ready)]


def days_late(due: datetime | None, timezone: str) -> int:
    """Return by how many days, where the host is, a date has passed; 0 while it has not."""
    now = utc_now()
    if due is None or due >= now:
        return 0
    zone = ZoneInfo(timezone)
    return max(1, (now.astimezone(zone).date() - due.astimezone(zone).date()).days)
