"""The synthesis on paper: tagged, with the right pages in its contents, whatever stands in it."""

import re
import subprocess
from itertools import pairwise
from urllib.parse import unquote

import pikepdf
import pytest

from review_app.reports import page
from review_app.reports.exports import word
from review_app.reports.frozen.synthesising import (
    Grouping,
    Written,
    freeze_synthesis,
)
from review_app.reports.page import body
from review_app.services import synthesis_publishing
from tests import network_synthesis_world as made
from tests.reports.examples import FULL, GHENT, THIN
from tests.reports.foreign_examples import FOREIGN, HOSTILE
from tests.reports.page_text import lines
from tests.reports.synthesis_examples import OUT, TWO, coded
from tests.reports.word_reading import Read, W

# Longer than a column of the matrix, whose heads are numbers then.
WORDY_THEMES = (
    "Going to where people are in the morning and in the evening",
    "Looking at who is missing and asking them for their reasons",
    "Services that hang on very few people and on their good will",
    "Working with landlords and firms before a contract is signed",
)
WORDY = freeze_synthesis(
    Written(
        "wordy",
        "Wordy",
        themes=tuple(
            Grouping(name, coded=coded(FULL, said))
            for name, said in zip(
                WORDY_THEMES,
                ("Employers sit", "Small employers", "Nobody owns the desk", "Those without digital"),
                strict=True,
            )
        ),
    ),
    [FULL, GHENT],
    OUT,
)


@pytest.fixture
def real(in_context):
    """The synthesis of the 25 real reviews, without any coding."""
    return synthesis_publishing.draft_of_reviews(made.real_refs(), made_by="Mara", title="What 25 reviews say")


def test_the_printed_synthesis_is_tagged_and_its_contents_name_the_right_pages(press, tmp_path):
    path = tmp_path / "two.pdf"
    printed = press.print_to(path, TWO)
    with pikepdf.open(path) as file:
        pages = {page.objgen: number for number, page in enumerate(file.pages, start=1)}
        told = {}
        for one in _outline(file):
            told.setdefault(str(one.title), pages[one.destination[0].objgen])
        levels = [int(tag[2]) for tag in _tags(file) if re.fullmatch("/H[1-6]", tag)]

    assert printed.pages == max(pages.values())
    assert told["Glossary"] == printed.pages or told["Glossary"] == printed.pages - 1
    assert told["Foreword"] == 2
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    printed_lines = _text_of(path).splitlines()
    for heading in ("Findings by theme", "Success factors", "Glossary"):
        line = next(one for one in printed_lines if one.startswith(heading) and " . " in one)
        assert int(line.split()[-1]) == told[heading]


def test_what_the_numbers_of_the_matrix_stand_for_is_said_once_below_its_figure(press, tmp_path):
    path = tmp_path / "matrix.pdf"

    press.print_to(path, WORDY)

    (leaf,) = [one for one in _text_of(path).split("\f") if "How many statements of a review stand under" in one]
    told = " ".join(leaf.split())
    assert [told.count(name[:20]) for name in WORDY_THEMES] == [1] * len(WORDY_THEMES)
    assert told.index("Reviews by theme") < told.index(WORDY_THEMES[0]) < told.index("How many statements of a review")


def test_a_screen_says_once_what_the_numbers_of_the_matrix_stand_for():
    matrix = str(body(WORDY)).split('id="matrix"')[1].split('class="synthesis-annex"')[0]

    found = lines(matrix)
    assert [found.count(name) for name in WORDY_THEMES] == [1] * len(WORDY_THEMES)
    assert re.findall(r">([^<>]*)</text>", matrix)[:4] == ["1", "2", "3", "4"]


def test_a_word_file_says_once_what_the_numbers_of_the_matrix_stand_for():
    drawn = [unquote(one) for one in re.findall(r'src="(data:image/svg[^"]+)"', page.document(WORDY))]
    matrix = next(one for one in drawn if "Table of marks" in one)

    after = "".join(Read(word.document(WORDY)).body.itertext(f"{W}t")).split("Reviews by theme")[-1]

    assert [after.count(name) for name in WORDY_THEMES] == [1] * len(WORDY_THEMES)
    names = [one for one in re.findall(r">([^<>]*)</text>", matrix) if not one.isdigit()]
    assert names == ["Aldermere 2026", "Ghent 2019"]


def test_hostile_and_foreign_reports_are_printed_whole(press, tmp_path):
    many = freeze_synthesis(Written("many", "Ελλάδα <script>", foreword="x" * 3000), [HOSTILE, FOREIGN, THIN], OUT)

    printed = press.print_to(tmp_path / "many.pdf", many)

    assert printed.pages > 3
    assert "&lt;script&gt;" in body(many)


def test_the_print_of_25_reviews_stays_within_the_time_of_the_press(real, press, tmp_path):
    printed = press.print_to(tmp_path / "real.pdf", real)

    assert 10 <= printed.pages <= 24
    assert printed.seconds < 60


def _outline(file):
    with file.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            one = waiting.pop(0)
            waiting += one.children
            yield one


def _tags(file):
    def walk(node):
        if isinstance(node, pikepdf.Array):
            for one in node:
                yield from walk(one)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield str(node.S)
            yield from walk(node.get("/K", pikepdf.Array()))

    return list(walk(file.Root.StructTreeRoot.K))


def _text_of(path):
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True).stdout
