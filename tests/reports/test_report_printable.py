"""Text before layout: no word stops the renderer, and no letter is lost."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from review_app.domain.text import clean_text
from review_app.reports.wording.printable import BREAK, Address, is_letter, paragraphs, softened, spelled_out


def test_a_long_word_gets_places_to_break():
    told = softened("x" * 200)

    assert max(len(part) for part in told.split(BREAK)) <= 80
    assert told.replace(BREAK, "") == "x" * 200


def test_an_ordinary_text_stays_as_it_is():
    assert softened("Begin with employers’ real vacancies, then build the training") == (
        "Begin with employers’ real vacancies, then build the training"
    )


def test_runs_of_white_space_become_one_blank():
    assert softened("a" + " " * 1000 + "\n\t b") == "a b"


def test_a_tower_of_marks_is_cut_and_a_letter_with_its_accents_is_not():
    assert softened("a" + "\u0301" * 300) == "\u00e1" + "\u0301" * 6
    assert softened("\u1ec7 \u01e8") == "\u1ec7 \u01e8"


def test_addresses_markup_and_numbers_are_left_alone():
    address = Address("https://example.org/" + "x" * 200)

    assert softened(address) is address
    assert softened(Markup("<b>" + "x" * 200)) == "<b>" + "x" * 200
    assert softened(7) == 7


@given(st.text(max_size=400))
def test_no_letter_is_lost_and_softening_twice_changes_nothing(text):
    told = softened(text)

    assert softened(told) == told
    assert _letters(told) == _letters(clean_text(text))
    assert all(len(word) <= 80 for part in told.split(BREAK) for word in part.split())


def _letters(text):
    """All but white space, places to break and marks, of which a tower is cut."""
    return [one for one in text if not one.isspace() and one != BREAK and unicodedata.category(one)[0] != "M"]


def test_a_paragraph_is_a_line_that_is_not_empty():
    assert paragraphs("one\r\n\n  two \n \n") == ("one", "two")
    assert paragraphs("") == ()


def test_a_sign_is_spelled_out_and_a_letter_is_not():
    assert spelled_out("<p>Well done \U0001f600</p>", ("\U0001f600", "\u4e2d")) == "<p>Well done [grinning face]</p>"
    assert spelled_out("\U0001f44d\U0001f3fd", ("\U0001f44d", "\U0001f3fd")) == "[thumbs up sign]"
    assert spelled_out("\U0001f1e7\U0001f1ea", ("\U0001f1e7", "\U0001f1ea")) == "BE"
    assert spelled_out("\ue000", ("\ue000",)) == "[u+e000]"
    assert [is_letter(one) for one in ("\u4e2d", "\u0301", "٣", "\U0001f600", "→")] == [True, True, True, False, False]
    assert unicodedata.name("\U0001f600") == "GRINNING FACE"
