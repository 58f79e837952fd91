"""The practice fiche: what the host wrote, whole and in order, on one page or two, readable by any program."""

import re
import subprocess
from itertools import pairwise

import pytest

from review_app.domain.visibility import Thing
from review_app.reports import page
from review_app.reports.kinds import fiche, registry
from review_app.reports.parts.fiche_view import Block, Run
from review_app.reports.parts.written import blocks_of
from tests.reports import small_papers as papers
from tests.reports.page_text import headings, lines
from tests.reports.small_papers import ANSWERS, FICHE, TODAY, review

A4 = (595.28, 841.89)
ALL = ["FICHE", "FICHE_MUCH", "FICHE_FOREIGN", "FICHE_HOSTILE", "FICHE_RECORD", "FICHE_EMPTY"]


def test_a_reader_finds_the_sections_of_the_form_in_their_order():
    assert headings(page.body(FICHE)) == [
        "At a glance",
        "Why it was needed",
        "How it works",
        "What came of it",
        "What another city would need",
    ]


def test_a_reader_finds_every_short_answer_by_its_label():
    facts = [(one.term, one.value.text) for one in fiche.view_of(FICHE, setting()).facts]

    assert facts == [
        ("Period", "since October 2021"),
        ("Where does it stand?", "Running"),
        ("Whom is it for?", "Older workers, Migrants and refugees"),
        ("Budget", "7 400 000 SEK (2025)"),
        ("Who pays?", "City, ERDF"),
        ("Staff in full-time posts", "11"),
        ("Contact for other cities", "warm.rooms@example.org"),
        ("Under which licence may the text be reused?", "CC BY 4.0"),
    ]


def setting():
    return fiche.Setting(fiche.Words("en"))


def test_a_practice_that_has_ended_tells_from_when_to_when():
    frozen = fiche.freeze(review(answers={**ANSWERS, "ended": "2024"}), TODAY)

    assert fiche.view_of(frozen, setting()).facts[0].value.text == "October 2021 to 2024"


@pytest.mark.parametrize("typed", ["long ago", "2021-13", "2021-02-30", "0000", "21-10-1"])
def test_a_date_that_is_none_stands_as_it_was_typed(typed):
    frozen = fiche.freeze(review(answers={**ANSWERS, "started": typed}), TODAY)

    facts = fiche.view_of(frozen, setting()).facts
    assert (facts[0].term, facts[0].value.text) == ("When did it start?", typed)


def test_partners_stand_in_a_table_and_links_lead_to_the_web_alone():
    html = page.body(FICHE)

    assert '<th scope="row">Norrvik Heat</th><td data-label="Type">Other</td>' in html
    assert 'data-label="What it does">Rings at doors</td>' in html
    assert '<a href="https://example.org/manual.pdf">Manual</a>' in html
    assert "https://example.org/manual.pdf" in lines(html)
    assert re.findall(r'href="(?!https?:|mailto:)[^"]*"', html) == []


def test_formatted_text_keeps_its_lists_and_its_bold_words():
    assert blocks_of("Two **guides** come.\n- One\n- **Two**, at once\nThen") == (
        Block(((Run("Two"), Run("guides", is_bold=True, is_apart=True), Run("come.", is_apart=True)),)),
        Block(((Run("One"),), (Run("Two", is_bold=True), Run(", at once"))), is_list=True),
        Block(((Run("Then"),),)),
    )
    assert "Two <strong>guides</strong> come together." in page.body(FICHE)


@pytest.mark.parametrize("text", ["**", "****", "a ** b", "**a", "** a **b", ""])
def test_stars_that_mark_nothing_do_no_harm(text):
    found = "".join(run.text for block in blocks_of(text) for line in block.lines for run in line)

    assert set(found) <= set("a b*")


def test_what_the_host_wrote_is_marked_with_its_language():
    html = page.body(papers.FICHE_FOREIGN)

    assert f'<p lang="el">{papers.BULGARIAN}</p>' in html
    assert f'<span lang="el">{papers.LONG_FINNISH}</span>' in html
    assert '<td data-label="Type">Civil society organisation</td>' in html


