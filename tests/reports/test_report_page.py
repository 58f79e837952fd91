"""From snapshot to HTML: the sections of the method in order, nothing empty, nothing that is not text."""

import json
from datetime import date

import pytest

from review_app.domain.errata import Change, Erratum
from review_app.domain.vocabulary import Consensus, ItemKind, Level, Regime, Side
from review_app.reports.frozen.snapshot import Message, Numbers, Section, TakeHome
from review_app.reports.kinds import registry
from review_app.reports.page import body, document
from review_app.reports.parts.ending import returns_line
from tests.reports.examples import (
    CHALLENGE,
    DRAFT,
    FULL,
    GHENT,
    LESSON,
    SUCCESS,
    THIN,
    place,
    public,
    said,
    snapshot,
)
from tests.reports.page_text import headings, lines


def test_the_sections_stand_in_the_order_of_the_method():
    assert headings(body(FULL)) == [
        "In brief",
        "Why it matters",
        "The practice",
        "What the visitors saw",
        "In figures",
        "What was said",
        "Success factors",
        "Key challenges",
        "Lessons learnt",
        "Suggestions of the critical friends",
        "What the cities take home",
        "The host’s word",
        "Who took part",
    ]


def test_what_nobody_knows_leaves_no_heading_and_is_told():
    html = body(THIN)

    assert headings(html) == ["In brief", "In figures", "Who took part", "Sources", "Not on record"]
    assert "<li>peer countries</li>" in html
    assert "dates not on record" in html


def test_a_review_without_returns_says_that_it_rests_on_the_public_record():
    html = body(GHENT)

    assert [one for one in headings(html) if "public record" in one] == [
        "Success factors on the public record",
        "Challenges on the public record",
    ]
    assert "Nothing in it is the opinion of a city unless it says so." in html
    assert "of 8" not in html


@pytest.mark.parametrize("kind", list(ItemKind))
def test_every_kind_has_a_heading_for_returns_and_one_for_the_record(kind):
    record = body(snapshot(sections=(public(kind, "A"),)))
    returned = body(snapshot(sections=(Section(kind=kind, messages=(said(kind, "A", cities=2),)),)))

    assert any("on the public record" in one for one in headings(record))
    assert not any("on the public record" in one for one in headings(returned))


def test_a_statement_of_the_record_names_its_source_and_never_a_count():
    message = Message(kind=CHALLENGE, headline="A", source="Annual report 2019", consensus=Consensus.ALL)
    html = body(snapshot(sections=(Section(kind=CHALLENGE, messages=(message,)),)))

    assert "On the public record: Annual report 2019" in lines(html)
    assert "On the public record: eurocities.eu" in " ".join(lines(body(GHENT)))
    assert "Held by all" not in html


@pytest.mark.parametrize(
    ("consensus", "told"),
    [
        (Consensus.ALL, "Held by all"),
        (Consensus.MOST, "Held by most"),
        (Consensus.SOME, "Held by some"),
        (Consensus.ONE, "Held by one city"),
    ],
)
def test_a_message_without_a_count_says_how_far_it_is_held(consensus, told):
    section = Section(kind=LESSON, messages=(said(LESSON, "A", consensus=consensus),))

    assert told in lines(body(snapshot(sections=(section,))))


def test_a_message_names_its_support_its_question_and_those_who_agreed_to_be_named():
    told = lines(body(FULL))
    at = told.index("Employers sit at the table, and pay")

    assert told[at + 2 : at + 5] == ["5 of 8 cities", "on question 1", "among them Kestrelhaven and Norrvik"]


def test_a_suggestion_names_addressee_horizon_and_first_step():
    told = lines(body(FULL))

    assert "addressed to: host and region" in told
    assert "within a year" in told
    assert "First step: a joint paper to both councils this autumn" in told


def test_singles_stand_in_a_short_list_under_their_kind():
    html = body(FULL)

    assert html.count(">Also said</h3>") == 3
    assert html.count("Pay the mentors’ travel") == 1


def test_a_kind_with_singles_alone_needs_no_heading_for_them():
    section = Section(kind=SUCCESS, messages=(), singles=(said(SUCCESS, "A", "B"),))

    html = body(snapshot(sections=(section, Section(kind=LESSON, messages=()))))

    assert "Also said" not in html
    assert "Lessons" not in html
    assert "<strong>A</strong> B" in html


def test_the_table_holds_what_the_bar_shows():
    told = lines(document(FULL.model_copy(update={"counts_by_question": ()})))
    at = told.index("Released items by kind")

    assert told[at + 1 : at + 15] == [
        *("Success factors", "Challenges", "Lessons learnt", "Suggestions", "Questions", "To take home", "In all"),
        *("41", "33", "24", "29", "4", "16", "147"),
    ]


