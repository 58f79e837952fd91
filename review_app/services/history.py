"""Keeps every saved version of what two people can edit, and refuses a save on an old one."""

from collections.abc import Mapping
from typing import Any, Protocol

from sqlalchemy import delete, func, select

from review_app.domain.refusal import Stale
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.history import Revision
from review_app.models.network import Person


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


def forget(row: Editable) -> None:
    """Delete the history under a number: what is new must not inherit it from a row that had the number before."""
    db.session.execute(delete(Revision).where(Revision.thing == row.__tablename__, Revision.thing_id == row.id))
