"""Keeps the dates of a review in step with its visit; a deadline that was moved by hand stays where it is."""

from collections.abc import Mapping
from datetime import date, datetime

from review_app.domain.deadlines import schedule
from review_app.domain.marking import _
from review_app.domain.refusal import Unacceptable
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
        elif not row.moved:
            row.at = moments[name]
    review.deadlines += [ReviewDeadline(name=name, at=at) for name, at in moments.items() if name not in known]
    db.session.flush()


def computed(review: Review, method: Method) -> Mapping[str, datetime]:
    """Return every deadline as the method counts it from the visit (UTC), by name; empty without exact days."""
    if review.starts_on is None or review.precision is not Precision.DAY:
        return {}
    return schedule(method, review.starts_on, review.ends_on or review.starts_on, review.timezone)


def check_days(starts_on: date | None, ends_on: date | None) -> None:
    """Refuse a visit that ends before it begins, or that ends without beginning. Raises Unacceptable."""
    if ends_on and not starts_on:
        raise Unacceptable(_("Give the first day of the visit too."), field="starts_on")
    if starts_on and ends_on and ends_on < starts_on:
        raise Unacceptable(_("The last day of the visit cannot be before the first."), field="ends_on")
