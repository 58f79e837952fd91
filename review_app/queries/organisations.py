"""Organisations of the network: found by name, and how many people each has."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select

from review_app.domain.slugs import slug_of
from review_app.extensions.database import db
from review_app.models.network import Organisation, Person

PAGE = 20


class Line(NamedTuple):
    """One organisation in the list."""

    organisation: Organisation
    people: int


def found(text: str, page: int) -> tuple[list[Line], int]:
    """Return one page of the organisations whose name holds a text, accents or not, and how many there are."""
    people = select(func.count(Person.id)).where(Person.organisation_id == Organisation.id).scalar_subquery()
    query = _matching(select(Organisation, people), text).order_by(Organisation.name, Organisation.id)
    rows = db.session.execute(query.limit(PAGE).offset((page - 1) * PAGE))
    total = db.session.scalar(_matching(select(func.count(Organisation.id)), text)) or 0
    return [Line(organisation, count) for organisation, count in rows], total


def _matching(query: Select[Any], text: str) -> Select[Any]:
    if not text:
        return query
    plain = slug_of(text)
    ways = [
        func.lower(Organisation.name).contains(text.lower(), autoescape=True),
        func.lower(Organisation.local_name).contains(text.lower(), autoescape=True),
    ]
    return query.where(or_(*ways, *([Organisation.slug.contains(plain, autoescape=True)] if plain else [])))


def by_slug(slug: str) -> Organisation | None:
    """Return the organisation of an address."""
    return db.session.scalar(select(Organisation).where(Organisation.slug == slug))


def slugs_like(stem: str) -> Sequence[str]:
    """Return the slugs that begin with a stem: a new one must differ."""
    return db.session.scalars(
        select(Organisation.slug).where(Organisation.slug.startswith(stem, autoescape=True))
    ).all()
