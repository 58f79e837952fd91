"""What goes between the press and its room, told without a room: messages, lateness, pages, what may lie in a print."""

import logging
import os
from datetime import date, datetime

import pytest

from review_app.domain.printing import Allowance, Form
from review_app.reports.printing import archive, frames, jobs, pdf


@pytest.fixture
def pipe():
    reading, writing = os.pipe()
    yield reading, writing
    for end in (reading, writing):
        try:
            os.close(end)
        except OSError:
            continue


def test_a_message_comes_out_as_it_went_in(pipe):
    reading, writing = pipe

    frames.send(writing, b"one", b"")

    assert (frames.receive(reading), frames.receive(reading, seconds=5)) == (b"one", b"")


def test_whoever_writes_to_somebody_who_is_gone_is_told(pipe):
    reading, writing = pipe
    os.close(reading)

    with pytest.raises(frames.Closed):
        frames.send(writing, b"anybody?")


def test_whoever_waits_for_an_answer_waits_no_longer_than_it_says(pipe):
    reading, _writing = pipe

    with pytest.raises(frames.Overdue):
        frames.receive(reading, seconds=0.01)


def test_a_job_is_the_same_on_the_other_side_of_the_door():
    job = jobs.Job(b"{}", Form.PDFA, Allowance(12.5, 300))

    assert jobs.read(job.heading, job.snapshot) == job
    assert jobs.on_page(3) == b'{"page": 3}'


def test_the_page_that_is_being_laid_out_is_passed_on_and_nothing_else():
    told, progress = [], logging.getLogger("weasyprint.progress")

    with pdf.followed(told.append):
        progress.info("Step 1 - Fetching and parsing HTML - %s", "page")
        progress.info("Step 5 - Creating layout - Page %i", 7)
    progress.info("Step 5 - Creating layout - Page %i", 8)

    assert told == [7]
    assert (progress.handlers, progress.propagate) == ([], True)


def test_signs_that_no_font_draws_are_named():
    missing = pdf.MissingGlyphs(("\u13a0", "\u13a1"))

    assert (str(missing), missing.characters) == ("\u13a0 \u13a1", ("\u13a0", "\u13a1"))


def test_nothing_lies_in_a_print_but_its_data():
    with pytest.raises(archive.NotAllowed, match=r"evil\.exe"):
        archive.Enclosed({"report.json": b"{}", "evil.exe": b""})


def test_what_lies_in_a_print_bears_the_day_of_the_report_and_never_that_of_the_printing():
    assert archive.Enclosed({}, date(2026, 6, 11)).moment == datetime(2026, 6, 11)
    assert archive.Enclosed({}).moment == datetime(2000, 1, 1)


def test_an_archive_names_both_standards_in_its_one_description():
    both = archive.both_named(b"<rdf:RDF>pdfaid</rdf:RDF></x:xmpmeta>")

    assert both.startswith(b"<rdf:RDF>pdfaid<rdf:Description")
    assert both.endswith(b"</rdf:RDF></x:xmpmeta>")
    assert (both.count(b"</rdf:RDF>"), both.count(b'pdfuaid:part="1"')) == (1, 1)
