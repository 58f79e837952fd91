"""What a report shows of itself in pictures, and what it must not show."""

import pytest

from review_app.domain.vocabulary import Consensus, ItemKind, Regime
from review_app.reports.frozen.freezing import freeze
from review_app.reports.frozen.snapshot import QuestionCount, Section
from review_app.reports.page import body
from review_app.reports.parts.pictured import cities_chart, questions_chart, support_of_messages
from tests.reports.examples import FULL, counted, said
from tests.reports.feedback_examples import feedback
from tests.reports.freezing_material import DRAFT, KESTREL, NORRVIK, PORTAVELA, item, material, merged, named

LESSON, CHALLENGE = ItemKind.LESSON, ItemKind.CHALLENGE
ALL_THREE = frozenset((NORRVIK, PORTAVELA, KESTREL))


def frozen(*items, **more):
    return freeze(material(*items, **({"returned": ALL_THREE} | more)), DRAFT)


def by_question(snapshot):
    return [(one.question, [(count.kind, count.count) for count in one.counts]) for one in snapshot.counts_by_question]


def test_released_items_are_counted_by_question_and_kind():
    snapshot = frozen(
        item("a", NORRVIK, question=2),
        item("b", PORTAVELA, question=2),
        item("c", KESTREL, LESSON, question=1),
        item("d", KESTREL, LESSON),
        item("e", NORRVIK, LESSON, question=1, sent=False),
    )

    assert by_question(snapshot) == [(1, [(LESSON, 1)]), (2, [(CHALLENGE, 2)]), (None, [(LESSON, 1)])]


def test_where_few_cities_sent_a_return_nothing_is_counted_by_question():
    snapshot = frozen(item("a", NORRVIK, question=1), item("b", PORTAVELA, question=2), returned=frozenset((1, 2)))

    assert snapshot.counts_by_question == ()


def test_counts_by_question_never_tell_a_number_that_the_report_says_in_words():
    """Two of three hold it, without names: "most" is all that is said, and "2 challenges on question 1" would say 2."""
    merging = (item("a", NORRVIK, question=1, message=7), item("b", PORTAVELA, question=1, message=7))
    alone = item("c", KESTREL, question=1)

    snapshot = frozen(*merging, alone, messages=(merged(),))

    assert snapshot.sections[0].messages[0].consensus is Consensus.MOST
    assert snapshot.counts_by_question == ()


def test_counts_by_question_stand_where_two_messages_share_a_kind_and_question():
    first = (item("a", NORRVIK, question=1, message=7), item("b", PORTAVELA, question=1, message=7))
    second = (item("c", KESTREL, question=1, message=8), item("d", NORRVIK, question=1, message=8))

    snapshot = frozen(*first, *second, messages=(merged(7), merged(8)))

    assert by_question(snapshot) == [(1, [(CHALLENGE, 4)])]


def test_counts_by_question_stand_where_every_message_says_its_number():
    snapshot = frozen(
        named("a", NORRVIK, question=1, message=7), named("b", PORTAVELA, question=1, message=7), messages=(merged(),)
    )

    assert by_question(snapshot) == [(1, [(CHALLENGE, 2)])]


def test_one_question_alone_is_compared_with_nothing(words):
    one = (QuestionCount(question=1, counts=counted(3)), QuestionCount(question=None, counts=counted(1)))

    chart = questions_chart(FULL.model_copy(update={"counts_by_question": one}), words, on_screen=False)

    assert chart is None


def test_a_question_whose_text_is_gone_is_called_by_its_number(words):
    snapshot = FULL.model_copy(update={"questions": ()})

    chart = questions_chart(snapshot, words, on_screen=True)

    assert ">Question 2</text>" in chart.figure.svg
    assert chart.rows[-1] == ("In all", "41", "33", "24", "29", "4", "16", "147")


def test_cities_are_counted_by_the_names_that_stand_in_the_report_and_by_nothing_else(words):
    chart = cities_chart(FULL, words, on_screen=False)

    assert chart.headers == (
        "City",
        "Success factors",
        "Challenges",
        "Lessons learnt",
        "Suggestions",
        "To take home",
        "In all",
    )
    assert chart.rows == (
        ("Valdora", "0", "0", "0", "0", "1", "1"),
        ("Kestrelhaven", "1", "0", "0", "0", "1", "2"),
        ("Montclar", "1", "0", "0", "0", "0", "1"),
        ("Norrvik", "1", "0", "0", "0", "1", "2"),
        ("Without a name", "4", "5", "3", "4", "1", "17"),
    )


@pytest.mark.parametrize("regime", [Regime.CHATHAM_HOUSE, None])
def test_where_no_city_may_be_named_there_is_no_picture_by_city(words, regime):
    snapshot = frozen(named("a", NORRVIK), named("b", PORTAVELA), named("c", KESTREL), regime=regime)

    assert cities_chart(snapshot, words, on_screen=False) is None


def test_where_every_statement_bears_a_name_there_is_no_row_without(words):
    message = said(LESSON, "A", named=("Valdora",))
    snapshot = FULL.model_copy(update={"sections": (Section(kind=LESSON, messages=(message,)),), "take_homes": ()})

    assert cities_chart(snapshot, words, on_screen=False).rows == (("Valdora", "1", "1"),)


def test_support_is_drawn_as_far_as_it_is_said(words):
    messages = (said(LESSON, "A", cities=3), said(LESSON, "B", consensus=Consensus.SOME), said(LESSON, "C"))
    snapshot = FULL.model_copy(update={"sections": (Section(kind=LESSON, messages=messages),)})

    (chart,) = support_of_messages(snapshot, words, on_screen=False)

    assert chart.rows == (("A", "3 of 8 cities"), ("B", "Held by some"))
    assert chart.figure.svg.count("<circle") == 8


def test_texts_of_another_language_are_marked_in_the_table(words):
    messages = (said(LESSON, "Un", cities=3, language="fr"), said(LESSON, "Two", cities=2))
    snapshot = FULL.model_copy(update={"sections": (Section(kind=LESSON, messages=messages),)})

    (chart,) = support_of_messages(snapshot, words, on_screen=False)

    assert chart.languages == ("fr", None)


def test_more_messages_than_a_page_holds_stand_in_more_than_one_picture(words):
    messages = tuple(said(LESSON, f"Message {number}", cities=3) for number in range(40))
    snapshot = FULL.model_copy(update={"sections": (Section(kind=LESSON, messages=messages),)})

    charts = support_of_messages(snapshot, words, on_screen=False)

    assert [len(chart.rows) for chart in charts] == [14, 14, 12]
    assert [row[0] for chart in charts for row in chart.rows] == [one.headline for one in messages]


def test_the_feedback_report_ends_with_who_holds_what():
    html = str(body(feedback(FULL)))

    annex = html[html.index('<h2 id="report-figures">') :]
    assert "Support of each message" in annex
    assert "Statements by named city and kind" in annex
    assert '<a href="#report-figures">' in html
