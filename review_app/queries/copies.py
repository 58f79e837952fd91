"""Whether a copy of a report was issued here, and what came after it; asked by anybody, told of nothing else."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from review_app.domain.errata import Change, Erratum
from review_app.extensions.database import db
from review_app.models.network import Person
from review_app.models.publishing import Report
from review_app.models.review import Review
from review_app.queries import reports, seats

AFTER_HEX = "g"
"""Sorts after every digit of a fingerprint."""


@dataclass(frozen=True)
class Copy:
    """A genuine copy: its own number and day, and those of the report that counts now.

    `title` and `changes` are empty unless the reader may see the report itself.
    """

    number: int
    issued_on: date
    current: int
    current_on: date
    title: str = ""
    changes: tuple[Erratum, ...] = ()

    @property
    def is_current(self) -> bool:
        """Whether nothing was issued after it."""
        return self.number == self.current


def find(ref: str, code: str, person: Person | None) -> Copy | None:
    """Return the copy with this code, None for one that was not issued: wrong, a draft, of another review or of none.

    One statement finds out, the same for a review that is hidden and for one that is not there.
    """
    digests = (Report.digest >= code, Report.digest < f"{code}{AFTER_HEX}")
    issued = select(Report).join(Review, Review.id == Report.review_id).where(*digests, Report.number.is_not(None))
    row = db.session.scalars(issued.where(Review.ref == ref).limit(1)).first() if code else None
    if row is None:
        return None
    newest = db.session.scalars(
        select(Report)
        .where(Report.review_id == row.review_id, Report.kind == row.kind, Report.number.is_not(None))
        .order_by(Report.number.desc())
        .limit(1)
    ).one()
    return _told(json.loads(row.snapshot), json.loads(newest.snapshot), may_read=_may_read(ref, person))


def _told(copy: dict[str, Any], current: dict[str, Any], *, may_read: bool) -> Copy:
    """Read from both snapshots, as they were frozen, what may be told."""
    before = len(copy.get("erratum", ()))
    return Copy(
        number=copy["number"],
        issued_on=date.fromisoformat(copy["frozen_on"]),
        current=current["number"],
        current_on=date.fromisoformat(current["frozen_on"]),
        title=current["title"] if may_read else "",
        changes=tuple(map(_change, current.get("erratum", ())[before:])) if may_read else (),
    )


def _change(kept: Any) -> Erratum:
    """Errata were finished lines once."""
    if isinstance(kept, str):
        return Erratum(Change.AS_WRITTEN, text=kept)
    day = date.fromisoformat(kept["day"]) if kept.get("day") else None
    return Erratum(Change(kept["change"]), day, kept.get("text", ""))


def _may_read(ref: str, person: Person | None) -> bool:
    seat = seats.take(ref, person)
    return seat is not None and reports.sees_published(seat)
