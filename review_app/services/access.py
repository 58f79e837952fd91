"""Ways in: passwords, and the rights that hang on an account."""

from datetime import timedelta
from functools import lru_cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import func, select

from review_app.domain import passwords
from review_app.domain.marking import _
from review_app.domain.refusal import Unacceptable
from review_app.domain.text import email_identity
from review_app.domain.vocabulary import NetworkRight
from review_app.extensions.database import db, reading
from review_app.models.access import Purpose
from review_app.models.base import utc_now
from review_app.models.letters import Letter
from review_app.models.network import NetworkRole, Person
from review_app.queries.people import complete
from review_app.services import audit, links, outbox, sessions

hasher = PasswordHash((Argon2Hasher(memory_cost=19_456, time_cost=2, parallelism=1),))
"""What OWASP asks for at least: two hundred people who sign in within the same hour must not wait for each other."""
LETTERS_AN_HOUR = 5


def person_by_password(email: str, password: str) -> Person | None:
    """Return the active person with this address and password; takes as long for an unknown address.

    The slow comparison happens between two transactions, so that it never holds the database's lock.
    """
    with reading():
        query = select(Person.id, Person.password_hash).where(Person.identity == email_identity(email))
        number, kept = db.session.execute(query.where(Person.is_active)).one_or_none() or (0, None)
    matches, better = hasher.verify_and_update(password, kept or _nobody())
    if not matches or kept is None:
        return None
    person = complete(number)
    if not person.is_active or person.password_hash != kept:
        return None
    person.password_hash = better or kept
    return person


@lru_cache(maxsize=1)
def _nobody() -> str:
    return hasher.hash("nobody has this password")


def hash_of(password: str, *known: str) -> str:
    """Return what is kept of a new password; `known` are the person's name and address. Raises Unacceptable."""
    verdict = passwords.verdict(password, known)
    if not verdict:
        raise Unacceptable(verdict.sentence, verdict.values, field="new_password")
    db.session.rollback()  # the slow part holds no lock
    return hasher.hash(password)


def set_password(person: Person, hashed: str) -> None:
    """Give a person a new password: every session and every open link of theirs ends."""
    person.password_hash = hashed
    sessions.end_all(person)
    links.end_all(person)
    audit.note("change the password", person)
    db.session.flush()


def ask_sign_in_link(email: str, *, onward: str = "") -> None:
    """Queue a sign-in link when the address is known; the caller answers the same in any case."""
    _ask(Purpose.SIGN_IN, email, onward)


def ask_reset(email: str) -> None:
    """Queue a link to choose a new password when the address is known; the caller answers the same in any case."""
    _ask(Purpose.RESET, email, "")


def _ask(purpose: Purpose, email: str, onward: str) -> None:
    person = db.session.scalar(select(Person).where(Person.identity == email_identity(email), Person.is_active))
    if person is None or _has_enough(person, purpose):
        return
    link = links.make(purpose, email=person.email, person=person)
    outbox.queue(purpose.value, person.email, person=person, values={"link": link.id, "onward": onward})


def _has_enough(person: Person, purpose: Purpose) -> bool:
    """Nobody can fill another person's letter box."""
    now = utc_now()
    hour = Letter.queued_at.between(now - timedelta(hours=1), now)
    lately = (Letter.person_id == person.id, Letter.kind == purpose.value, hour)
    return (db.session.scalar(select(func.count(Letter.id)).where(*lately)) or 0) >= LETTERS_AN_HOUR


def give_right(person: Person, right: NetworkRight, *, by: Person | None = None) -> None:
    """Give an account a right in the whole network; its sessions end, as after every change of rights."""
    if _right(person, right) is None:
        db.session.add(NetworkRole(person_id=person.id, right=right))
        audit.note("give a right", by, thing=right.value, about=person.key)
        sessions.end_all(person)
        db.session.flush()


def take_right(person: Person, right: NetworkRight, *, by: Person | None = None) -> None:
    """Take a right from an account. Raises Unacceptable for the last one who has it (RELIABILITY 28)."""
    query = select(NetworkRole).join(Person).where(NetworkRole.right == right, Person.is_active)
    holders = db.session.scalars(query.with_for_update(of=NetworkRole)).all()
    row = next((one for one in holders if one.person_id == person.id), None)
    if row is None:
        return
    if len(holders) == 1:
        raise Unacceptable(_("Somebody must remain who can do this: give the right to another person first."))
    db.session.delete(row)
    audit.note("take a right", by, thing=right.value, about=person.key)
    sessions.end_all(person)
    db.session.flush()


def _right(person: Person, right: NetworkRight) -> NetworkRole | None:
    return db.session.scalar(select(NetworkRole).where(NetworkRole.person_id == person.id, NetworkRole.right == right))
