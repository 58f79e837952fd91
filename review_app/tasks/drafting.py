"""Makes the next draft of a report before somebody asks: once nothing of it has changed for a while.

What is noted here may be lost without harm: whoever asks gets the draft a second later. So it stands in the queue.
"""

import time
from collections.abc import Collection
from typing import Any

from flask import Flask
from huey import Huey
from sqlalchemy import select

from review_app.extensions.database import db
from review_app.models.network import Person
from review_app.models.review import Review
from review_app.queries import reports
from review_app.queries.seats import seat_at
from review_app.services import publishing

REST = 20.0
"""Seconds without a change after which a draft is worth printing."""
FORGOTTEN = 120.0
"""So long after its time a task that was to come has not: another one is sent."""
MOST = 6


def note(queue: Huey, review: int, person: int) -> bool:
    """Note that somebody has changed what a draft is made of; tell whether a task must be sent to look at it."""
    now, known = time.time(), _noted(queue, review)
    people = [person, *(one for one in known.get("people", ()) if one != person)][:MOST]
    queue.put(_key(review), {"due": now + REST, "people": people})
    return not known or known["due"] < now - FORGOTTEN


def left(queue: Huey, review: int) -> float:
    """Return the seconds until nothing has changed for long enough; zero or less when that is so."""
    return float(_noted(queue, review).get("due", 0.0)) - time.time()


def take(queue: Huey, review: int) -> list[int]:
    """Return who has changed something, and forget it."""
    found = _noted(queue, review)
    queue.delete(_key(review))
    return list(found.get("people", ()))


def make(app: Flask, review: int, people: Collection[int]) -> None:
    """Make the drafts of those who changed something and of those who have printed one: each bears its maker's name."""
    with app.app_context():
        found = db.session.get(Review, review)
        if found is None:
            return
        wanted = {*people, *reports.printers(found)}
        for person in db.session.scalars(select(Person).where(Person.id.in_(wanted), Person.is_active).limit(MOST)):
            publishing.draft_ahead(seat_at(found, person))
        db.session.commit()


def _noted(queue: Huey, review: int) -> dict[str, Any]:
    found: dict[str, Any] | None = queue.get(_key(review), peek=True)
    return found or {}


def _key(review: int) -> str:
    return f"draft-{review}"
