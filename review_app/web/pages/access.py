"""The way in and out."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from review_app.services import access
from review_app.web import kept, sessions
from review_app.web.forms.access import SignInForm
from review_app.web.gate import commits, public, signed_in

bp = Blueprint("access", __name__)


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Ask for address and password."""
    return render_template("access/sign_in.html", form=SignInForm(formdata=None), next=request.args.get("next", ""))


@bp.post("/sign-in")
@commits
@public
def sign_in_now() -> ResponseReturnValue:
    """Sign in, and go where the person was going."""
    form = SignInForm()
    person = access.person_by_password(form.email.data or "", form.password.data or "") if form.validate() else None
    if person is None:
        form.password.errors = [_("The address or the password is not right.")]
        return render_template("access/sign_in.html", form=form, next=request.form.get("next", "")), 422
    sessions.begin(person)
    return redirect(kept.own_path(request.form.get("next", "")), 303)


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
    return redirect(kept.own_path("/"), 303)


@bp.get("/account")
@signed_in
def account() -> ResponseReturnValue:
    """Show the person's own account."""
    return render_template("access/account.html")
