"""What is written in another language has its English summary beside it, marked as English, in every form."""

import re

import pytest
from docx import Document
from lxml import html as html_reader

from review_app.reports import page
from review_app.reports.exports.forms import FORMS
from review_app.reports.frozen.snapshot import Section
from tests.reports.conftest import Paper
from tests.reports.examples import FULL, GHENT, LESSON, said
from tests.reports.feedback_examples import feedback
from tests.reports.synthesis_examples import plain

SUMMARY = "Everybody learns it in the first week."
MESSAGE = said(LESSON, "Kaikki oppivat sen ensimmäisellä viikolla.", "Niin on.", 3, 1, language="fi", summary=SUMMARY)
SECTION = Section(kind=LESSON, messages=(MESSAGE,))
ALONE = Section(kind=LESSON, messages=(), singles=(MESSAGE,))


def reports(section):
    short = FULL.model_copy(update={"sections": (section,)})
    return {"highlights": short, "feedback": feedback(short), "synthesis": plain(short, GHENT)}


def printed_of(report):
    """How often it is printed: a message of a feedback report stands in the executive summary too."""
    return 2 if report.kind == "feedback" and report.sections[0].messages else 1


CASES = [
    (f"{name}, {where}", one)
    for where, section in (("merged", SECTION), ("alone", ALONE))
    for name, one in reports(section).items()
]


@pytest.mark.parametrize("report", [one for _name, one in CASES], ids=[name for name, _one in CASES])
@pytest.mark.parametrize("draw", [page.body, page.document, page.file], ids=["site", "paper", "file"])
def test_a_reader_finds_the_summary_beside_in_english_and_the_text_in_its_own(report, draw):
    read = html_reader.fromstring(str(draw(report.spoken("el"))))

    found = [one.get("lang") for one in read.iter() if one.text == SUMMARY]
    own = [
        one.xpath("ancestor-or-self::*[@lang][1]/@lang")[0]
        for one in read.iter()
        if one.text == MESSAGE.headline and one.tag != "text"
    ]
    assert found == ["en"] * printed_of(report)
    assert set(own) == {"fi"}


@pytest.mark.parametrize("report", [one for _name, one in CASES], ids=[name for name, _one in CASES])
def test_the_word_file_holds_the_summary_in_english(report, tmp_path):
    path = tmp_path / "report.docx"
    path.write_bytes(b"".join(FORMS["docx"].make(report.spoken("el"), "")))

    xml = Document(path).element.xml
    runs = re.findall(r"<w:r>.*?</w:r>|<w:r .*?</w:r>", xml, re.DOTALL)
    found = [re.findall(r'<w:lang [^>]*w:val="([^"]+)"', one) for one in runs if SUMMARY in one]
    assert found == [["en-GB"]] * printed_of(report)


def test_the_printed_report_holds_the_summary(press, tmp_path):
    path = tmp_path / "report.pdf"
    read = Paper(path, press.print_to(path, reports(SECTION)["highlights"].spoken("el")))

    assert read.flow.count(SUMMARY) == 1
