"""When printing cannot go on: each failure is a sentence, and no half file stays (RELIABILITY 51, 56)."""

import hashlib
import shutil
import stat
import subprocess
import sys
import time
import tracemalloc

import pytest

from review_app.reports.frozen.snapshot import Section
from review_app.reports.materials import FONTS, PROJECT
from review_app.reports.printing.failures import PrintFailed, Reason
from review_app.reports.printing.press import Press
from review_app.reports.printing.shelf import put
from tests.reports.examples import LESSON, THIN, place, said, snapshot


def test_a_machine_without_the_fonts_says_so(tmp_path):
    shutil.copytree(PROJECT / "templates" / "reports", tmp_path / "templates" / "reports")
    press = Press(tmp_path)
    with pytest.raises(PrintFailed) as failed:
        press.warm()
    press.close()

    assert failed.value.reason is Reason.FONTS
    assert failed.value.detail == ", ".join(FONTS)


def test_a_machine_without_pango_says_so(tmp_path, monkeypatch):
    (tmp_path / "libpango-1.0.so.0").write_bytes(b"not a library")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    press = Press()
    with pytest.raises(PrintFailed) as failed:
        press.print_to(tmp_path / "report.pdf", THIN)
    press.close()

    assert failed.value.reason is Reason.PANGO
    assert "Pango" in failed.value.told(str)


def test_a_letter_that_no_font_has_stops_the_printing_and_is_named(press, tmp_path):
    with pytest.raises(PrintFailed) as failed:
        press.print_to(tmp_path / "report.pdf", snapshot(title="Gothic \U00010330\U00010331"))

    assert failed.value.reason is Reason.GLYPHS
    assert failed.value.told(str) == (
        "No typeface at hand can print these characters: \U00010330 \U00010331. Write them in another way."
    )


def test_a_sign_that_no_font_has_is_printed_as_its_name(press, tmp_path):
    section = Section(kind=LESSON, messages=(said(LESSON, "Keep it up \U0001faa9", cities=2),))
    press.print_to(tmp_path / "report.pdf", snapshot(sections=(section,), places=(place("A", "BE", 51, 4),)))

    text = subprocess.run(
        ["pdftotext", tmp_path / "report.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "Keep it up [mirror ball]" in text


@pytest.mark.parametrize("reason", list(Reason))
def test_every_failure_is_a_sentence(reason):
    told = PrintFailed(reason, "detail").told(str)

    assert told.endswith(".")
    assert "%" not in told


def test_a_file_that_cannot_be_written_leaves_the_old_one_alone(tmp_path):
    with pytest.raises(OSError, match="No such file"):
        put(tmp_path / "missing" / "report.pdf", [b"new"])
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "kept").write_bytes(b"")
    with pytest.raises(OSError, match="directory"):
        put(tmp_path / "folder", [b"new"])

    assert [one.name for one in tmp_path.iterdir()] == ["folder"]


def test_pieces_that_break_off_leave_the_old_file_alone_and_nothing_beside_it(tmp_path):
    path = tmp_path / "report.csv"
    path.write_bytes(b"old")

    def pieces():
        yield b"new"
        raise PrintFailed(Reason.CRASH)

    with pytest.raises(PrintFailed):
        put(path, pieces())

    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {"report.csv": b"old"}


def test_a_file_is_written_piece_by_piece_and_told_by_its_size_and_digest(tmp_path):
    tracemalloc.start()
    done = put(tmp_path / "large.csv", (b"a" * 1_000_000 for _piece in range(60)))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert most < 10_000_000
    content = (tmp_path / "large.csv").read_bytes()
    assert (done.size, done.sha256) == (60_000_000, hashlib.sha256(content).hexdigest())


def test_a_print_of_the_house_is_read_by_the_house_alone(tmp_path):
    put(tmp_path / "report.pdf", [b"new"])

    assert stat.S_IMODE((tmp_path / "report.pdf").stat().st_mode) == 0o600


def test_a_writer_that_is_killed_leaves_no_half_a_file(tmp_path):
    path = tmp_path / "report.pdf"
    code = (
        "import sys; from pathlib import Path; from review_app.reports.printing.shelf import put\n"
        "put(Path(sys.argv[1]), [b'a' * 1_000_000] * 3)\n"
        "print('go', flush=True)\n"
        "while True:\n"
        "    for letter in (b'a', b'b'): put(Path(sys.argv[1]), [letter * 1_000_000] * 3)\n"
    )
    for moment in range(5):
        writer = subprocess.Popen([sys.executable, "-c", code, path], cwd=PROJECT, stdout=subprocess.PIPE)
        writer.stdout.readline()
        time.sleep(0.05 + moment * 0.013)
        writer.kill()
        writer.wait()
        writer.stdout.close()

        content = path.read_bytes()
        assert len(content) == 3_000_000
        assert len(set(content)) == 1
