"""Photos and documents as a seat may see them: those of the practice with it, those of an item with the item."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, false, func, select, true
from sqlalchemy.orm import joinedload

from review_app.domain.visibility import Reach, Thing
from review_app.extensions.database import db
from review_app.models.attachments import Attachment
from review_app.models.feedback import FeedbackItem
from review_app.models.network import Person
from review_app.models.review import Review
from review_app.queries import returns
from review_app.queries.seats import Seat


def of_practice(seat: Seat) -> list[Attachment]:
    """Return what hangs on the practice, in the order it was added; nothing while the seat may not see it."""
    return list(db.session.scalars(_of_practice(seat).order_by(Attachment.id)))


def in_practice(key: str, seat: Seat) -> Attachment | None:
    """Return one file of the practice of this review, None when it is missing or hidden alike."""
    return db.session.scalar(_of_practice(seat).where(Attachment.key == key))


def of_items(items: Iterable[FeedbackItem], seat: Seat) -> Mapping[int, Sequence[Attachment]]:
    """Return by number of the item what hangs on these items, as far as the seat may see them: one statement."""
    numbers = [item.id for item in items]
    found: defaultdict[int, list[Attachment]] = defaultdict(list)
    rows = db.session.scalars(_of_returns(seat).where(Attachment.item_id.in_(numbers)).order_by(Attachment.id))
    for row in rows if numbers else ():
        found[row.item_id or 0].append(row)
    return found


def in_returns(key: str, seat: Seat) -> Attachment | None:
    """Return one file of an item of this review, None when it is missing or hidden alike."""
    query = _of_returns(seat).options(joinedload(Attachment.item))
    return db.session.scalar(query.where(Attachment.key == key))


def is_taken(key: str) -> bool:
    """Tell whether any file anywhere has this key."""
    return db.session.scalar(select(Attachment.id).where(Attachment.key == key)) is not None


def bytes_in(review: Review) -> int:
    """Return how much all files of a review take."""
    return _bytes(Attachment.review_id == review.id)


def bytes_of(person: Person) -> int:
    """Return how much the files take that a person has added anywhere."""
    return _bytes(Attachment.person_id == person.id)


def count_beside(review: Review, item: FeedbackItem | None) -> int:
    """Return how many files hang on an item, or without one on the practice."""
    place = Attachment.item_id == item.id if item else Attachment.item_id.is_(None)
    query = select(func.count(Attachment.id)).where(Attachment.review_id == review.id, place)
    return db.session.scalar(query) or 0


def _of_practice(seat: Seat) -> Select[Attachment]:
    seen = true() if seat.sees(Thing.PRACTICE) is not Reach.NONE else false()
    return select(Attachment).where(Attachment.review_id == seat.review.id, Attachment.item_id.is_(None), seen)


def _of_returns(seat: Seat) -> Select[Attachment]:
    seen = Attachment.item_id.in_(returns.items_visible_to(seat))
    return select(Attachment).where(Attachment.review_id == seat.review.id, seen)


def _bytes(where: ColumnElement[bool]) -> int:
    return int(db.session.scalar(select(func.coalesce(func.sum(Attachment.size), 0)).where(where)) or 0)
