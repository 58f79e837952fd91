"""Whether a copy of a report was issued here, and what came after it; asked by anybody, told of nothing else."""

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from review_app.domain.errata import Change, Erratum
from review_app.extensions.database import db
from review_app.models.network import Person
from review_app.models.network_synthesis import Synthesis, SynthesisEdition
from review_app.models.publishing import Report
from review_app.models.review import Review
from review_app.queries import network_synthesis, reports, seats

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
    is_synthesis: bool = False

    @property
    def is_current(self) -> bool:
        """Whether nothing was issued after it."""
        return self.number == self.current


def find(ref: str, code: str, person: Person | None) -> Copy | None:
    """Return the copy with this code, None for one that was not issued: wrong, a draft, of another review or of none.

    One statement for reports and one for syntheses find out, the same for what is hidden and for what is not there.
    """
    return (_of_a_review(ref, code, person) or _of_a_synthesis(ref, code, person)) if code else None


def _of_a_review(ref: str, code: str, person: Person | None) -> Copy | None:
    issued = select(Report).join(Review, Review.id == Report.review_id).where(Report.number.is_not(None))
    row = db.session.scalars(issued.where(*_bears(Report.digest, code), Review.ref == ref).limit(1)).first()
    if row is None:
        return None
    same = (Report.review_id == row.review_id, Report.kind == row.kind, Report.number.is_not(None))
    newest = db.session.scalars(select(Report).where(*same).order_by(Report.number.desc()).limit(1)).one()
    return _told(json.loads(row.snapshot), json.loads(newest.snapshot), may_read=_may_read(ref, person))


def _of_a_synthesis(ref: str, code: str, person: Person | None) -> Copy | None:
    issued = select(SynthesisEdition).join(Synthesis, Synthesis.id == SynthesisEdition.synthesis_id)
    mine = (*_bears(SynthesisEdition.digest, code), Synthesis.ref == ref)
    row = db.session.scalars(issued.where(*mine).limit(1)).first()
    if row is None:
        return None
    newest = network_synthesis.editions(row.synthesis)[0]
    may_read = network_synthesis.published(ref, person) is not None
    told = _told(json.loads(row.snapshot), json.loads(newest.snapshot), may_read=may_read)
    return replace(told, is_synthesis=True)


def _bears(digest: InstrumentedAttribute[str], code: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return digest >= code, digest < f"{code}{AFTER_HEX}"


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
