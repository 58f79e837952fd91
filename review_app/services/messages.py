"""The team merges released items into messages (METHOD.md F15): writes, orders, takes apart."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select, update

from review_app.domain.marking import _
from review_app.domain.refusal import Unacceptable
from review_app.domain.text import clean_line, clean_text
from review_app.domain.vocabulary import Consensus, ItemKind, Use
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.review import Review
from review_app.models.synthesis import Message, MessageSource
from review_app.queries.seats import Seat
from review_app.services import history, workflow

ACTION = "write messages"
HEADLINE, BODY, DISSENT, SUMMARY = 160, 1500, 400, 200
MOST_ITEMS = 100
FIRST = 1
"""The version of a message that has just been made."""


@dataclass(frozen=True)
class Wording:
    """What the rapporteur writes of a message; its support is never typed. `summary` says it in English."""

    kind: ItemKind
    headline: str
    body: str = ""
    dissent: str = ""
    consensus: Consensus | None = None
    question: int | None = None
    summary: str = ""

    def cleaned(self) -> "Wording":
        """Return the wording as it is kept. Raises Unacceptable without a headline."""
        headline = clean_line(self.headline)[:HEADLINE]
        if not headline:
            raise Unacceptable(_("Write the message in one full sentence."), field="headline")
        return Wording(
            self.kind,
            headline,
            body=clean_text(self.body)[:BODY],
            dissent=clean_text(self.dissent)[:DISSENT],
            consensus=self.consensus,
            question=self.question,
            summary=clean_line(self.summary)[:SUMMARY],
        )


def create(key: str, wording: Wording, seat: Seat, *, items: Sequence[str], seen_version: int | None = None) -> Message:
    """Make a message of released items under a key the page made; the same key again revises that message.

    Raises Refused outside the stage, Unacceptable when an item may not be used, Stale when somebody has changed the
    message since this form made it.
    """
    workflow.require(seat, ACTION)
    message = find(key, seat.review)
    if message is not None:
        return revise(message, wording, seat, seen_version=seen_version or FIRST)
    last = db.session.scalar(select(func.max(Message.rank)).where(Message.review_id == seat.review.id))
    message = Message(review_id=seat.review.id, key=key, rank=(last or 0) + 1, **_columns(wording, seat.review))
    db.session.add(message)
    _add(message, items, seat.review)
    db.session.flush()
    history.unearth(message, key, under=seat.review.id)
    history.keep(message, content_of(message), seat.person)
    return message


def revise(
    message: Message, wording: Wording, seat: Seat, *, seen_version: int | None, by_itself: bool = False
) -> Message:
    """Save a new wording. Raises Stale when somebody saved another one meanwhile."""
    workflow.require(seat, ACTION)
    columns = _columns(wording, seat.review)
    if all(getattr(message, name) == value for name, value in columns.items()):
        history.settle(message, by_itself=by_itself)
        return message
    history.check(message, seen_version or 0, content_of(message))
    for name, value in columns.items():
        setattr(message, name, value)
    message.saved_at = utc_now()
    db.session.flush()
    history.keep(message, content_of(message), seat.person, by_itself=by_itself)
    return message


def put_in(message: Message, items: Sequence[str], seat: Seat) -> None:
    """Put more released items into a message; one that is in it already stays."""
    workflow.require(seat, ACTION)
    _add(message, items, seat.review)
    db.session.flush()


def take_out(message: Message, item: str, seat: Seat) -> None:
    """Take an item out of a message: it stands alone again."""
    workflow.require(seat, ACTION)
    for source in list(message.sources):
        if source.item.key == item:
            message.sources.remove(source)
    db.session.flush()


def drop(message: Message, seat: Seat) -> None:
    """Remove a message; its items stand alone again. What it said stays in the history."""
    workflow.require(seat, ACTION)
    history.keep(message, content_of(message), seat.person)
    history.bury(message, message.key, under=seat.review.id)
    db.session.delete(message)
    db.session.flush()


def move(message: Message, seat: Seat, *, up: bool) -> None:
    """Let a message change places with its neighbour of the same kind; the first stays first, the last last."""
    workflow.require(seat, ACTION)
    same = Message.review_id == seat.review.id, Message.kind == message.kind
    order = list(db.session.scalars(select(Message.id).where(*same).order_by(Message.rank, Message.id)))
    here = order.index(message.id)
    there = max(here - 1, 0) if up else min(here + 1, len(order) - 1)
    order[here], order[there] = order[there], order[here]
    for rank, number in enumerate(order, start=1):
        # Not through the row: a new place is no new wording, and must not make an open form stale.
        db.session.execute(update(Message).where(Message.id == number).values(rank=rank))


def find(key: str, review: Review) -> Message | None:
    """Return the message with this key in this review."""
    return db.session.scalar(select(Message).where(Message.key == key, Message.review_id == review.id))


def content_of(message: Message) -> dict[str, Any]:
    """Return what stands in a message, by the names of the form."""
    return {
        "kind": message.kind.value,
        "headline": message.headline,
        "body": message.body,
        "dissent": message.dissent,
        "consensus": message.consensus.value if message.consensus else "",
        "question": str(message.question or ""),
        "summary": message.summary,
    }


def _columns(wording: Wording, review: Review) -> dict[str, Any]:
    kept = wording.cleaned()
    if kept.question is not None and kept.question not in {question.number for question in review.questions}:
        raise Unacceptable(_("Choose one of the review questions, or none."), field="question")
    return asdict(kept)


def _add(message: Message, keys: Sequence[str], review: Review) -> None:
    wanted = list(dict.fromkeys(keys))[:MOST_ITEMS]
    for item, taken in _usable(wanted, review):
        if taken is None:
            message.sources.append(MessageSource(item=item))
        elif taken != message.id:
            raise Unacceptable(
                _("“%(headline)s” is in another message already: take it out there first."),
                {"headline": item.headline},
                field="item",
            )


def _usable(keys: list[str], review: Review) -> list[tuple[FeedbackItem, int | None]]:
    """Return the items under these keys, each with its message. Raises Unacceptable when one is not released."""
    rows = db.session.execute(
        select(FeedbackItem, Return.submitted_at, MessageSource.message_id)
        .join(Return, Return.id == FeedbackItem.return_id)
        .outerjoin(MessageSource, MessageSource.item_id == FeedbackItem.id)
        .where(Return.review_id == review.id, FeedbackItem.key.in_(keys))
        .order_by(FeedbackItem.key)
    ).all()
    if len(rows) < len(keys):
        raise Unacceptable(_("Some of these items are no longer there. Choose again."), field="item")
    for item, sent, _message in rows:
        if sent is None:
            raise Unacceptable(_("One of these items belongs to a return that is not sent yet."), field="item")
        if item.use is not Use.REPORT:
            raise Unacceptable(_("One of these items is kept out of the report by its author."), field="item")
    return [(item, message) for item, _sent, message in rows]
