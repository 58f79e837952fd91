"""The log of the fact check, and what the host alone may read, as this person may see them (METHOD.md F18)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from review_app.domain.attribution import Naming, Voice
from review_app.domain.report_parts import label_of
from review_app.domain.visibility import Reach, Thing
from review_app.domain.vocabulary import CommentAnswer, CommentKind, ItemKind, Use
from review_app.extensions.database import db
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.network import Organisation
from review_app.models.synthesis import FactComment, Message
from review_app.queries.messages import naming_of
from review_app.queries.paging import PAGE, Paged, within
from review_app.queries.seats import Seat

ADDRESS = re.compile(r"https?://[^\s/$.?#]\S*", re.IGNORECASE)
FOR_THE_HOST = Return.submitted_at.is_not(None) & (FeedbackItem.use == Use.HOST_ONLY)


@dataclass(frozen=True)
class Counts:
    """How many comments wait for an answer, and how many have one."""

    waiting: int
    answered: int

    @property
    def total(self) -> int:
        """How many there are."""
        return self.waiting + self.answered


@dataclass(frozen=True)
class Entry:
    """One comment of the host with its answer. `about` is a label; moments are UTC."""

    key: str
    about: str
    quoted: str
    kind: CommentKind
    comment: str
    source: str
    print_view: bool
    made_at: datetime
    answer: CommentAnswer | None
    reason: str
    version: int

    @property
    def is_address(self) -> bool:
        """Whether the source is a page of the web, and not the name of a document."""
        return ADDRESS.fullmatch(self.source) is not None


@dataclass(frozen=True)
class Note:
    """What a city wrote for the host's eyes only; `city` is empty when it may not be named."""

    key: str
    kind: ItemKind
    headline: str
    explanation: str
    language: str
    city: str


def counts(seat: Seat) -> Counts:
    """Count the comments the person sees."""
    if seat.sees(Thing.FACT_CHECK) is Reach.NONE:
        return Counts(0, 0)
    total, answered = db.session.execute(
        select(func.count(FactComment.id), func.count(FactComment.answer)).where(
            FactComment.review_id == seat.review.id
        )
    ).one()
    return Counts(total - answered, answered)


def entries(seat: Seat, total: int, *, page: int = 1) -> Paged[Entry]:
    """Return one page of the `total` comments, those that wait for an answer first: two statements."""
    if seat.sees(Thing.FACT_CHECK) is Reach.NONE:
        return Paged()
    page = within(page, total)
    rows = db.session.scalars(
        select(FactComment)
        .where(FactComment.review_id == seat.review.id)
        .order_by(FactComment.answered_at.is_not(None), FactComment.id)
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    )
    headlines = _headlines(seat)
    return Paged([_entry(row, headlines) for row in rows], page, total)


def entry(row: FactComment, seat: Seat) -> Entry:
    """Return one comment as a page shows it."""
    return _entry(row, _headlines(seat))


def find(key: str, seat: Seat) -> FactComment | None:
    """Return the comment with this key in this review."""
    return db.session.scalar(select(FactComment).where(FactComment.key == key, FactComment.review_id == seat.review.id))


def notes(seat: Seat, *, page: int = 1) -> Paged[Note]:
    """Return one page of the items for the host only, in an order that says nothing."""
    if seat.sees(Thing.HOST_NOTE) is Reach.NONE:
        return Paged()
    where = (FOR_THE_HOST, Return.review_id == seat.review.id)
    query = select(func.count(FeedbackItem.id)).join(Return, Return.id == FeedbackItem.return_id).where(*where)
    total = db.session.scalar(query) or 0
    page = within(page, total)
    rows = db.session.execute(
        select(FeedbackItem, Organisation.id, Organisation.name)
        .join(Return, Return.id == FeedbackItem.return_id)
        .join(Organisation, Organisation.id == Return.organisation_id)
        .where(*where)
        .order_by(FeedbackItem.key)
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    ).all()
    naming = naming_of(seat.review, seat.method.numbers.small_group, use=Use.HOST_ONLY)
    return Paged([_note(item, place, city, naming=naming) for item, place, city in rows], page, total)


def _note(item: FeedbackItem, place: int, city: str, *, naming: Naming) -> Note:
    voice = Voice(place, item.kind, item.use, item.attribution)
    return Note(
        key=item.key,
        kind=item.kind,
        headline=item.headline,
        explanation=item.explanation,
        language=item.language,
        city=city if naming.names(voice) else "",
    )


def _headlines(seat: Seat) -> dict[str, str]:
    rows = db.session.execute(select(Message.key, Message.headline).where(Message.review_id == seat.review.id))
    return {key: headline for key, headline in rows}  # noqa: C416 (a row is no pair to the type checker)


def _entry(row: FactComment, headlines: Mapping[str, str]) -> Entry:
    return Entry(
        key=row.key,
        about=label_of(row.about, headlines),
        quoted=row.quoted,
        kind=row.kind,
        comment=row.comment,
        source=row.source,
        print_view=row.print_view,
        made_at=row.made_at,
        answer=row.answer,
        reason=row.reason,
        version=row.version,
    )
