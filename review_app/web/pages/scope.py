"""The terms of reference, and dates that move."""

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain.refusal import Stale, Unacceptable
from review_app.queries.dates import Duty, duties, duty
from review_app.queries.seats import Seat
from review_app.services import scope
from review_app.services.scope import SIGNATURES_OFF
from review_app.web import conflict
from review_app.web.forms.base import PageForm
from review_app.web.forms.scope import MoveDeadlineForm, MoveVisitForm, ScopeForm, scope_form
from review_app.web.gate import commits, may
from review_app.web.showing import show

bp = Blueprint("scope", __name__, url_prefix="/reviews/<ref>")


@bp.get("/scope")
@may("agree the scope", to_look=True)
def edit(seat: Seat) -> ResponseReturnValue:
    """Show the terms, to change them or to read them."""
    return _edit(seat, scope_form(scope.of(seat.review), seat.review.version))


@bp.post("/scope")
@commits
@may("agree the scope")
def save(seat: Seat) -> ResponseReturnValue:
    """Save the terms; signatures on others are void."""
    form = scope_form(scope.of(seat.review), seat.review.version)
    if not form.validate():
        return _edit(seat, form), 422
    try:
        unsigned = scope.agree(form.scope(), seat, seen_version=form.seen_version)
    except Stale as stale:
        return conflict.page(form, stale, title=_("Scope and dates"), back=url_for(".edit", ref=seat.review.ref))
    except Unacceptable as trouble:
        form.blame(trouble)
        return _edit(seat, form), 422
    flash(_(SIGNATURES_OFF) if unsigned else _("Saved."))
    return redirect(url_for("reviews.show", ref=seat.review.ref), 303)


@bp.get("/dates")
@may("move the dates", to_look=True)
def dates(seat: Seat) -> ResponseReturnValue:
    """Show the days of the visit and every deadline."""
    kept = {"starts_on": seat.review.starts_on, "ends_on": seat.review.ends_on}
    return _dates(seat, MoveVisitForm(data=kept))


@bp.post("/dates")
@commits
@may("move the dates")
def move(seat: Seat) -> ResponseReturnValue:
    """Move the visit, and with it the deadlines that follow it."""
    form = MoveVisitForm()
    if not form.validate():
        return _dates(seat, form), 422
    try:
        scope.move_visit(*form.days(), seat, reason=form.reason.data or "")
    except Unacceptable as trouble:
        form.blame(trouble)
        return _dates(seat, form), 422
    flash(_("The visit has moved, and its deadlines with it."))
    return redirect(url_for(".dates", ref=seat.review.ref), 303)


@bp.get("/dates/<name>")
@may("move the dates", to_look=True)
def deadline(seat: Seat, name: str) -> ResponseReturnValue:
    """Ask for the new day of one deadline."""
    known = _duty(seat, name)
    return _deadline(seat, name, MoveDeadlineForm(data={"day": known.day}))


@bp.post("/dates/<name>")
@commits
@may("move the dates")
def move_deadline(seat: Seat, name: str) -> ResponseReturnValue:
    """Move one deadline; it then stays where it is."""
    known = _duty(seat, name)
    form = MoveDeadlineForm()
    if not form.validate():
        return _deadline(seat, name, form), 422
    scope.move_deadline(name, form.day.data, seat, reason=form.reason.data or "")
    flash(_("Moved: %(deadline)s.", deadline=_(known.label)))
    return redirect(url_for(".dates", ref=seat.review.ref), 303)


def _edit(seat: Seat, form: ScopeForm) -> str:
    terms = [(field.label.text, conflict.readable(field, field.data)) for field in form.shown()]
    return show("scope/edit.html", seat, form=form, verdict=seat.may("agree the scope"), terms=terms)


def _dates(seat: Seat, form: PageForm) -> str:
    verdict = seat.may("move the dates")
    return show("scope/dates.html", seat, form=form, verdict=verdict, duties=duties(seat))


def _deadline(seat: Seat, name: str, form: PageForm) -> str:
    verdict = seat.may("move the dates")
    return show("scope/deadline.html", seat, form=form, verdict=verdict, duty=_duty(seat, name))


def _duty(seat: Seat, name: str) -> Duty:
    known = duty(seat, name)
    if known is None:
        abort(404)
    return known
