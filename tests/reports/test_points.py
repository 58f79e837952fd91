"""Points that somebody typed with dashes are a list: seen as one, heard as one, and one in Word."""

from io import BytesIO

import pytest
from docx import Document
from lxml import html

from review_app.reports import page
from review_app.reports.exports import word
from tests.reports.examples import snapshot
from tests.reports.standards import lists

LINES = ("One desk.", "– ask", "– listen", "Then more.", "– write it down")
TYPED = "\n".join(LINES).replace("–", "-")
POINTS = [["ask", "listen"], ["write it down"]]


def _paper():
    return snapshot(practice=LINES, host_word=TYPED, outcome=TYPED)


@pytest.mark.parametrize("drawn", [page.body, page.document])
def test_lines_that_begin_with_a_dash_stand_in_lists_between_the_paragraphs(drawn):
    found = html.fromstring(drawn(_paper()))

    points = found.xpath("//ul[contains(@class, 'report-points')]")
    before = [one.getprevious().text_content() for one in points]
    assert [[item.text_content() for item in one] for one in points] == POINTS * 3
    assert before == ["One desk.", "Then more."] * 3
    assert not {"– ask", "- ask"} & set(found.text_content().split("\n"))


def test_word_holds_them_as_a_list():
    file = Document(BytesIO(word.document(_paper())))

    listed = [one.text for one in file.paragraphs if one.style.name == "List Bullet"]
    assert [one for one in listed if one in {"ask", "listen", "write it down"}] == [
        "ask",
        "listen",
        "write it down",
    ] * 3


def test_they_are_tagged_as_a_list_on_paper(press, tmp_path):
    path = tmp_path / "points.pdf"

    press.print_to(path, _paper())

    facts = 1
    assert sorted(lists(path)) == sorted([facts, *(len(one) for one in POINTS * 3)])
