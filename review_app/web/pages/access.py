"""The way in and out: password, personal link, sign-out; and one's own account."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.domain.refusal import Unacceptable
from review_app.models.access import PersonalLink
from review_app.models.network import Person
from review_app.services import access, links, throttle
from review_app.services import sessions as rows
from review_app.web import entering, kept, sessions
from review_app.web.forms.access import AccountForm, AskLinkForm, ChangePasswordForm, NewPasswordForm, SignInForm
from review_app.web.forms.base import PageForm
from review_app.web.gate import commits, public, signed_in

bp = Blueprint("access", __name__)
WAIT = str(int(throttle.WINDOW.total_seconds()))
OWN_PAGES = ("/sign-in", "/sign-out", "/forgot", "/link/")


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Ask for address and password."""
    return render_template("access/sign_in.html", form=SignInForm(formdata=None), next=_going_to())


@bp.post("/sign-in")
@commits
@public
def sign_in_now() -> ResponseReturnValue:
    """Sign in, and go where the person was going, or back to what they had typed."""
    form = SignInForm()
    if not form.validate():
        return _again(form)
    email, given = form.answers()["email"], form.answers()["password"]
    whom = _counted("password", email)
    if throttle.is_over(whom):
        return _too_many(form)
    person = access.person_by_password(email, given)
    if person is None:
        sessions.count_try(whom)
        form.password.errors = [_("The address or the password is not right.")]
        return _again(form)
    throttle.forget(whom)
    sessions.begin(person)
    return kept.resume() if kept.is_carrying() else redirect(kept.own_path(_onward()), 303)


@bp.get("/sign-out")
@signed_in
def sign_out_page() -> ResponseReturnValue:
    """Ask before signing out: a link alone changes nothing."""
    return render_template("access/sign_out.html")


@bp.post("/sign-out")
@commits
@signed_in
def sign_out() -> ResponseReturnValue:
    """End this session on the server."""
    sessions.end()
    flash(_("You are signed out."))
    return redirect(url_for("home.index"), 303)


@bp.get("/sign-in/link")
@public
def ask_link_page() -> ResponseReturnValue:
    """Offer to send a sign-in link."""
    form = AskLinkForm(formdata=None)
    return render_template("access/ask_link.html", form=form, next=_going_to())


@bp.post("/sign-in/link")
@commits
@public
def ask_link() -> ResponseReturnValue:
    """Send a sign-in link to the address when it is known, and say the same in any case."""
    form = AskLinkForm()
    if not form.validate():
        return render_template("access/ask_link.html", form=form, next=_onward()), 422
    if _counts(email := form.answers()["email"]):
        access.ask_sign_in_link(email, onward=_onward())
    return redirect(url_for(".sent"), 303)


@bp.get("/forgot")
@public
def forgot_page() -> ResponseReturnValue:
    """Offer to send a link to choose a new password."""
    return render_template("access/forgot.html", form=AskLinkForm(formdata=None))


@bp.post("/forgot")
@commits
@public
def forgot() -> ResponseReturnValue:
    """Send the link to the address when it is known, and say the same in any case."""
    form = AskLinkForm()
    if not form.validate():
        return render_template("access/forgot.html", form=form), 422
    if _counts(email := form.answers()["email"]):
        access.ask_reset(email)
    return redirect(url_for(".sent"), 303)


@bp.get("/sign-in/sent")
@public
def sent() -> ResponseReturnValue:
    """Say what happens now, whether the address is known or not."""
    return render_template("access/sent.html")


@bp.get("/link/<token>")
@public
def link(token: str) -> ResponseReturnValue:
    """Show what a personal link is for; looking changes nothing, whoever looks."""
    found = links.live(token)
    return _ask_to_enter(found, entering.form_for(found)) if found else _gone()


@bp.post("/link/<token>")
@commits
@public
def use_link(token: str) -> ResponseReturnValue:
    """Use a personal link up: sign in, join, or take the new password."""
    found = links.live(token)
    if found is None:
        return _gone()
    form = entering.form_for(found)
    if not form.validate():
        return _ask_to_enter(found, form), 422
    try:
        person = entering.enter(found, form)
    except entering.UsedUp:
        return _gone()
    except Unacceptable as trouble:
        form.blame(trouble)
        return _ask_to_enter(found, form), 422
    sessions.begin(person)
    return redirect(entering.onward(found, person), 303)


