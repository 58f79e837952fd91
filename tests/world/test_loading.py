"""The demonstration's world: loaded once, whole, and never into a database of real people."""

from flask import Flask

from review_app.world import accounts


def test_every_demo_account_stands_in_the_world(in_context: Flask):
    roles = [account.role for account in accounts.listed()]

    assert roles[:3] == ["secretariat", "host coordinator", "host contributor"]


def test_somebody_enters_as_the_secretariat(enter_as):
    answer = enter_as("secretariat").get("/")

    assert answer.status_code == 200
