"""Two lanes: what a printing may take by its length, two presses at once, pages told, a printing cancelled."""

import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest

from review_app.domain import printing
from review_app.domain.printing import Form, Lane, allowance, lane_of
from review_app.reports.materials import FONTS
from review_app.reports.printing import press as press_module
from review_app.reports.printing import shelf
from review_app.reports.printing.failures import PrintFailed, Reason
from review_app.reports.printing.press import Press
from tests.bench.long_report import snapshot as long_snapshot
from tests.reports.examples import FULL, THIN

LONG = long_snapshot(240)
STOPPED_WITHIN = 2.0


def test_the_lane_is_told_by_the_length_of_the_snapshot():
    weights = {paper: len(paper.to_bytes().decode()) for paper in (THIN, FULL, LONG)}

    assert [lane_of(weight) for weight in weights.values()] == [Lane.QUICK, Lane.QUICK, Lane.LONG]
    assert lane_of(printing.LONG_FROM - 1) is Lane.QUICK


def test_a_long_report_may_take_more_but_not_everything():
    quick, long, longest = (allowance(weight) for weight in (9_000, 1_800 * printing.PAGE_LETTERS, 100_000_000))

    assert (quick.seconds, quick.memory) == (60, 1_500_000_000)
    assert (long.seconds, long.memory) == (900, 500_000_000 + 1_800 * 1_200_000)
    assert longest.memory == printing.MOST_MEMORY


def test_the_name_of_a_file_tells_its_print():
    digest = "a" * 64

    assert [printing.file_name(digest, form) for form in Form] == [f"{digest}.pdf", f"{digest}.pdfa.pdf"]
    assert [printing.digest_of(printing.file_name(digest, form)) for form in Form] == [digest, digest]
    assert [printing.digest_of(name) for name in ("a.pdf", f"{digest}.txt", f".quick.{digest}.pdf.x", digest)] == [
        ""
    ] * 4


@pytest.mark.slow
def test_two_pages_are_printed_while_somebody_elses_long_report_is(tmp_path):
    order = []

    def print_one(name, paper):
        press_module.print_to(tmp_path / f"{name}.pdf", paper)
        order.append(name)

    try:
        press_module.warm(Lane.QUICK)
        press_module.warm(Lane.LONG)
        long = threading.Thread(target=print_one, args=("long", LONG))
        long.start()
        time.sleep(0.3)
        print_one("quick", THIN)
        is_beside = long.is_alive()
        long.join()
    finally:
        press_module.rest(Lane.LONG)
        press_module.rest(Lane.QUICK)

    assert (order, is_beside) == (["quick", "long"], True)


@pytest.mark.slow
def test_who_watches_hears_of_more_and_more_pages(press, tmp_path):
    heard = []

    def watch(pages):
        heard.append((time.monotonic(), pages))
        return True

    printed = press.print_to(tmp_path / "long.pdf", LONG, watch=watch)

    pages = [number for _at, number in heard]
    pauses = [after - before for (before, _a), (after, _b) in pairwise(heard)]
    assert pages == sorted(pages)
    assert 0 < pages[-1] <= printed.pages
    assert min(pauses) > 0.9


@pytest.mark.slow
def test_a_cancelled_printing_stops_at_once_and_the_next_one_begins(press, tmp_path):
    press.warm()
    asked = []

    def watch(pages):
        asked.append(time.monotonic())
        return len(asked) < 2

    with pytest.raises(PrintFailed) as failed:
        press.print_to(tmp_path / "long.pdf", LONG, watch=watch)
    waited = time.monotonic() - asked[1]
    room = press._room.pid
    printed = press.print_to(tmp_path / "next.pdf", THIN)

    assert failed.value.reason is Reason.CANCELLED
    assert failed.value.told(str) == "The printing was cancelled."
    assert waited < STOPPED_WITHIN
    assert (printed.pages, press._room.pid) == (1, room)
    assert not (tmp_path / "long.pdf").exists()


def test_a_word_to_stop_that_comes_too_late_spoils_nothing(press, tmp_path):
    press.warm()
    press_module.send(press_module._descriptor(press._room.stdin), press_module.STOP)

    assert press.print_to(tmp_path / "next.pdf", THIN).pages == 1


@pytest.mark.slow
def test_trouble_of_who_watches_ends_the_room_and_not_the_press(tmp_path):
    press = Press()

    def watch(_pages):
        raise OSError("the database is away")

    try:
        with pytest.raises(OSError, match="away"):
            press.print_to(tmp_path / "long.pdf", LONG, watch=watch)
        assert press.print_to(tmp_path / "next.pdf", THIN).pages == 1
    finally:
        press.close()


@pytest.mark.slow
def test_a_process_that_ends_waits_for_no_report(tmp_path):
    press, told = Press(), []

    def print_long():
        try:
            press.print_to(tmp_path / "long.pdf", LONG)
        except PrintFailed as failed:
            told.append(failed.reason)

    press.warm()
    thread = threading.Thread(target=print_long)
    thread.start()
    time.sleep(0.3)
    started = time.monotonic()
    press.leave()
    waited = time.monotonic() - started
    thread.join(timeout=5)

    assert (told, press._room) == ([Reason.CRASH], None)
    assert waited < STOPPED_WITHIN


def test_each_lane_of_a_folder_has_one_printer_and_clears_its_own_leftovers(tmp_path):
    halves = [tmp_path / f".{lane.value}.{'a' * 64}.pdf.half" for lane in Lane]
    for half in halves:
        half.write_bytes(b"%PDF")

    with (
        shelf.alone(tmp_path, Lane.LONG) as first,
        shelf.alone(tmp_path, Lane.LONG) as second,
        shelf.alone(tmp_path, Lane.QUICK) as other,
    ):
        shelf.clear(tmp_path, Lane.QUICK)

    assert (first, second, other) == (True, False, True)
    assert [half.exists() for half in halves] == [False, True]
    assert sorted(path.name for path in tmp_path.iterdir() if shelf.is_lock(path.name)) == [
        ".printing-long",
        ".printing-quick",
    ]


def test_the_fonts_that_a_room_has_ready_outlive_its_children(press, tmp_path):
    press.print_to(tmp_path / "one.pdf", THIN)
    (ready,) = Path(press._scratch.name).glob("weasyprint-*")
    press.print_to(tmp_path / "two.pdf", THIN)

    assert len(list(ready.iterdir())) == len(FONTS)
