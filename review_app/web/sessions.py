"""Who is at the door: Flask-Login on top of session rows that can be revoked."""

from collections.abc import Mapping
from datetime import timedelta
from typing import cast

import structlog
from flask import Flask, Request, current_app, g, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_login import LoginManager, UserMixin, current_user, login_user
from flask_login.utils import logout_user
from itsdangerous import BadSignature
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from review_app.config import Settings
from review_app.domain.marking import _ as mark
from review_app.domain.refusal import Unacceptable
from review_app.extensions.database import db
from review_app.models.access import SignIn
from review_app.models.base import utc_now
from review_app.models.network import Person
from review_app.queries.people import complete
from review_app.services import access, throttle
from review_app.services import sessions as rows

log = structlog.get_logger(__name__)
manager = LoginManager()
manager.session_protection = None  # the row on the server decides, not a guess about the browser


class NeedsSignIn(Exception):
    """Nobody is signed in: the door shows the sign-in page and keeps what was typed."""


class Visitor(UserMixin):  # type: ignore[misc]
    """What Flask-Login keeps in the cookie: the token of a session row, never the number of a person."""

    def __init__(self, token: str, person: Person) -> None:
        self.token, self.person = token, person

    def get_id(self) -> str:
        """Return the token."""
        return self.token


class Ageless(SecureCookieSessionInterface):
    """Cookies without an age: the row on the server knows how old a session is.

    The library refuses a cookie of the future, so a clock that is put right by a second would sign everybody out.
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return what a genuine cookie holds, an empty session for any other."""
        signer = self.get_signing_serializer(app)
        if signer is None:
            return None
        try:
            return self.session_class(signer.loads(request.cookies.get(self.get_cookie_name(app), "")))
        except BadSignature:
            return self.session_class()


def bind(app: Flask) -> None:
    """Bind Flask-Login to the app."""
    app.session_interface = Ageless()
    manager.init_app(app)
    manager.user_loader(_visitor)


def lifetimes() -> dict[str, timedelta]:
    """Return how long a session lives unused, and at most."""
    settings = cast(Settings, current_app.config["SETTINGS"])
    return {"idle": timedelta(hours=settings.session_idle_hours), "longest": timedelta(days=settings.session_days)}


def _visitor(token: str) -> Visitor | None:
    found = rows.person_of(token, **lifetimes())
    if found is None:
        return None
    person, sign_in = found
    if rows.seen(sign_in, utc_now()):
        g.wind_session = sign_in.id
    return Visitor(token, person)


def wind() -> None:
    """Wind the idle clock of the session in a transaction of its own, after the answer is made.

    When the storage cannot take it now, the next request winds it: the answer is never spoilt.
    """
    number = g.pop("wind_session", None)
    if number is None:
        return
    db.session.rollback()
    try:
        db.session.execute(update(SignIn).where(SignIn.id == number).values(seen_at=utc_now()))
        db.session.commit()
    except DBAPIError as trouble:
        db.session.rollback()
        log.warning("session not wound", trouble=type(trouble.orig).__name__)


def count_try(whom: throttle.Subjects) -> None:
    """Count a wrong try in a transaction of its own: the answer that refuses it commits nothing."""
    db.session.rollback()
    throttle.count(whom)
    db.session.commit()


def count_guess(whom: throttle.Subjects) -> None:
    """Count a wrong guess on a page that is only read; its answer leaves even when the storage cannot take that now."""
    try:
        count_try(whom)
    except DBAPIError as trouble:
        db.session.rollback()
        log.warning("guess not counted", trouble=type(trouble.orig).__name__)


def begin(person: Person) -> None:
    """Sign a person in on this device with a new session; whoever was signed in here before is so no more."""
    before = _current()
    if before is not None:
        rows.end(before.token)
    session.clear()
    login_user(Visitor(rows.begin(person), person))


def with_new_password(given: Mapping[str, str], client: str) -> Person:
    """Give the signed-in person a new password and end their sessions. Raises Unacceptable with the field to blame."""
    person = require_person()
    number, email, name, has_one = person.id, person.email, person.name, person.password_hash is not None
    if has_one:
        _check_password(email, given["password"], client)
    hashed = access.hash_of(given["new_password"], email, name)
    person = complete(number)
    access.set_password(person, hashed)
    return person


def with_password(password: str, client: str) -> Person:
    """Return the signed-in person once their password is right. Raises Unacceptable."""
    person = require_person()
    number = person.id
    _check_password(person.email, password, client)
    return complete(number)


def _check_password(email: str, password: str, client: str) -> None:
    whom = throttle.subjects("password", email, client)
    if throttle.is_over(whom):
        raise Unacceptable(mark("There were too many wrong tries. Wait a quarter of an hour."), field="password")
    if access.person_by_password(email, password) is None:
        count_try(whom)
        raise Unacceptable(mark("This is not the password you have now."), field="password")


def is_this_device(sign_in: SignIn) -> bool:
    """Tell whether a session is the one of this request."""
    visitor = _current()
    return visitor is not None and rows.digest(visitor.token) == sign_in.digest


def forget() -> None:
    """Forget on this device a session that has already ended on the server."""
    logout_user()
    session.clear()


def end() -> None:
    """Sign out of this device: the row is deleted, so a copied cookie fails as well."""
    visitor = _current()
    if visitor is not None:
        rows.end(visitor.token)
    forget()


def _current() -> Visitor | None:
    return cast(Visitor, current_user._get_current_object()) if current_user.is_authenticated else None


def the_person() -> Person | None:
    """Return the signed-in person of this request, or None."""
    visitor = _current()
    return visitor.person if visitor else None


def require_person() -> Person:
    """Return the signed-in person, or send to the sign-in page with the text kept."""
    person = the_person()
    if person is None:
        raise NeedsSignIn
    return person


def require_person_if_anonymous_write() -> None:
    """An anonymous POST to an address that may exist gets the sign-in page with its text, whether it exists or not."""
    if request.method == "POST" and the_person() is None:
        raise NeedsSignIn
