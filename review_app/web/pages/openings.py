"""Opening a review: a method, a host, a title."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.config import Settings
from review_app.domain.marking import _ as mark
from review_app.domain.network_rights import allows
from review_app.domain.refusal import Unacceptable
from review_app.models.network import Organisation
from review_app.queries import cities, methods
from review_app.services import openings
from review_app.services.openings import Opening
from review_app.web import sessions
from review_app.web.forms.openings import OpeningForm, opening_form
from review_app.web.gate import commits, network, network_roles

bp = Blueprint("openings", __name__, url_prefix="/reviews")


@bp.get("/new")
@network("open a review")
def new() -> ResponseReturnValue:
    """Ask what the review is about."""
    return render_template("openings/new.html", form=_form())


@bp.post("/new")
@commits
@network("open a review")
def open() -> ResponseReturnValue:  # noqa: A001
    """Open the review and show it."""
    form = _form()
    if not form.validate():
        return render_template("openings/new.html", form=form), 422
    try:
        review = openings.open_review(_opening(form), sessions.require_person())
    except Unacceptable as trouble:
        form.blame(trouble)
        return render_template("openings/new.html", form=form), 422
    flash(_("The review is open. Next, write the questions that you want to ask."))
    return redirect(url_for("reviews.show", ref=review.ref), 303)


def _form() -> OpeningForm:
    person = sessions.require_person()
    anywhere = allows("open a review for any host", network_roles(person))
    return opening_form(_methods(), cities.organisations() if anywhere else ())


def _methods() -> dict[str, dict[str, Any]]:
    settings: Settings = current_app.config["SETTINGS"]
    return methods.definitions(settings.methods_dir)


def _opening(form: OpeningForm) -> Opening:
    known = _methods()
    name = form.method.data if "method" in form else next(iter(known))
    return Opening(
        definition=known[name],
        host=_host(form),
        title=form.title.data or "",
        theme=form.theme.data or "",
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        coordinator=(form.coordinator.data or "") if "coordinator" in form else "",
        network=current_app.config["SETTINGS"].network_name,
    )


def _host(form: OpeningForm) -> Organisation:
    """The city chosen, or the opener's own."""
    own = sessions.require_person().organisation
    host = cities.organisation(form.host.data or "") if "host" in form else own
    if host is None:
        raise Unacceptable(mark("You belong to no city yet. Ask the secretariat to add you to yours."), field="title")
    return host
