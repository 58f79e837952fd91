"""The network for its secretariat: organisations, people, invitations, letters that did not arrive."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain.refusal import Unacceptable
from review_app.domain.text import clean_line
from review_app.domain.vocabulary import NetworkRight, PlaceKind, Role
from review_app.models.network import Organisation, Person
from review_app.queries import organisations
from review_app.queries import people as persons
from review_app.services import access, invitations, outbox
from review_app.services import organisations as adding
from review_app.services.organisations import Place
from review_app.web import sessions
from review_app.web.forms.network import (
    KINDS,
    SECRETARIAT,
    InviteForm,
    OrganisationForm,
    country_name,
    read_degrees,
)
from review_app.web.gate import commits, network
from review_app.web.paging import Pages, page_asked

bp = Blueprint("network", __name__, url_prefix="/network")
LONGEST_SEARCH = 80


@bp.get("")
@network("keep organisations")
def index() -> ResponseReturnValue:
    """List the organisations, searched by name."""
    text, page = _searched(), page_asked()
    lines, total = organisations.found(text, page)
    found = Pages(page, total, organisations.PAGE)
    return render_template("network/index.html", lines=lines, found=found, q=text, country=country_name, kinds=KINDS)


@bp.get("/add")
@network("keep organisations")
def add() -> ResponseReturnValue:
    """Offer to add an organisation."""
    return render_template("network/add.html", form=OrganisationForm(formdata=None))


@bp.post("/add")
@commits
@network("keep organisations")
def create() -> ResponseReturnValue:
    """Add an organisation."""
    form = OrganisationForm()
    if not form.validate():
        return render_template("network/add.html", form=form), 422
    try:
        organisation = adding.add(_place(form))
    except Unacceptable as trouble:
        form.blame(trouble)
        return render_template("network/add.html", form=form), 422
    flash(_("%(name)s is in the network now.", name=organisation.name))
    return redirect(url_for(".organisation", slug=organisation.slug), 303)


@bp.get("/organisations/<slug>")
@network("keep organisations")
def organisation(slug: str) -> ResponseReturnValue:
    """Show one organisation with its people."""
    return _show(_organisation(slug), InviteForm(formdata=None))


@bp.post("/organisations/<slug>/invite")
@commits
@network("invite people")
def invite(slug: str) -> ResponseReturnValue:
    """Invite somebody into the network by letter."""
    place, form = _organisation(slug), InviteForm()
    if not form.validate():
        return _show(place, form), 422
    role = Role.SECRETARIAT if form.joins_as.data == SECRETARIAT else None
    said, by = form.answers(), sessions.require_person()
    invitations.invite(email=said["email"], name=said["name"], role=role, organisation=place, by=by)
    flash(_("The invitation to %(address)s is on its way.", address=form.email.data))
    return redirect(url_for(".organisation", slug=slug), 303)


@bp.get("/people")
@network("invite people")
def people() -> ResponseReturnValue:
    """List the people, searched by name or address."""
    text, page = _searched(), page_asked()
    rows, total = persons.found(text, page)
    held = {person.id for person in rows if any(one.right is NetworkRight.SECRETARIAT for one in person.rights)}
    found = Pages(page, total, persons.PAGE)
    return render_template("network/people.html", rows=rows, found=found, q=text, held=held)


@bp.get("/people/<key>/secretariat")
@network("invite people")
def right(key: str) -> ResponseReturnValue:
    """Ask before a right is given or taken."""
    person = persons.complete(_person(key).id)
    holds = any(one.right is NetworkRight.SECRETARIAT for one in person.rights)
    is_last = holds and persons.with_right(NetworkRight.SECRETARIAT) == 1
    return render_template("network/right.html", person=person, holds=holds, is_last=is_last)


@bp.post("/people/<key>/secretariat")
@commits
@network("invite people")
def give_right(key: str) -> ResponseReturnValue:
    """Give somebody the right of the secretariat."""
    person = _person(key)
    access.give_right(person, NetworkRight.SECRETARIAT, by=sessions.require_person())
    flash(_("%(name)s belongs to the secretariat now.", name=person.name))
    return redirect(url_for(".people"), 303)


@bp.post("/people/<key>/secretariat/end")
@commits
@network("invite people")
def take_right(key: str) -> ResponseReturnValue:
    """Take the right of the secretariat; the last one keeps it."""
    person = _person(key)
    access.take_right(person, NetworkRight.SECRETARIAT, by=sessions.require_person())
    flash(_("%(name)s belongs to the secretariat no more.", name=person.name))
    return redirect(url_for(".people"), 303)


@bp.get("/letters")
@network("invite people")
def letters() -> ResponseReturnValue:
    """List the letters that did not arrive, with the reason."""
    page = page_asked()
    rows, total = persons.troubled_letters(page)
    return render_template("network/letters.html", rows=rows, found=Pages(page, total, persons.PAGE))


@bp.post("/letters/again")
@commits
@network("invite people")
def send_again() -> ResponseReturnValue:
    """Try every letter again that did not arrive."""
    outbox.try_again()
    flash(_("The letters are tried again now."))
    return redirect(url_for(".letters"), 303)


def _searched() -> str:
    return clean_line(request.args.get("q", ""))[:LONGEST_SEARCH]


def _organisation(slug: str) -> Organisation:
    return organisations.by_slug(slug) or abort(404)


def _person(key: str) -> Person:
    return persons.by_key(key) or abort(404)


def _show(place: Organisation, form: InviteForm) -> str:
    page = page_asked()
    rows, total = persons.of_organisation(place, page)
    return render_template(
        "network/organisation.html",
        place=place,
        form=form,
        rows=rows,
        found=Pages(page, total, persons.PAGE),
        invited=persons.open_invitations(place),
        country=country_name,
        kinds=KINDS,
    )


def _place(form: OrganisationForm) -> Place:
    said = form.answers()
    return Place(
        name=said["name"],
        local_name=said["local_name"],
        country=said["country"],
        kind=PlaceKind(said["kind"]),
        timezone=said["timezone"],
        latitude=read_degrees(said["latitude"]),
        longitude=read_degrees(said["longitude"]),
    )
