"""On the page itself every chart is followed by the table of what it shows: heads with scopes, and no row left out."""

import pytest
from lxml import html as html_reader

from review_app.reports import page
from review_app.reports.parts.pictured import cities_chart, support_of_messages
from tests.reports.conftest import EXAMPLES
from tests.reports.feedback_examples import FEEDBACK

DRAWN = {"site": page.body, "paper": page.document, "file": page.file}


def text_of(element):
    return " ".join(element.text_content().replace("\u200b", "").split())


def tables(drawn):
    """The caption and the rows of the table of each chart on a page."""
    found = html_reader.fromstring(str(drawn)).find_class("report-chart")
    return [
        (
            text_of(one.xpath("./table/caption")[0]),
            [[text_of(cell) for cell in row] for row in one.xpath(".//tbody/tr")],
        )
        for one in found
    ]


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
def test_every_chart_of_a_feedback_report_has_the_rows_of_its_table(words, draw):
    charts = [*support_of_messages(FEEDBACK, words, on_screen=False), cities_chart(FEEDBACK, words, on_screen=False)]

    found = tables(draw(FEEDBACK))

    assert [one for one in charts if (one.caption, [list(row) for row in one.rows]) not in found] == []
    assert len(charts) >= 2


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
@pytest.mark.parametrize("name", ["FULL", "FEEDBACK", "TWO"])
def test_every_table_beside_a_figure_has_rows_and_heads_that_say_what_they_head(name, draw):
    read = html_reader.fromstring(str(draw(EXAMPLES[name])))

    for table in read.iter("table"):
        assert table.xpath("./caption") != []
        assert table.xpath("./tbody/tr") != []
        assert [one for one in table.iter("th") if one.get("scope") not in ("col", "row")] == []
