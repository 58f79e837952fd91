"""Freezing the full feedback report: the highlights' releases, and the host's answers under the method's labels."""

import pytest

from review_app.domain.attribution import Voice
from review_app.domain.forms import Asks
from review_app.domain.material import OwnTexts, Record
from review_app.domain.vocabulary import ItemKind, Use
from review_app.reports.frozen.feedback import freeze_feedback
from review_app.reports.frozen.freezing import freeze
from review_app.reports.frozen.written import Column, sections_of
from review_app.reports.kinds import registry
from tests.reports.feedback_examples import ANSWERS, FORM
from tests.reports.freezing_material import DRAFT, KESTREL, NORRVIK, PORTAVELA, PUBLISHED, item, material, merged


def answered(**answers):
    """The one answer that is given, as it is frozen."""
    ((answer,),) = [section.answers for section in sections_of(FORM, answers)]
    return answer


def test_answers_stand_under_the_labels_of_the_method_in_its_order():
    found = sections_of(FORM, ANSWERS)

    assert [section.name for section in found] == ["summary", "problem", "working", "resources", "results", "transfer"]
    assert [answer.label for answer in found[1].answers] == [
        "Which problem does it address?",
        "What is it meant to achieve?",
    ]


def test_what_was_chosen_is_kept_in_the_words_of_the_method():
    assert answered(status="running").choices == ("Running",)
    assert answered(target_groups=["youth", "gone"]).choices == (
        "Young people, also those not in work, education or training",
        "gone",
    )


def test_rows_keep_their_columns_and_empty_ones_are_left_out():
    partners = [{"name": "Port", "type": "employer", "role": ""}, {"name": "", "type": "", "role": ""}]

    answer = answered(partners=partners)

    assert answer.columns == (
        Column(label="Name"),
        Column(label="Type", is_chosen=True),
        Column(label="What it does"),
    )
    assert [row.cells for row in answer.rows] == [("Port", "Employer", "")]


def test_a_text_is_kept_in_paragraphs_without_marks():
    assert answered(how="One **bold** line\n\n- a point").texts == ("One bold line", "– a point")


@pytest.mark.parametrize(
    "answers", [{}, {"how": " \n"}, {"partners": []}, {"partners": [{}]}, {"contact": "x@y.example"}]
)
def test_nothing_answered_is_no_section(answers):
    assert sections_of(FORM, answers) == ()
    assert sections_of(None, ANSWERS) == ()


def test_the_feedback_report_releases_names_and_counts_as_the_highlights_do():
    given = (
        item("a", NORRVIK, message=7),
        item("b", PORTAVELA, message=7),
        item("c", KESTREL, use=Use.HOST_ONLY),
        item("d", KESTREL, ItemKind.LESSON, answers={"evidence": "Seen at the quay"}),
        item("e", PORTAVELA, ItemKind.LESSON, use=Use.TEAM_ONLY),
    )
    whole = material(*given, messages=(merged(dissent="Not all"),), beside=(Voice(KESTREL, ItemKind.CHALLENGE),))

    plain, full = freeze(whole, DRAFT), freeze_feedback(whole, DRAFT)

    told = set(type(plain).model_fields) - {"kind", "context", "practice"}
    assert {name: getattr(full, name) for name in told} == {name: getattr(plain, name) for name in told}
    assert b"Said in c" not in full.to_bytes()
    assert b"Said in e" not in full.to_bytes()
    assert b"Seen at the quay" not in full.to_bytes()


def test_the_hosts_answers_are_printed_where_they_stand_and_not_as_the_texts_of_the_team():
    whole = material(answers=ANSWERS, practice_form=FORM, texts=OwnTexts(context="The team says why"))

    full = freeze_feedback(whole, PUBLISHED)

    assert (full.context, full.practice) == (("The team says why",), ())
    assert full.to_bytes().count(b"One job in five in the harbour district") == 1
    assert "transfer" not in [section.name for section in full.host_paper]
    assert full.transfer.name == "transfer"
    assert full.contact == ANSWERS["contact"]
    assert [answer.asks for answer in full.transfer.answers] == [Asks.TEXT, Asks.TEXT, Asks.ROWS, Asks.ONE]


def test_a_public_record_keeps_its_own_text_on_the_practice():
    full = freeze_feedback(material(record=Record(method="peer review", practice="As published")), PUBLISHED)

    assert (full.practice, full.host_paper, full.transfer) == (("As published",), (), None)


@pytest.mark.parametrize("name", ["feedback", "slides"])
def test_a_frozen_report_of_any_kind_is_read_back_as_it_was(name):
    kind = registry.KINDS[name]
    frozen = kind.freeze(material(item("a", NORRVIK), answers=ANSWERS, practice_form=FORM), PUBLISHED)

    assert registry.read(frozen.to_bytes()) == frozen
    assert registry.of(frozen) is kind
    assert frozen.spoken("fr").kind == name
