"""Messages with their support, and the released items that no message holds yet, as this person may see them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, func, select, union
from sqlalchemy.sql.elements import ColumnElement

from review_app.domain.attribution import OUTSIDE_THE_TEAM, Naming, Voice
from review_app.domain.visibility import Reach, Thing
from review_app.domain.vocabulary import Consensus, ItemKind, Side, Use
from review_app.extensions.database import db
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.network import Organisation
from review_app.models.review import Review, ReviewCity
from review_app.models.synthesis import Message, MessageSource
from review_app.queries.paging import PAGE, Paged, within
from review_app.queries.report_material import KIND_RANK
from review_app.queries.seats import Seat

RELEASED = Return.submitted_at.is_not(None) & (FeedbackItem.use == Use.REPORT)


@dataclass(frozen=True)
class Source:
    """An item inside a message; `city` only for those who see the returns. `withheld`: no longer released."""

    key: str
    kind: ItemKind
    headline: str
    city: str
    withheld: bool


@dataclass(frozen=True)
class Line:
    """A message as a page shows it, numbered from 1 in the order of the report; `named` are cities that agreed.

    `cities` and `of` are None where the number would tell a reader who does not see the returns who said it.
    """

    key: str
    number: int
    kind: ItemKind
    headline: str
    body: str
    dissent: str
    summary: str
    consensus: Consensus | None
    question: int | None
    cities: int | None
    of: int | None
    named: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Free:
    """A released item that no message holds."""

    key: str
    kind: ItemKind
    headline: str
    explanation: str
    question: int | None
    language: str
    city: str


@dataclass(frozen=True)
class Wanted:
    """Which free items are looked for; nothing chosen looks for all. Pages count from 1."""

    kind: ItemKind | None = None
    question: int | None = None
    page: int = 1


def lines(seat: Seat, *, page: int = 1) -> Paged[Line]:
    """Return one page of messages in the order of the report, in five statements."""
    if seat.sees(Thing.MESSAGE) is Reach.NONE:
        return Paged()
    total = db.session.scalar(select(func.count(Message.id)).where(Message.review_id == seat.review.id)) or 0
    page = within(page, total)
    first = (page - 1) * PAGE
    rows = list(db.session.scalars(_ordered(select(Message), seat).offset(first).limit(PAGE)))
    return Paged(_lines(rows, seat, first=first), page, total)


def page_of(message: Message, seat: Seat) -> int:
    """Return the page on which a message stands."""
    order = list(db.session.scalars(_ordered(select(Message.id), seat)))
    return order.index(message.id) // PAGE + 1 if message.id in order else 1


def line(message: Message, seat: Seat) -> Line:
    """Return one message with its sources; its number is not counted."""
    return _lines([message], seat, first=0)[0]


def free(seat: Seat, wanted: Wanted) -> Paged[Free]:
    """Return one page of released items that no message holds; for those alone who read all returns."""
    if seat.sees(Thing.RETURN) is not Reach.ALL:
        return Paged()
    where = (*_looked_for(wanted), ~_held(), RELEASED, Return.review_id == seat.review.id)
    query = select(func.count(FeedbackItem.id)).join(Return, Return.id == FeedbackItem.return_id).where(*where)
    total = db.session.scalar(query) or 0
    page = within(wanted.page, total)
    rows = db.session.execute(
        select(FeedbackItem, Organisation.name)
        .join(Return, Return.id == FeedbackItem.return_id)
        .join(Organisation, Organisation.id == Return.organisation_id)
        .where(*where)
        .order_by(FeedbackItem.kind, FeedbackItem.question, FeedbackItem.key)
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    )
    return Paged([_free(item, city) for item, city in rows], page, total)


def chosen(keys: Sequence[str], seat: Seat) -> list[Free]:
    """Return the released items under these keys, in the order of the keys; keys of other reviews find nothing."""
    rows = db.session.execute(
        select(FeedbackItem, Organisation.name)
        .join(Return, Return.id == FeedbackItem.return_id)
        .join(Organisation, Organisation.id == Return.organisation_id)
        .where(RELEASED, Return.review_id == seat.review.id, FeedbackItem.key.in_(keys), ~_held())
    )
    found = {item.key: _free(item, city) for item, city in rows}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def titles(seat: Seat) -> list[tuple[str, str, int]]:
    """Return key, headline and number of every message, in the order of the report."""
    if seat.sees(Thing.MESSAGE) is Reach.NONE:
        return []
    rows = db.session.execute(_ordered(select(Message.key, Message.headline), seat)).all()
    return [(key, headline, number) for number, (key, headline) in enumerate(rows, start=1)]


def naming_of(review: Review, small_group: int, *, use: Use = Use.REPORT) -> Naming:
    """Return the rule by which cities are named and counted with their items in this review: two statements."""
    voices = db.session.execute(
        select(Return.organisation_id, FeedbackItem.kind, FeedbackItem.use, FeedbackItem.attribution)
        .join(Return, Return.id == FeedbackItem.return_id)
        .where(Return.review_id == review.id, Return.submitted_at.is_not(None), FeedbackItem.use.in_(OUTSIDE_THE_TEAM))
    )
    sent = select(func.count(Return.id)).where(Return.review_id == review.id, Return.submitted_at.is_not(None))
    return Naming(
        review.regime,
        voices=tuple(Voice(*row) for row in voices),
        small_group=small_group,
        returned=db.session.scalar(sent) or 0,
        use=use,
    )


def _ordered(query: Any, seat: Seat) -> Any:
    return query.where(Message.review_id == seat.review.id).order_by(KIND_RANK, Message.rank, Message.id)


def _lines(rows: list[Message], seat: Seat, *, first: int) -> list[Line]:
    review = seat.review
    sources = _sources([row.id for row in rows])
    taking_part = db.session.scalar(_taking_part(review.id)) or 0
    naming = naming_of(review, seat.method.numbers.small_group)
    reach = seat.sees(Thing.RETURN)
    return [
        _line(row, sources[row.id], number=number, of=taking_part, naming=naming, reach=reach)
        for number, row in enumerate(rows, start=first + 1)
    ]


def _line(row: Message, sources: list[Any], *, number: int, of: int, naming: Naming, reach: Reach) -> Line:
    released = [one for one in sources if one.sent is not None and one.use is Use.REPORT]
    voices = [Voice(one.city_id, one.kind, one.use, one.attribution) for one in released]
    told = naming.support(row.kind, voices, of=of, consensus=row.consensus)
    if reach in (Reach.SENT, Reach.ALL):
        # Whoever reads the returns counts for themselves; the names stay those that the report will print.
        told = replace(told, cities=len({one.city_id for one in released}), of=of, consensus=row.consensus)
    return Line(
        key=row.key,
        number=number,
        kind=row.kind,
        headline=row.headline,
        body=row.body,
        dissent=row.dissent,
        summary=row.summary,
        consensus=told.consensus,
        question=row.question,
        cities=told.cities,
        of=told.of,
        named=tuple(sorted({one.city for one in released})) if told.is_named else (),
        sources=tuple(_source(one) for one in _readable(sources, released, reach)),
    )


def _readable(sources: list[Any], released: list[Any], reach: Reach) -> list[Any]:
    """The team reads every item; peers what was sent and released; the host none (METHOD.md 2)."""
    if reach is Reach.ALL:
        return sources
    return released if reach is Reach.SENT else []


def _source(one: Any) -> Source:
    withheld = one.sent is None or one.use is not Use.REPORT
    return Source(one.key, one.kind, one.headline, one.city, withheld)


def _sources(messages: list[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    rows = db.session.execute(
        select(
            MessageSource.message_id,
            FeedbackItem.key,
            FeedbackItem.kind,
            FeedbackItem.headline,
            FeedbackItem.attribution,
            FeedbackItem.use,
            Return.submitted_at.label("sent"),
            Organisation.id.label("city_id"),
            Organisation.name.label("city"),
        )
        .join(FeedbackItem, FeedbackItem.id == MessageSource.item_id)
        .join(Return, Return.id == FeedbackItem.return_id)
        .join(Organisation, Organisation.id == Return.organisation_id)
        .where(MessageSource.message_id.in_(messages))
        .order_by(Organisation.name, FeedbackItem.key)
    )
    for row in rows:
        found[row.message_id].append(row)
    return found


def _taking_part(review_id: int) -> Select[Any]:
    """Count peer cities that take part; one that sent its return before it left is among them."""
    peers = select(ReviewCity.organisation_id).where(
        ReviewCity.review_id == review_id, ReviewCity.side == Side.PEER, ReviewCity.declined_at.is_(None)
    )
    sent = select(Return.organisation_id).where(Return.review_id == review_id, Return.submitted_at.is_not(None))
    return select(func.count()).select_from(union(peers, sent).subquery())


def _held() -> ColumnElement[bool]:
    return select(MessageSource.id).where(MessageSource.item_id == FeedbackItem.id).exists()


def _looked_for(wanted: Wanted) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.kind is not None:
        where.append(FeedbackItem.kind == wanted.kind)
    if wanted.question is not None:
        where.append(FeedbackItem.question == wanted.question)
    return where


def _free(item: FeedbackItem, city: str) -> Free:
    return Free(
        key=item.key,
        kind=item.kind,
        headline=item.headline,
        explanation=item.explanation,
        question=item.question,
        language=item.language,
        city=city,
    )
