"""One's own data on the pages: take it along, go for good."""

import json
import re

import pytest
from sqlalchemy import select

from review_app.extensions.database import db
from review_app.models.network import Person
from review_app.models.privacy import Erasure

PASSWORD = "harbour-and-hill-2026"
ERASE = {"email": "peer@example.org", "password": PASSWORD}


# Taking it along


def test_a_person_takes_everything_about_them_along_in_one_file(enter_as):
    answer = enter_as("peer").get("/account/data")

    told = json.loads(answer.data)
    assert answer.headers["Content-Disposition"] == "attachment; filename=my-data.json"
    assert (told["account"]["name"], told["account"]["e-mail address"]) == ("Linnea Sandgren", "peer@example.org")
    assert {role["role"] for role in told["roles in reviews"]} == {"peer"}
    assert len(told["texts you saved"]) > 0


def test_nobody_else_s_words_or_address_are_in_the_file(app, enter_as):
    told = enter_as("peer").get("/account/data").text
    with app.app_context():
        others = db.session.execute(select(Person.email, Person.name).where(Person.email != "peer@example.org")).all()

    assert [email for email, name in others if email in told or name in told] == []


@pytest.mark.parametrize("who", ["secretariat", "host coordinator", "rapporteur", "lead reviewer", "member"])
def test_everybody_gets_their_own_file(enter_as, world, who):
    told = json.loads(enter_as(who).get("/account/data").data)

    assert told["account"]["e-mail address"] == world.email(who)


def test_a_stranger_gets_no_file(client):
    assert client.get("/account/data").status_code in (303, 401)


def test_the_operator_prints_the_same_file(app, enter_as):
    printed = app.test_cli_runner().invoke(args=["people", "export", "Peer@example.org"])

    told = json.loads(enter_as("peer").get("/account/data").data)
    told["where you are signed in"] = []
    assert (printed.exit_code, json.loads(printed.output)) == (0, told)


def test_the_operator_is_told_when_nobody_has_an_address(app):
    printed = app.test_cli_runner().invoke(args=["people", "export", "nobody@example.org"])

    assert (printed.exit_code, "Nobody has the address nobody@example.org" in printed.output) == (1, True)


# Going


def test_the_page_says_what_goes_and_what_stays_before_anything_happens(app, enter_as):
    page = " ".join(enter_as("peer").get("/account/erase").text.split())

    counted = re.findall(r"(\d+) items? of feedback", page)
    assert (len(counted), "nobody can undo it" in page) == (2, True)
    with app.app_context():
        assert db.session.scalars(select(Erasure)).all() == []


def test_a_person_goes_at_once_and_their_session_with_them(app, enter_as):
    client, other_device = enter_as("peer"), enter_as("peer")
    answer = client.post("/account/erase", data=ERASE)

    assert (answer.status_code, answer.location) == (303, "/")
    assert "You are erased." in client.get("/").text
    assert [one.get("/account").status_code for one in (client, other_device)] == [303, 303]
    with app.app_context():
        assert db.session.scalar(select(Person.id).where(Person.email == "peer@example.org")) is None


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"password": "not this one"}, "This is not the password you have now."),
        ({"email": "other.peer@example.org"}, "This is not the address of your account."),
        ({"email": ""}, "Enter your e-mail address to confirm that you mean it."),
        ({"password": ""}, "Enter your password."),
    ],
)
def test_nobody_is_erased_by_a_slip_or_on_a_device_left_open(app, enter_as, given, sentence):
    answer = enter_as("peer").post("/account/erase", data=ERASE | given)

    assert (answer.status_code, sentence in answer.text) == (422, True)
    with app.app_context():
        assert db.session.scalars(select(Erasure)).all() == []


def test_somebody_without_a_password_confirms_by_the_address_alone(app, enter_as):
    with app.app_context():
        db.session.scalars(select(Person).where(Person.email == "peer@example.org")).one().password_hash = None
        db.session.commit()
    client = enter_as("peer")
    page = client.get("/account/erase").text

    answer = client.post("/account/erase", data={"email": "Peer@Example.org"})

    assert ('type="password"' in page, answer.status_code) == (False, 303)


def test_the_last_one_who_looks_after_the_network_stays(app, enter_as):
    answer = enter_as("secretariat").post("/account/erase", data=ERASE | {"email": "secretariat@example.org"})

    assert (answer.status_code, "Somebody must remain who looks after the network" in answer.text) == (422, True)
    with app.app_context():
        assert db.session.scalars(select(Erasure)).all() == []


def test_nobody_is_listed_under_former_participant(app, enter_as):
    enter_as("peer").post("/account/erase", data=ERASE)

    page = enter_as("secretariat").get("/network/people?q=former").text
    printed = app.test_cli_runner().invoke(args=["people", "list"]).output
    assert ("Nobody found." in page, "Former" in printed, "Linnea" in printed) == (True, False, False)


def test_the_operator_erases_who_asks_by_letter(app):
    runner = app.test_cli_runner()
    asked = runner.invoke(args=["people", "erase", "peer@example.org"], input="n\n")
    done = runner.invoke(args=["people", "erase", "peer@example.org", "--yes"])
    again = runner.invoke(args=["people", "erase", "peer@example.org", "--yes"])
    last = runner.invoke(args=["people", "erase", "secretariat@example.org", "--yes"])

    assert (asked.exit_code, done.exit_code, again.exit_code, last.exit_code) == (1, 0, 1, 1)
    assert "Somebody must remain" in last.output
