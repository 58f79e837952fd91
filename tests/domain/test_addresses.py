"""E-mail addresses that can be written to."""

import pytest

from review_app.domain.addresses import is_address


@pytest.mark.parametrize(
    "text", ["a@b.example", "ines.calado+test@city.example", "o'neil@a-b.example", "jürgen@köln.example"]
)
def test_an_address_of_a_person_is_taken(text):
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a@",
        "@b.example",
        "a@b",
        "a b@c.example",
        "a@b.example\nBcc: c@d.example",
        "a@b..example",
        ".a@b.example",
        "a@b@c.example",
        "<a@b.example>",
        "a,b@c.example",
        "x" * 65 + "@b.example",
        "a@" + "b" * 250 + ".example",
        "a@-b.example",
    ],
)
def test_what_nobody_can_write_to_is_refused(text):
    assert not is_address(text)
