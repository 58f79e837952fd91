"""Slides for the last evening: few headlines in large type, cut by number and never by clipping."""

import re
import subprocess
from itertools import pairwise

import pytest

from review_app.domain.languages import LANGUAGES
from review_app.domain.vocabulary import Attribution, ItemKind
from review_app.reports import page
from review_app.reports.frozen.snapshot import Question, Section
from review_app.reports.kinds.slides import freeze_slides
from review_app.reports.parts.slide_points import slides_of
from review_app.reports.parts.slide_room import MOST, fitting, height_of
from review_app.reports.parts.slide_view import Point
from tests.reports import structure
from tests.reports.examples import FULL, SUCCESS, said
from tests.reports.freezing_material import DRAFT, KESTREL, NORRVIK, PORTAVELA, item, material, merged
from tests.reports.page_text import chapters
from tests.reports.slides_examples import CROWDED, SLIDES, SLIDES_GHENT, SLIDES_HOSTILE, longest, slides

ALL = [
    "SLIDES",
    "SLIDES_DRAFT",
    "SLIDES_GHENT",
    "SLIDES_THIN",
    "SLIDES_FOREIGN",
    "SLIDES_HOSTILE",
    "CROWDED",
]
WIDE, HIGH = 960.1, 540.0


def test_five_slides_say_what_works_what_is_hard_what_was_learnt_and_what_comes_next():
    told = chapters(SLIDES)

    assert [title for title in told if title] == [
        "The questions to the peers",
        "What works",
        "What is hard",
        "What we learnt and suggest",
        "What we take home, and what comes next",
    ]
    assert "7 of 8 cities" in told["What works"]
    assert "22 people from 9 cities, host included, met in Aldermere." in told[""]


def test_a_slide_shows_five_headlines_and_says_how_many_the_report_holds_besides():
    told = chapters(SLIDES)["What works"]
    successes = next(section for section in FULL.sections if section.kind is SUCCESS)

    shown = [one.headline for one in (*successes.messages, *successes.singles) if one.headline in told]
    assert len(shown) == MOST
    assert told.endswith("and 1 more in the report")
    assert successes.singles[-1].headline not in told


def test_neither_lessons_nor_suggestions_crowd_the_others_out(words):
    (learnt,) = [
        one for one in slides_of(CROWDED.model_copy(update=_terse()), words, below=0) if "learnt" in one.heading
    ]

    assert [point.style for point in learnt.points] == [
        "lesson",
        "lesson",
        "lesson",
        "recommendation",
        "recommendation",
    ]
    assert learnt.more == "and 19 more in the report"


def _terse():
    kinds = (ItemKind.LESSON, ItemKind.RECOMMENDATION)
    return {
        "sections": tuple(
            Section(kind=kind, messages=tuple(said(kind, f"{kind.value} {number}") for number in range(12)))
            for kind in kinds
        )
    }


def test_a_headline_that_finds_no_room_is_left_out_whole():
    points = [Point(longest(number) * 3) for number in range(8)]

    count, size = fitting(points, 131)

    assert (0 < count < MOST, size) == (True, 20)
    assert fitting([Point("x" * 9000)], 131) == (0, 20)


def test_few_words_stand_in_larger_type():
    assert fitting([Point("Short")] * 3, 131) == (3, 30)
    assert fitting([Point("A headline of a length that is usual in reports, and a bit more")] * 5, 131)[1] == 23


def test_height_is_counted_in_lines():
    one = height_of("word", size=20, width=100)

    assert height_of("", size=20, width=100) == 0
    assert height_of("word " * 40, size=20, width=100) > 5 * one
    assert height_of("w" * 100, size=20, width=100) > 5 * one


def test_slides_are_there_as_soon_as_an_item_is_released():
    given = (
        item("a", NORRVIK, ItemKind.SUCCESS_FACTOR),
        item("b", PORTAVELA, attribution=Attribution.CITY),
        item("c", KESTREL, ItemKind.LESSON, message=7),
    )

    snapshot = freeze_slides(material(*given, messages=(merged(kind=ItemKind.LESSON),)), DRAFT)

    told = chapters(snapshot)
    assert snapshot.kind == "slides"
    assert "Said in a" in told["What works"]
    assert "Said in b" in told["What is hard"]
    assert "The team says so" in told["What we learnt"]


