"""A synthesis over many reviews: complete, in order, and nothing in it that no report says."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from review_app.domain.material import Issue
from review_app.domain.vocabulary import ItemKind, Power
from review_app.reports.frozen.synthesising import (
    Grouping,
    Written,
    freeze_synthesis,
    statements_of,
)
from review_app.reports.kinds.kind import Setting
from review_app.reports.kinds.synthesis import view_of
from review_app.reports.page import body
from tests.reports.examples import FULL, GHENT, THIN, public, snapshot
from tests.reports.page_text import headings
from tests.reports.synthesis_examples import OUT, TWO, WRITTEN, coded, plain

ANNEXES = ["Reviews by theme", "The reviews", "Glossary"]


@pytest.fixture(scope="module")
def view(words):
    return view_of(TWO, Setting(words))


def test_the_parts_stand_in_the_order_of_the_method():
    assert headings(body(TWO)) == [
        "Contents",
        "Foreword",
        "Key findings",
        "How this synthesis was made",
        "Findings by theme",
        "Success factors",
        "Challenges, by level",
        "Lessons learnt",
        "Recommendations, by addressee",
        "Practices in brief",
        "What happened next",
        "Conclusions",
        *ANNEXES,
    ]


def test_what_nobody_wrote_or_coded_leaves_no_heading():
    bare = freeze_synthesis(Written("bare", "Bare"), [GHENT, THIN], OUT)

    assert headings(body(bare)) == [
        "Contents",
        "How this synthesis was made",
        "Success factors",
        "Challenges",
        "Practices in brief",
        "Reviews by kind of statement",
        "The reviews",
        "Glossary",
    ]


def test_reviews_that_say_nothing_still_make_a_list():
    assert headings(body(freeze_synthesis(Written("bare", "Bare"), [THIN], OUT)))[-2:] == ["The reviews", "Glossary"]
    nobody = freeze_synthesis(Written("none", "None"), [], OUT)
    assert headings(body(nobody)) == ["Contents", "How this synthesis was made", "Glossary"]


def test_every_line_of_the_contents_leads_to_its_heading():
    html = str(body(TWO))
    leads = re.findall(r'<a href="#([^"]+)">', html.partition("</nav>")[0])

    assert leads == list(dict.fromkeys(leads))
    assert all(re.search(rf'<h[23] id="{anchor}"', html) for anchor in leads)
    assert len(leads) == len(headings(html)) - 1 + len(TWO.themes)


def test_every_id_of_the_page_is_given_once():
    ids = re.findall(r'\sid="([^"]+)"', str(body(TWO)))

    assert [one for one, count in Counter(ids).items() if count > 1] == []


def test_every_statement_of_every_report_stands_in_a_chapter_with_its_review(view):
    lines = [line for chapter in view.chapters for bundle in chapter.bundles for line in bundle.lines]
    said_once = Counter(line.headline for line in lines)

    expected = Counter(
        one.message.headline
        for report in (FULL, GHENT)
        for one in statements_of(report)
        if one.message.kind is not ItemKind.TAKE_HOME
    )
    assert said_once == expected
    assert {line.source for line in lines} == {"[1] Aldermere 2026", "[2] Ghent 2019"}


def test_success_factors_stand_by_support_and_public_records_last(view):
    success = view.chapters[0]
    told = [(line.headline[:20], line.support) for line in success.bundles[0].lines]

    assert told[:2] == [("One adviser stays wi", "7 of 8 cities"), ("Employers sit at the", "5 of 8 cities")]
    assert [support for _said, support in told[-3:]] == ["public record"] * 3
    assert success.ranking.rows == (("Employers", "2", "2", "5 of 8 cities"),)


def test_challenges_stand_by_the_level_of_their_theme(view):
    challenges = next(chapter for chapter in view.chapters if chapter.heading.text == "Challenges, by level")

    assert [(one.heading, one.lines[0].headline[:16]) for one in challenges.bundles] == [
        ("In the power of the city", "Those without di"),
        ("In the power of the state", "Nobody owns the "),
        ("Level not on record", "Small employers "),
    ]


LEVELS = "The level of a challenge is that of its theme, as the writers of this synthesis see it."


def test_the_page_says_whose_the_levels_are_where_there_are_some(view, words):
    bare = replace(WRITTEN, themes=(Grouping("Desk", coded=coded(FULL, "Nobody owns the desk")),))
    page = body(TWO)

    assert {chapter.kind: chapter.note for chapter in view.chapters if chapter.note} == {ItemKind.CHALLENGE: LEVELS}
    assert page.count(LEVELS) == 1
    assert LEVELS not in body(freeze_synthesis(bare, [FULL, GHENT], OUT))


def test_a_challenge_under_themes_of_several_levels_stands_under_all_of_them_once(words):
    desk = coded(FULL, "Nobody owns the desk")
    themes = (
        Grouping("Money", power=Power.NATION, coded=desk),
        Grouping("Staff", power=Power.CITY, parts=(Grouping("Desk", coded=desk),)),
        Grouping("Digital skills", power=Power.CITY, coded=coded(FULL, "Those without digital skills")),
    )

    found = view_of(freeze_synthesis(replace(WRITTEN, themes=themes), [FULL, GHENT], OUT), Setting(words))

    challenges = next(chapter for chapter in found.chapters if chapter.kind is ItemKind.CHALLENGE)
    assert [(one.heading, one.lines[0].headline[:16]) for one in challenges.bundles] == [
        ("In the power of the city", "Those without di"),
        ("In the power of the city · In the power of the state", "Nobody owns the "),
        ("Level not on record", "Small employers "),
    ]


def test_recommendations_stand_by_addressee_and_the_unknown_last(view):
    found = next(chapter for chapter in view.chapters if chapter.heading.text.startswith("Recommendations"))

    assert [bundle.heading for bundle in found.bundles] == ["host and region", "host", "Addressee not on record"]


def test_a_theme_says_in_how_many_reviews_it_was_met_and_does_not_add_support_up(view):
    employers, digital, nothing = view.themes.themes

    assert employers.met == (
        "Met in 2 of 2 reviews: Aldermere and Ghent.",
        "Statements: 2 success factors and 3 challenges.",
        "Widest support of a statement: 6 of 8 cities, the host not counted.",
    )
    assert employers.parts[0].met[0] == "Met in 1 of 2 reviews: Aldermere."
    assert digital.met[2] == "Widest support of a statement: 4 of 8 cities, the host not counted."
    assert nothing.met == ("No statement stands under this theme yet.",)
    assert employers.bundles[0].lines[0].remark == "Seen on site"


def test_the_matrix_counts_statements_by_theme_and_ranks_no_city(view):
    assert [(fact.term, fact.value) for fact in view.matrix.legend] == [
        ("1", "Employers"),
        ("2", "Digital skills"),
        ("3", "Nothing yet"),
    ]
    assert [(row.name, [cell.text for cell in row.cells]) for row in view.matrix.rows] == [
        ("Aldermere 2026", ["3", "1", ""]),
        ("Ghent 2019", ["2", "", ""]),
    ]


def test_a_draft_says_so_and_bears_no_number():
    draft = freeze_synthesis(WRITTEN, [FULL], Issue(on=date(2026, 11, 28), made_by="Mara"))

    assert (draft.number, draft.frozen_on, draft.level) == (None, None, None)
    assert "made by Mara, 28 November 2026" in body(draft)


def test_a_synthesis_of_invented_reviews_is_called_one():
    assert "Fictional example" in body(plain(snapshot(fictional=True)))
    assert "Fictional example" not in body(plain(GHENT))


def test_the_headings_are_spoken_in_another_language_and_texts_are_marked():
    spoken, plain = str(body(TWO.spoken("fr"))), str(body(TWO))

    assert '<article class="report-article report-synthesis" lang="fr"' in spoken
    assert '<p lang="en">Welcome.</p>' in spoken
    assert '<h3 id="theme-1" lang="en">Employers</h3>' in spoken
    assert re.search(r'<span class="synthesis-says"><span id="[a-z0-9-]+" lang="en">', spoken)
    assert plain.count('lang="') == 1


def test_public_findings_keep_their_kind():
    report = snapshot(sections=(public(ItemKind.QUESTION, "Who pays?"),))

    assert plain(report).statements[0].is_public_record
