"""Sessions on the server: a row a device, revocable at once; the cookie alone is worth nothing."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, or_, select
from sqlalchemy.orm import contains_eager

from review_app.extensions.database import db
from review_app.models.access import SignIn
from review_app.models.base import utc_now
from review_app.models.network import Person
from review_app.services import audit

SEEN_EVERY = timedelta(minutes=10)
MOST_SHOWN = 30


def digest(token: str) -> str:
    """Return what is kept of a token: nobody who reads the database can use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin(person: Person) -> str:
    """Open a session and return its token (256 bits), for the cookie only."""
    token = secrets.token_urlsafe(32)
    db.session.add(SignIn(digest=digest(token), person_id=person.id))
    audit.note("sign in", person)
    return token


_LIVE = (
    select(SignIn)
    .join(SignIn.person)
    .options(
        contains_eager(SignIn.person).joinedload(Person.rights),
        contains_eager(SignIn.person).joinedload(Person.organisation),
    )
    .where(
        SignIn.digest == bindparam("digest"),
        Person.is_active,
        SignIn.seen_at > bindparam("idle_since"),
        SignIn.started_at > bindparam("begun_after"),
    )
)


def person_of(token: str, *, idle: timedelta, longest: timedelta) -> tuple[Person, SignIn] | None:
    """Return who a live session belongs to; None when it ended, idled or ran too long."""
    now = utc_now()
    asked = {"digest": digest(token), "idle_since": now - idle, "begun_after": now - longest}
    row = db.session.scalars(_LIVE, asked).unique().one_or_none()
    return (row.person, row) if row else None


def seen(sign_in: SignIn, now: datetime) -> bool:
    """Tell whether the idle clock of a session should be wound now; not at every request.

    One that was wound by a clock that ran ahead is wound again: else it would idle for as long as that was ahead.
    """
    return abs(now - sign_in.seen_at) > SEEN_EVERY


def end(token: str) -> None:
    """End one session: its cookie fails from the next request on."""
    db.session.execute(delete(SignIn).where(SignIn.digest == digest(token)))


def of(person: Person, *, idle: timedelta, longest: timedelta) -> list[SignIn]:
    """Return the live sessions of a person, the one seen last first."""
    now = utc_now()
    query = select(SignIn).where(
        SignIn.person_id == person.id, SignIn.seen_at > now - idle, SignIn.started_at > now - longest
    )
    return list(db.session.scalars(query.order_by(SignIn.seen_at.desc()).limit(MOST_SHOWN)))


def sweep(*, idle: timedelta, longest: timedelta) -> None:
    """Delete the rows of sessions that ended by themselves."""
    now = utc_now()
    db.session.execute(delete(SignIn).where(or_(SignIn.seen_at <= now - idle, SignIn.started_at <= now - longest)))


def end_everywhere(person: Person) -> None:
    """End every session of a person at their own wish."""
    end_all(person)
    audit.note("sign out everywhere", person)


def end_all(person: Person) -> None:
    """End every session of a person: after a new password, a change of rights, a deactivation."""
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id))
