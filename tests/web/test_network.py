"""The network for its secretariat: organisations, people, the right that is never lost."""

import re

import pytest
from sqlalchemy import select

from review_app.domain.vocabulary import NetworkRight
from review_app.extensions.database import db
from review_app.models.network import NetworkRole, Organisation
from tests import letter_box

PLACE = {
    "name": "Łąkowo",
    "local_name": "",
    "country": "PL",
    "kind": "city",
    "timezone": "Europe/Warsaw",
    "latitude": "52,2",
    "longitude": "-0.5",
}


@pytest.fixture
def secretariat(enter_as):
    return enter_as("secretariat")


@pytest.mark.parametrize("path", ["", "/add", "/organisations/norrvik", "/people", "/letters"])
def test_only_the_secretariat_sees_the_network_pages(client, enter_as, path):
    codes = [
        one.get(f"/network{path}").status_code
        for one in (enter_as("secretariat"), enter_as("host coordinator"), client)
    ]

    assert codes == [200, 404, 303]


def test_lists_are_paged_and_cost_the_same_whatever_their_length(secretariat, statements):
    page = secretariat.get("/network?page=2")

    assert page.text.count("app-table__link") == 20
    assert len(statements) <= 8


def test_an_organisation_is_found_without_its_accents(secretariat, app):
    secretariat.post("/network/add", data=PLACE)

    assert "Łąkowo" in secretariat.get("/network?q=lakowo").text
    assert "Nothing found." in secretariat.get("/network?q=%25").text


def test_an_organisation_is_added_with_its_place_on_the_map(secretariat, app):
    answer = secretariat.post("/network/add", data=PLACE)

    assert (answer.status_code, answer.location) == (303, "/network/organisations/lakowo")
    with app.app_context():
        place = db.session.scalars(select(Organisation).where(Organisation.slug == "lakowo")).one()
        assert (place.name, place.country, place.latitude, place.longitude) == ("Łąkowo", "PL", 52.2, -0.5)
    assert "Poland" in secretariat.get(answer.location).text


def test_the_same_name_twice_in_a_country_is_refused_with_the_text_kept(secretariat):
    secretariat.post("/network/add", data=PLACE)

    answer = secretariat.post("/network/add", data=PLACE | {"local_name": "Kept"})

    assert answer.status_code == 422
    assert "Łąkowo is in the network already." in answer.text
    assert 'value="Kept"' in answer.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("country", "XX"),
        ("country", ""),
        ("kind", "planet"),
        ("timezone", "Mars/Base"),
        ("latitude", "91"),
        ("latitude", "1e5"),
        ("longitude", "-181"),
        ("longitude", "nan"),
        ("longitude", "٣"),
        ("name", "x" * 121),
    ],
)
def test_a_value_that_is_none_is_refused(secretariat, field, value):
    assert secretariat.post("/network/add", data=PLACE | {field: value}).status_code == 422


def test_the_secretariat_invites_a_member_by_letter(secretariat, app):
    letter_box.empty(app)

    answer = secretariat.post(
        "/network/organisations/norrvik/invite",
        data={"email": "ines.nova@example.org", "name": "Inês Nova", "joins_as": "member"},
    )

    (letter,) = letter_box.delivered(app)
    assert (answer.status_code, letter["To"]) == (303, "ines.nova@example.org")
    assert "You would join for: Norrvik" in letter_box.text_of(letter)
    assert "ines.nova@example.org, until " in secretariat.get("/network/organisations/norrvik").text


@pytest.mark.parametrize("change", [{"email": "no address"}, {"joins_as": ""}, {"joins_as": "administrator"}])
def test_an_invitation_that_cannot_be_sent_keeps_what_was_typed(secretariat, change):
    data = {"email": "ines.nova@example.org", "name": "Kept", "joins_as": "member"} | change

    answer = secretariat.post("/network/organisations/norrvik/invite", data=data)

    assert answer.status_code == 422
    assert 'value="Kept"' in answer.text


def test_a_person_is_found_by_name_or_address(secretariat):
    assert "peer@example.org" in secretariat.get("/network/people?q=PEER@example").text
    assert "Nobody found." in secretariat.get("/network/people?q=zzzz").text


def test_the_right_is_given_and_taken_and_works_at_once(app, secretariat, enter_as, world):
    key = _key(app, world, "member")
    secretariat.post(f"/network/people/{key}/secretariat")
    new = enter_as("member")
    assert new.get("/network").status_code == 200

    secretariat.post(f"/network/people/{key}/secretariat/end")

    assert (new.get("/network").status_code, enter_as("member").get("/network").status_code) == (303, 404)


def test_the_last_one_keeps_the_right(app, secretariat, world):
    key = _key(app, world, "secretariat")

    answer = secretariat.post(f"/network/people/{key}/secretariat/end")

    assert answer.status_code == 422
    assert "Somebody must remain who can do this" in answer.text
    assert "is the only one in the secretariat" in secretariat.get(f"/network/people/{key}/secretariat").text
    with app.app_context():
        assert [row.right for row in db.session.scalars(select(NetworkRole))] == [NetworkRight.SECRETARIAT]


def test_nobody_gives_themselves_the_right(app, enter_as, world):
    answer = enter_as("member").post(f"/network/people/{_key(app, world, 'member')}/secretariat")

    assert (answer.status_code, enter_as("member").get("/network").status_code) == (404, 404)


def test_every_error_is_tied_to_its_field(secretariat):
    page = secretariat.post("/network/add", data={}).text

    summary = page[page.index("govuk-error-summary") :]
    targets = re.findall(r'<a href="#([\w-]+)"', summary)
    assert targets == ["name", "country", "kind", "timezone"]
    assert all(f'id="{target}"' in page for target in targets)


def _key(app, world, who):
    with app.app_context():
        return world.person(who).key
