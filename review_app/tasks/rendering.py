"""Prints what waits: one snapshot at a time, in the process of the press, never inside a transaction."""

from pathlib import Path

import structlog
from flask import Flask

from review_app.config import Settings
from review_app.extensions.database import db
from review_app.reports.frozen.snapshot import Paper
from review_app.reports.printing import press
from review_app.reports.printing.failures import PrintFailed, Reason
from review_app.services import publishing, renderings

log = structlog.get_logger(__name__)


class CannotPrint(Exception):
    """This machine can print or store nothing just now; all prints wait."""


def print_waiting(app: Flask) -> int:
    """Sweep, then print everything that waits; return how many prints came about.

    One at a time: who finds another at it leaves at once, and the other looks again before it leaves.
    """
    settings: Settings = app.config["SETTINGS"]
    with app.app_context():
        try:
            return _print_all(settings.reports_dir)
        except CannotPrint:
            return 0
        except OSError as trouble:
            _hold(Reason.MACHINE, trouble.strerror or str(trouble))
            return 0


def sweep(folder: Path) -> None:
    """Give published reviews their missing report, and put back what got stuck or lost."""
    publishing.issue_missing()
    renderings.sweep(folder)
    press.clear(folder)
    db.session.commit()


def _print_all(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    printed, is_over = 0, False
    while not is_over:
        with press.alone(folder) as is_alone:
            if not is_alone:
                return printed
            sweep(folder)
            while (job := _claim()) is not None:
                printed += _print(*job, folder)
        is_over = not renderings.waits()
        db.session.rollback()
    return printed


def _claim() -> tuple[str, Paper] | None:
    job = renderings.claim()
    db.session.commit()
    return job


def _print(digest: str, snapshot: Paper, folder: Path) -> int:
    try:
        printed = press.print_to(renderings.file_of(digest, folder), snapshot)
    except PrintFailed as failed:
        if failed.reason in renderings.MACHINE:
            _hold(failed.reason, failed.detail)
            raise CannotPrint from failed
        _fail(digest, failed.reason, failed.detail)
        return 0
    renderings.finish(digest, printed)
    db.session.commit()
    return 1


def _fail(digest: str, reason: Reason, detail: str) -> None:
    log.warning("report not printed", digest=digest, reason=reason.value, detail=detail)
    renderings.fail(digest, reason, detail)
    db.session.commit()


def _hold(reason: Reason, detail: str) -> None:
    log.warning("reports wait", reason=reason.value, detail=detail)
    renderings.hold(reason, detail)
    db.session.commit()
