"""Where a page ends: no row, no item and no heading alone, and no page of a long report that stays half empty."""

import io
import re
import subprocess

import pytest
from weasyprint import HTML

from review_app.reports.materials import Materials
from tests.reports.conftest import Paper
from tests.reports.feedback_examples import FEEDBACK

# Without our typeface: the rules of breaks are the same in any.
STYLES = re.sub(
    "@font-face [^}]*}",
    "",
    "".join((Materials.of().styles / name).read_text(encoding="utf-8") for name in ("tokens.css", "report.css")),
)
# In mm: what is left of a page of 255 mm below what stands before, in steps of less than a row.
LEFT = range(14, 70, 5)
TABLE = (
    "<table class='report-table'><caption>Said of it</caption><thead><tr><th>Head</th></tr></thead>"
    "<tbody>{}</tbody></table>"
)


def pages(content, left):
    """The lines of each page when so many mm of the first are left for this content."""
    html = f"<style>{STYLES}</style><p>Before</p><div style='height:{249 - left}mm'></div>{content}"
    printed = io.BytesIO(HTML(string=html).write_pdf())
    told = subprocess.run(["pdftotext", "-", "-"], input=printed.getvalue(), check=True, capture_output=True).stdout
    return [[line for line in leaf.splitlines() if line] for leaf in told.decode().split("\f")[:-1]]


@pytest.mark.parametrize("count", [2, 3, 9])
def test_a_reader_finds_no_row_of_a_table_alone_on_a_page_and_no_caption_without_rows(count):
    rows = "".join(f"<tr><td>Row {number}</td></tr>" for number in range(count))

    for left in LEFT:
        leaves = pages(f"<h2>Heading</h2>{TABLE.format(rows)}", left)
        found = [sum(line.startswith("Row") for line in leaf) for leaf in leaves]
        assert sum(found) == count
        assert 1 not in found
        assert [leaf for leaf, rows_on in zip(leaves, found, strict=True) if "Said of it" in leaf and not rows_on] == []
        assert [leaf[-1] for leaf in leaves if leaf[-1] in {"Heading", "Head", "Said of it"}] == []


def test_a_table_of_one_row_does_not_hold_what_follows_it():
    one = TABLE.format("<tr><td>Row</td></tr>")

    leaves = pages(f"{one}<div style='break-inside: avoid; height: 200mm'>After</div>", left=40)

    assert ["Row" in leaf for leaf in leaves] == [True, False]
    assert ["After" in leaf for leaf in leaves] == [False, True]


@pytest.mark.parametrize("count", [2, 5])
def test_a_page_never_begins_with_the_last_of_several_items(count):
    items = "".join(f"<li>Item {number}</li>" for number in range(count))

    for left in LEFT:
        leaves = pages(f"<h3>Heading</h3><ul class='report-singles'>{items}</ul>", left)
        found = [sum("Item" in line for line in leaf) for leaf in leaves]
        assert sum(found) == count
        assert found[-1] >= 2
        assert [leaf for leaf in leaves if leaf[-1] == "Heading"] == []


@pytest.fixture(scope="module")
def printed(press, tmp_path_factory):
    """The pages of a long report with so many more lines in one of its chapters."""

    def print_one(lines, language="en"):
        path = tmp_path_factory.mktemp("long") / "long.pdf"
        report = FEEDBACK.model_copy(update={"practice": (*FEEDBACK.practice, *("One more line.",) * lines)})
        return Paper(path, press.print_to(path, report.spoken(language)))

    return print_one


@pytest.mark.parametrize(("lines", "language"), [(0, "en"), (5, "en"), (13, "en"), (0, "fi"), (0, "el")])
def test_no_page_of_a_long_report_stays_half_empty_but_its_cover_and_its_last(printed, lines, language):
    filled = [_lowest(leaf) for leaf in printed(lines, language).boxes.split("<page ")[1:]]

    assert [share for share in filled[1:-1] if share < 0.66] == []


def test_the_scope_of_a_review_stands_where_its_summary_ends(printed):
    summary = printed(0).pages[1]

    assert "What is recommended" in summary
    assert "Scope, questions and evidence" in summary
    assert "3. How do we reach those who do not come by themselves?" in " ".join(summary.split())


def _lowest(leaf):
    """Where the last line of a page stands, in parts of what its margins leave; the running lines are none."""
    height = float(re.search(r'height="([\d.]+)"', leaf)[1])
    edges = [float(edge) for edge in re.findall(r'yMax="([\d.]+)">', leaf)]
    top, bottom = height * 22 / 297, height * 277 / 297
    return (max(edge for edge in edges if edge <= bottom) - top) / (bottom - top)
