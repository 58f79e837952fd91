"""Plants organisations and people: the shipped facts, and the invented network of the demonstration."""

import csv
from functools import lru_cache

from sqlalchemy import func, select

from review_app.domain.review_document import Place
from review_app.domain.text import email_identity
from review_app.domain.vocabulary import NetworkRight, PlaceKind
from review_app.extensions.database import db
from review_app.models.network import NetworkRole, Organisation, Person
from review_app.services.access import hasher
from review_app.services.importing import Gazetteer, Known, organisation_for
from review_app.world import files
from review_app.world.files import Row

PASSWORD = "harbour-and-hill-2026"  # noqa: S105 (made for a demonstration, printed when it starts)
NETWORK_NAME = "Harbour and Hill Cities"


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Return the shipped facts about real organisations."""
    with (files.DATA / "organisations.csv").open(encoding="utf-8", newline="") as file:
        known = [_known(row) for row in csv.DictReader(file)]
    return {one.place.identity: one for one in known}


def plant_organisations() -> int:
    """Make every shipped organisation that is not there yet; return how many were new."""
    before = _count()
    for known in gazetteer().values():
        organisation_for(known.place, gazetteer())
    return _count() - before


def _count() -> int:
    return db.session.scalar(select(func.count(Organisation.id))) or 0


def plant_cities() -> None:
    """Make the invented cities that are not there yet."""
    there = set(db.session.scalars(select(Organisation.slug)))
    db.session.add_all(_city(row) for row in files.cities() if row["slug"] not in there)
    db.session.flush()


def plant_people(rows: list[Row]) -> None:
    """Make the invented people that are not there yet; they share one password and one hash of it."""
    there = set(db.session.scalars(select(Person.identity)))
    missing = [row for row in rows if email_identity(row["email"]) not in there]
    if missing:
        kept = hasher.hash(PASSWORD)
        db.session.add_all(_person(row, kept) for row in missing)
    db.session.flush()


def _known(row: dict[str, str]) -> Known:
    return Known(
        place=Place(name=row["name"], country=row["country"], kind=PlaceKind(row["kind"])),
        local_name=row["local_name"],
        latitude=float(row["latitude"]) if row["latitude"] else None,
        longitude=float(row["longitude"]) if row["longitude"] else None,
        is_member=row["member"] == "yes",
    )


def _city(row: Row) -> Organisation:
    latitude, longitude = row.get("at", (None, None))
    return Organisation(
        slug=row["slug"],
        name=row["name"],
        local_name=row.get("local_name", ""),
        country=row["country"],
        kind=PlaceKind(row.get("kind", "city")),
        latitude=latitude,
        longitude=longitude,
        timezone=row["timezone"],
        is_member=True,
        fictional=True,
    )


def _person(row: Row, password_hash: str) -> Person:
    city = db.session.scalars(select(Organisation).where(Organisation.slug == row["city"])).one()
    person = Person(
        email=row["email"],
        identity=email_identity(row["email"]),
        name=row["name"],
        function=row["function"],
        organisation=city,
        password_hash=password_hash,
        timezone=city.timezone,
    )
    if "right" in row:
        person.rights = [NetworkRole(right=NetworkRight(row["right"]))]
    return person
