"""Keeps every saved version of what two people can edit, and refuses a save on an old one."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Protocol

from sqlalchemy import select, update

from review_app.domain.refusal import Stale
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.history import Revision
from review_app.models.network import Person

SITTING = timedelta(minutes=10)
"""What one person types in one go is one version, however often the page saves by itself meanwhile."""


class Editable(Protocol):
    """A row with a number."""

    id: Any
    __tablename__: str


def thing_of(row: Editable, part: str = "") -> str:
    """Return the name under which a text is kept: its table, and which part of the row where it has several texts."""
    return f"{row.__tablename__}.{part}" if part else row.__tablename__


def check(row: Editable, seen_version: int | None, theirs: Mapping[str, Any]) -> None:
    """Refuse a save that rests on an older version than the one that stands. Raises Stale."""
    if seen_version is not None and seen_version != row.version:  # type: ignore[attr-defined]
        raise Stale(theirs, row.version, text=(thing_of(row), row.id))  # type: ignore[attr-defined]


def keep(
    row: Editable, content: Mapping[str, Any], person: Person | None, *, part: str = "", by_itself: bool = False
) -> None:
    """Write what now stands in a row into its history; call after flush, when the row has its number.

    A save that the page made by itself replaces the version the same person began by such a save in this sitting:
    nobody else has been there in between, so what stood before somebody else's change always stays.
    """
    now, last = utc_now(), _last(thing_of(row, part), row.id)
    if by_itself and last is not None and _grows(last, person):
        last.content, last.at = dict(content), now
        return
    db.session.add(
        Revision(
            thing=thing_of(row, part),
            thing_id=row.id,
            number=(last.number if last else 0) + 1,
            person_id=person.id if person else None,
            content=dict(content),
            at=now,
            open_since=now if by_itself else None,
        )
    )
    db.session.flush()


def settle(row: Editable, *, part: str = "", by_itself: bool = False) -> None:
    """Let the newest version stand for good: somebody has pressed the button on what the page had saved by itself."""
    if not by_itself:
        pin(thing_of(row, part), row.id)


def pin(thing: str, thing_id: int) -> None:
    """Let the newest version of a text stand for good: somebody has seen it and answers to it."""
    last = _last(thing, thing_id)
    if last is not None and last.open_since is not None:
        last.open_since = None


def bury(row: Editable, key: str, *, under: int) -> None:
    """Put the versions of a row that is removed under its key: the database gives the number to another row one day.

    `under` is the number of what the row belonged to.
    """
    _rename(thing_of(row), row.id, to=f"{thing_of(row)} {key}", number=under)


def unearth(row: Editable, key: str, *, under: int) -> None:
    """Give a row that is back under its old key the versions it had; call after flush, before keep."""
    _rename(f"{thing_of(row)} {key}", under, to=thing_of(row), number=row.id)


def _last(thing: str, thing_id: int) -> Revision | None:
    query = select(Revision).where(Revision.thing == thing, Revision.thing_id == thing_id)
    return db.session.scalar(query.order_by(Revision.number.desc()).limit(1))


def _grows(last: Revision, person: Person | None) -> bool:
    mine = person is not None and last.person_id == person.id
    return mine and last.open_since is not None and utc_now() - last.open_since < SITTING


def _rename(thing: str, thing_id: int, *, to: str, number: int) -> None:
    was = Revision.thing == thing, Revision.thing_id == thing_id
    db.session.execute(update(Revision).where(*was).values(thing=to, thing_id=number, open_since=None))
