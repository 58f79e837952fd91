"""The reports of a review as a person may see them: the published one, else the latest draft for its readers."""

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from review_app.domain.visibility import Reach, Thing
from review_app.extensions.database import db
from review_app.models.publishing import Report
from review_app.models.review import Review
from review_app.queries.seats import Seat

HIGHLIGHTS = "highlights"


def sees_published(seat: Seat) -> bool:
    """Tell whether the person reads the published report now."""
    return seat.review.published_at is not None and seat.sees(Thing.REPORT) is not Reach.NONE


def sees_drafts(seat: Seat) -> bool:
    """Tell whether the person reads drafts now."""
    return seat.sees(Thing.DRAFT) is not Reach.NONE


def published(review: Review, kind: str = HIGHLIGHTS) -> Report | None:
    """Return the latest numbered report of a review: the one that counts."""
    numbered = _of(review, kind).where(Report.number.is_not(None))
    return db.session.scalar(numbered.order_by(Report.number.desc()).limit(1))


def latest(seat: Seat, kind: str = HIGHLIGHTS) -> Report | None:
    """Return the report the person is given when they ask for "the report"."""
    if sees_published(seat):
        return published(seat.review, kind)
    if not sees_drafts(seat):
        return None
    drafts = _of(seat.review, kind).where(Report.number.is_(None), ~Report.ahead)
    return db.session.scalar(drafts.order_by(Report.id.desc()).limit(1))


def find(key: str, seat: Seat, kind: str = HIGHLIGHTS) -> Report | None:
    """Return the report with this key when the person may see it."""
    row = db.session.scalar(_of(seat.review, kind).where(Report.key == key, ~Report.ahead))
    if row is None:
        return None
    allowed = sees_drafts(seat) if row.number is None else sees_published(seat)
    return row if allowed else None


def numbered(review: Review) -> list[Report]:
    """Return every numbered report of a review, the latest first."""
    return list(db.session.scalars(_of(review).where(Report.number.is_not(None)).order_by(Report.number.desc())))


def issued(review: Review) -> list[Report]:
    """Return the latest numbered report of each kind of a review, the kind that was issued first before others."""
    later = aliased(Report)
    newer = (later.review_id == Report.review_id, later.kind == Report.kind, later.number > Report.number)
    newest = select(Report).where(Report.review_id == review.id, Report.number.is_not(None))
    return list(db.session.scalars(newest.where(~select(later.id).where(*newer).exists()).order_by(Report.id)))


def issued_kinds(review: Review) -> set[str]:
    """Return the kinds of which a review has a numbered report; one statement."""
    query = select(Report.kind).where(Report.review_id == review.id, Report.number.is_not(None))
    return set(db.session.scalars(query))


def printers(review: Review) -> set[int]:
    """Return the numbers of the people who have printed a draft of a review."""
    query = select(Report.made_by_id).where(
        Report.review_id == review.id, Report.number.is_(None), ~Report.ahead, Report.made_by_id.is_not(None)
    )
    return {number for number in db.session.scalars(query) if number is not None}


def _of(review: Review, kind: str = HIGHLIGHTS) -> Select[Report]:
    return select(Report).where(Report.review_id == review.id, Report.kind == kind)
