"""The synthesis on paper: tagged, with the right pages in its contents, whatever stands in it."""

import re
import subprocess
from itertools import pairwise

import pikepdf
import pytest

from review_app.reports.frozen.synthesising import (
    Written,
    freeze_synthesis,
)
from review_app.reports.page import body
from review_app.services import synthesis_publishing
from tests import network_synthesis_world as made
from tests.reports.examples import THIN
from tests.reports.foreign_examples import FOREIGN, HOSTILE
from tests.reports.synthesis_examples import OUT, TWO


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
    lines = _text_of(path).splitlines()
    for heading in ("Findings by theme", "Success factors", "Glossary"):
        line = next(one for one in lines if one.startswith(heading) and " . " in one)
        assert int(line.split()[-1]) == told[heading]


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