@bp.get("/account")
@signed_in
def account() -> ResponseReturnValue:
    """Show the person's own account: who they are, their password, where they are signed in."""
    return _show_account()


@bp.post("/account")
@commits
@signed_in
def save_account() -> ResponseReturnValue:
    """Save name, function, time zone and language."""
    form = AccountForm()
    if not form.validate():
        return _show_account(form=form), 422
    person = sessions.require_person()
    for name, value in form.answers().items():
        setattr(person, name, value)
    flash(_("Saved."))
    return redirect(url_for(".account"), 303)


@bp.post("/account/password")
@commits
@signed_in
def password() -> ResponseReturnValue:
    """Take a new password: every other session and every open link ends."""
    form = _password_form(sessions.require_person())
    if not form.validate():
        return _show_account(passwords=form), 422
    try:
        person = sessions.with_new_password(form.answers(), request.remote_addr or "")
    except Unacceptable as trouble:
        form.blame(trouble)
        return _show_account(passwords=form), 422
    sessions.begin(person)
    flash(_("Your password is changed. You are signed out everywhere else."))
    return redirect(url_for(".account"), 303)


@bp.post("/account/sessions/end")
@commits
@signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session of the person, this one too."""
    rows.end_everywhere(sessions.require_person())
    sessions.forget()
    flash(_("You are signed out everywhere."))
    return redirect(url_for(".sign_in"), 303)


def _show_account(form: PageForm | None = None, passwords: PageForm | None = None) -> str:
    person = sessions.require_person()
    return render_template(
        "access/account.html",
        person=person,
        form=form or AccountForm(formdata=None, obj=person),
        passwords=passwords or _password_form(person, empty=True),
        devices=[(row, sessions.is_this_device(row)) for row in rows.of(person, **sessions.lifetimes())],
    )


def _password_form(person: Person, *, empty: bool = False) -> PageForm:
    kind = ChangePasswordForm if person.password_hash else NewPasswordForm
    return kind(formdata=None) if empty else kind()


def _ask_to_enter(found: PersonalLink, form: PageForm) -> str:
    return render_template("access/link.html", link=found, form=form, page=entering.page_of(found))


def _gone() -> ResponseReturnValue:
    """Expired, used, withdrawn and unknown links look the same."""
    return render_template("access/gone.html"), 410


def _again(form: SignInForm) -> ResponseReturnValue:
    if kept.is_carrying():
        return kept.ask_again(form.problems()[0].text)
    return render_template("access/sign_in.html", form=form, next=_onward()), 422


def _too_many(form: SignInForm) -> ResponseReturnValue:
    form.password.errors = [
        _("There were too many wrong tries. Wait a quarter of an hour, or ask for a sign-in link by e-mail.")
    ]
    if kept.is_carrying():
        return kept.ask_again(form.problems()[0].text)
    return render_template("access/sign_in.html", form=form, next=_onward()), 429, {"Retry-After": WAIT}


def _counted(what: str, email: str) -> throttle.Subjects:
    return throttle.subjects(what, email, request.remote_addr or "")


def _counts(email: str) -> bool:
    """Count an order of a letter; False, and nothing is said of it, when there were too many."""
    whom = _counted("link", email)
    if throttle.is_over(whom):
        return False
    throttle.count(whom)
    return True


def _onward() -> str:
    return request.form.get("next", "")[:400]


def _going_to() -> str:
    """Return where the person wants to go: what the address says, or the page of ours they come from."""
    if "next" in request.args:
        return request.args["next"][:400]
    try:
        came_from = urlsplit(request.referrer or "")
    except ValueError:
        return ""
    if came_from.netloc != request.host or came_from.path.startswith(OWN_PAGES):
        return ""
    return f"{came_from.path}?{came_from.query}"[:400] if came_from.query else came_from.path
