"""Plants organisations and people: the shipped facts, and the invented network of the demonstration."""

import csv
from functools import lru_cache

from sqlalchemy import select

from review_app.domain.text import email_identity
from review_app.domain.vocabulary import NetworkRight, PlaceKind
from review_app.extensions.database import db
from review_app.models.network import NetworkRole, Organisation, Person
from review_app.services.access import hasher
from review_app.services.importing import Place, PlaceName, organisation_for
from review_app.world import files
from review_app.world.files import Row

PASSWORD = "harbour-and-hill-2026"  # noqa: S105 (made for a demonstration, printed when it starts)
NETWORK_NAME = "Harbour and Hill Cities"


@lru_cache(maxsize=1)
def known_places() -> dict[PlaceName, Place]:
    """Return the shipped facts about real organisations, by name, country and kind."""
    with (files.DATA / "organisations.csv").open(encoding="utf-8", newline="") as file:
        places = [_place(row) for row in csv.DictReader(file)]
    return {place.of: place for place in places}


def plant_places() -> int:
    """Make every shipped organisation that is not there yet; return how many were new."""
    before = set(db.session.execute(select(Organisation.name, Organisation.country, Organisation.kind)).all())
    missing = [place for place in known_places().values() if (*place.of,) not in {tuple(row) for row in before}]
    for place in missing:
        organisation_for(place.of, known_places())
    return len(missing)


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


def _place(row: dict[str, str]) -> Place:
    return Place(
        of=PlaceName(row["name"], row["country"], PlaceKind(row["kind"])),
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
