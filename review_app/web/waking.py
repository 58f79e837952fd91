"""Wakes the worker after a commit; when that fails nothing is lost, the sweeper finds the rows."""

import structlog
from flask import current_app

from review_app.domain.printing import Basis

log = structlog.get_logger(__name__)


def wake_worker() -> None:
    """Ask the queue to look at outbox and renderings now."""
    try:
        current_app.extensions["wake"]()
    except Exception as trouble:  # noqa: BLE001 (whatever is wrong with the queue, the fact is committed)
        log.warning("worker not woken", trouble=type(trouble).__name__)


def tell_of_change(of: Basis, number: int, person: int) -> None:
    """Let the next draft of a review or synthesis be printed before somebody asks; else it is printed when they do."""
    try:
        current_app.extensions["changed"](of, number, person)
    except Exception as trouble:  # noqa: BLE001 (whatever is wrong with the queue, the fact is committed)
        log.warning("draft not asked for", trouble=type(trouble).__name__)
