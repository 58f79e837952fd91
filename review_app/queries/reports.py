"""The reports of a review as a person may see them: the published one, else the latest draft for its readers."""

from sqlalchemy import CompoundSelect, Select, select, union_all

from review_app.domain.visibility import Reach, Thing
from review_app.extensions.database import db
from review_app.models.network_synthesis import SynthesisEdition
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


def published(review: Review) -> Report | None:
    """Return the latest numbered report of a review: the one that counts."""
    return db.session.scalar(_of(review).where(Report.number.is_not(None)).order_by(Report.number.desc()).limit(1))


def latest(seat: Seat) -> Report | None:
    """Return the report the person is given when they ask for "the report"."""
    if sees_published(seat):
        return published(seat.review)
    if not sees_drafts(seat):
        return None
    drafts = _of(seat.review).where(Report.number.is_(None))
    return db.session.scalar(drafts.order_by(Report.id.desc()).limit(1))


def find(key: str, seat: Seat) -> Report | None:
    """Return the report with this key when the person may see it."""
    row = db.session.scalar(_of(seat.review).where(Report.key == key))
    if row is None:
        return None
    allowed = sees_drafts(seat) if row.number is None else sees_published(seat)
    return row if allowed else None


def digests() -> CompoundSelect[str]:
    """Select the digest of everything that is frozen: reports of reviews, drafts too, and syntheses over many."""
    return union_all(select(Report.digest), select(SynthesisEdition.digest))


def numbered(review: Review) -> list[Report]:
    """Return every numbered report of a review, the latest first."""
    return list(db.session.scalars(_of(review).where(Report.number.is_not(None)).order_by(Report.number.desc())))


def _of(review: Review) -> Select[Report]:
    return select(Report).where(Report.review_id == review.id, Report.kind == HIGHLIGHTS)
