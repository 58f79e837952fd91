"""What changed between two texts, word by word."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from review_app.domain.word_diff import Change, compare, shortened

LINES = st.lists(st.sampled_from(["one", "two", "three", "\n", " ", "zwei\u00a0drei", "👩🏽‍🏫"])).map(" ".join)


def test_a_word_that_changed_stands_between_those_that_did_not():
    pieces = compare("Three advisers sat in one room.", "Four advisers sat in one room.")

    assert [tuple(piece) for piece in pieces] == [
        ("removed", "Three"),
        ("added", "Four"),
        ("same", " "),
        ("same", "advisers sat in one room."),
    ]


def test_a_long_stretch_without_a_change_is_left_out_in_its_middle():
    long = " ".join(f"word{number}" for number in range(80))

    pieces = shortened(compare(f"Old {long} end", f"New {long} stop"))

    assert [piece.change for piece in pieces if piece.change is not Change.SAME] == [
        "removed", "added", "left out", "removed", "added",
    ]  # fmt: skip
    assert sum(len(piece.text) for piece in pieces) < 300


@given(LINES, LINES)
@settings(max_examples=200, deadline=None)
def test_what_stayed_and_what_came_is_the_newer_text(before, after):
    kept = [piece.text for piece in compare(before, after) if piece.change is not Change.REMOVED]

    assert "".join(kept).split() == after.split()


@given(LINES, LINES)
@settings(max_examples=200, deadline=None)
def test_no_word_of_the_older_text_is_missing(before, after):
    kept = [piece.text for piece in compare(before, after) if piece.change is not Change.ADDED]

    assert "".join(f"{text} " for text in kept).split() == before.split()


def test_a_hostile_text_takes_no_time():
    before, after = " ".join("ab" * 2000), " ".join("ba" * 1999)
    begun = time.process_time()

    compare(before, after)

    assert time.process_time() - begun < 1
