"""Performs an action: asks again, moves the stage, marks, journals, tells people. Nothing else writes `stage`."""

from sqlalchemy import delete

from review_app.domain.marking import _
from review_app.domain.refusal import Refused, Unacceptable
from review_app.domain.text import clean_text
from review_app.domain.workflow import CANCELLED, ON_HOLD, Action, Verdict
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.network import Person
from review_app.models.review import JournalEntry, Mark, Review
from review_app.queries.facts import facts_of
from review_app.queries.seats import Seat
from review_app.services import audit, outbox

LONGEST_REASON = 1000


def require(seat: Seat, action: str) -> None:
    """Ask the table before a change that leaves the stage as it is. Raises Refused with the sentence."""
    verdict = seat.may(action)
    if not verdict:
        raise Refused(verdict)


def perform(action: str, seat: Seat, *, reason: str = "", note: str = "") -> None:
    """Take an action of the method. Raises Refused, or Unacceptable when a reason is asked and missing."""
    require(seat, action)
    row = seat.method.actions[action]
    reason = clean_text(reason)[:LONGEST_REASON]
    if row.asks_reason and not reason:
        raise Unacceptable(_("Say why: the reason is kept in the record of the review."), field="reason")
    _mark(row, seat)
    _carry_out(row, seat.review, seat, person=seat.person, reason=reason, note=note)


def perform_automatically(action: str, review: Review, seat: Seat) -> None:
    """Take an action that the method lets the clock take."""
    row = seat.method.actions[action]
    if not row.automatic or review.stage not in row.during:
        raise Refused(Verdict(False, _("This action is not one that happens by itself.")))
    _carry_out(row, review, seat, person=None, reason="", note="")


def _carry_out(row: Action, review: Review, seat: Seat, *, person: Person | None, reason: str, note: str) -> None:
    came_from = review.stage
    target = seat.method.target(row, came_from, review.stage_before)
    note = note or _silence(row, seat)
    if target and target != came_from:
        _move(review, target)
    if row.clears:
        db.session.execute(delete(Mark).where(Mark.review_id == review.id, Mark.name.in_(row.clears)))
    db.session.add(
        JournalEntry(
            review_id=review.id,
            action=row.name,
            came_from=came_from,
            led_to=review.stage,
            person_id=person.id if person else None,
            reason=reason,
            note=note,
        )
    )
    audit.note(row.name, person, review=review, thing=review.stage)
    db.session.flush()
    if row.tells:
        _tell(row, review, person)


def _move(review: Review, target: str) -> None:
    if target in (ON_HOLD, CANCELLED):
        review.stage_before = review.standing
    elif review.stage == ON_HOLD:
        review.stage_before = None
    review.stage = target


def _silence(row: Action, seat: Seat) -> str:
    """Missing cities stand in the record by name when feedback closes (METHOD.md 1.2)."""
    return ", ".join(seat.facts.silent_cities) if row.closes_feedback else ""


def _mark(row: Action, seat: Seat) -> None:
    """Set the mark once for each role in which the person may set it and has not yet."""
    if row.marks is None or seat.person is None:
        return
    marks = facts_of(seat.review, seat.method).marks
    for role in sorted(row.by & seat.roles):
        if (row.marks, role) not in marks:
            db.session.add(Mark(review_id=seat.review.id, name=row.marks, role=role, person_id=seat.person.id))


def _tell(row: Action, review: Review, actor: Person | None) -> None:
    for person in outbox.people_in(review, row.tells):
        if actor is None or person.id != actor.id:
            outbox.queue(
                "moved",
                person.email,
                once=f"moved:{row.name}:{review.id}:{person.id}:{utc_now().isoformat(timespec='seconds')}",
                person=person,
                review=review,
                values={"action": row.name, "stage": review.stage},
            )
