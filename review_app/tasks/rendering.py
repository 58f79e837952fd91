"""Prints what waits: one snapshot at a time in each lane, in the process of the press, never inside a transaction."""

from functools import partial
from pathlib import Path

import structlog
from flask import Flask

from review_app.config import Settings
from review_app.domain.printing import Lane
from review_app.extensions.database import db
from review_app.reports.printing import press, shelf
from review_app.reports.printing.failures import PrintFailed, Reason
from review_app.services import publishing, renderings
from review_app.services.renderings import Claim

log = structlog.get_logger(__name__)


class CannotPrint(Exception):
    """This machine can print or store nothing just now; all prints wait."""


def print_waiting(app: Flask, lane: Lane = Lane.QUICK) -> int:
    """Sweep, then print everything that waits in a lane; return how many prints came about.

    One at a time in each lane: who finds another at it leaves at once, and the other looks again before it leaves.
    """
    settings: Settings = app.config["SETTINGS"]
    with app.app_context():
        try:
            return _print_all(settings.reports_dir, lane)
        except CannotPrint:
            return 0
        except OSError as trouble:
            _hold(Reason.MACHINE, trouble.strerror or str(trouble), lane)
            return 0


def sweep(folder: Path, lane: Lane) -> None:
    """Give published reviews their missing report, and put back what got stuck or lost."""
    if lane is Lane.QUICK:
        publishing.issue_missing()
    renderings.sweep(folder, lane)
    shelf.clear(folder, lane)
    db.session.commit()


def _print_all(folder: Path, lane: Lane) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    printed, is_over = 0, False
    while not is_over:
        with shelf.alone(folder, lane) as is_alone:
            if not is_alone:
                return printed
            sweep(folder, lane)
            while (job := _claim(lane)) is not None:
                printed += _print(job, folder, lane)
            if lane is Lane.LONG:
                press.rest(lane)
        is_over = not renderings.waits(lane)
        db.session.rollback()
    return printed


def _claim(lane: Lane) -> Claim | None:
    job = renderings.claim(lane)
    db.session.commit()
    return job


def _print(job: Claim, folder: Path, lane: Lane) -> int:
    path = renderings.file_of(job.digest, folder, job.form, job.language)
    try:
        printed = press.print_to(path, job.paper, job.form, watch=partial(_goes_on, job))
    except PrintFailed as failed:
        if failed.reason in renderings.MACHINE:
            _hold(failed.reason, failed.detail, lane)
            raise CannotPrint from failed
        if failed.reason is not Reason.CANCELLED:
            _fail(job, failed.reason, failed.detail)
        return 0
    renderings.finish(job.digest, printed, form=job.form, language=job.language)
    db.session.commit()
    return 1


def _goes_on(job: Claim, pages: int) -> bool:
    """Keep how far a print is, and tell whether it is still wanted: somebody may have cancelled it."""
    is_wanted = renderings.note_pages(job.digest, pages, form=job.form, language=job.language)
    db.session.commit()
    return is_wanted


def _fail(job: Claim, reason: Reason, detail: str) -> None:
    log.warning("report not printed", digest=job.digest, form=job.form.value, reason=reason.value, detail=detail)
    renderings.fail(job.digest, reason, detail, form=job.form, language=job.language)
    db.session.commit()


def _hold(reason: Reason, detail: str, lane: Lane) -> None:
    log.warning("reports wait", reason=reason.value, detail=detail)
    renderings.hold(reason, detail, lane=lane)
    db.session.commit()
