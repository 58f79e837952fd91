"""Renderings: asked for once, claimed by one worker, tried again where it helps, swept when stuck or lost."""

import pytest
from sqlalchemy import select

from review_app.extensions.database import db
from review_app.models.publishing import Progress, Rendering
from review_app.reports.printing.failures import Reason
from review_app.reports.printing.press import Printed
from review_app.services import publishing, renderings
from tests.synthesis_world import seat_of


@pytest.fixture
def digest(in_context, world):
    for row in db.session.scalars(select(Rendering)):
        row.progress = Progress.FAILED
    return publishing.print_draft(seat_of(world, "drafting", "rapporteur")).digest


def _row(digest):
    return renderings.find(digest)


def test_a_print_is_asked_for_once(digest):
    before = _row(digest).asked_at

    renderings.ask(digest)

    assert db.session.scalars(select(Rendering.asked_at).where(Rendering.digest == digest)).all() == [before]


def test_a_worker_claims_what_waits_and_the_next_one_finds_nothing(digest):
    claimed, snapshot, _form = renderings.claim()

    assert (claimed, snapshot.sha256) == (digest, digest)
    assert renderings.claim() is None
    assert (_row(digest).progress, _row(digest).tries) == (Progress.RUNNING, 1)


def test_a_finished_print_says_what_it_is(digest):
    renderings.claim()

    renderings.finish(digest, Printed(pages=3, sha256="a" * 64, seconds=1))

    row = _row(digest)
    assert (row.progress, row.pages, row.sha256, row.reason) == (Progress.DONE, 3, "a" * 64, "")
    assert row.app_version == renderings.app_version()


def test_a_crash_is_tried_three_times(digest):
    seen = []
    while renderings.claim():
        renderings.fail(digest, Reason.CRASH)
        seen.append(_row(digest).progress)

    assert seen == [Progress.WAITING, Progress.WAITING, Progress.FAILED]
    assert renderings.told(_row(digest), str).startswith("The printing stopped unexpectedly.")


def test_what_another_try_cannot_mend_fails_at_once(digest):
    renderings.claim()

    renderings.fail(digest, Reason.GLYPHS, "U+1234")

    assert _row(digest).progress is Progress.FAILED
    assert renderings.told(_row(digest), str) == (
        "No typeface at hand can print these characters: U+1234. Write them in another way."
    )


def test_a_failed_print_gets_its_tries_back_when_it_is_asked_for_again(digest):
    renderings.claim()
    renderings.fail(digest, Reason.GLYPHS)

    renderings.ask(digest)

    assert (_row(digest).progress, _row(digest).tries, renderings.told(_row(digest), str)) == (Progress.WAITING, 0, "")


def test_what_a_worker_left_that_died_waits_again(digest, tmp_path):
    renderings.claim()

    renderings.sweep(tmp_path)

    assert _row(digest).progress is Progress.WAITING
    assert renderings.told(_row(digest), str) == ""


def test_what_is_wrong_with_the_machine_holds_every_print_and_costs_no_try(digest):
    renderings.claim()

    renderings.hold(Reason.FONTS, "Source Sans 3")

    row = _row(digest)
    assert (row.progress, row.tries, renderings.waits()) == (Progress.WAITING, 0, True)
    assert renderings.told(row, str) == (
        "The typeface of the reports is not installed: Source Sans 3. Run the set-up again."
    )


def test_a_print_whose_file_is_gone_is_printed_anew(digest, tmp_path):
    renderings.claim()
    renderings.finish(digest, Printed(pages=3, sha256="a" * 64, seconds=1))
    renderings.file_of(digest, tmp_path).write_bytes(b"%PDF")
    renderings.sweep(tmp_path)
    there = _row(digest).progress
    renderings.file_of(digest, tmp_path).unlink()

    renderings.ask(digest, folder=tmp_path)

    assert (there, _row(digest).progress) == (Progress.DONE, Progress.WAITING)


def test_a_published_report_that_nobody_asked_to_print_is_asked_for(in_context, tmp_path):
    renderings.sweep(tmp_path)
    row = db.session.scalars(select(Rendering).where(Rendering.progress == Progress.WAITING)).first()
    digest = row.digest
    db.session.delete(row)
    db.session.flush()

    renderings.sweep(tmp_path)

    assert _row(digest).progress is Progress.WAITING


def test_a_print_that_is_gone_from_the_table_fails_in_silence(in_context):
    renderings.fail("f" * 64, Reason.CRASH)

    assert _row("f" * 64) is None