def test_one_table_holds_what_the_bar_and_the_bars_by_question_show():
    told = lines(document(FULL))
    at = told.index("Released items by question and kind")

    assert "Released items by kind" not in told
    assert told[at + 1 : at + 49] == [
        *("On question", "Success factors", "Challenges", "Lessons learnt", "Suggestions", "Questions"),
        *("To take home", "In all"),
        *("Question 1", "18", "11", "9", "8", "2", "0", "48"),
        *("Question 2", "12", "14", "8", "15", "1", "0", "50"),
        *("Question 3", "11", "8", "7", "6", "1", "0", "33"),
        *("On none of the questions", "0", "0", "0", "0", "0", "16", "16"),
        *("In all", "41", "33", "24", "29", "4", "16", "147"),
    ]


@pytest.mark.parametrize(
    ("numbers", "missing", "told"),
    [
        (Numbers(peer_cities=8), (), ""),
        (Numbers(peer_cities=8, returns_received=8, returns_expected=8), (), "Returns received: 8 of 8."),
        (
            Numbers(peer_cities=8, returns_received=6, returns_expected=8),
            ("Lyon", "Gijon"),
            "Returns received: 6 of 8. Missing: Lyon and Gijon.",
        ),
    ],
)
def test_missing_returns_are_told_by_name(words, numbers, missing, told):
    assert returns_line(snapshot(numbers=numbers, missing_returns=missing), words) == told


def test_a_city_that_may_not_be_named_takes_home_as_a_visiting_city():
    html = body(snapshot(take_homes=(TakeHome(city=None, text="A counter"),)))

    assert '<th scope="row">A visiting city</th>' in html
    assert "First step" not in html


def test_a_draft_says_who_made_it_and_a_report_which_one_it_is():
    draft, final = document(DRAFT), document(FULL)

    assert "made by Ilse Marent, 4 June 2026" in draft
    assert "<title>Draft: A one-stop desk" in draft
    assert '<meta name="dcterms.created" content="2026-06-04">' in draft
    assert "Draft" not in final
    assert 'data-imprint="Highlights no. 1 · aldermere-2026"' in final


def test_a_fictional_example_says_so_at_both_ends():
    told = lines(body(FULL))

    assert "Critical friend review\u00a0· Highlights\u00a0· Fictional example" in told
    assert "This is a fictional example: the places, the people and what they say are invented." in told
    assert "ictional" not in body(GHENT)


@pytest.mark.parametrize("regime", list(Regime))
@pytest.mark.parametrize("level", list(Level))
def test_the_small_print_says_regime_and_level_in_words(regime, level):
    html = body(snapshot(regime=regime, level=level))
    colophon = html[html.index('<footer class="report-colophon">') :]

    assert colophon.count("<p>") == 4
    assert "chatham_house" not in colophon


def test_several_hosts_are_named_together():
    places = (place("Ghent", "BE", side=Side.HOST), place("Antwerp", "BE", side=Side.HOST))

    html = body(snapshot(places=places))

    assert "<strong>Ghent and Antwerp</strong>" in html
    assert "<b>Hosts:</b> Ghent (Belgium) and Antwerp (Belgium)." in html


def test_observers_are_named_once():
    places = (place("OECD", "FR", side=Side.OBSERVER, kind="network"),)

    html = body(snapshot(places=places, observers=("OECD", "European Parliament")))

    assert "<b>Observers:</b> OECD (France, network) and European Parliament." in html


def test_an_erratum_stands_before_the_text():
    html = body(snapshot(erratum=(Erratum(Change.CORRECTED, date(2026, 6, 4), "The figure of 2018 was 41, not 14."),)))

    assert "<li>Corrected on 4 June 2026: <span>The figure of 2018 was 41, not 14.</span></li>" in html
    assert html.index("Corrected in this edition") < html.index("In brief")


def test_an_erratum_is_worded_in_the_language_of_the_report_and_marks_what_was_typed():
    typed = Erratum(Change.CORRECTED, date(2026, 6, 4), "41, not 14.")
    opened = Erratum(Change.OPENED_TO_ALL, date(2026, 7, 1))

    html = body(snapshot(language="de", erratum=(typed, opened)))

    assert '<li>Berichtigt am 4. Juni 2026: <span lang="en">41, not 14.</span></li>' in html
    assert "<li>Am 1. Juli 2026 für alle freigegeben; der Inhalt ist derselbe.</li>" in html


def test_an_erratum_of_an_older_snapshot_stands_as_it_was_written():
    plain = snapshot(language="de").model_dump(mode="json") | {"erratum": ["4 June 2026: The figure was 41."]}

    html = body(registry.read(json.dumps(plain)))

    assert '<li> <span lang="en">4 June 2026: The figure was 41.</span></li>' in html
