"""Puts people at their places in a review: the one way to give a role."""

from sqlalchemy import select

from review_app.domain.vocabulary import Role
from review_app.extensions.database import db
from review_app.models.network import Organisation, Person
from review_app.models.review import Participant, Review


def seat_person(person: Person, role: Role, *, review: Review, organisation: Organisation | None) -> Participant:
    """Give a person a role in a review; a second time changes nothing."""
    known = db.session.scalar(
        select(Participant).where(
            Participant.review_id == review.id, Participant.person_id == person.id, Participant.role == role
        )
    )
    if known is not None:
        return known
    row = Participant(
        review_id=review.id,
        person_id=person.id,
        role=role,
        organisation_id=organisation.id if organisation else None,
    )
    db.session.add(row)
    db.session.flush()
    return row
