"""Makes the next draft of a report before somebody asks: once nothing of it has changed for a while.

What is noted here may be lost without harm: whoever asks gets the draft a second later. So it stands in the queue.
"""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from flask import Flask
from huey import Huey
from sqlalchemy import select

from review_app.domain.printing import Basis
from review_app.extensions.database import db
from review_app.models.network import Person
from review_app.models.network_synthesis import Synthesis
from review_app.models.review import Review
from review_app.queries import network_synthesis, reports
from review_app.queries.seats import seat_at
from review_app.services import ahead, synthesis_drafts

REST = 20.0
"""Seconds without a change after which a draft is worth printing."""
FORGOTTEN = 120.0
"""So long after its time a task that was to come has not: another one is sent."""
MOST = 6


class Draft(NamedTuple):
    """What a draft is made of: which review or synthesis."""

    of: Basis
    number: int

    @property
    def key(self) -> str:
        """Where it is noted in the queue."""
        return f"draft-{self.of.value}-{self.number}"


def note(queue: Huey, draft: Draft, person: int) -> bool:
    """Note that somebody has changed what a draft is made of; tell whether a task must be sent to look at it."""
    now, known = time.time(), _noted(queue, draft)
    people = [person, *(one for one in known.get("people", ()) if one != person)][:MOST]
    queue.put(draft.key, {"due": now + REST, "people": people})
    return not known or known["due"] < now - FORGOTTEN


def left(queue: Huey, draft: Draft) -> float:
    """Return the seconds until nothing has changed for long enough; zero or less when that is so."""
    return float(_noted(queue, draft).get("due", 0.0)) - time.time()


def take(queue: Huey, draft: Draft) -> list[int]:
    """Return who has changed something, and forget it."""
    found = _noted(queue, draft)
    queue.delete(draft.key)
    return list(found.get("people", ()))


def make(app: Flask, draft: Draft, people: Collection[int]) -> None:
    """Make the drafts of those who changed something and of those who have printed one: each bears its maker's name."""
    with app.app_context():
        _MAKERS[draft.of](draft.number, people)
        db.session.commit()


def _of_review(number: int, changed_by: Collection[int]) -> None:
    review = db.session.get(Review, number)
    if review is None:
        return
    people = _people({*changed_by, *reports.printers(review)})
    for person in people:
        ahead.drafts(seat_at(review, person))
    ahead.unnumbered(review, people)


def _of_synthesis(number: int, changed_by: Collection[int]) -> None:
    synthesis = db.session.get(Synthesis, number)
    if synthesis is None:
        return
    for person in _people({*changed_by, *network_synthesis.printers(synthesis)}):
        if network_synthesis.writes(person):
            synthesis_drafts.make_ahead(synthesis, person)


def _people(numbers: Collection[int]) -> Sequence[Person]:
    query = select(Person).where(Person.id.in_(numbers), Person.is_active)
    return db.session.scalars(query.order_by(Person.id).limit(MOST)).all()


_MAKERS: Mapping[Basis, Callable[[int, Collection[int]], None]] = MappingProxyType(
    {Basis.REVIEW: _of_review, Basis.SYNTHESIS: _of_synthesis}
)


def _noted(queue: Huey, draft: Draft) -> dict[str, Any]:
    found: dict[str, Any] | None = queue.get(draft.key, peek=True)
    return found or {}
