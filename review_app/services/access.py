"""Ways in: passwords and personal links."""

from functools import lru_cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import select

from review_app.domain.text import email_identity
from review_app.extensions.database import db
from review_app.models.network import Person

hasher = PasswordHash((Argon2Hasher(),))


def person_by_password(email: str, password: str) -> Person | None:
    """Return the active person with this address and password; takes as long for an unknown address."""
    person = db.session.scalar(select(Person).where(Person.identity == email_identity(email), Person.is_active))
    kept = person.password_hash if person and person.password_hash else _nobody()
    matches = hasher.verify(password, kept)
    return person if matches and person and person.password_hash else None


@lru_cache(maxsize=1)
def _nobody() -> str:
    return hasher.hash("nobody has this password")
