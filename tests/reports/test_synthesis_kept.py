"""What a report says beside a statement goes with it into a synthesis: another view, how widely it is held, numbers."""

import re

from lxml import html as html_reader

from review_app.domain.vocabulary import Consensus
from review_app.reports.frozen.snapshot import Section
from review_app.reports.page import body
from tests.reports.examples import CHALLENGE, FULL, GHENT, said
from tests.reports.synthesis_examples import plain


def held(consensus, **more):
    """A synthesis over one report with one statement that is held so widely."""
    section = Section(kind=CHALLENGE, messages=(said(CHALLENGE, "Doors stay closed.", consensus=consensus, **more),))
    return plain(FULL.model_copy(update={"sections": (section,)}), GHENT)


def lines(report):
    """The text of each line of the chapters, as it is read aloud."""
    page = html_reader.fromstring(body(report))
    return [" ".join(one.text_content().split()) for few in page.find_class("synthesis-lines") for one in few]


def test_a_different_view_is_told_below_the_statement():
    told = lines(held(Consensus.MOST, dissent="One city would try evenings first."))

    assert [one for one in told if one.endswith("A different view: One city would try evenings first.")] != []
    assert "A different view" not in body(held(Consensus.MOST))


def test_a_different_view_keeps_its_language():
    report = held(Consensus.MOST, dissent="Une ville en doute.", language="fr")

    assert '<span lang="fr">Une ville en doute.</span>' in body(report)


def test_where_no_number_may_be_told_the_synthesis_says_how_widely_a_statement_is_held():
    assert [one for one in lines(held(Consensus.MOST)) if "Held by most" in one] != []
    assert "Held by" not in body(held(None))


def test_the_numbers_of_the_practices_stand_in_one_table_under_their_hosts():
    page = html_reader.fromstring(body(plain(GHENT, FULL)))

    (table,) = page.xpath('//table[caption[text()="The practice in numbers"]]')
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in table.xpath("./tbody/tr")]
    assert rows[: len(GHENT.key_figures)] == [
        ["[1] Ghent 2019", one.label, one.value, ", ".join(part for part in (one.year, one.source) if part)]
        for one in GHENT.key_figures
    ]
    assert len(rows) == len(GHENT.key_figures) + len(FULL.key_figures)
    assert [cell.get("scope") for cell in table.xpath(".//th")] == ["col"] * 4 + ["row"] * len(rows)


def test_without_numbers_there_is_no_table():
    bare = plain(*(one.model_copy(update={"key_figures": ()}) for one in (FULL, GHENT)))

    assert "The practice in numbers" not in body(bare)


def test_a_synthesis_frozen_before_these_were_kept_reads_as_it_was():
    report = held(None)

    assert re.findall('"(?:dissent|consensus)":', report.to_bytes().decode()) == []
