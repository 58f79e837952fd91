"""The people of a review by role, as everybody who takes part may see them."""

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from review_app.domain.vocabulary import Role
from review_app.extensions.database import db
from review_app.models.access import PersonalLink, Purpose
from review_app.models.base import utc_now
from review_app.models.network import Person
from review_app.models.review import Participant, Review

ORDER = (
    Role.HOST_COORDINATOR,
    Role.HOST_CONTRIBUTOR,
    Role.LEAD_REVIEWER,
    Role.RAPPORTEUR,
    Role.PEER,
    Role.OBSERVER,
    Role.SECRETARIAT,
)


def people(review: Review) -> list[Participant]:
    """Return everybody with a role, in the order of the roles and by name: one statement."""
    query = (
        select(Participant)
        .join(Participant.person)
        .options(contains_eager(Participant.person), joinedload(Participant.organisation))
        .where(Participant.review_id == review.id)
        .order_by(Person.name, Participant.id)
    )
    return sorted(db.session.scalars(query), key=lambda row: ORDER.index(row.role))


def one(review: Review, person_key: str, role: str) -> Participant | None:
    """Return one role of one person in this review."""
    query = (
        select(Participant)
        .join(Participant.person)
        .options(contains_eager(Participant.person))
        .where(Participant.review_id == review.id, Person.key == person_key)
    )
    return next((row for row in db.session.scalars(query) if row.role.value == role), None)


def waiting(review: Review) -> list[tuple[str, Role]]:
    """Return address and role of those without an account who are invited to the team; cities have their own page."""
    query = (
        select(PersonalLink.email, PersonalLink.role)
        .where(
            PersonalLink.review_id == review.id,
            PersonalLink.purpose == Purpose.INVITATION,
            PersonalLink.role != Role.PEER,
            PersonalLink.person_id.is_(None),
            PersonalLink.used_at.is_(None),
            PersonalLink.expires_at > utc_now(),
        )
        .order_by(PersonalLink.email)
        .distinct()
    )
    return [(email, role) for email, role in db.session.execute(query) if role]
