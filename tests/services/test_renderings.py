"""Renderings: asked for once, claimed by one worker, tried again where it helps, swept when stuck or lost."""

import json

import pytest
from sqlalchemy import delete, select

from review_app.domain.printing import LONG_FROM, Form, Lane
from review_app.extensions.database import db
from review_app.models.publishing import Progress, Rendering, Report
from review_app.queries.renderings import issued, place
from review_app.reports.printing.failures import Reason
from review_app.reports.printing.press import Printed
from review_app.services import publishing, renderings
from tests.synthesis_world import seat_of

DONE = Printed(pages=3, sha256="a" * 64, seconds=1)


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
    claimed, snapshot, *_form = renderings.claim()

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


def test_a_snapshot_is_printed_once_in_each_form(digest, tmp_path):
    rows = [renderings.ask(digest, form=form) for form in (*Form, *Form)]

    assert [row.form for row in rows] == [Form.PDF, Form.PDFA] * 2
    assert len({row.id for row in rows}) == 2
    assert [renderings.file_of(digest, tmp_path, form).name for form in Form] == [f"{digest}.pdf", f"{digest}.pdfa.pdf"]


def test_an_archival_print_is_finished_and_lost_by_itself(digest, tmp_path):
    renderings.ask(digest, form=Form.PDFA)
    renderings.finish(digest, DONE, form=Form.PDFA)
    renderings.file_of(digest, tmp_path).write_bytes(b"%PDF")
    row = renderings.find(digest, Form.PDFA)

    assert (row.progress, _row(digest).progress) == (Progress.DONE, Progress.WAITING)
    assert renderings.is_lost(row, tmp_path)


def test_a_published_report_is_asked_for_in_both_forms(in_context, tmp_path):
    db.session.execute(delete(Rendering))

    renderings.sweep(tmp_path)

    columns = Rendering.digest, Rendering.form, Rendering.ahead
    asked = {tuple(row) for row in db.session.execute(select(*columns))}
    source = issued()
    published = set(db.session.scalars(select(source.c.digest).where(source.c.number.is_not(None))))
    assert asked == {(digest, form, form is Form.PDFA) for digest in published for form in Form}


def test_a_long_report_waits_in_its_own_lane(digest, tmp_path):
    _freeze("long", by=None, text="a" * LONG_FROM)

    assert (renderings.claim(Lane.LONG).digest, renderings.waits(Lane.LONG)) == ("long", False)
    assert renderings.claim(Lane.QUICK).digest == digest


def test_a_worker_in_one_lane_leaves_the_other_alone(digest, tmp_path):
    _freeze("long", by=None, text="a" * LONG_FROM)
    renderings.claim(Lane.LONG)

    renderings.sweep(tmp_path, Lane.QUICK)
    renderings.hold(Reason.MACHINE, "No space left on device", lane=Lane.QUICK)
    beside = _row("long").progress
    renderings.sweep(tmp_path, Lane.LONG)

    assert (beside, _row("long").progress) == (Progress.RUNNING, Progress.WAITING)


def test_nobodys_ten_reports_stand_before_somebodys_one(digest, world):
    many, one = world.person("rapporteur").id, world.person("secretariat").id
    for number in range(3):
        _freeze(f"many {number}", by=many)
    _freeze("one", by=one)

    served = [renderings.claim().digest for _print in range(5)]

    assert served == [digest, "one", "many 0", "many 1", "many 2"]


def test_what_is_made_in_case_somebody_asks_comes_last(digest, world):
    person = world.person("secretariat").id
    _freeze("in case", by=person, ahead=True)
    renderings.ask_ahead(digest, form=Form.PDFA)
    _freeze("asked for", by=person)
    renderings.ask("asked for", form=Form.PDFA, language="sv")

    served = [(claim.digest, claim.form) for claim in (renderings.claim() for _print in range(5))]

    assert set(served[:3]) == {(digest, Form.PDF), ("asked for", Form.PDF), ("asked for", Form.PDFA)}
    assert set(served[3:]) == {("in case", Form.PDF), (digest, Form.PDFA)}


def test_what_waits_in_case_moves_up_when_somebody_asks_and_stays_there(digest):
    for number in range(3):
        _freeze(f"in case {number}", by=None, ahead=True)
    renderings.claim()

    renderings.ask("in case 2")
    renderings.ask_ahead("in case 2")

    assert [renderings.claim().digest for _print in range(3)] == ["in case 2", "in case 0", "in case 1"]


def test_a_place_in_the_queue_is_counted_as_it_is_served(digest, world):
    _freeze("later", by=world.person("secretariat").id)
    before = [place(_row(one)) for one in (digest, "later")]

    renderings.claim()

    assert (before, [place(_row(one)) for one in (digest, "later")]) == ([1, 2], [None, 1])


def test_pages_are_kept_while_a_print_runs(digest):
    renderings.claim()

    is_wanted = renderings.note_pages(digest, 12)

    db.session.expire_all()
    assert (is_wanted, _row(digest).pages) == (True, 12)


def test_a_print_that_waits_is_cancelled_and_not_begun(digest):
    renderings.cancel(_row(digest))

    assert renderings.claim() is None
    assert renderings.told(_row(digest), str) == "The printing was cancelled."


def test_a_print_that_runs_is_not_wanted_once_it_is_cancelled_and_ends_so(digest):
    renderings.claim()
    renderings.cancel(_row(digest))

    is_wanted = renderings.note_pages(digest, 12)
    renderings.finish(digest, DONE)
    renderings.fail(digest, Reason.CRASH)

    db.session.expire_all()
    assert (is_wanted, _row(digest).progress, _row(digest).pages) == (False, Progress.CANCELLED, None)


def test_what_was_cancelled_is_printed_when_somebody_asks_again(digest):
    renderings.cancel(_row(digest))

    renderings.ask(digest)

    assert _row(digest).progress is Progress.WAITING


def test_what_is_printed_is_not_cancelled(digest):
    renderings.finish(digest, DONE)
    db.session.expire_all()

    renderings.cancel(_row(digest))

    assert _row(digest).progress is Progress.DONE


def test_a_limit_is_told_with_its_number_and_an_older_one_without(digest):
    renderings.fail(digest, Reason.TIMEOUT, "60")
    new = renderings.told(_row(digest), str)
    renderings.fail(digest, Reason.TIMEOUT)

    assert new.startswith("The report was not ready after 60 seconds")
    assert renderings.told(_row(digest), str).startswith("The report took too long to print")


def _freeze(digest, *, by, text="", ahead=False):
    """Keep a report under a digest of its own, and ask for its print."""
    there = db.session.scalars(select(Report).limit(1)).one()
    plain = json.loads(there.snapshot) | {"disclaimer": text or None}
    snapshot, same = json.dumps(plain), {"review_id": there.review_id, "kind": there.kind, "number": None}
    db.session.add(Report(snapshot=snapshot, digest=digest, made_by_id=by, ahead=ahead, **same))
    db.session.flush()
    (renderings.ask_ahead if ahead else renderings.ask)(digest)


def test_a_print_that_is_gone_from_the_table_fails_in_silence(in_context):
    renderings.fail("f" * 64, Reason.CRASH)

    assert _row("f" * 64) is None
