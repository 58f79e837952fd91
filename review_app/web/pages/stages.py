"""One page for every action that is a button: what it does, what comes next, a reason where one is asked."""

from flask import Blueprint, abort, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain.refusal import Unacceptable
from review_app.domain.workflow import Action
from review_app.queries import seats
from review_app.queries.seats import Seat
from review_app.services import workflow
from review_app.web import sessions
from review_app.web.forms.stages import ActForm, act_form
from review_app.web.gate import commits, signed_in
from review_app.web.roles import role_name
from review_app.web.showing import show

bp = Blueprint("stages", __name__, url_prefix="/reviews/<ref>/actions")
PUBLISH = "publish"


@bp.get("/<slug>")
@signed_in
def act_page(ref: str, slug: str) -> ResponseReturnValue:
    """Say what an action does before it is done."""
    seat = _seat(ref)
    action = _action(seat, slug)
    if action.name == PUBLISH:
        return redirect(url_for("publishing.confirm", ref=ref), 303)
    return _page(seat, action, act_form(action))


@bp.post("/<slug>")
@commits
@signed_in
def act(ref: str, slug: str) -> ResponseReturnValue:
    """Take the action, and say what happened."""
    seat = _seat(ref, lock=True)
    action = _action(seat, slug)
    if action.name == PUBLISH:
        return redirect(url_for("publishing.confirm", ref=ref), 303)
    form = act_form(action)
    if not form.validate():
        return _page(seat, action, form), 422
    try:
        workflow.perform(action.name, seat, reason=form.answers().get("reason") or "")
    except Unacceptable as trouble:
        form.blame(trouble)
        return _page(seat, action, form), 422
    flash(_happened(seat, action))
    return redirect(url_for("reviews.show", ref=ref), 303)


def slug_of(name: str) -> str:
    """Return the name of an action as it stands in an address."""
    return name.replace(" ", "-")


def _seat(ref: str, *, lock: bool = False) -> Seat:
    seat = seats.take(ref, sessions.require_person(), lock=lock)
    if seat is None:
        abort(404)
    g.seat = seat
    return seat


def _action(seat: Seat, slug: str) -> Action:
    """The action of this name, if it is a button for somebody with this person's roles; hidden is missing."""
    known = {slug_of(action.name): action for action in seat.method.actions.values()}
    action = known.get(slug)
    if action is None or not seat.has_row(action.name) or not (action.button or action.name == PUBLISH):
        abort(404)
    return action


def _page(seat: Seat, action: Action, form: ActForm) -> str:
    target = seat.method.target(action, seat.review.stage, seat.review.stage_before)
    known = {stage.name: stage for stage in seat.method.stages}
    return show(
        "stages/act.html",
        seat,
        action=action,
        form=form,
        verdict=seat.may(action.name),
        following=known.get(target or ""),
        leaves=bool(target) and target not in known,
        told=sorted(role_name(role) for role in action.tells),
    )


def _happened(seat: Seat, action: Action) -> str:
    known = {stage.name: stage.label for stage in seat.method.stages}
    label = known.get(seat.review.stage)
    if action.leads_to is None or label is None:
        return str(_("Done: %(action)s.", action=_(action.label)))
    return str(_("Done: %(action)s. The review now stands at: %(stage)s.", action=_(action.label), stage=_(label)))
