"""Passwords: long enough, and not what everybody tries first; nothing is asked about what they are made of."""

import pytest

from review_app.domain import passwords

COMMON = [
    "12345678",
    "password",
    "qwertyui",
    "11111111",
    "rush2112",
    "12121212",
    "asdfasdf",
    "abcd1234",
    "1q2w3e4r",
    "1qaz2wsx",
    "trustno1",
    "Passw0rd!",
    "P@ssw0rd123",
    "qwerty123",
    "987654321",
    "1234qwer",
    "welcome1",
    "letmein123",
    "charlie12",
    "superman99",
    "spiderma",
    "butterfl",
    "fredfred",
    "19841984",
    "01.01.1990",
    "20011231",
    "abababab",
    "Monkey123",
    "dragon2020",
    "!QAZ2wsx",
    "Summer2024!",
    "11223344",
    "147258369",
    "drowssap",
    "q1w2e3r4",
    "starwars1",
    "iloveyou2",
    "12344321",
    "eurocities",
    "Secretariat2026",
    "changeme1",
]


@pytest.mark.parametrize("password", COMMON)
def test_a_password_that_everybody_tries_is_refused(password):
    assert passwords.verdict(password).sentence.startswith("This password is among those everybody tries first.")


@pytest.mark.parametrize(
    "password",
    [
        "harbour-and-hill-2026",
        "lantern quiet seven brook",
        "Gx7#pQ9z",
        "paardenbloem in april",
        "ψωμί και ελιές",
        "zkvtqrwm",
    ],
)
def test_an_odd_password_is_taken_whatever_it_is_made_of(password):
    assert passwords.verdict(password)


@pytest.mark.parametrize(("length", "taken"), [(7, False), (8, True), (64, True), (128, True), (129, False)])
def test_the_length_alone_decides_from_8_to_128_characters(length, taken):
    password = ("kT9vQx2mWz7p" * 11)[:length]

    assert bool(passwords.verdict(password)) is taken


def test_blanks_around_a_password_count_as_characters():
    assert passwords.verdict("  vrtq7  ")


@pytest.mark.parametrize("password", ["ines.calado@city.example", "CALADO2026!", "inescalado"])
def test_a_password_made_of_name_or_address_is_refused(password):
    verdict = passwords.verdict(password, ["ines.calado@city.example", "Inês Calado"])

    assert verdict.sentence == "This password is too close to your name or address. Try four odd words."
