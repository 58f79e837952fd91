"""The cities of a review: hosts, peers and how far each has come; and the organisations that could be invited."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager

from review_app.domain.vocabulary import Role, Side
from review_app.extensions.database import db
from review_app.models.access import PersonalLink, Purpose
from review_app.models.base import utc_now
from review_app.models.network import Organisation, Person
from review_app.models.review import Participant, Review, ReviewCity


class Standing(StrEnum):
    """How far a city has come with its invitation."""

    INVITED = "invited"
    JOINED = "joined"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True)
class InvitedCity:
    """A peer city with its people; `waiting` are addresses without an account that were invited."""

    row: ReviewCity
    people: tuple[Person, ...]
    waiting: tuple[str, ...]

    @property
    def standing(self) -> Standing:
        """Where the city stands: it joins with its first person and accepts with the code of conduct."""
        if self.row.declined_at:
            return Standing.DECLINED
        if self.row.accepted_at:
            return Standing.ACCEPTED
        return Standing.JOINED if self.people else Standing.INVITED

    @property
    def at(self) -> datetime | None:
        """The moment of its standing, as far as it is kept."""
        return self.row.declined_at or self.row.accepted_at or self.row.invited_at


_HOSTS = (
    select(Organisation)
    .join(ReviewCity, ReviewCity.organisation_id == Organisation.id)
    .where(ReviewCity.review_id == bindparam("review"), ReviewCity.side == Side.HOST)
    .order_by(ReviewCity.position, ReviewCity.id)
)


def hosts(review: Review) -> list[Organisation]:
    """Return the host organisations in order."""
    return list(db.session.scalars(_HOSTS, {"review": review.id}))


def peers(review: Review) -> list[InvitedCity]:
    """Return the peer cities in the order of their invitation: three statements."""
    rows = db.session.scalars(
        select(ReviewCity)
        .join(ReviewCity.organisation)
        .options(contains_eager(ReviewCity.organisation))
        .where(ReviewCity.review_id == review.id, ReviewCity.side == Side.PEER)
        .order_by(ReviewCity.position, ReviewCity.id)
    ).all()
    people = _people(review)
    waiting = _waiting(review)
    return [
        InvitedCity(row, tuple(people.get(row.organisation_id, ())), tuple(waiting.get(row.organisation_id, ())))
        for row in rows
    ]


def peer(review: Review, key: str) -> ReviewCity | None:
    """Return one peer city of this review by its key."""
    query = (
        select(ReviewCity)
        .join(ReviewCity.organisation)
        .options(contains_eager(ReviewCity.organisation))
        .where(ReviewCity.review_id == review.id, ReviewCity.key == key, ReviewCity.side == Side.PEER)
    )
    return db.session.scalar(query)


def organisations() -> list[tuple[str, str, str]]:
    """Return slug, name and country of every organisation of the network by name: one statement, no rows kept."""
    query = select(Organisation.slug, Organisation.name, Organisation.country).order_by(
        Organisation.name, Organisation.country
    )
    return [(slug, name, country) for slug, name, country in db.session.execute(query)]


def organisation(slug: str) -> Organisation | None:
    """Return an organisation by its slug."""
    return db.session.scalar(select(Organisation).where(Organisation.slug == slug))


def _people(review: Review) -> dict[int, list[Person]]:
    query = (
        select(Participant.organisation_id, Person)
        .join(Person, Person.id == Participant.person_id)
        .where(Participant.review_id == review.id, Participant.role == Role.PEER)
        .order_by(Person.name)
    )
    found: dict[int, list[Person]] = {}
    for place, person in db.session.execute(query):
        if place is not None:
            found.setdefault(place, []).append(person)
    return found


def _waiting(review: Review) -> dict[int, list[str]]:
    query = (
        select(PersonalLink.organisation_id, PersonalLink.email)
        .where(
            PersonalLink.review_id == review.id,
            PersonalLink.purpose == Purpose.INVITATION,
            PersonalLink.role == Role.PEER,
            PersonalLink.person_id.is_(None),
            PersonalLink.used_at.is_(None),
            PersonalLink.expires_at > utc_now(),
        )
        .order_by(PersonalLink.email)
        .distinct()
    )
    found: dict[int, list[str]] = {}
    for place, email in db.session.execute(query):
        if place is not None:
            found.setdefault(place, []).append(email)
    return found
