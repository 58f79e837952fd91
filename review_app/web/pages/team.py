"""The people of a review: who has which role, and the answer of whoever is invited."""

from typing import NamedTuple

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain import conduct
from review_app.domain.refusal import Unacceptable
from review_app.domain.visibility import Thing
from review_app.domain.vocabulary import Role
from review_app.models.review import Participant
from review_app.queries import team as queries
from review_app.queries.seats import Seat
from review_app.services import team
from review_app.web.forms.base import PageForm
from review_app.web.forms.team import (
    AcceptForm,
    ColleagueForm,
    DeclineForm,
    DismissForm,
    accept_form,
    appoint_form,
)
from review_app.web.gate import commits, may, sees
from review_app.web.roles import role_name
from review_app.web.showing import show

bp = Blueprint("team", __name__, url_prefix="/reviews/<ref>")


class Member(NamedTuple):
    """A line of the team: a role in words, whether the role comes with an invitation, what was declared."""

    row: Participant
    role: str
    answers: bool
    declared: str


APPOINT, COLLEAGUES = "appoint people", "add host colleagues"


@bp.get("/team")
@sees(Thing.TEAM)
def index(seat: Seat) -> ResponseReturnValue:
    """Show everybody with their roles."""
    return _index(seat)


@bp.post("/team")
@commits
@may("appoint people")
def appoint(seat: Seat) -> ResponseReturnValue:
    """Give somebody a role."""
    form = appoint_form()
    if not form.validate():
        return _index(seat, appointing=form), 422
    team.appoint(form.email.data or "", Role(form.role.data), seat)
    flash(_("Done. The letter to %(address)s is on its way.", address=form.email.data))
    return redirect(url_for(".index", ref=seat.review.ref), 303)


@bp.post("/team/colleagues")
@commits
@may("add host colleagues")
def add_colleague(seat: Seat) -> ResponseReturnValue:
    """Let a colleague of the host write with the coordinator."""
    form = ColleagueForm()
    if not form.validate():
        return _index(seat, colleague=form), 422
    team.add_colleague(form.email.data or "", seat)
    flash(_("Done. The letter to %(address)s is on its way.", address=form.email.data))
    return redirect(url_for(".index", ref=seat.review.ref), 303)


@bp.get("/team/<key>/<role>/dismiss")
@may("appoint people", to_look=True)
def dismiss_page(seat: Seat, key: str, role: str) -> ResponseReturnValue:
    """Ask before a role is taken from somebody."""
    return _dismiss(seat, _row(seat, key, role), DismissForm())


@bp.post("/team/<key>/<role>/dismiss")
@commits
@may("appoint people")
def dismiss(seat: Seat, key: str, role: str) -> ResponseReturnValue:
    """Take a role from somebody, from now on."""
    row = _row(seat, key, role)
    name = row.person.name
    try:
        team.dismiss(row, seat)
    except Unacceptable as trouble:
        flash(_(trouble.sentence) % dict(trouble.values))
        return redirect(url_for(".index", ref=seat.review.ref), 303)
    flash(_("%(name)s has left the review.", name=name))
    return redirect(url_for(".index", ref=seat.review.ref), 303)


@bp.get("/invitation")
@may("answer the invitation", to_look=True)
def answer(seat: Seat) -> ResponseReturnValue:
    """Show the code of conduct and ask for interests."""
    return _answer(seat)


@bp.post("/invitation")
@commits
@may("answer the invitation")
def accept(seat: Seat) -> ResponseReturnValue:
    """Accept: the person is part of the team."""
    form = accept_form(None, fresh=False)
    if not form.validate():
        return _answer(seat, accepting=form), 422
    try:
        team.accept(form.interests(), seat)
    except Unacceptable as trouble:
        form.blame(trouble)
        return _answer(seat, accepting=form), 422
    flash(_("Thank you. You are part of the team."))
    return redirect(url_for("reviews.show", ref=seat.review.ref), 303)


@bp.post("/invitation/decline")
@commits
@may("answer the invitation")
def decline(seat: Seat) -> ResponseReturnValue:
    """Decline: the person leaves the review."""
    form = DeclineForm()
    if not form.validate():
        return _answer(seat, declining=form), 422
    team.decline(seat, reason=form.reason.data or "")
    flash(_("You have left the review “%(title)s”. Thank you for telling us.", title=seat.review.title))
    return redirect(url_for("home.index"), 303)


def _row(seat: Seat, key: str, role: str) -> Participant:
    row = queries.one(seat.review, key, role)
    if row is None:
        abort(404)
    return row


def _index(seat: Seat, *, appointing: PageForm | None = None, colleague: PageForm | None = None) -> str:
    may_appoint = seat.may(APPOINT)
    invites = seat.has_row(APPOINT) or seat.has_row(COLLEAGUES)
    return show(
        "team/index.html",
        seat,
        people=[_member(row, seat) for row in queries.people(seat.review)],
        waiting=[(email, role_name(role)) for email, role in queries.waiting(seat.review)] if invites else (),
        may_appoint=may_appoint,
        appointing=appointing or appoint_form(fresh=True),
        may_add=seat.may(COLLEAGUES) and not may_appoint,
        colleague=colleague or ColleagueForm(formdata=None),
    )


def _member(row: Participant, seat: Seat) -> Member:
    """What is declared is for those who appoint, nobody else (METHOD.md R12)."""
    declared = team.read_interests(row.interests) if seat.has_row(APPOINT) else None
    answers = row.role in seat.method.actions[team.ANSWER].by
    return Member(row, role_name(row.role), answers, declared.note if declared else "")


def _dismiss(seat: Seat, row: Participant, form: PageForm) -> str:
    return show("team/dismiss.html", seat, row=row, role=role_name(row.role), form=form, verdict=seat.may(APPOINT))


def _answer(seat: Seat, *, accepting: AcceptForm | None = None, declining: DeclineForm | None = None) -> str:
    rows = team.own_rows(seat)
    known = next((team.read_interests(row.interests) for row in rows if row.interests), None)
    return show(
        "team/answer.html",
        seat,
        roles=[role_name(row.role) for row in rows],
        rules=conduct.RULES,
        verdict=seat.may(team.ANSWER),
        accepting=accepting or accept_form(known, fresh=True),
        declining=declining or DeclineForm(formdata=None),
        accepted_at=next((row.code_accepted_at for row in rows if row.code_accepted_at), None),
    )
