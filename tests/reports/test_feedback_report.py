"""The full feedback report: every released text once in its chapter, in the order of the method, nothing empty."""

import re

import pytest

from review_app.domain.vocabulary import ItemKind, Side
from review_app.reports import page
from review_app.reports.frozen.snapshot import Numbers, Section
from review_app.reports.frozen.written import sections_of
from tests.reports.examples import CHALLENGE, FULL, LESSON, SUCCESS, THIN, place, said, snapshot
from tests.reports.feedback_examples import (
    ANSWERS,
    CHAPTERS,
    FEEDBACK,
    FEEDBACK_GHENT,
    FEEDBACK_HOSTILE,
    FORM,
    feedback,
    statements_of,
)
from tests.reports.page_text import chapters


def test_the_chapters_stand_in_the_order_of_the_method_and_are_numbered():
    found = [title for title in chapters(FEEDBACK) if title]

    assert found == ["Contents", *CHAPTERS]


def test_the_contents_list_every_chapter_and_lead_there():
    html = str(page.body(FEEDBACK))
    ids = re.findall(r'<h2 id="([^"]+)"', html)
    led = re.findall(r'<li><a href="#([^"]+)"><span class="report-no">', html)

    assert led == ids
    assert len(ids) == len(set(ids)) == len(CHAPTERS)


def test_every_finding_stands_once_below_its_question_in_the_order_of_the_method():
    told = chapters(FEEDBACK)
    for number, title in ((1, CHAPTERS[3]), (2, CHAPTERS[4]), (3, CHAPTERS[5]), (None, CHAPTERS[6])):
        mine = [one for one in statements_of(FEEDBACK, SUCCESS, CHALLENGE, LESSON) if one.question == number]
        places = [told[title].index(one.headline) for one in mine]

        assert len(mine) > 1
        assert places == sorted(places)
        for one in mine:
            assert [told[title].count(text) for text in (one.headline, one.body, one.dissent) if text] == [1] * sum(
                map(bool, (one.headline, one.body, one.dissent))
            )


@pytest.mark.parametrize(
    ("kind", "title"), [(ItemKind.RECOMMENDATION, 8), (ItemKind.TAKE_HOME, 9), (ItemKind.QUESTION, 15)]
)
def test_every_suggestion_idea_and_question_stands_once_in_a_chapter_of_its_own(kind, title):
    told = chapters(FEEDBACK)
    mine = statements_of(FEEDBACK, kind)

    assert [told[CHAPTERS[title]].count(one.headline) for one in mine] == [1] * len(mine)
    places = [told[CHAPTERS[title]].index(one.headline) for one in mine]
    assert places == sorted(places)


def test_nothing_is_printed_twice_but_in_the_summary_the_figures_and_where_dissent_is_pointed_to():
    told = chapters(FEEDBACK)
    told.pop(CHAPTERS[0])
    told.pop("C In figures")
    rest = " ".join(told.values())
    times = {one.headline: rest.count(one.headline) for one in statements_of(FEEDBACK, *ItemKind)}

    dissents = {one.headline for one in statements_of(FEEDBACK, *ItemKind) if one.dissent}
    assert {headline for headline, count in times.items() if count != 1} == dissents
    assert [times[one] for one in dissents] == [2]
    assert chapters(FEEDBACK)[CHAPTERS[10]].count("Nobody owns the desk after 2027") == 1


def test_the_summary_holds_the_five_that_most_cities_hold_one_of_each_kind_at_least():
    told = chapters(FEEDBACK)[CHAPTERS[0]]
    strong = [one.headline for one in statements_of(FEEDBACK, SUCCESS, CHALLENGE, LESSON) if one.headline in told]

    assert strong == [
        "One adviser stays with a person until the first month in the new job",
        "Employers sit at the table, and pay",
        "The partners read the same numbers every month",
        "Nobody owns the desk after 2027",
        "Begin with employers’ real vacancies, then build the training",
    ]
    assert told.count("of 8 cities") == 5


def test_each_recommendation_has_a_number_that_its_question_points_to():
    told = chapters(FEEDBACK)

    assert "1 Put the desk into the statutes of the employment service before the project ends" in told[CHAPTERS[8]]
    assert "To: host and region within a year 6 of 8 cities on question 2" in told[CHAPTERS[8]]
    assert told[CHAPTERS[4]].endswith("Recommendations on this question: 1")
    assert told[CHAPTERS[3]].endswith("Recommendations on this question: 3")
    assert re.findall(r'href="#(recommendation-\d)">\d<', str(page.body(FEEDBACK))) == [
        "recommendation-3",
        "recommendation-1",
        "recommendation-2",
        "recommendation-4",
    ]


