"""The way in: the same answer for everybody who is not let in, the right page for everybody who is."""

import re
import time
from statistics import median

import pytest

from review_app.extensions.database import db
from review_app.models.network import Person
from review_app.services import access
from review_app.world.network import PASSWORD

PEER = "peer@example.org"
WRONG = "The address or the password is not right."


def sign_in(client, email=PEER, password=PASSWORD, **more):
    return client.post("/sign-in", data={"email": email, "password": password} | more)


def heading(answer):
    return re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.S)[1].strip()


def without_what_was_typed(answer, *typed):
    text = re.sub(r'name="csrf_token" value="[^"]+"', "", answer.text)
    for one in typed:
        text = text.replace(one, "")
    return text


def test_a_person_signs_in_and_reaches_what_waits_for_them(client):
    answer = sign_in(client)

    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/account").status_code == 200


def test_an_address_is_the_same_person_however_it_is_written(client):
    answer = sign_in(client, email="  PEER@EXAMPLE.ORG ")

    assert answer.status_code == 303


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(client):
    unknown = sign_in(client, email="nobody@example.org", password="wrong password")
    wrong = sign_in(client, password="wrong password")

    assert unknown.status_code == wrong.status_code == 422
    assert WRONG in wrong.text
    assert without_what_was_typed(unknown, "nobody@example.org") == without_what_was_typed(wrong, PEER)


@pytest.mark.slow
def test_an_unknown_address_takes_as_long_as_a_wrong_password(in_context):
    def seconds(email):
        begun = time.process_time()
        access.person_by_password(email, "wrong password")
        return time.process_time() - begun

    seconds("nobody@example.org")
    pairs = [(seconds("nobody@example.org"), seconds(PEER)) for _try in range(11)]

    assert median(a for a, _b in pairs) == pytest.approx(median(b for _a, b in pairs), rel=0.2)


def test_a_closed_account_is_an_unknown_one(app, client):
    with app.app_context():
        db.session.query(Person).filter_by(identity=PEER).update({"is_active": False})
        db.session.commit()

    assert sign_in(client).status_code == 422


def test_the_password_is_compared_outside_a_write_transaction(app, client, statements):
    sign_in(client)

    begins = [
        statement
        for statement in statements
        if statement.startswith(("SELECT person.id, person.password", "UPDATE", "INSERT"))
    ]
    assert begins[0].startswith("SELECT person.id, person.password")


@pytest.mark.parametrize(
    "onward",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "/\tevil",
        "\t//evil.example",
        "///evil.example",
        "/a\r\nSet-Cookie:x=1",
        " //evil.example",
        "evil.example",
        "",
        "/" + "x" * 500,
    ],
)
def test_somebody_elses_address_after_sign_in_is_the_start_page(client, onward):
    assert sign_in(client, next=onward).location == "/"


def test_a_path_of_ours_is_where_the_person_was_going(client):
    assert sign_in(client, next="/account?x=1").location == "/account?x=1"


def test_the_page_one_comes_from_is_where_sign_in_leads(client):
    page = client.get("/sign-in", headers={"Referer": "http://localhost/reviews/hidden?a=b"})

    assert 'name="next" value="/reviews/hidden?a=b"' in page.text


def test_a_page_of_another_site_is_not_where_sign_in_leads(client):
    page = client.get("/sign-in", headers={"Referer": "http://evil.example/reviews"})

    assert 'name="next" value=""' in page.text


def test_a_closed_page_sends_to_sign_in_and_back(client):
    answer = client.get("/account")

    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/account")


def test_the_sign_in_form_needs_its_token(browserlike):
    answer = sign_in(browserlike)

    assert (answer.status_code, heading(answer)) == (400, "Please send this form again")


def test_a_password_field_is_never_filled_again(client):
    answer = sign_in(client, password="wrong password")

    assert "wrong password" not in answer.text


def test_account_details_are_saved(enter_as):
    peer = enter_as("peer")

    answer = peer.post(
        "/account", data={"name": "Ebba N.", "function": "Adviser", "timezone": "Europe/Athens", "language": "en"}
    )

    assert (answer.status_code, answer.location) == (303, "/account")
    assert 'value="Ebba N."' in peer.get("/account").text


def test_a_name_cannot_be_empty_and_nothing_else_is_taken(app, enter_as, world):
    answer = enter_as("peer").post(
        "/account", data={"name": " ", "timezone": "Mars/Olympus", "language": "en", "is_active": "", "identity": "x"}
    )

    assert answer.status_code == 422
    assert "Enter your name." in answer.text
    with app.app_context():
        assert world.person("peer").is_active
        assert world.person("peer").identity == PEER


def test_foreign_host_names_are_refused(client):
    answer = client.get("/sign-in", headers={"Host": "evil.example"})

    assert (answer.status_code, answer.text) == (400, "This site has another address.\n")


@pytest.mark.parametrize("page", ["/sign-in/link", "/forgot"])
def test_what_is_no_address_is_said_so_and_kept(client, page):
    assert client.get(page).status_code == 200

    answer = client.post(page, data={"email": "no address"})

    assert answer.status_code == 422
    assert "Enter an e-mail address like name@city.example." in answer.text
    assert 'value="no address"' in answer.text


def test_an_empty_sign_in_form_names_both_fields(client):
    answer = client.post("/sign-in", data={})

    assert answer.status_code == 422
    assert all(sentence in answer.text for sentence in ("Enter your e-mail address.", "Enter your password."))


def test_after_ordering_a_link_the_page_says_what_happens(client):
    assert heading(client.get("/sign-in/sent")) == "Look into your letter box"
