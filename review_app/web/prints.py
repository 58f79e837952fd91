"""Prints on their way to a reader: the file once it is there, how far it is, and why it does not come."""

from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

from flask import Response, current_app, make_response
from flask_babel import gettext as _

from review_app.domain.languages import FALLBACK
from review_app.domain.printing import Form
from review_app.models.base import utc_now
from review_app.models.publishing import Progress, Rendering
from review_app.queries import renderings as waiting
from review_app.services import renderings

LOOKING = (Progress.WAITING.value, Progress.RUNNING.value)
LOOK_AGAIN, LATER = "2", "10"
PATIENCE = timedelta(minutes=2)


def folder() -> Path:
    """Return the folder of finished prints."""
    place: Path = current_app.config["SETTINGS"].reports_dir
    return place


def file_of(digest: str, form: Form = Form.PDF, language: str = FALLBACK) -> BinaryIO | None:
    """Open the print of a snapshot; None while it is not there."""
    row = renderings.find(digest, form, language)
    if row is None or row.progress is not Progress.DONE:
        return None
    try:
        return renderings.lies_at(row, folder()).open("rb")
    except FileNotFoundError:
        return None


def state_of(row: Rendering | None) -> str:
    """Return how far a print is; one that is asked for and not there waits."""
    if row is None or renderings.is_lost(row, folder()):
        return Progress.WAITING.value
    return row.progress.value


def shown(row: Rendering | None) -> Rendering | None:
    """Return the print that a page tells of; one made ahead counts once it is there.

    Until then they are offered to ask: who asks comes before what is made in case somebody does.
    """
    return row if row is None or not row.ahead or state_of(row) == Progress.DONE.value else None


def standing(row: Rendering | None) -> dict[str, Any]:
    """Return what a page says of a print: its state, pages so far, place in the queue, and what is wrong with it."""
    return {
        "state": state_of(row),
        "slow": is_slow(row),
        "pages": row.pages if row else None,
        "place": waiting.place(row) if row else None,
        "reason": renderings.told(row, _) if row else "",
    }


def is_slow(row: Rendering | None) -> bool:
    """Tell whether a print takes longer than people are used to."""
    return row is not None and utc_now() - row.asked_at > PATIENCE


def watched(page: str, again: str | None) -> Response:
    """Return a page that looks again by itself after so many seconds; None when there is nothing to wait for."""
    answer = make_response(page)
    if again:
        answer.headers["Refresh"] = again
    return answer


def look_again(row: Rendering | None) -> str | None:
    """Return after how many seconds a page looks again by itself; None when there is nothing to wait for."""
    if state_of(row) not in LOOKING:
        return None
    return LATER if is_slow(row) else LOOK_AGAIN
