"""Papers for a pen as Word files: lines to write on, boxes to tick, items that stay whole, columns to sign in."""

import pytest

from review_app.reports.exports import word
from tests.reports.conftest import EXAMPLES
from tests.reports.word_reading import Read, W

BOX = "☐"


@pytest.fixture(scope="module")
def form():
    return Read(word.document(EXAMPLES["FORM"]))


@pytest.fixture(scope="module")
def four_days():
    return Read(word.document(EXAMPLES["LIST_FOUR"]))


def _style(read, name):
    return next(one for one in read.document.styles if one.name == name).element


def _of(read, name):
    return [one for one in read.document.paragraphs if one.style.name == name]


def _flag(paragraph, name):
    return paragraph._element.find(f"{W}pPr/{W}{name}") is not None


def test_a_peer_writes_who_it_is_on_a_line_under_each_question_about_it(form):
    assert form.said("Own line") == [
        "Your city",
        "Your name, in case a word cannot be read",
        "In which language is it written?",
    ]
    # Word draws one line around neighbours that look alike: the lines between them are told apart.
    borders = _style(form, "Own line").find(f"{W}pPr/{W}pBdr")
    assert [(one.tag.removeprefix(W), one.get(f"{W}val")) for one in borders] == [
        ("bottom", "single"),
        ("between", "single"),
    ]


def test_a_peer_ticks_the_boxes_behind_their_question_in_one_line(form):
    said = form.said("Choice")

    assert (
        f"May your city be named with it?\u2003{BOX}\u00a0Yes,\u00a0name\u00a0our\u00a0city\u2003{BOX}\u00a0No" in said
    )
    assert [one for one in said if BOX not in one] == []
    assert form.lists() == [
        ("List Number", form.lists()[0][1], "Who is not reached by the guides?"),
        ("List Number", form.lists()[0][1], "What makes landlords mend?"),
    ]


def test_an_answer_too_long_for_a_line_may_break(form):
    long = EXAMPLES["FORM_FOREIGN"]
    kinds = tuple(
        kind.model_copy(
            update={
                "questions": tuple(
                    one.model_copy(update={"options": ("Short one", "word " * 20)}) if one.options else one
                    for one in kind.questions
                )
            }
        )
        for kind in long.kinds
    )

    said = Read(word.document(long.model_copy(update={"kinds": kinds}))).said("Choice")

    assert any("Short\u00a0one" in one and "word word word" in one for one in said)


def test_a_peer_writes_a_few_words_beside_their_question(form):
    beside = _of(form, "Beside")

    assert "By when? (optional)" in [one.text.rstrip("\t") for one in beside]
    assert [one.text for one in beside if not one.text.endswith("\t")] == []
    (tab,) = _style(form, "Beside").iter(f"{W}tab")
    assert (tab.get(f"{W}val"), tab.get(f"{W}leader")) == ("right", "underscore")


def test_a_question_is_bold_and_what_explains_it_is_not(form):
    (ask,) = [one for one in form.document.paragraphs if one.text.startswith("In one full sentence Start")]

    bold = [(run.text.strip(), run.bold) for run in ask.runs if run.text.strip()]

    assert (ask.style.name, bold) == (
        "Ask",
        [
            ("In one full sentence", None),
            ("Start from what you saw: what it is, what it does, what you suggest. No names of persons.", False),
        ],
    )


def test_each_item_of_the_form_stays_on_its_page_and_the_first_begins_one(form):
    items, current = [], None
    for one in form.document.paragraphs:
        if one.style.name == "Heading 1" and _flag(one, "pBdr"):
            items.append(current := [])
        if current is not None:
            current.append(one)

    assert len(items) == sum(kind.copies for kind in EXAMPLES["FORM"].kinds)
    assert [[_flag(one, "keepNext") for one in item] for item in items] == [
        [*[True] * (len(item) - 1), False] for item in items
    ]
    assert [_flag(item[0], "pageBreakBefore") for item in items] == [True, *[False] * (len(items) - 1)]


def test_whoever_signs_finds_a_column_for_each_day_wider_than_a_name_needs(four_days):
    (table,) = four_days.document.tables
    widths = [column.width.mm for column in table.columns]

    assert table.rows[0].cells[4].text == "Mon 4 May"
    assert min(widths[4:]) >= 25
    assert widths[0] == min(widths)


def test_a_list_to_sign_has_high_rows_with_a_line_before_each_day(four_days):
    (table,) = four_days.document.tables
    last = table.rows[-1]._tr

    assert last.find(f"{W}trPr/{W}trHeight").get(f"{W}hRule") == "atLeast"
    lines = [cell.find(f"{W}tcPr/{W}tcBorders/{W}left") is not None for cell in last.iter(f"{W}tc")]
    assert lines == [False] * 4 + [True] * 4
    assert {one.get(f"{W}val") for one in last.iter(f"{W}vAlign")} == {"center"}


def test_the_number_of_a_row_and_a_function_are_no_bolder_than_the_name(four_days):
    (table,) = four_days.document.tables
    first, empty = table.rows[1], table.rows[-1]

    styles = [row.cells[0].paragraphs[0].style.name for row in (first, empty)]
    bold = {run.text: run.bold for run in first.cells[1].paragraphs[0].runs if run.text.strip()}

    assert first.cells[1].text == "Ingrid Solberg\nHead of climate office"
    assert styles == ["Fact term", "Fact term"]
    assert bold == {"Ingrid Solberg": None, "Head of climate office": False}
    assert first.cells[1].paragraphs[0].style.name == "Table name"
