"""One invented review on its way: who acts, on which day of its story, and how far the story goes."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from review_app.domain.text import email_identity
from review_app.extensions.database import db
from review_app.models.base import as_of
from review_app.models.network import Organisation, Person
from review_app.models.review import Review
from review_app.queries import methods, seats
from review_app.queries.seats import Seat
from review_app.services import workflow
from review_app.world.files import Row

SECRETARIAT = "secretariat@example.org"
JUST_NOW = timedelta(hours=3)
A_MOMENT = timedelta(minutes=1)
FRIDAY = 4


@dataclass(frozen=True)
class Cast:
    """Everybody and every city of the invented network, and the moment to which all is played (UTC)."""

    now: datetime
    definition: Row
    people: dict[str, Person]
    cities: dict[str, Organisation]


def assembled(definition: Row, now: datetime) -> Cast:
    """Return the cast from the database."""
    people = db.session.scalars(select(Person).options(selectinload(Person.rights)))
    cities = db.session.scalars(select(Organisation).where(Organisation.fictional))
    return Cast(
        now,
        definition,
        people={person.identity: person for person in people},
        cities={city.slug: city for city in cities},
    )


@dataclass
class Play:
    """A story and the review it has become so far. Days are counted from the first day of the visit, or the last."""

    story: Row
    cast: Cast
    review: Review = field(init=False)
    keys: dict[str, str] = field(default_factory=dict, init=False)
    clock: datetime = field(default=datetime.min.replace(tzinfo=UTC), init=False)

    @property
    def host(self) -> Organisation:
        """The host city."""
        return self.city(self.story["host"])

    @cached_property
    def starts_on(self) -> date:
        """The first day of the visit: as the story says, and no visit but today's touches a weekend."""
        today = self.cast.now.astimezone(ZoneInfo(self.host.timezone)).date()
        first, last = self.story["visit"]
        day = today + timedelta(days=first)
        while not first <= 0 <= last and day.weekday() + (last - first) > FRIDAY:
            day += timedelta(days=1 if first > 0 else -1)
        return day

    @property
    def ends_on(self) -> date:
        """The last day of the visit."""
        first, last = self.story["visit"]
        return self.starts_on + timedelta(days=last - first)

    @property
    def goes_to(self) -> str:
        """The stage up to which the story is played; what comes after that is said at the end."""
        return str(self.story.get("until", self.story["stage"]))

    def city(self, slug: str) -> Organisation:
        """Return an invented city."""
        return self.cast.cities[slug]

    def person(self, email: str) -> Person:
        """Return an invented person."""
        return self.cast.people[email_identity(email)]

    def seat(self, email: str) -> Seat:
        """Return a new seat: facts are gathered once a seat, and each act changes them."""
        return seats.seat_at(self.review, self.person(email))

    def key(self, place: str) -> str:
        """Return the key of what stands at a place of the story: the same at every load, and as long as a random one.

        Reports put items in the order of their keys, so that no order tells who wrote when: a digest keeps to that.
        """
        digest = hashlib.sha256(f"{self.story['ref']}/{place}".encode()).digest()
        return urlsafe_b64encode(digest[:16]).decode().rstrip("=")

    def reaches(self, stage: str) -> bool:
        """Tell whether the story goes beyond a stage."""
        method = methods.of(self.review.edition)
        return method.order(self.goes_to) > method.order(stage)

    def act(self, action: str, email: str, *, reason: str = "") -> None:
        """Take an action of the method as this person."""
        workflow.perform(action, self.seat(email), reason=reason)

    @contextmanager
    def at(self, days: int, *, after_visit: bool = False, hour: int = 10) -> Iterator[None]:
        """Let it be that many days from the first day of the visit, or from its last; never later than now."""
        day = (self.ends_on if after_visit else self.starts_on) + timedelta(days=days)
        told = datetime.combine(day, time(hour), ZoneInfo(self.host.timezone)).astimezone(UTC)
        self.clock = max(min(told, self.cast.now - JUST_NOW), self.clock + A_MOMENT)
        with as_of(self.clock):
            yield


Chapter = Callable[[Play], Any]