def test_what_the_host_wrote_is_printed_once_under_the_words_of_the_method():
    told = chapters(FEEDBACK)
    practice, transfer = told[CHAPTERS[2]], told[CHAPTERS[9]]

    for key in ("title", "summary", "objectives", "governance", "participation", "results", "difficulties"):
        assert practice.count(ANSWERS[key]) == 1
    assert "Which problem does it address? One job in five" in practice
    assert "When did it start? March 2023" in practice
    assert "Whom is it for? Older workers · People with few formal skills · People in work" in practice
    assert "Harbour employers Employer A third of the posts" in practice
    assert "Staff in full-time posts 14" in practice
    assert transfer.count(ANSWERS["transfer"]) == transfer.count(ANSWERS["inclusion"]) == 1
    assert ANSWERS["contact"] not in " ".join(told.values())


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({"staff": "1400"}, "Staff in full-time posts 1,400"),
        ({"staff": "3.5"}, "Staff in full-time posts 3.5"),
        ({"staff": "14.000"}, "Staff in full-time posts 14.000"),
        ({"staff": "14,000"}, "Staff in full-time posts 14,000"),
        ({"staff": "a dozen"}, "Staff in full-time posts a dozen"),
        ({"staff": "nan"}, "Staff in full-time posts nan"),
        ({"started": "2023"}, "When did it start? 2023"),
        ({"started": "2023-02-30"}, "When did it start? 2023-02-30"),
    ],
)
def test_a_number_or_a_day_that_is_none_stands_as_it_was_typed(answers, shown):
    report = feedback(THIN, host_paper=sections_of(FORM, answers))

    assert shown in " ".join(chapters(report).values())


def test_the_support_of_a_question_is_counted_beside_it():
    told = chapters(FEEDBACK)[CHAPTERS[3]]

    assert told.startswith("Support on this question Kind Said Up to Success factors 3 7 of 8 cities Challenges 1 3 of")


def test_who_took_part_is_told_side_by_side_with_the_returns_that_may_be_told():
    told = chapters(FEEDBACK)[CHAPTERS[7]]

    assert "Aldermere Netherlands City Host None asked" in told
    assert "Valdora Italy City Visitor Received" in told
    assert "Porto Liso Portugal City Visitor Not received" in told
    assert told.endswith("Returns received: 7 of 8. Missing: Porto Liso.")


@pytest.mark.parametrize(
    "changes",
    [
        {"missing_returns": ()},
        {"missing_returns": ("Porto Liso", "Norrvik")},
        {"missing_returns": ("Elsewhere",)},
        {"numbers": Numbers(peer_cities=8)},
    ],
)
def test_where_it_may_not_be_told_who_sent_nothing_no_city_has_a_return_beside_it(changes):
    told = chapters(FEEDBACK.model_copy(update=changes))[CHAPTERS[7]]

    assert "Return " not in told.replace("Returns received", "")
    assert "Received" not in told
    assert "received" not in told.replace("Returns received", "")


def test_a_review_without_feedback_leaves_no_empty_chapter():
    told = [title for title in chapters(feedback(snapshot())) if title]

    assert told == ["Contents", "1 Scope, questions and evidence"]


def test_the_public_record_of_a_real_review_is_short_and_invents_nothing():
    told = chapters(FEEDBACK_GHENT)

    assert [title for title in told if title] == [
        "Contents",
        "1 Scope, questions and evidence",
        "2 The host’s context and practice",
        "3 Findings",
        "4 Who took part, side by side",
        "A Programme of the visit",
        "B Participants",
        "C Sources, and what is not on record",
    ]
    assert "Success factors on the public record" in told["3 Findings"]
    assert re.findall(r"\d of \d", " ".join(told.values())) == []
    for section in FEEDBACK_GHENT.sections:
        for message in section.messages:
            assert " ".join(told.values()).count(message.headline) == 1


def test_a_question_on_which_only_a_suggestion_was_made_has_its_chapter():
    sections = tuple(section for section in FULL.sections if section.kind is ItemKind.RECOMMENDATION)

    told = chapters(feedback(FULL.model_copy(update={"sections": sections})))

    assert told["4 What makes people and employers trust the desk?"].endswith("Recommendations on this question: 3")


def test_a_text_on_a_question_that_is_gone_is_not_lost():
    lost = (Section(kind=LESSON, messages=(said(LESSON, "On the ninth question", cities=2, question=9),)),)

    told = chapters(feedback(FULL.model_copy(update={"sections": lost})))

    assert told["4 Findings"].count("On the ninth question") == 1


def test_hostile_text_is_text():
    html = page.document(FEEDBACK_HOSTILE)

    assert "<script" not in html
    assert "onerror=alert(1)&gt;" in html


def test_observers_stand_beside_the_others_and_are_asked_for_no_return():
    watched = FULL.model_copy(update={"places": (*FULL.places, place("Ministry", "NL", side=Side.OBSERVER))})

    told = chapters(feedback(watched))

    title = next(one for one in told if "side by side" in one)
    assert "Ministry Netherlands City Observer None asked" in told[title]
    assert "Observer who listens, and gives no return" in " ".join(told.values())


def test_what_the_host_wrote_is_marked_with_its_language_and_the_words_of_the_method_are_not():
    html = str(page.body(FEEDBACK.model_copy(update={"text_language": "nl"})))

    assert f'<td lang="nl">{ANSWERS["title"]}</td>' in html
    assert f'<div class="report-long" lang="nl">\n<p>{ANSWERS["governance"]}</p>' in html
    assert "<td>Running</td>" in html
    assert '<td data-label="Type">Employer</td>' in html
    assert '<td data-label="What it does"><span lang="nl">A third of the posts</span></td>' in html
    assert '<h2 id="report-question-1"><span class="report-no">4</span> <span lang="nl">What makes' in html
