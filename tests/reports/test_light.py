"""Printing with less: styles are shared, pages are named once, and nothing is held that the painting does not need."""

import gc
import re

import pydyf
import pytest

from review_app.reports import page
from review_app.reports.materials import STYLES, Materials
from review_app.reports.printing import light, pdf
from tests.bench import long_report

MARGIN_BOX = re.compile(r"@((?:top|bottom|left|right)-[a-z-]+)")


@pytest.fixture(scope="module")
def assets():
    return pdf.Assets.read(Materials.of())


@pytest.fixture
def shown(assets):
    """A report of twelve statements, ready to be laid out."""
    return pdf.Page(page.document(long_report.snapshot(12)), assets, pdf.Fetcher(assets.shelf))


def boxes_of(document):
    """Return every box of every page."""
    waiting, found = [one._page_box for one in document.pages], []
    while waiting:
        box = waiting.pop()
        box = getattr(box, "_box", box)
        found.append(box)
        waiting.extend(getattr(box, "children", ()))
    return found


def headlines(boxes):
    """Return how many of the boxes are headlines; an anchor holds each of them."""
    return sum(type(box).__name__ == "BlockBox" and box.element_tag == "h3" for box in boxes)


def test_statements_share_their_styles(shown, assets):
    document = light.laid_out(shown, assets.fonts, stylesheets=shown.sheets)

    texts = [box for box in boxes_of(document) if box.element is not None and box.element.get("class") == "report-text"]
    assert len({id(box.element) for box in texts}) == 12
    assert len({id(box.style) for box in texts}) <= len(long_report.KINDS)


def test_what_a_report_was_laid_out_from_is_let_go(shown, assets):
    gc.collect()
    before = headlines(gc.get_objects())

    document = light.laid_out(shown, assets.fonts, stylesheets=shown.sheets)

    gc.collect()
    assert headlines(gc.get_objects()) - before == headlines(boxes_of(document)) > 10


def test_every_margin_box_that_our_styles_use_is_aligned_as_by_weasyprint():
    used = {name for sheet in STYLES for name in MARGIN_BOX.findall((Materials.of().styles / sheet).read_text())}

    aligned = {kind for _rule, selectors, _said in light.stylesheet().page_rules for _weight, kind, _page in selectors}

    assert used == {"top-left", "top-right", "bottom-left", "bottom-right"}
    assert {f"@{name}" for name in used} <= aligned


def test_pages_are_named_once_and_anew_when_there_is_one_more():
    file = pydyf.PDF()
    file.add_page(pydyf.Dictionary())
    first = file.page_references

    assert file.page_references is first
    file.add_page(pydyf.Dictionary())
    assert file.page_references == tuple(f"{number} 0 R".encode() for number in file.pages["Kids"][::3])
    assert len(file.page_references) == 2
