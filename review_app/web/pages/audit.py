"""Who saw a review: the audit trail as the secretariat reads it."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain.marking import _ as marked
from review_app.domain.visibility import Thing
from review_app.queries import audit
from review_app.queries.audit import Wanted
from review_app.queries.seats import Seat
from review_app.web import sights
from review_app.web.gate import sees
from review_app.web.paging import page_asked
from review_app.web.showing import show

bp = Blueprint("audit", __name__, url_prefix="/reviews/<ref>/seen")
THINGS: dict[str, str] = {
    Thing.REVIEW: marked("The review’s own pages"),
    Thing.PRACTICE: marked("Practice description"),
    Thing.TEAM: marked("Cities and team"),
    Thing.RETURN: marked("Returns, with their cities"),
    sights.OWN_RETURN: marked("The return of their own city"),
    Thing.MESSAGE: marked("Messages"),
    Thing.HOST_NOTE: marked("Notes for the host alone"),
    Thing.FACT_CHECK: marked("Fact check"),
    Thing.DRAFT: marked("Draft report"),
    Thing.REPORT: marked("Report"),
    Thing.JOURNAL: marked("Record of the review"),
    Thing.AUDIT: marked("This page"),
}


@bp.get("")
@sees(Thing.AUDIT)
def seen(seat: Seat) -> ResponseReturnValue:
    """Show who saw what of this review, the latest look first."""
    asked = request.args.get("thing", "")
    thing = asked if asked in THINGS else ""
    found = audit.who_saw(Wanted(seat.review.ref, thing), page_asked())
    return show("audit/seen.html", seat, found=found, thing=thing, things=THINGS, named=_named)


def _named(thing: str) -> str:
    """Name a thing in the reader's words; a method or a newer edition may know others."""
    return _(THINGS[thing]) if thing in THINGS else thing.capitalize()
