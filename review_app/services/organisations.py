"""Organisations: added by the secretariat, each name once in its country."""

from dataclasses import dataclass
from itertools import count, islice

from sqlalchemy import select

from review_app.domain.marking import _
from review_app.domain.refusal import Unacceptable
from review_app.domain.slugs import slug_of
from review_app.domain.vocabulary import PlaceKind
from review_app.extensions.database import db
from review_app.models.network import Organisation
from review_app.queries.organisations import slugs_like


@dataclass(frozen=True)
class Place:
    """What is said of an organisation; coordinates in degrees, None when unknown."""

    name: str
    country: str
    kind: PlaceKind = PlaceKind.CITY
    local_name: str = ""
    timezone: str = "Europe/Brussels"
    latitude: float | None = None
    longitude: float | None = None
    is_member: bool = True


def add(place: Place) -> Organisation:
    """Add an organisation. Raises Unacceptable when one of this name, country and kind is there."""
    same = select(Organisation.id).where(
        Organisation.name == place.name, Organisation.country == place.country, Organisation.kind == place.kind
    )
    if db.session.scalar(same):
        raise Unacceptable(_("%(name)s is in the network already."), {"name": place.name}, field="name")
    organisation = Organisation(slug=_free_slug(place), **vars(place))
    db.session.add(organisation)
    db.session.flush()
    return organisation


def _free_slug(place: Place) -> str:
    stem = slug_of(place.name)[:60] or f"place-{place.country.lower()}"
    taken = set(slugs_like(stem))
    more = (f"{stem}-{number}" for number in count(2))
    return next(slug for slug in (stem, f"{stem}-{place.country.lower()}", *islice(more, 1000)) if slug not in taken)
