"""The accounts of the demonstration: who can sign in, as what, and what waits for them."""

from dataclasses import asdict, dataclass

from sqlalchemy import select

from review_app.domain.text import email_identity
from review_app.extensions.database import db
from review_app.models.network import Person
from review_app.world import files
from review_app.world.network import PASSWORD


@dataclass(frozen=True)
class Account:
    """One way into the demonstration."""

    role: str
    email: str
    password: str
    name: str
    city: str
    does: str

    def as_plain(self) -> dict[str, str]:
        """Return the account as plain values."""
        return asdict(self)


def listed() -> list[Account]:
    """Return the demonstration's accounts that stand in this database, the secretariat first."""
    there = {person.identity: person for person in db.session.scalars(select(Person).where(Person.is_active))}
    rows = [row for row in files.people() if "demo" in row]
    found = [(row, there.get(email_identity(row["email"]))) for row in rows]
    return [
        Account(row["demo"], row["email"], PASSWORD, person.name, _city(person), row["does"])
        for row, person in found
        if person is not None
    ]


def strangers() -> list[str]:
    """Return the addresses of people who are not the demonstration's: it never mixes with a real network."""
    own = {email_identity(row["email"]) for row in files.people()}
    return [
        email for email, identity in db.session.execute(select(Person.email, Person.identity)) if identity not in own
    ]


def _city(person: Person) -> str:
    return person.organisation.name if person.organisation else ""
