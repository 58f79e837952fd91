"""Keeps the dates of a review in step with its visit; a deadline that was moved by hand stays where it is."""

from collections.abc import Mapping
from datetime import datetime

from review_app.domain.deadlines import schedule
from review_app.domain.vocabulary import Precision
from review_app.domain.workflow import Method
from review_app.extensions.database import db
from review_app.models.review import Review, ReviewDeadline


def recompute(review: Review, method: Method) -> None:
    """Set every deadline that nobody moved from the days of the visit; without days there are none (METHOD.md 8.2)."""
    moments = computed(review, method)
    known = {row.name: row for row in review.deadlines}
    for name, row in known.items():
        if not row.moved and name not in moments:
            review.deadlines.remove(row)
    for name, at in moments.items():
        row = known.get(name)
        if row is None:
            review.deadlines.append(ReviewDeadline(name=name, at=at))
        elif not row.moved:
            row.at = at
    db.session.flush()


def computed(review: Review, method: Method) -> Mapping[str, datetime]:
    """Return every deadline as the method counts it from the visit (UTC), by name; empty without exact days."""
    if review.starts_on is None or review.precision is not Precision.DAY:
        return {}
    return schedule(method, review.starts_on, review.ends_on or review.starts_on, review.timezone)
