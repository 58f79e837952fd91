"""One's own data: take it along, take a consent back, or go for good."""

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain.refusal import Unacceptable
from review_app.domain.text import email_identity
from review_app.models.network import Person
from review_app.models.privacy import Matter
from review_app.queries import consents as agreed
from review_app.queries import own_data
from review_app.services import consents, erasure, unsigning
from review_app.web import sessions
from review_app.web.forms.base import PageForm
from review_app.web.forms.privacy import EraseByPasswordForm, EraseForm, WithdrawForm
from review_app.web.gate import commits, signed_in
from review_app.web.paging import Pages, page_asked

bp = Blueprint("privacy", __name__, url_prefix="/account")


@bp.get("/data")
@signed_in
def data() -> ResponseReturnValue:
    """Hand out everything kept about the person in one file."""
    answer = Response(own_data.as_file(sessions.require_person()), mimetype="application/json")
    answer.headers.set("Content-Disposition", "attachment", filename="my-data.json")
    return answer


@bp.get("/consents")
@signed_in
def consents_page() -> ResponseReturnValue:
    """List every item the person answers for, with what was agreed and until when it can be taken back."""
    return _list(WithdrawForm(formdata=None))


@bp.post("/consents/<key>")
@commits
@signed_in
def withdraw(key: str) -> ResponseReturnValue:
    """Take one consent back."""
    person, matter = sessions.require_person(), request.form.get("matter", "")
    item = agreed.item_of(person, key)
    if item is None or matter not in set(Matter):
        abort(404)
    consents.withdraw(item, Matter(matter), person)
    flash(_("Taken back. It is gone from the report as it will be printed from now on."))
    return redirect(url_for(".consents_page", _anchor=f"item-{key}"), 303)


@bp.get("/erase")
@signed_in
def erase_page() -> ResponseReturnValue:
    """Say what goes and what stays before anything is erased."""
    person = sessions.require_person()
    return _ask_to_erase(person, _form_for(person, empty=True))


@bp.post("/erase")
@commits
@signed_in
def erase() -> ResponseReturnValue:
    """Erase the person at once and for good."""
    person = sessions.require_person()
    form = _form_for(person)
    if not form.validate():
        return _ask_to_erase(person, form), 422
    try:
        erasure.refuse_last(person)
        person = _confirmed(person, form)
        erasure.erase(person, settings=current_app.config["SETTINGS"], by=person)
    except Unacceptable as trouble:
        form.blame(trouble)
        return _ask_to_erase(sessions.require_person(), form), 422
    sessions.forget()
    flash(_("You are erased. Thank you for having taken part."))
    return redirect(url_for("home.index"), 303)


def _form_for(person: Person, *, empty: bool = False) -> PageForm:
    kind = EraseByPasswordForm if person.password_hash else EraseForm
    return kind(formdata=None) if empty else kind()


def _confirmed(person: Person, form: PageForm) -> Person:
    """Return the person once they have proven to be who they are. Raises Unacceptable with the field to blame."""
    given = form.answers()
    if email_identity(given["email"]) != person.identity:
        raise Unacceptable(_("This is not the address of your account."), field="email")
    return sessions.with_password(given["password"], request.remote_addr or "") if "password" in given else person


def _ask_to_erase(person: Person, form: PageForm) -> str:
    going, staying = unsigning.items_of(person)
    return render_template("privacy/erase.html", form=form, going=len(going), staying=len(staying))


def _list(form: WithdrawForm) -> str:
    page = page_asked()
    rows, total = agreed.listed(sessions.require_person(), page)
    found = Pages(page, total, agreed.PAGE)
    return render_template("privacy/consents.html", rows=rows, found=found, form=form)