def test_a_practice_known_from_a_public_record_says_so():
    html = page.body(papers.FICHE_RECORD)

    assert headings(html)[-2:] == ["The practice", "Sources"]
    assert "This fiche is made from public accounts of the review; the host wrote nothing for it." in html


def test_a_host_that_wrote_nothing_gets_one_sentence():
    html = page.body(papers.FICHE_EMPTY)

    assert "The host has written nothing of its practice yet." in lines(html)
    assert 'class="report-columns"' in html


def test_the_fiche_is_for_those_who_may_read_the_practice_and_bears_no_number():
    kind = registry.KINDS["fiche"]

    assert (kind.thing, kind.is_numbered, FICHE.number, FICHE.draft) == (Thing.PRACTICE, False, None, None)
    assert registry.read(FICHE.to_bytes()) == FICHE


def test_a_cell_too_long_for_a_table_becomes_a_paragraph():
    row = {"name": "Norrvik Heat", "type": "other", "role": "b " * 400}
    html = page.body(fiche.freeze(review(answers={**ANSWERS, "partners": [row]}), TODAY))

    assert "<strong>Norrvik Heat</strong> Other b b" in html


@pytest.mark.parametrize(
    ("name", "pages"), [("FICHE", 1), ("FICHE_FOREIGN", 1), ("FICHE_MUCH", 2), ("FICHE_LIMITS", 2), ("FICHE_EMPTY", 1)]
)
def test_a_fiche_has_one_page_and_two_when_the_host_wrote_much(paper, name, pages):
    assert paper(name).printed.pages == pages


def test_every_answer_is_printed_in_the_order_of_the_form(paper):
    read = subprocess.run(["pdftotext", "-raw", paper("FICHE").path, "-"], check=True, capture_output=True, text=True)
    flow = " ".join(read.stdout.split())
    first = [ANSWERS[key] for key in ("summary", "problem", "objectives")]
    then = [ANSWERS[key] for key in ("results", "difficulties", "success_factors", "transfer")]

    told = (*first, "Two guides come together.", "They stay for an hour.", "Norrvik Heat", *then, "Manual")
    places = [flow.index(text) for text in told]
    assert places == sorted(places)
    assert "Homes visited 2 860" in flow


@pytest.mark.parametrize("name", ALL)
def test_a_screen_reader_finds_headings_that_skip_nothing_and_a_map_in_words(paper, name):
    found = papers.tags(paper(name))
    levels = [int(tag[1]) for tag, _alt in found if re.fullmatch("H[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [alt for tag, alt in found if tag == "Figure" and not alt] == []
    with paper(name).open() as file:
        assert str(file.Root.Lang) == "en"


def test_header_cells_and_bookmarks_say_what_they_head(paper):
    read = paper("FICHE")

    assert papers.header_scopes(read) == ["/Column"] * 3 + ["/Row"] + ["/Column"] * 3 + ["/Row"] * 2
    title, sections = papers.bookmarks(read)
    assert (title, sections[0], sections[-1]) == ("Warm rooms", "Why it was needed", "What another city would need")


@pytest.mark.parametrize("name", ALL)
def test_no_word_leaves_its_page(paper, name):
    words = re.findall(r'<word xMin="([-.\d]+)" yMin="([-.\d]+)" xMax="([-.\d]+)" yMax="([-.\d]+)"', paper(name).boxes)

    assert len(words) > 10
    assert [one for one in words if min(map(float, one)) < 0 or float(one[2]) > A4[0] or float(one[3]) > A4[1]] == []


@pytest.mark.parametrize("text", papers.FOREIGN_TEXTS)
def test_each_script_reads_back_as_it_was_written(paper, text):
    # pdftotext takes the hyphen at a line's end for one of the printer's; a long word is broken to fit its column.
    assert re.sub(r"[-\s]", "", text) in re.sub(r"[-\s]", "", paper("FICHE_FOREIGN").flow)


def test_hostile_text_is_printed_as_text(paper):
    flow = paper("FICHE_HOSTILE").flow

    assert '<script>alert("x")</script>' in flow
    assert "{{ 7*7 }} %(x)s %s" in flow
    assert "never offered" in flow
