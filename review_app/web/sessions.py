"""Who is at the door: Flask-Login on top of session rows that can be revoked."""

from datetime import timedelta
from typing import cast

from flask import Flask, current_app, g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user
from flask_login.utils import logout_user
from sqlalchemy import update

from review_app.config import Settings
from review_app.extensions.database import db
from review_app.models.access import SignIn
from review_app.models.base import utc_now
from review_app.models.network import Person
from review_app.services import sessions as rows

manager = LoginManager()
manager.session_protection = None  # the row on the server decides, not a guess about the browser


class NeedsSignIn(Exception):  # noqa: N818
    """Nobody is signed in: the door shows the sign-in page and keeps what was typed."""


class Visitor(UserMixin):
    """What Flask-Login keeps in the cookie: the token of a session row, never the number of a person."""

    def __init__(self, token: str, person: Person) -> None:
        self.token, self.person = token, person

    def get_id(self) -> str:
        """Return the token."""
        return self.token


def bind(app: Flask) -> None:
    """Bind Flask-Login to the app."""
    manager.init_app(app)
    manager.user_loader(_visitor)


def _visitor(token: str) -> Visitor | None:
    settings = cast(Settings, current_app.config["SETTINGS"])
    found = rows.person_of(
        token, idle=timedelta(hours=settings.session_idle_hours), longest=timedelta(days=settings.session_days)
    )
    if found is None:
        return None
    person, sign_in = found
    if rows.seen(sign_in, utc_now()):
        g.wind_session = sign_in.id
    return Visitor(token, person)


def wind() -> None:
    """Wind the idle clock of the session in a transaction of its own, after the answer is made."""
    number = g.pop("wind_session", None)
    if number is None:
        return
    db.session.rollback()
    db.session.execute(update(SignIn).where(SignIn.id == number).values(seen_at=utc_now()))
    db.session.commit()


def begin(person: Person) -> None:
    """Sign a person in on this device with a new session; call inside a view that commits."""
    session.clear()
    login_user(Visitor(rows.begin(person), person))


def end() -> None:
    """Sign out of this device: the row is deleted, so a copied cookie fails as well."""
    visitor = _current()
    if visitor is not None:
        rows.end(visitor.token)
    logout_user()
    session.clear()


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
