"""The dated duties of a review in order, each with the day at the host and whether somebody moved it."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from review_app.extensions.database import db
from review_app.models.review import ReviewDeadline
from review_app.queries.seats import Seat


@dataclass(frozen=True)
class Duty:
    """One deadline of the method; `at` (UTC) and `day` (at the host) are None until the visit has days."""

    name: str
    label: str
    at: datetime | None = None
    day: date | None = None
    moved: bool = False


def duties(seat: Seat) -> list[Duty]:
    """Return every deadline of the review's method, the dated ones first and in order: one statement."""
    query = select(ReviewDeadline.name, ReviewDeadline.at, ReviewDeadline.moved).where(
        ReviewDeadline.review_id == seat.review.id
    )
    known = {name: (at, moved) for name, at, moved in db.session.execute(query)}
    zone = ZoneInfo(seat.review.timezone)
    found = []
    for deadline in seat.method.deadlines.values():
        at, moved = known.get(deadline.name, (None, False))
        day = at.astimezone(zone).date() if at else None
        found.append(Duty(deadline.name, deadline.label, at, day, moved))
    return sorted(found, key=lambda duty: (duty.day is None, duty.day))


def duty(seat: Seat, name: str) -> Duty | None:
    """Return one deadline by its name in the method."""
    return next((one for one in duties(seat) if one.name == name), None)
