"""Printing in the background: what waits is printed, the file is there before the row says so."""

import hashlib

import pytest
from sqlalchemy import select

from review_app.extensions.database import db
from review_app.models.publishing import Progress, Rendering
from review_app.reports import press
from review_app.reports.failures import PrintFailed, Reason
from review_app.reports.press import Printed
from review_app.services import publishing, renderings
from review_app.tasks import rendering
from tests.synthesis_world import seat_of


@pytest.fixture
def digest(app, world):
    """One draft that waits, and nothing else."""
    with app.app_context():
        report = publishing.print_draft(seat_of(world, "drafting", "rapporteur"))
        for row in db.session.scalars(select(Rendering).where(Rendering.digest != report.digest)):
            row.progress, row.reason = Progress.FAILED, ""
        db.session.commit()
        return report.digest


def _row(app, digest):
    with app.app_context():
        row = renderings.find(digest)
        return row.progress, row.tries, row.pages, row.sha256


def _file(app, digest):
    return renderings.file_of(digest, app.config["SETTINGS"].reports_dir)


@pytest.mark.slow
def test_what_waits_is_printed(app, digest):
    printed = rendering.print_waiting(app)

    content = _file(app, digest).read_bytes()
    progress, tries, pages, sha256 = _row(app, digest)
    assert (printed, progress, tries) == (1, Progress.DONE, 1)
    assert content.startswith(b"%PDF-")
    assert (sha256, pages > 1) == (hashlib.sha256(content).hexdigest(), True)


def test_what_is_printed_is_not_printed_again(app, digest, monkeypatch):
    monkeypatch.setattr(press, "print_to", _prints)
    rendering.print_waiting(app)

    assert rendering.print_waiting(app) == 0


@pytest.mark.faults
def test_a_crash_is_tried_three_times_and_leaves_no_file(app, digest, monkeypatch):
    monkeypatch.setattr(press, "print_to", _crashes)

    printed = rendering.print_waiting(app)

    assert (printed, _row(app, digest)[:2]) == (0, (Progress.FAILED, 3))
    assert not _file(app, digest).exists()


@pytest.mark.faults
def test_a_full_disk_is_a_failure_and_not_the_end_of_the_worker(app, digest, monkeypatch):
    monkeypatch.setattr(press, "print_to", _no_room)

    assert rendering.print_waiting(app) == 0
    assert _row(app, digest)[0] is Progress.FAILED


def _prints(path, snapshot):
    path.write_bytes(b"%PDF-1.7")
    return Printed(pages=1, sha256="a" * 64, seconds=0)


def _crashes(path, snapshot):
    raise PrintFailed(Reason.CRASH)


def _no_room(path, snapshot):
    raise OSError(28, "No space left on device")
