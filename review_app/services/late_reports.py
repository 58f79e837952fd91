"""Issues a kind of report that a review was published without: there was none of the kind then.

What is frozen is what was released and agreed to as it stands today, under a number and a day of its own.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from review_app.domain.marking import _
from review_app.domain.refusal import Refused
from review_app.domain.workflow import Verdict
from review_app.extensions.database import db
from review_app.models.publishing import Report
from review_app.models.review import JournalEntry, Review
from review_app.queries import methods, reports
from review_app.queries.seats import Seat
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.kinds import registry
from review_app.reports.kinds.kind import Kind
from review_app.services import journal, publishing, retention, workflow
from review_app.services.publishing import CORRECT

ISSUE = "issue a report later"


def missing(seat: Seat, today: Collection[str]) -> tuple[Kind[Any], ...]:
    """Return the numbered kinds that a person may issue now of a published review.

    A review keeps the edition of its method, which may be older than a kind: what the method makes `today` counts too.
    """
    if not reports.sees_published(seat) or not seat.may(CORRECT):
        return ()
    issued = reports.issued_kinds(seat.review)
    wanted = {*methods.of(seat.review.edition).reports, *today} - issued if issued else ()
    return tuple(kind for kind in registry.KINDS.values() if kind.is_numbered and kind.freeze and kind.name in wanted)


def can_be_made(review: Review) -> Verdict:
    """Tell whether there is still something to make it of; a sentence when there is not."""
    deleted = JournalEntry.review_id == review.id, JournalEntry.action == retention.DELETED
    if db.session.scalar(select(JournalEntry.id).where(*deleted).limit(1)) is None:
        return Verdict(True)
    return Verdict(
        False,
        _("What the cities wrote was deleted when its time was over: this report can no longer be made of it."),
    )


def draft_of(kind: Kind[Any], seat: Seat) -> Paper:
    """Return what would be issued, marked as a draft."""
    return publishing.freeze_draft(seat.review, seat.person.name if seat.person else "", kind=kind.name)


def issue(kind: Kind[Any], seat: Seat) -> Report:
    """Freeze a missing kind under its first number and ask for its print. Raises Refused when it cannot be made."""
    workflow.require(seat, CORRECT)
    verdict = can_be_made(seat.review)
    if not verdict:
        raise Refused(verdict)
    journal.write(ISSUE, seat, note=kind.name)
    return publishing.issue_kind(kind.name, seat)
