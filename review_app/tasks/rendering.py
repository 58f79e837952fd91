"""Prints what waits: one snapshot at a time, in the process of the press, never inside a transaction."""

from pathlib import Path

import structlog
from flask import Flask

from review_app.config import Settings
from review_app.extensions.database import db
from review_app.reports import press
from review_app.reports.failures import PrintFailed, Reason
from review_app.reports.snapshot import Snapshot
from review_app.services import publishing, renderings

log = structlog.get_logger(__name__)


def print_waiting(app: Flask) -> int:
    """Sweep, then print everything that waits; return how many prints came about. Safe to run twice at once."""
    folder = _folder(app)
    printed = 0
    with app.app_context():
        sweep(folder)
        while (job := _claim()) is not None:
            printed += _print(*job, folder)
    return printed


def sweep(folder: Path) -> None:
    """Give published reviews their missing report, and put back what got stuck or lost."""
    publishing.issue_missing()
    renderings.sweep(folder)
    db.session.commit()


def _claim() -> tuple[str, Snapshot] | None:
    job = renderings.claim()
    db.session.commit()
    return job


def _print(digest: str, snapshot: Snapshot, folder: Path) -> int:
    try:
        printed = press.print_to(renderings.file_of(digest, folder), snapshot)
    except PrintFailed as failed:
        _fail(digest, failed.reason, failed.detail)
        return 0
    except OSError as trouble:
        _fail(digest, Reason.CRASH, str(trouble))
        return 0
    renderings.finish(digest, printed)
    db.session.commit()
    return 1


def _fail(digest: str, reason: Reason, detail: str) -> None:
    log.warning("report not printed", digest=digest, reason=reason.value, detail=detail)
    renderings.fail(digest, reason, detail)
    db.session.commit()


def _folder(app: Flask) -> Path:
    settings: Settings = app.config["SETTINGS"]
    settings.reports_dir.mkdir(parents=True, exist_ok=True)
    return settings.reports_dir
