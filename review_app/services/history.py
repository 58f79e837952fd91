"""Keeps every saved version of what two people can edit, and refuses a save on an old one."""

from collections.abc import Mapping
from typing import Any, Protocol

from sqlalchemy import func, select, update

from review_app.domain.refusal import Stale
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.history import Revision
from review_app.models.network import Person

LONGEST_THING = 40


class Editable(Protocol):
    """A row with a number and a version."""

    id: Any
    version: Any
    __tablename__: str


def check(row: Editable, seen_version: int | None, theirs: Mapping[str, Any]) -> None:
    """Refuse a save that rests on an older version than the one that stands. Raises Stale."""
    if seen_version is not None and seen_version != row.version:
        raise Stale(theirs, row.version)


def keep(row: Editable, content: Mapping[str, Any], person: Person | None) -> None:
    """Write what now stands in a row into its history; call after flush, when the row has its number."""
    last = db.session.scalar(
        select(func.max(Revision.number)).where(Revision.thing == row.__tablename__, Revision.thing_id == row.id)
    )
    db.session.add(
        Revision(
            thing=row.__tablename__,
            thing_id=row.id,
            number=(last or 0) + 1,
            person_id=person.id if person else None,
            content=dict(content),
            at=utc_now(),
        )
    )


def bury(row: Editable, key: str) -> None:
    """Keep the history of a row that goes under its key, which nobody else will ever have.

    SQLite gives the number of the last row anew once it is gone: whoever wrote the next row, of another city or
    another review, would find the old texts among the earlier versions of their own.
    """
    mine = (Revision.thing == row.__tablename__, Revision.thing_id == row.id)
    db.session.execute(update(Revision).where(*mine).values(thing=f"{row.__tablename__}:{key}"[:LONGEST_THING]))
