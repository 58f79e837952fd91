"""Anchors of a report in the browser: each message can be sent as a link, and each link within leads somewhere."""

import re
from collections import Counter

import pytest
from lxml import html as html_reader

from review_app.reports import page
from tests.reports.conftest import EXAMPLES
from tests.reports.examples import FULL
from tests.reports.feedback_examples import FEEDBACK
from tests.reports.synthesis_examples import TWO

DRAWN = {"on the site": page.body, "as a file": page.file, "on paper": page.document}


def within(drawn):
    """What stands within each anchor of a page, and where the links of the page lead in it."""
    read = html_reader.fromstring(str(drawn))
    anchors = {
        one.get("id"): " ".join(one.text_content().replace("\u200b", "").split()) for one in read.xpath("//*[@id]")
    }
    links = [one.get("href")[1:] for one in read.xpath('//a[starts-with(@href, "#")]')]
    return anchors, links


def statements_of(report):
    if report is TWO:
        return list(report.statements)
    return [one for section in report.sections for one in (*section.messages, *section.singles)]


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
@pytest.mark.parametrize("report", [FULL, FEEDBACK, TWO], ids=["highlights", "feedback", "synthesis"])
def test_a_reader_can_send_a_link_to_each_message(report, draw):
    anchors, _links = within(draw(report))

    said = list(anchors.values())
    missing = [one.headline for one in statements_of(report) if not any(one.headline in text for text in said)]
    assert missing == []


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
@pytest.mark.parametrize("name", ["FULL", "FEEDBACK", "TWO", "SLIDES", "FICHE", "LIST_TWO", "FORM"])
def test_every_link_within_a_report_leads_to_one_place(name, draw):
    drawn = str(draw(EXAMPLES[name]))

    anchors, links = within(drawn)

    assert set(links) <= set(anchors)
    assert [one for one, count in Counter(re.findall(r'\sid="([^"]+)"', drawn)).items() if count > 1] == []


def test_an_anchor_says_what_it_leads_to_and_stays_when_words_are_mended():
    section = FULL.sections[0]
    mended = section.messages[0].model_copy(update={"headline": "Other words."})
    changed = FULL.model_copy(
        update={
            "sections": (section.model_copy(update={"messages": (mended, *section.messages[1:])}), *FULL.sections[1:])
        }
    )

    before, _links = within(page.body(FULL))
    after, _links = within(page.body(changed))

    assert list(before) == list(after)
    assert after["success-factor-1"] == "Other words."
