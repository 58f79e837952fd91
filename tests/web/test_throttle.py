"""Wrong tries are counted per account and per address, and nobody else is kept out."""

from datetime import timedelta

import pytest

from review_app.factory import create_app
from review_app.models.base import utc_now
from review_app.services import throttle
from review_app.world.network import PASSWORD

PEER, HOST = "peer@example.org", "host@example.org"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Count fewer tries: argon2 takes its time."""
    monkeypatch.setattr(throttle, "PER_ACCOUNT", 3)
    monkeypatch.setattr(throttle, "PER_ADDRESS", 5)


def attempt(app, email=PEER, password="wrong password", client="198.51.100.7"):
    return app.test_client().post(
        "/sign-in", data={"email": email, "password": password}, environ_overrides={"REMOTE_ADDR": client}
    )


def test_an_account_is_closed_for_a_while_after_too_many_wrong_tries(app):
    codes = [attempt(app, client=f"198.51.100.{number}").status_code for number in range(3)]

    out = attempt(app, password=PASSWORD, client="198.51.100.9")

    assert codes == [422, 422, 422]
    assert (out.status_code, out.headers["Retry-After"]) == (429, "900")
    assert "Wait a quarter of an hour, or ask for a sign-in link by e-mail." in out.text


def test_another_person_still_gets_in_from_elsewhere(app):
    for _try in range(3):
        attempt(app)

    assert attempt(app, email=HOST, password=PASSWORD, client="203.0.113.5").status_code == 303


def test_an_address_that_tries_many_accounts_is_closed(app):
    for number in range(5):
        attempt(app, email=f"somebody{number}@example.org")

    assert attempt(app, email=HOST, password=PASSWORD).status_code == 429


def test_an_unknown_account_is_closed_like_a_known_one(app):
    for number in range(3):
        attempt(app, email="nobody@example.org", client=f"198.51.100.{number}")

    assert attempt(app, email="nobody@example.org", client="198.51.100.9").status_code == 429


def test_the_count_survives_a_restart(app):
    for number in range(3):
        attempt(app, client=f"198.51.100.{number}")
    again = create_app(app.config["SETTINGS"])
    again.config["WTF_CSRF_ENABLED"] = False

    assert attempt(again, password=PASSWORD, client="198.51.100.9").status_code == 429


def test_a_right_password_forgets_the_wrong_tries(app):
    attempt(app)
    attempt(app)

    assert attempt(app, password=PASSWORD).status_code == 303
    assert [attempt(app).status_code for _try in range(2)] == [422, 422]


def test_a_quarter_of_an_hour_later_the_account_is_open(app, travel_to):
    now = utc_now()
    travel_to(now)
    for number in range(3):
        attempt(app, client=f"198.51.100.{number}")

    travel_to(now + timedelta(minutes=15, seconds=1))

    assert attempt(app, password=PASSWORD).status_code == 303


def test_addresses_of_one_ipv6_network_count_together():
    first, second = (throttle.subjects("password", PEER, client) for client in ("2001:db8::1", "2001:db8::2"))

    assert first == second


def test_the_table_holds_neither_address_nor_account():
    assert all(len(subject) == 64 for subject in throttle.subjects("password", PEER, "no address"))
