"""Wakes the worker after a commit; when that fails nothing is lost, the sweeper finds the rows."""

import structlog
from flask import current_app

log = structlog.get_logger(__name__)


def wake_worker() -> None:
    """Ask the queue to look at outbox and renderings now."""
    try:
        current_app.extensions["wake"]()
    except Exception as trouble:  # noqa: BLE001 (whatever is wrong with the queue, the fact is committed)
        log.warning("worker not woken", trouble=type(trouble).__name__)


def tell_of_change(review: int, person: int) -> None:
    """Let the next draft of a review be printed before somebody asks; when that fails, it is printed when they do."""
    try:
        current_app.extensions["changed"](review, person)
    except Exception as trouble:  # noqa: BLE001 (whatever is wrong with the queue, the fact is committed)
        log.warning("draft not asked for", trouble=type(trouble).__name__)
