"""People of the network, for those who look after it; and one person with everything that pages ask of them."""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.elements import ColumnElement

from review_app.domain.text import email_identity
from review_app.domain.vocabulary import NetworkRight
from review_app.extensions.database import db
from review_app.models.access import PersonalLink, Purpose
from review_app.models.base import utc_now
from review_app.models.letters import Letter
from review_app.models.network import NetworkRole, Organisation, Person

TROUBLED = (Letter.sent_at.is_(None), Letter.trouble != "")
PAGE = 20
MOST_OPEN = 50


def complete(person_id: int) -> Person:
    """Return a person with rights and organisation, as every page of theirs asks for them."""
    load = (selectinload(Person.rights), joinedload(Person.organisation))
    return db.session.get_one(Person, person_id, options=load, populate_existing=True)


def found(text: str, page: int) -> tuple[list[Person], int]:
    """Return one page of the people whose name or address holds a text, and how many there are."""
    query = select(Person).where(*_matching(text)).order_by(Person.name, Person.id)
    load = (joinedload(Person.organisation), selectinload(Person.rights))
    total = db.session.scalar(select(func.count(Person.id)).where(*_matching(text))) or 0
    return list(db.session.scalars(query.options(*load).limit(PAGE).offset((page - 1) * PAGE))), total


def _matching(text: str) -> list[ColumnElement[bool]]:
    is_somebody = Person.email != ""  # nobody is behind "former participant"
    if not text:
        return [is_somebody]
    by_name = func.lower(Person.name).contains(text.lower(), autoescape=True)
    return [is_somebody, or_(by_name, Person.identity.contains(email_identity(text), autoescape=True))]


def of_organisation(organisation: Organisation, page: int) -> tuple[list[Person], int]:
    """Return one page of the people of an organisation, and how many there are."""
    mine = Person.organisation_id == organisation.id
    query = select(Person).where(mine).options(selectinload(Person.rights)).order_by(Person.name, Person.id)
    total = db.session.scalar(select(func.count(Person.id)).where(mine)) or 0
    return list(db.session.scalars(query.limit(PAGE).offset((page - 1) * PAGE))), total


def by_key(key: str) -> Person | None:
    """Return the active person of a key."""
    return db.session.scalar(select(Person).where(Person.key == key, Person.is_active))


def open_invitations(organisation: Organisation) -> list[PersonalLink]:
    """Return the invitations of an organisation that nobody has taken up yet, newest first."""
    query = select(PersonalLink).where(
        PersonalLink.organisation_id == organisation.id,
        PersonalLink.purpose == Purpose.INVITATION,
        PersonalLink.person_id.is_(None),
        PersonalLink.used_at.is_(None),
        PersonalLink.expires_at > utc_now(),
    )
    return list(db.session.scalars(query.order_by(PersonalLink.id.desc()).limit(MOST_OPEN)))


def with_right(right: NetworkRight) -> int:
    """Return how many active people have a right in the network."""
    query = select(func.count(NetworkRole.id)).join(Person).where(NetworkRole.right == right, Person.is_active)
    return db.session.scalar(query) or 0


def troubled_letters(page: int) -> tuple[list[Letter], int]:
    """Return one page of the letters that could not be delivered so far, newest first, and how many there are."""
    query = select(Letter).where(*TROUBLED).order_by(Letter.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    return list(db.session.scalars(query)), count_troubled_letters()


def count_troubled_letters() -> int:
    """Return how many letters could not be delivered so far."""
    return db.session.scalar(select(func.count(Letter.id)).where(*TROUBLED)) or 0
