"""Where a printed page ends: no line alone, no heading at the foot, heads of tables on each page, the running lines."""

import re
from collections import Counter, defaultdict

import pytest
from weasyprint.formatting_structure import boxes

from review_app.reports import page
from review_app.reports.frozen.snapshot import Section
from review_app.reports.materials import Materials
from review_app.reports.printing import light, pdf
from tests.reports.conftest import EXAMPLES
from tests.reports.examples import FULL, SUCCESS, said
from tests.reports.feedback_examples import FEEDBACK

FLOWING = ["FULL", "FEEDBACK", "FEEDBACK_HOSTILE", "TWO", "FICHE_LIMITS", "FICHE_HOSTILE", "LIST_LONG", "FORM"]
HEADINGS = re.compile("h[1-6]")
LEAST = {"p": 3}
"""Lines of a paragraph that stand together at least; of anything else it is two."""


MANY_FIGURES = FULL.model_copy(update={"key_figures": FULL.key_figures * 40})


@pytest.fixture(scope="module")
def laid_out():
    """Lay out a report; return its pages as boxes."""
    assets = pdf.Assets.read(Materials.of())

    def lay_out(report):
        shown = pdf.Page(page.document(report), assets, pdf.Fetcher(assets.shelf))
        return light.laid_out(shown, assets.fonts, stylesheets=shown.sheets).pages

    return lay_out


def below(box, *, margins=False):
    """Every box in the flow of a page, those within it included; without the margins of the sheet."""
    box = getattr(box, "_box", box)
    if isinstance(box, boxes.MarginBox) and not margins:
        return
    yield box
    for child in getattr(box, "children", ()):
        yield from below(child, margins=margins)


def broken(pages):
    """Each text that stands on several pages, as its element and the number of its lines on each."""
    found = defaultdict(Counter)
    for number, leaf in enumerate(pages):
        for box in below(leaf._page_box):
            lines = sum(isinstance(child, boxes.LineBox) for child in getattr(box, "children", ()))
            # The head of a table stands on each of its pages.
            if lines and box.element is not None and box.element.tag != "th":
                found[box.element][number] += lines
    return [(element, list(counts.values())) for element, counts in found.items() if len(counts) > 1]


def ends_in_a_heading(leaf):
    """Tell whether the last line of a page is one of a heading."""
    flow = list(below(leaf._page_box))
    heads = [box for box in flow if box.element is not None and HEADINGS.fullmatch(box.element.tag)]
    within = {id(one) for head in heads for one in below(head)}
    texts = [box for box in flow if isinstance(box, boxes.TextBox) and box.text.strip()]
    return id(max(texts, key=lambda box: box.position_y + box.height)) in within


def with_long_texts(lines):
    """A report whose statements are so many lines long that they go on on the next page."""
    body = "Those who came along saw what is done there day by day, and what it takes. " * lines
    many = tuple(said(SUCCESS, f"Headline {number}", body) for number in range(4))
    return FULL.model_copy(update={"sections": (Section(kind=SUCCESS, messages=many),), "counts": ()})


@pytest.mark.slow
@pytest.mark.parametrize("name", FLOWING)
def test_a_reader_finds_no_line_alone_and_no_heading_at_the_foot(laid_out, name):
    pages = laid_out(EXAMPLES[name])

    alone = [(one.tag, counts) for one, counts in broken(pages) if min(counts) < LEAST.get(one.tag, 2)]
    assert alone == []
    assert [number for number, leaf in enumerate(pages[:-1], start=1) if ends_in_a_heading(leaf)] == []


@pytest.mark.slow
def test_a_long_text_goes_on_with_three_lines_wherever_its_page_ends(laid_out):
    seen = [counts for lines in range(24, 40, 3) for _one, counts in broken(laid_out(with_long_texts(lines)))]

    assert len(seen) >= 6
    assert [counts for counts in seen if min(counts) < 3] == []


@pytest.mark.parametrize("report", [EXAMPLES["LIST_LONG"], MANY_FIGURES], ids=["participants", "figures"])
def test_a_table_that_goes_on_has_its_head_again(laid_out, report):
    tables = defaultdict(list)
    for leaf in laid_out(report):
        for box in below(leaf._page_box):
            if isinstance(box, boxes.TableBox) and box.element.find("thead") is not None:
                heads = [one for one in below(box) if isinstance(one, boxes.TableRowGroupBox) and one.is_header]
                tables[box.element].append(len(heads))

    broken_ones = [heads for heads in tables.values() if len(heads) > 1]
    assert broken_ones != []
    assert [heads for heads in broken_ones if set(heads) != {1}] == []


@pytest.mark.parametrize("report", [FULL, FEEDBACK], ids=["highlights", "feedback"])
def test_every_page_but_the_first_says_of_which_review_it_is(laid_out, report):
    pages = laid_out(report)

    told = []
    for leaf in pages:
        edges = [box for box in leaf._page_box.children if isinstance(box, boxes.MarginBox)]
        words = {
            box.at_keyword: "".join(one.text for one in below(box, margins=True) if hasattr(one, "text"))
            for box in edges
        }
        told.append((words.get("@top-left", ""), words["@bottom-left"], words["@bottom-right"]))
    running, imprint = f"{FULL.places[0].name} · {FULL.title}", told[0][1]
    assert told == [
        ("" if number == 1 else running, imprint, f"{number} / {len(pages)}") for number in range(1, len(pages) + 1)
    ]
    assert imprint.endswith(f"no. {report.number} · {report.ref}")
