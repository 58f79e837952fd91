"""The blank form: first who reads it, then every question of the method, with room for a pen."""

import re
from dataclasses import astuple
from itertools import pairwise

import pytest

from review_app.domain.confidentiality import EXPLANATION
from review_app.domain.material import Part
from review_app.domain.visibility import Thing
from review_app.domain.vocabulary import ItemKind
from review_app.reports import page
from review_app.reports.kinds import blank_form, registry
from tests.reports import small_papers as papers
from tests.reports.page_text import headings
from tests.reports.small_papers import FORM, FORM_CHATHAM, METHOD, TODAY, review

ALL = ["FORM", "FORM_CHATHAM", "FORM_FOREIGN", "FORM_HOSTILE"]
BOXES = [
    "Success factor, 1 of 2",
    "Success factor, 2 of 2",
    "Challenge",
    "Recommendation",
    "Lesson learnt",
    "Take-home",
    "Question",
]


def view(frozen):
    return blank_form.view_of(frozen, blank_form.Setting(blank_form.Words("en")))


def test_a_writer_reads_who_sees_it_before_the_first_question():
    assert headings(page.body(FORM)) == [
        "Who sees what you write, and when",
        "The questions to the peers",
        "Where to send it",
        "About you",
        *BOXES,
    ]


def test_the_form_says_what_the_page_says_of_readers_and_names():
    known = {"hosts": "Norrvik", "number": "3"}
    told = " ".join(sentence for notice in view(FORM).notices for sentence in notice.sentences)

    unsaid = [sentence for sentence in astuple(EXPLANATION) if sentence % known not in told]
    assert unsaid == [EXPLANATION.names_nobody]


def test_under_the_chatham_house_rule_nobody_is_promised_a_name():
    told = " ".join(sentence for notice in view(FORM_CHATHAM).notices for sentence in notice.sentences)

    assert EXPLANATION.names_nobody in told
    assert EXPLANATION.names_who_agrees not in told
    assert "no city is named at all" not in told


@pytest.mark.parametrize("kind", list(ItemKind))
def test_every_question_of_the_method_is_asked_of_its_kind(kind):
    # The city's colleague who types the paper in adds the English sentence there.
    asked = [one for one in METHOD.forms["feedback_item"].for_kind(kind.value) if one.key != "english_summary"]
    name = {ItemKind.SUCCESS_FACTOR: 0, ItemKind.CHALLENGE: 2, ItemKind.RECOMMENDATION: 3, ItemKind.LESSON: 4}
    box = view(FORM).boxes[name.get(kind, 5 if kind is ItemKind.TAKE_HOME else 6)]

    fields = [field for field in box.fields if not field.ask.startswith("Which review question")]
    assert [field.ask.removesuffix(" (optional)") for field in fields] == [question.ask for question in asked]
    assert [field.ask.endswith(" (optional)") for field in fields] == [not question.required for question in asked]
    assert [field.options for field in fields] == [tuple(o.label for o in question.options) for question in asked]
    assert all(bool(field.options) != bool(field.lines) for field in fields)


def test_there_is_room_for_as_many_items_as_the_method_asks_for():
    assert [box.heading for box in view(FORM).boxes] == BOXES
    assert view(FORM).minimum == (
        "Needed before you can send it: 2 success factors, 1 challenge, 1 lesson and 1 idea to take home."
    )


def test_a_box_asks_which_of_the_review_questions_it_answers():
    chosen = [field.options for field in view(FORM).boxes[0].fields if field.ask.startswith("Which review question")]

    assert chosen == [("1", "2", "Another question")]
    assert "Which review question" not in page.body(FORM_CHATHAM)


def test_a_hint_is_printed_where_it_is_new_and_not_in_every_box():
    hint = "Start from what you saw: what it is, what it does, what you suggest. No names of persons."

    assert page.body(FORM).count(hint) == 1


def test_the_form_says_where_it_goes_and_until_when():
    html = page.body(FORM)

    assert "send it to the secretariat of Harbour and Hill." in html
    assert '<a href="mailto:reviews@example.org">reviews@example.org</a>' in html
    assert "20 May 2026, 18:00, the time in Norrvik: hand this form over some days before." in html
    assert "has to be sent by" not in page.body(FORM_CHATHAM)


def test_a_method_without_feedback_makes_no_boxes():
    frozen = blank_form.freeze(review(feedback_form=None, minimum={}), TODAY)

    assert (view(frozen).boxes, view(frozen).minimum) == ((), "")


def test_the_form_is_for_everybody_in_the_review():
    kind = registry.KINDS["blank_form"]

    assert (kind.thing, kind.also, kind.is_numbered) == (Thing.REVIEW, frozenset({Part.CLOSING}), False)
    assert registry.read(FORM.to_bytes()) == FORM


@pytest.mark.parametrize("name", ["FORM", "FORM_CHATHAM", "FORM_FOREIGN"])
def test_the_form_has_four_pages_and_no_box_is_broken(paper, name):
    read = paper(name)

    assert read.printed.pages == 4
    on_page = [[box for box in BOXES if re.search(rf"^{box}$", leaf, re.M)] for leaf in read.pages]
    assert on_page == [[], BOXES[:2], BOXES[2:4], BOXES[4:]]
    assert [leaf.count("To the review team only") for leaf in read.pages] == [0, 2, 2, 3]


def test_the_questions_of_the_review_stand_on_the_first_page(paper):
    first = " ".join(paper("FORM").pages[0].split())

    assert first.index("Who reads this:") < first.index("1. Who is not reached by the guides?")
    assert "2. What makes landlords mend?" in first


@pytest.mark.parametrize("name", ALL)
def test_a_screen_reader_finds_headings_that_skip_nothing(paper, name):
    found = [tag for tag, _alt in papers.tags(paper(name))]
    levels = [int(tag[1]) for tag in found if re.fullmatch("H[1-6]", tag)]

    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after <= before + 1 for before, after in pairwise(levels))
    with paper(name).open() as file:
        assert str(file.Root.Lang) == "en"


@pytest.mark.parametrize("name", ["FORM", "FORM_CHATHAM", "FORM_FOREIGN"])
def test_the_options_of_a_question_are_a_list(paper, name):
    found = [tag for tag, _alt in papers.tags(paper(name))]

    choices = sum(bool(field.options) for box in view(papers.__dict__[name]).boxes for field in box.fields)
    assert found.count("L") == choices + bool(papers.__dict__[name].questions)


def test_the_outline_leads_to_every_box(paper):
    title, sections = papers.bookmarks(paper("FORM"))

    assert (title, sections[4:]) == ("Warm homes for everybody", BOXES)


@pytest.mark.parametrize("name", ALL)
def test_no_word_leaves_its_page(paper, name):
    words = re.findall(r'<word xMin="([-.\d]+)" yMin="([-.\d]+)" xMax="([-.\d]+)" yMax="([-.\d]+)"', paper(name).boxes)

    assert [one for one in words if min(map(float, one)) < 0 or float(one[2]) > 595.3 or float(one[3]) > 841.9] == []


@pytest.mark.parametrize("text", papers.FOREIGN_TEXTS)
def test_questions_in_any_script_read_back_as_they_were_written(paper, text):
    assert re.sub(r"[-\s]", "", text) in re.sub(r"[-\s]", "", paper("FORM_FOREIGN").flow)


def test_hostile_text_is_printed_as_text(paper):
    flow = paper("FORM_HOSTILE").flow

    assert '<script>alert("x")</script>' in flow
    assert "%(network)s {{ 7*7 }}" in flow
    assert "javascript:alert(1)" in flow
