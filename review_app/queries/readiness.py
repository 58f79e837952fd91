"""Which part works and which one waits, for whoever looks after the machine: no names, no numbers (RELIABILITY 72)."""

import os
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from sqlalchemy import func, select

from review_app.extensions import branding
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.letters import Letter
from review_app.models.publishing import Progress, Rendering

LATE = timedelta(minutes=5)
"""The worker looks every minute: what was due for longer tells that it does not, or cannot."""
LEAST_ROOM = 50_000_000


class State(StrEnum):
    """How a part is."""

    OK = "ok"
    FULL = "full"
    READ_ONLY = "read-only"
    HELD = "held"
    LATE = "late"
    UNUSABLE = "unusable"


def parts(folder: Path) -> dict[str, State]:
    """Return each part of the product with its state; `folder` is where its data lies."""
    return {"storage": _storage(folder), "letters": _letters(), "reports": _reports(), "brand": _brand()}


def _storage(folder: Path) -> State:
    """Without room for a text nothing can be saved; the other parts fail alone."""
    room, is_read_only = _disk(folder)
    if is_read_only:
        return State.READ_ONLY
    return State.FULL if room < LEAST_ROOM else State.OK


def _disk(folder: Path) -> tuple[int, bool]:
    """Return the bytes that are free where a folder lies, and whether nothing can be written there."""
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize, bool(found.f_flag & os.ST_RDONLY)


def _letters() -> State:
    waiting = Letter.sent_at.is_(None), Letter.given_up_at.is_(None)
    if db.session.scalar(select(func.count(Letter.id)).where(*waiting, Letter.trouble != "")):
        return State.HELD
    return _in_time(db.session.scalar(select(func.min(Letter.due_at)).where(*waiting)))


def _reports() -> State:
    waiting = Rendering.progress == Progress.WAITING
    if db.session.scalar(select(func.count(Rendering.id)).where(waiting, Rendering.reason != "")):
        return State.HELD
    return _in_time(db.session.scalar(select(func.min(Rendering.asked_at)).where(waiting)))


def _brand() -> State:
    """What is wrong is for whoever may read the folder: `flask brand check` says it."""
    return State.UNUSABLE if branding.imprint().problems else State.OK


def _in_time(oldest: datetime | None) -> State:
    return State.OK if oldest is None or oldest > utc_now() - LATE else State.LATE
