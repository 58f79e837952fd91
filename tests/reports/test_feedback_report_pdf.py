"""The full feedback report on paper: read aloud, found one's way in, whole on its pages."""

import re
from itertools import pairwise

import pytest

from review_app.domain.vocabulary import ItemKind
from tests.reports import structure
from tests.reports.examples import FULL
from tests.reports.feedback_examples import CHAPTERS, FEEDBACK, FEEDBACK_DRAFT, FEEDBACK_THIN, statements_of

ALL = ["FEEDBACK", "FEEDBACK_DRAFT", "FEEDBACK_GHENT", "FEEDBACK_THIN", "FEEDBACK_FOREIGN", "FEEDBACK_HOSTILE"]


@pytest.mark.parametrize("name", ALL)
def test_a_screen_reader_finds_language_title_and_headings_that_do_not_skip(paper, name):
    read = paper(name)
    with read.open() as file:
        assert str(file.Root.Lang) == ("el" if name == "FEEDBACK_FOREIGN" else "en")
        assert bool(file.Root.MarkInfo.Marked) is True
        with file.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"

    found = structure.levels(read)
    assert (found[0], found.count(1)) == (1, 1)
    assert all(after <= before + 1 for before, after in pairwise(found))
    assert [alt for tag, alt, _scope in structure.all_of(read, "/Figure") if not alt] == []
    assert {scope for _tag, _alt, scope in structure.all_of(read, "/TH")} <= {"/Column", "/Row"}


def test_the_outline_lists_the_chapters_and_what_is_in_them(paper):
    title, found = structure.outline(paper("FEEDBACK"))

    assert title == FULL.title
    assert [one for one, _below in found] == CHAPTERS
    assert dict(found)[CHAPTERS[3]] == ["Success factors", "Key challenges", "Lessons learnt"]


def test_the_contents_tell_the_page_of_each_chapter(paper):
    read = paper("FEEDBACK")
    contents = " ".join(read.pages[0].split())

    for chapter in CHAPTERS:
        (number,) = re.findall(re.escape(chapter) + r"[. ]+(\d+)", contents)
        assert chapter in " ".join(read.pages[int(number) - 1].split())


@pytest.mark.parametrize("name", ALL)
def test_links_lead_to_the_web_or_to_a_place_inside(paper, name):
    outside, inside = structure.links(paper(name))

    assert [one for one in outside if not one.startswith(("http://", "https://", "mailto:"))] == []
    assert "" not in inside


@pytest.mark.parametrize(
    ("name", "pages"), [("FEEDBACK", 12), ("FEEDBACK_DRAFT", 12), ("FEEDBACK_GHENT", 4), ("FEEDBACK_THIN", 2)]
)
def test_the_report_is_as_long_as_its_content(paper, name, pages):
    assert paper(name).printed.pages == pages


def test_every_released_text_is_on_paper(paper):
    flow = paper("FEEDBACK").flow

    for one in statements_of(FEEDBACK, *ItemKind):
        assert one.headline in flow
        assert one.body in flow
    assert all(one.text in flow for one in FEEDBACK.take_homes)


def test_every_page_of_a_draft_says_so(paper):
    pages = [" ".join(one.split()) for one in paper("FEEDBACK_DRAFT").pages]

    assert [one.count("Draft, not for circulation") for one in pages] == [1] * len(pages)
    assert FEEDBACK_DRAFT.draft.made_by in pages[0]


def test_no_word_leaves_its_page_whatever_is_written(paper):
    for name in ("FEEDBACK_HOSTILE", "FEEDBACK_FOREIGN"):
        words = re.findall(
            r'<word xMin="([-.\d]+)" yMin="([-.\d]+)" xMax="([-.\d]+)" yMax="([-.\d]+)"', paper(name).boxes
        )
        out = [one for one in words if min(map(float, one)) < 0 or float(one[2]) > 595.3 or float(one[3]) > 841.9]
        assert (len(words) > 10, out) == (True, [])


def test_a_thin_record_says_what_is_missing(paper):
    assert FEEDBACK_THIN.unknown[0] in paper("FEEDBACK_THIN").flow


def test_a_table_stands_on_the_page_of_its_caption(paper):
    pages = [" ".join(one.split()) for one in paper("FEEDBACK").pages]

    for caption, last in (
        ("The practice in numbers", "Cost a year"),
        ("Partners and what they do", "Training centre North"),
        ("8 Who took part, side by side City or", "Zelenograd nad Labem"),
    ):
        (mine,) = [page for page in pages if caption in page]
        assert last in mine
