"""Text at the door keeps every visible letter and nothing that could hurt."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.domain.text import clean_line, clean_text, email_identity
from tests.attacks.strings import ALL, CONTROLS, LENGTHS, blocks

PILES = (CONTROLS["marks"], LENGTHS["long marks"])
"""Of these not every mark is kept."""
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=400)


def _visible(text: str) -> str:
    kept = (c for c in unicodedata.normalize("NFC", text) if not c.isspace())
    return "".join(c for c in kept if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


@given(ANY_TEXT)
def test_cleaning_twice_is_cleaning_once(raw):
    once = clean_text(raw)

    assert clean_text(once) == once


@given(ANY_TEXT)
def test_a_cleaned_line_is_one_line_and_keeps_every_visible_letter(raw):
    line = clean_line(raw)

    assert clean_line(line) == line
    assert clean_text(line) == line
    assert line == " ".join(line.split())
    assert _visible(line) == _visible(clean_text(raw))


@pytest.mark.parametrize("text", [*ALL.values(), *blocks().values()], ids=[*ALL, *blocks()])
def test_no_hostile_string_outlasts_a_second_cleaning(text):
    for clean in (clean_text, clean_line):
        once = clean(text)

        assert clean(once) == once
        assert _visible(once) == _visible(text.encode("utf-8", "ignore").decode("utf-8")) or text in PILES


def test_of_marks_piled_on_a_letter_the_first_thirty_stay():
    piled = "e" + "\u0323" * 100_000

    assert clean_text(clean_text(piled)) == clean_text(piled) == unicodedata.normalize("NFC", piled[:31])


@given(ANY_TEXT)
def test_cleaned_text_can_be_stored_and_keeps_every_visible_letter(raw):
    cleaned = clean_text(raw)

    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert _visible(cleaned) == _visible(raw.encode("utf-8", "ignore").decode("utf-8"))


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x00b\x1bc\x85d", "abc\nd"),
        ("\u202eevil\u2069", "evil"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("e\u0301", "é"),
        ("a" + " " * 1_000_000 + "b", "a  b"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("Ελλάδα, България, Ħamrun, Íslenska", "Ελλάδα, България, Ħamrun, Íslenska"),
        ("שלום עליכם مرحبا 👩🏽‍🏫", "שלום עליכם مرحبا 👩🏽‍🏫"),
    ],
)
def test_each_trap_has_its_answer(raw, kept):
    assert clean_text(raw) == kept


def test_a_line_is_one_line():
    assert clean_line("  two\n lines\tand a tab ") == "two lines and a tab"


@pytest.mark.parametrize("attack", ["\n " * 50_000, " " * 100_000, "\r" * 100_000, "\u202e" * 100_000])
def test_a_hundred_thousand_invisible_letters_leave_what_was_written(attack):
    assert clean_text(f"before{attack * 8}after").split() in (["before", "after"], ["beforeafter"])


@pytest.mark.parametrize(
    "look_alike",
    ["Kim@Example.org", " kim@example.org ", "\u212aim@example.org", "ｋｉｍ@example.org", "KIM@EXAMPLE.ORG"],
)
def test_look_alike_addresses_are_one_person(look_alike):
    assert email_identity(look_alike) == "kim@example.org"
