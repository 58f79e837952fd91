"""Writes into the record of a review what was done while its stage stayed; services.workflow writes the rest."""

from review_app.extensions.database import db
from review_app.models.review import JournalEntry
from review_app.queries.seats import Seat
from review_app.services import audit


def write(action: str, seat: Seat, *, note: str = "", reason: str = "", about: str = "") -> None:
    """Append a line: what was done, by whom, to what (`note`), and why (`reason`).

    The audit trail gets the line without its words; `about` is the key of what or whom it was done to.
    """
    audit.note(action, seat.person, review=seat.review, thing=seat.review.stage, about=about)
    db.session.add(
        JournalEntry(
            review_id=seat.review.id,
            action=action,
            came_from=seat.review.stage,
            led_to=seat.review.stage,
            person_id=seat.person.id if seat.person else None,
            note=note,
            reason=reason,
        )
    )
