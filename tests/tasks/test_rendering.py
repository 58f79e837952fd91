"""Printing in the background: what waits is printed, the file is there before the row says so."""

import hashlib

import pytest
from sqlalchemy import select

from review_app.extensions.database import db
from review_app.models.publishing import Progress, Rendering
from review_app.reports.printing import press, shelf
from review_app.reports.printing.failures import PrintFailed, Reason
from review_app.reports.printing.press import Printed
from review_app.services import publishing, renderings
from review_app.tasks import rendering
from tests.synthesis_world import seat_of


@pytest.fixture
def digest(app, world):
    """One draft that waits, and nothing else."""
    with app.app_context():
        report = publishing.print_draft(seat_of(world, "drafting", "rapporteur"))
        renderings.sweep(app.config["SETTINGS"].reports_dir)
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
def test_a_full_disk_holds_all_prints_and_is_not_the_end_of_the_worker(app, digest, monkeypatch):
    monkeypatch.setattr(press, "print_to", _no_room)

    assert rendering.print_waiting(app) == 0
    assert _row(app, digest)[:2] == (Progress.WAITING, 0)
    assert _told(app, digest) == "Reports cannot be printed or stored here just now: No space left on device."

    monkeypatch.setattr(press, "print_to", _prints)

    assert rendering.print_waiting(app) == 1
    assert (_row(app, digest)[0], _told(app, digest)) == (Progress.DONE, "")


@pytest.mark.faults
def test_a_folder_that_cannot_be_made_holds_all_prints(app, digest, monkeypatch):
    folder = app.config["SETTINGS"].reports_dir
    folder.write_text("in the way")

    assert rendering.print_waiting(app) == 0
    assert _told(app, digest) == "Reports cannot be printed or stored here just now: File exists."


@pytest.mark.faults
def test_what_a_killed_worker_left_is_cleared_and_printed_anew_at_once(app, digest, monkeypatch):
    folder = app.config["SETTINGS"].reports_dir
    folder.mkdir()
    (folder / f".quick.{digest}.pdf.half").write_bytes(b"%PDF-1.7 half")
    with app.app_context():
        renderings.claim()
        db.session.commit()
    monkeypatch.setattr(press, "print_to", _prints)

    assert rendering.print_waiting(app) == 1
    assert sorted(one.name for one in folder.iterdir()) == [".printing-quick", f"{digest}.pdf"]


def test_who_finds_another_at_the_press_leaves_the_print_to_them(app, digest, monkeypatch):
    folder = app.config["SETTINGS"].reports_dir
    folder.mkdir()
    monkeypatch.setattr(press, "print_to", _prints)
    with shelf.alone(folder) as is_alone:
        printed = rendering.print_waiting(app)

    assert (is_alone, printed, _row(app, digest)[0]) == (True, 0, Progress.WAITING)


def test_what_is_asked_for_while_the_last_print_ends_is_printed_too(app, digest, monkeypatch):
    """Somebody asks just after the last look, finds the press taken, and relies on the one who has it."""
    monkeypatch.setattr(press, "print_to", _prints)
    found, looks = renderings.claim, []

    def claim(lane):
        looks.append(found(lane) if looks else None)
        return looks[-1]

    monkeypatch.setattr(renderings, "claim", claim)

    assert rendering.print_waiting(app) == 1


def _told(app, digest):
    with app.app_context():
        return renderings.told(renderings.find(digest), str)


def _prints(path, paper, form, *, watch):
    path.write_bytes(b"%PDF-1.7")
    return Printed(pages=1, sha256="a" * 64, seconds=0)


def _crashes(path, paper, form, *, watch):
    raise PrintFailed(Reason.CRASH)


def _no_room(path, paper, form, *, watch):
    raise OSError(28, "No space left on device")
