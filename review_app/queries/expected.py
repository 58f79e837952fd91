"""Who is expected at a visit, and until when feedback is taken: one statement each, for the papers that ask."""

from collections.abc import Collection
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from review_app.domain.material import City, Guest
from review_app.domain.vocabulary import Role
from review_app.extensions.database import db
from review_app.models.network import Person
from review_app.models.review import Participant, ReviewDeadline
from review_app.queries.team import ORDER


def guests(review_id: int, cities: Collection[City]) -> tuple[Guest, ...]:
    """Return everybody with a role once, in the order of the roles and by name: one statement.

    Who declined or was dismissed has no role any more; left out as well are closed accounts and the peers of a city
    that has declined. The gate has asked who may see the team.
    """
    query = (
        select(Participant)
        .join(Participant.person)
        .options(
            contains_eager(Participant.person).joinedload(Person.organisation), joinedload(Participant.organisation)
        )
        .where(Participant.review_id == review_id, Person.is_active)
        .order_by(Person.name, Person.id)
    )
    declined = {city.number for city in cities if not city.takes_part}
    rows = [row for row in db.session.scalars(query) if not _has_left(row, declined)]
    people = [sorted(mine, key=_rank) for _person, mine in groupby(rows, key=lambda row: row.person_id)]
    named = {city.number: city.name for city in cities}
    return tuple(_guest(mine, named) for mine in sorted(people, key=lambda mine: _rank(mine[0])))


def closing(review_id: int) -> datetime | None:
    """Return when feedback closes, in UTC; None when no date is set."""
    query = select(ReviewDeadline.at).where(ReviewDeadline.review_id == review_id, ReviewDeadline.name == "feedback")
    return db.session.scalar(query)


def _has_left(row: Participant, declined: Collection[int]) -> bool:
    return row.role is Role.PEER and row.organisation_id in declined


def _rank(row: Participant) -> int:
    return ORDER.index(row.role)


def _guest(rows: list[Participant], named: dict[int, str]) -> Guest:
    """A peer stands for the city they speak for, anybody else for the one they belong to."""
    person = rows[0].person
    organisation = next((row.organisation for row in rows if row.organisation), person.organisation)
    return Guest(
        name=person.name,
        roles=tuple(row.role for row in rows),
        function=person.function,
        organisation=named.get(organisation.id, organisation.name) if organisation else "",
        country=organisation.country if organisation else "",
    )