def test_a_public_record_is_called_one():
    told = [title for title in chapters(SLIDES_GHENT) if title]

    assert told == [
        "The question to the peers",
        "What works, on the public record",
        "What is hard, on the public record",
    ]


def test_questions_too_long_for_a_slide_are_left_to_the_report():
    asked = tuple(Question(number=number, text="Why? " * 25) for number in range(1, 6))

    assert "questions more in the report" in chapters(slides(FULL, questions=asked))["The questions to the peers"]
    assert "The 5 questions stand in the report" in chapters(CROWDED)[""]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_slide_keeps_to_its_page_in_every_language(press, tmp_path, language):
    told = CROWDED.spoken(language)

    printed = press.print_to(tmp_path / "slides.pdf", told)

    assert printed.pages == page.document(told).count('<section class="report-slide')


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("SLIDES", 5),
        ("SLIDES_DRAFT", 5),
        ("SLIDES_GHENT", 3),
        ("SLIDES_THIN", 1),
        ("SLIDES_FOREIGN", 2),
        ("SLIDES_HOSTILE", 3),
        ("CROWDED", 5),
    ],
)
def test_every_slide_is_one_page_of_sixteen_to_nine_whatever_is_written(paper, name, pages):
    read = paper(name)
    with read.open() as file:
        sizes = {tuple(round(float(side), 1) for side in leaf.MediaBox[2:]) for leaf in file.pages}

    assert (sizes, read.printed.pages) == ({(WIDE, HIGH)}, pages)


@pytest.mark.parametrize("name", ALL)
def test_no_word_leaves_its_slide_or_touches_its_foot(paper, name):
    found = re.findall(r'<word xMin="([-.\d]+)" yMin="([-.\d]+)" xMax="([-.\d]+)" yMax="([-.\d]+)"', paper(name).boxes)
    words = [tuple(map(float, one)) for one in found]
    foot = HIGH - 19 / 25.4 * 72

    assert [one for one in words if min(one) < 0 or one[2] > WIDE or one[3] > HIGH] == []
    assert [one for one in words if one[1] < foot < one[3]] == []


def test_headlines_and_what_stands_beside_them_are_twenty_points_at_least(paper):
    for name in ("SLIDES", "CROWDED"):
        sizes = _sizes(paper(name).path)

        assert {size for size in sizes if size >= 13} >= {20}
        assert [size for size in sizes if 12.5 < size < 19.5] == []


def _sizes(path):
    """The heights of the fonts of a PDF in points, rounded."""
    told = subprocess.run(
        ["pdftohtml", "-xml", "-stdout", "-i", "-zoom", "1", str(path)], check=True, capture_output=True, text=True
    ).stdout
    return {float(size) for size in re.findall(r'<fontspec id="\d+" size="(\d+)"', told)}


@pytest.mark.parametrize("name", ALL)
def test_a_screen_reader_finds_headings_that_do_not_skip(paper, name):
    read = paper(name)
    found = structure.levels(read)
    with read.open() as file:
        assert str(file.Root.Lang) == ("el" if name == "SLIDES_FOREIGN" else "en")
        assert bool(file.Root.MarkInfo.Marked) is True

    assert (found[0], found.count(1)) == (1, 1)
    assert all(after <= before + 1 for before, after in pairwise(found))


def test_the_outline_is_the_list_of_slides(paper):
    title, found = structure.outline(paper("SLIDES"))

    assert title == FULL.title
    assert [one for one, below in found if below == []] == [one for one, _below in found]
    assert [one for one, _below in found][1:] == [
        "What works",
        "What is hard",
        "What we learnt and suggest",
        "What we take home, and what comes next",
    ]


def test_a_draft_says_so_on_every_slide(paper):
    pages = [" ".join(one.split()) for one in paper("SLIDES_DRAFT").pages]

    assert [one.count("Draft, not for circulation") for one in pages] == [1] * 5


def test_the_funder_and_the_disclaimer_stand_below_the_last_slide(paper):
    last = " ".join(paper("SLIDES").pages[-1].split())

    assert "Funding: an invented programme for invented cities." in last
    assert FULL.disclaimer in last
    assert "These slides show what was released for the report when they were made, and not all of it." in last
    assert "the host has checked" not in last


def test_hostile_text_is_text():
    assert "<script" not in page.document(SLIDES_HOSTILE)
