"""The earlier versions of a text, page by page, and who wrote them as far as this reader may know."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from review_app.domain.attribution import NAMING_REGIMES
from review_app.domain.visibility import Reach, Thing
from review_app.domain.vocabulary import NetworkRight
from review_app.extensions.database import db
from review_app.models.history import Revision
from review_app.models.network import Person
from review_app.queries.paging import PAGE, Paged, within
from review_app.queries.seats import Seat


class Writer(NamedTuple):
    """Who wrote a version, as far as the reader may know: all empty when nothing may be said."""

    name: str = ""
    city: str = ""
    is_reader: bool = False
    by_secretariat: bool = False


@dataclass(frozen=True)
class Version:
    """One version; `before` is what stood there until then, None for the first. Moments are UTC.

    `now` is what stands there now, where one version is asked for; None for the one that stands, and in a list.
    """

    number: int
    at: datetime
    writer: Writer
    content: dict[str, Any]
    before: dict[str, Any] | None
    stands: bool
    now: dict[str, Any] | None = None


Told = Callable[[Person | None], Writer]
"""What a reader may know of whoever wrote a version."""


def listed(thing: str, thing_id: int, told: Told, *, page: int = 1) -> Paged[Version]:
    """Return one page of the versions of a text, the newest first. Whether the reader sees it, the page asks."""
    of_it = Revision.thing == thing, Revision.thing_id == thing_id
    total = db.session.scalar(select(func.count(Revision.id)).where(*of_it)) or 0
    page = within(page, total)
    query = _with_people(select(Revision).where(*of_it)).order_by(Revision.number.desc())
    # One more than is shown: the last of the page is compared with it.
    rows = list(db.session.scalars(query.offset((page - 1) * PAGE).limit(PAGE + 1)).unique())
    shown = [_version(rows, at, told, stands=page == 1 and at == 0) for at in range(min(PAGE, len(rows)))]
    return Paged(shown, page, total)


def one(thing: str, thing_id: int, told: Told, *, number: int) -> Version | None:
    """Return one version of a text, and what stands there now."""
    of_it = Revision.thing == thing, Revision.thing_id == thing_id
    query = _with_people(select(Revision).where(*of_it, Revision.number <= number)).order_by(Revision.number.desc())
    rows = list(db.session.scalars(query.limit(2)).unique())
    if not rows or rows[0].number != number:
        return None
    newest = select(Revision.number, Revision.content).where(*of_it).order_by(Revision.number.desc()).limit(1)
    last, content = db.session.execute(newest).one()
    stands = last == number
    return _version(rows, 0, told, stands=stands, now=None if stands else dict(content))


def _with_people(query: Select[Revision]) -> Select[Revision]:
    person = joinedload(Revision.person)
    return query.options(person.joinedload(Person.organisation), person.joinedload(Person.rights))


def _version(
    rows: Sequence[Revision], at: int, told: Told, *, stands: bool, now: dict[str, Any] | None = None
) -> Version:
    row = rows[at]
    before = dict(rows[at + 1].content) if at + 1 < len(rows) else None
    return Version(row.number, row.at, told(row.person), dict(row.content), before=before, stands=stands, now=now)


def writer_of(person: Person | None, seat: Seat) -> Writer:
    """Say who wrote, as the visibility table lets this seat know: one's own people by name, others as the regime says.

    Where the regime names nobody, others are nobody (METHOD.md R2).
    """
    reader = seat.person
    if person is None or reader is None:
        return Writer()
    if person.id == reader.id:
        return Writer(is_reader=True)
    city = person.organisation.name if person.organisation else ""
    reach = seat.sees(Thing.WRITER)
    own = person.organisation_id is not None and person.organisation_id == reader.organisation_id
    if reach is Reach.ALL or (own and reach is not Reach.NONE):
        return Writer(person.name, city)
    if any(right.right is NetworkRight.SECRETARIAT for right in person.rights):
        return Writer(by_secretariat=True)
    return Writer(city=city) if seat.review.regime in NAMING_REGIMES else Writer()


def colleague(person: Person | None, reader: Person) -> Writer:
    """Say who wrote, where all who come through the gate are colleagues: those who write for the network."""
    if person is None:
        return Writer()
    if person.id == reader.id:
        return Writer(is_reader=True)
    return Writer(person.name, person.organisation.name if person.organisation else "")
