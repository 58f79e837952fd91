"""The desk of the secretariat: what stands where, what is late, who owes what, and one click to remind a city."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain.text import clean_line
from review_app.queries import desk, people, reviews
from review_app.queries.overview import peer_city
from review_app.queries.reviews import PAGE
from review_app.queries.seats import Seat
from review_app.services import letters
from review_app.web import sessions
from review_app.web.forms.base import PageForm
from review_app.web.gate import commits, may, network
from review_app.web.paging import Pages, page_asked

bp = Blueprint("desk", __name__)


@bp.get("/desk")
@network("see the desk")
def index() -> ResponseReturnValue:
    """Show all reviews, the earliest date first."""
    stage = clean_line(request.args.get("stage", ""))
    found = desk.desk_of(sessions.require_person(), stage, page_asked())
    return render_template(
        "desk/index.html",
        desk=found,
        pages=Pages(found.page, found.total, PAGE),
        stage=stage,
        stages=reviews.stage_labels(),
        form=PageForm(formdata=None),
        undelivered=people.count_troubled_letters(),
    )


@bp.post("/reviews/<ref>/remind/<city_key>")
@commits
@may("remind")
def remind(seat: Seat, city_key: str) -> ResponseReturnValue:
    """Remind one city of what it owes; at most once a day."""
    city = peer_city(seat.review, city_key) or abort(404)
    queued = letters.remind(seat.review, city, sessions.require_person())
    name = city.organisation.name
    none = _("No new letter: %(city)s was reminded today already, or nobody there can be reminded.", city=name)
    flash(_("A reminder goes to %(city)s.", city=name) if queued else none)
    return redirect(url_for(".index"), 303)
