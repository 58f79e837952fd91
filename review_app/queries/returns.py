"""The returns of a review as far as a seat may see them: all, those sent and its own, or its own alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import contains_eager, selectinload

from review_app.domain.visibility import Reach, Thing
from review_app.domain.vocabulary import Use
from review_app.extensions.database import db
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.network import Organisation
from review_app.queries.seats import Seat

PAGE = 20


@dataclass(frozen=True)
class Found:
    """One page of returns, by city; pages count from 1, `total` is what this seat may see in all."""

    returns: Sequence[Return]
    page: int
    pages: int
    total: int


def visible_to(seat: Seat) -> Select[Return]:
    """Select the returns this seat may see at this moment."""
    return select(Return).where(Return.review_id == seat.review.id, _within(seat))


def listed(seat: Seat, page: int = 1, *, size: int = PAGE) -> Found:
    """Return one page of the visible returns with their cities and items, in three statements."""
    seen = visible_to(seat)
    total = db.session.scalar(select(func.count()).select_from(seen.subquery())) or 0
    pages = max(1, -(-total // size))
    here = min(max(1, page), pages)
    query = (
        seen.join(Return.organisation)
        .options(contains_eager(Return.organisation), selectinload(Return.items.and_(_readable(seat))))
        .order_by(Organisation.name, Organisation.id)
        .limit(size)
        .offset((here - 1) * size)
    )
    return Found(list(db.session.scalars(query)), here, pages, total)


def items_visible_to(seat: Seat) -> Select[int]:
    """Select the numbers of the items this seat may see at this moment: what hangs on an item is seen with it."""
    within = FeedbackItem.return_id.in_(visible_to(seat).with_only_columns(Return.id))
    return select(FeedbackItem.id).where(within, _readable(seat))


def _readable(seat: Seat) -> ColumnElement[bool]:
    """What a city wrote for the host alone stays with it and the team, whatever else the other cities may read."""
    if seat.sees(Thing.HOST_NOTE) is Reach.ALL:
        return true()
    own = select(Return.id).where(Return.review_id == seat.review.id, Return.organisation_id.in_(seat.cities))
    return (FeedbackItem.use != Use.HOST_ONLY) | FeedbackItem.return_id.in_(own)


def _within(seat: Seat) -> ColumnElement[bool]:
    own = Return.organisation_id.in_(seat.cities)
    match seat.sees(Thing.RETURN):
        case Reach.ALL:
            return Return.id.is_not(None)
        case Reach.SENT:
            return or_(own, Return.submitted_at.is_not(None))
        case Reach.OWN:
            return own
        case _:
            return Return.id.is_(None)
