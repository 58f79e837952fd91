"""Printing in the background: what waits is printed, the file is there before the row says so."""

import hashlib
import json
import threading

import pytest
from sqlalchemy import select

from review_app.domain.printing import LONG_FROM, Form, Lane
from review_app.extensions.database import db
from review_app.models.publishing import Progress, Rendering, Report
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


@pytest.mark.slow
def test_a_long_report_in_print_holds_up_nobodys_two_pages(app, digest, monkeypatch):
    """Both lanes at once, each in a worker of its own, as `flask worker` runs them."""
    begun, may_end, order = threading.Event(), threading.Event(), []

    def prints(path, paper, form, *, watch):
        if paper.disclaimer:
            begun.set()
            may_end.wait(timeout=20)
        order.append(bool(paper.disclaimer))
        return _prints(path, paper, form, watch=watch)

    _ask_for_a_long_one(app)
    monkeypatch.setattr(press, "print_to", prints)
    long = threading.Thread(target=rendering.print_waiting, args=(app, Lane.LONG))
    long.start()
    begun.wait(timeout=20)
    printed = rendering.print_waiting(app, Lane.QUICK)
    is_beside = long.is_alive()
    may_end.set()
    long.join()

    assert (printed, is_beside, order) == (1, True, [False, True])


def test_a_cancelled_print_is_stopped_and_no_failure(app, digest, monkeypatch):
    def prints(path, paper, form, *, watch):
        with app.app_context():
            renderings.cancel(renderings.find(digest))
            db.session.commit()
        if watch(2):
            return _prints(path, paper, form, watch=watch)
        raise PrintFailed(Reason.CANCELLED)

    monkeypatch.setattr(press, "print_to", prints)

    assert rendering.print_waiting(app) == 0
    assert _row(app, digest)[0] is Progress.CANCELLED
    assert _told(app, digest) == "The printing was cancelled."


def test_a_print_that_was_cancelled_and_asked_for_again_is_printed(app, digest, monkeypatch):
    tries = []

    def prints(path, paper, form, *, watch):
        tries.append(form)
        if len(tries) > 1:
            return _prints(path, paper, form, watch=watch)
        with app.app_context():
            renderings.cancel(renderings.find(digest))
            renderings.ask(digest)
            db.session.commit()
        assert not watch(2)
        raise PrintFailed(Reason.CANCELLED)

    monkeypatch.setattr(press, "print_to", prints)

    assert rendering.print_waiting(app) == 1
    assert (len(tries), _row(app, digest)[0]) == (2, Progress.DONE)


def test_pages_stand_in_the_row_while_it_is_printed(app, digest, monkeypatch):
    seen = []

    def prints(path, paper, form, *, watch):
        watch(7)
        seen.append(_row(app, digest)[2])
        return _prints(path, paper, form, watch=watch)

    monkeypatch.setattr(press, "print_to", prints)
    rendering.print_waiting(app)

    assert seen == [7]


def test_an_archival_print_lies_beside_the_other(app, digest, monkeypatch):
    with app.app_context():
        renderings.ask(digest, form=Form.PDFA)
        db.session.commit()
    monkeypatch.setattr(press, "print_to", _prints)

    assert rendering.print_waiting(app) == 2
    folder = app.config["SETTINGS"].reports_dir
    assert sorted(one.name for one in folder.glob("*.pdf")) == [f"{digest}.pdf", f"{digest}.pdfa.pdf"]


def _ask_for_a_long_one(app):
    with app.app_context():
        there = db.session.scalars(select(Report).limit(1)).one()
        snapshot = json.dumps(json.loads(there.snapshot) | {"disclaimer": "a" * LONG_FROM})
        same = {"review_id": there.review_id, "kind": there.kind, "number": None}
        db.session.add(Report(snapshot=snapshot, digest="long", **same))
        db.session.flush()
        renderings.ask("long")
        db.session.commit()


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
