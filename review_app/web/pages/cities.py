"""The peer cities of a review: who is invited, and how far each has come."""

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain.refusal import Unacceptable
from review_app.domain.visibility import Thing
from review_app.models.review import ReviewCity
from review_app.queries import cities as queries
from review_app.queries.seats import Seat
from review_app.services import cities
from review_app.web.forms.cities import InviteCityForm, WithdrawCityForm, invite_city_form
from review_app.web.gate import commits, may, sees
from review_app.web.showing import show

bp = Blueprint("cities", __name__, url_prefix="/reviews/<ref>/cities")


@bp.get("")
@sees(Thing.TEAM)
def index(seat: Seat) -> ResponseReturnValue:
    """Show the peer cities and, to those who may, the form that invites one more."""
    return _index(seat, _form(seat))


@bp.post("")
@commits
@may("invite peer cities")
def invite(seat: Seat) -> ResponseReturnValue:
    """Invite a city through its contact."""
    form = _form(seat)
    if not form.validate():
        return _index(seat, form), 422
    organisation = queries.organisation(form.organisation.data or "")
    if organisation is None:
        abort(404)
    try:
        cities.invite(organisation, form.email.data or "", seat=seat)
    except Unacceptable as trouble:
        form.blame(trouble)
        return _index(seat, form), 422
    flash(_("%(city)s is invited. The letter is on its way.", city=organisation.name))
    return redirect(url_for(".index", ref=seat.review.ref), 303)


@bp.get("/<key>/withdraw")
@may("invite peer cities", to_look=True)
def withdraw_page(seat: Seat, key: str) -> ResponseReturnValue:
    """Ask before a city is taken off the list."""
    return _withdraw(seat, _city(seat, key), WithdrawCityForm())


@bp.post("/<key>/withdraw")
@commits
@may("invite peer cities")
def withdraw(seat: Seat, key: str) -> ResponseReturnValue:
    """Take a city off the list; its people lose their access at once."""
    city, form = _city(seat, key), WithdrawCityForm()
    if not form.validate():
        return _withdraw(seat, city, form), 422
    name = city.organisation.name
    try:
        cities.withdraw(city, seat, reason=form.reason.data or "")
    except Unacceptable as trouble:
        form.blame(trouble)
        return _withdraw(seat, city, form), 422
    flash(_("%(city)s is off the list.", city=name))
    return redirect(url_for(".index", ref=seat.review.ref), 303)


def _form(seat: Seat) -> InviteCityForm:
    hosts = [host.slug for host in queries.hosts(seat.review)]
    return invite_city_form(queries.organisations() if seat.may(cities.INVITE) else (), hosts)


def _city(seat: Seat, key: str) -> ReviewCity:
    city = queries.peer(seat.review, key)
    if city is None:
        abort(404)
    return city


def _index(seat: Seat, form: InviteCityForm) -> str:
    return show(
        "cities/index.html",
        seat,
        form=form,
        peers=queries.peers(seat.review),
        verdict=seat.may(cities.INVITE),
        invites=seat.has_row(cities.INVITE),
        numbers=seat.method.numbers.peer_cities,
    )


def _withdraw(seat: Seat, city: ReviewCity, form: WithdrawCityForm) -> str:
    return show("cities/withdraw.html", seat, form=form, city=city, verdict=seat.may(cities.INVITE))
