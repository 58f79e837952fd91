"""What a log may say, and what a text may keep of somebody who was erased."""

import pytest

from review_app.domain.discretion import discreet
from review_app.domain.privacy import FORMER, in_words
from review_app.domain.traces import Traces

SOMEBODY = Traces("Åsa Öberg", "asa.oberg@city.example")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("letter to asa.oberg@city.example failed", "letter to (address) failed"),
        ("/people?q=asa%40city.example", "/people?q=(address)"),
        ("GET /link/AbC-123_x?next=/", "GET /link/(token)?next=/"),
        ("from 198.51.100.77", "from 198.51.100.0/24"),
        ("from 2001:db8:1:2:3::4 port 5", "from 2001:db8:1::/48 port 5"),
        ("serving on 127.0.0.1", "serving on 127.0.0.1"),
        ("at 10:20:30 version 1.2.3", "at 10:20:30 version 1.2.3"),
        (7, 7),
        (None, None),
        (["a@b.example", 1], ["(address)", 1]),
        (ValueError("a@b.example"), "(address)"),
    ],
)
def test_a_log_keeps_no_address_and_no_token(said, kept):
    assert discreet("event", said) == kept


@pytest.mark.parametrize("name", ["password", "new_password", "csrf_token", "Cookie", "body"])
def test_a_log_keeps_no_secret_whatever_it_looks_like(name):
    assert discreet("fields", {name: "harbour", "path": "/"}) == {name: "(left out)", "path": "/"}


@pytest.mark.parametrize(
    "text",
    [
        "Ask Åsa Öberg.",
        "Ask åsa\n  öberg.",
        "Write to Asa.Oberg@city.example.",
        "q=%C3%85sa+%C3%96berg&page=2",
        "q=x%20%C3%85sa%20%C3%96berg",
        r'{"note": "says \nÅsa Öberg"}',
        '{"note": "\\u00c5sa \\u00d6berg"}',
        "mailto:asa.oberg%40city.example",
        {"who": ["x", {"Åsa Öberg": 1}]},
    ],
)
def test_a_person_is_found_in_every_spelling_and_taken_out(text):
    assert SOMEBODY.are_in(text)
    assert FORMER in str(SOMEBODY.out_of(text))
    assert not SOMEBODY.are_in(SOMEBODY.out_of(text))


@pytest.mark.parametrize(
    "text", ["Vår Åsa Öbergsson", "masa.oberg@city.example", "asa.oberg@city.example.org", "Åsa", 7]
)
def test_somebody_else_is_left_alone(text):
    assert not SOMEBODY.are_in(text)
    assert SOMEBODY.out_of(text) == text


def test_a_person_without_a_name_has_traces_of_nothing():
    assert not Traces("", "").are_in("anything at all")


@pytest.mark.parametrize(("days", "words"), [(365, (12, True)), (30, (30, False)), (1, (1, False)), (90, (90, False))])
def test_long_times_are_told_in_months(days, words):
    assert in_words(days) == words
