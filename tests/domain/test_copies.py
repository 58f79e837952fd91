"""What somebody types who checks a printed copy: read as it was meant, or not at all."""

import pytest

from review_app.domain.copies import code_in, ref_in

TYPED = ("0123456789ab", " 0123 4567 89AB ", "0123-4567-89ab", "Ol23456789ab", "０１２３４５６７８９ab")


@pytest.mark.parametrize("typed", TYPED)
def test_a_code_is_read_however_it_was_typed(typed):
    assert code_in(typed) == "0123456789ab"


@pytest.mark.parametrize("typed", ["", "0123", "0123456789abc", "0123456789xy"])
def test_what_is_no_code_is_none(typed):
    assert code_in(typed) == ""


@pytest.mark.parametrize("typed", ["norrvik-2026", " Norrvik 2026 ", "NORRVIK–2026", "norrvik − 2026"])
def test_a_reference_is_read_with_any_dash_or_blank(typed):
    assert ref_in(typed) == "norrvik-2026"
