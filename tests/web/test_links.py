"""Personal links: looking changes nothing, one POST uses them up, and afterwards all look the same."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from review_app.domain.vocabulary import NetworkRight, Role
from review_app.extensions.database import db
from review_app.models.access import PersonalLink, Purpose
from review_app.models.base import utc_now
from review_app.models.letters import Letter
from review_app.models.network import Organisation, Person
from review_app.models.review import Participant
from review_app.services import access, invitations, links
from review_app.world.network import PASSWORD
from tests import letter_box

PEER = "peer@example.org"
NEW = "lantern quiet seven brook"
JOIN = {"name": "Inês Nova", "function": "Adviser", "timezone": "Europe/Lisbon", "new_password": ""}


@pytest.fixture(autouse=True)
def emptied(app):
    letter_box.empty(app)


@pytest.fixture
def ordered(app):
    """Return the path of a link that somebody ordered at a page."""

    def order(page, email=PEER, **more):
        app.test_client().post(page, data={"email": email} | more)
        return letter_box.link_in(letter_box.delivered(app)[-1])

    return order


@pytest.fixture
def invited(app, world):
    """Return the path of the link in an invitation."""

    def invite(email, role=None, stage="", city="norrvik", right=None):
        with app.app_context():
            invitations.invite(
                email=email,
                role=right or role,
                review=world.review(stage) if stage else None,
                organisation=db.session.scalar(select(Organisation).where(Organisation.slug == city)),
                by=world.person("secretariat"),
            )
            db.session.commit()
        return letter_box.link_in(letter_box.delivered(app)[-1])

    return invite


def heading(answer):
    return re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.S)[1].strip()


def is_used(app, path):
    with app.app_context():
        link = db.session.scalar(select(PersonalLink).order_by(PersonalLink.id.desc()))
        return link.used_at is not None


def test_looking_at_a_link_changes_nothing_and_a_post_uses_it_once(app, client, ordered):
    path = ordered("/sign-in/link")

    looks = [client.get(path), client.get(path), client.head(path)]
    assert [(look.status_code, is_used(app, path)) for look in looks] == [(200, False)] * 3
    assert client.get("/account").status_code == 303

    used = client.post(path)
    assert (used.status_code, used.location, client.get("/account").status_code) == (303, "/", 200)

    again = app.test_client().post(path)
    assert (again.status_code, heading(again)) == (410, "This link no longer works")


def test_expired_used_withdrawn_and_unknown_links_look_the_same(app, client, ordered, travel_to):
    used = ordered("/sign-in/link")
    client.post(used)
    old = ordered("/sign-in/link")
    travel_to(utc_now() + timedelta(minutes=31))

    pages = {app.test_client().get(path).text for path in (used, old, "/link/unknown", f"/link/{'x' * 43}")}

    assert len(pages) == 1
    assert app.test_client().get(old).status_code == 410


def test_a_sign_in_link_leads_to_where_the_person_was_going(client, ordered):
    path = ordered("/sign-in/link", next="/account?x=1")

    assert client.post(path).location == "/account?x=1"


def test_a_sign_in_link_leads_to_no_other_site(client, ordered):
    path = ordered("/sign-in/link", next="//evil.example")

    assert client.post(path).location == "/"


@pytest.mark.parametrize("page", ["/sign-in/link", "/forgot"])
def test_an_unknown_address_gets_the_same_answer_and_no_letter(app, client, page):
    known, unknown = (client.post(page, data={"email": email}) for email in (PEER, "nobody@example.org"))

    assert (known.status_code, known.location, known.text) == (unknown.status_code, unknown.location, unknown.text)
    assert [letter["To"] for letter in letter_box.delivered(app)] == [PEER]


def test_nobody_can_fill_another_persons_letter_box(app, client):
    for number in range(8):
        client.post("/forgot", data={"email": PEER}, environ_overrides={"REMOTE_ADDR": f"198.51.100.{number}"})

    assert len(letter_box.delivered(app)) == access.LETTERS_AN_HOUR


def test_a_reset_link_takes_a_new_password_once(app, client, ordered):
    path = ordered("/forgot")

    assert client.post(path, data={"new_password": "short"}).status_code == 422
    assert client.post(path, data={"new_password": NEW}).status_code == 303
    assert client.get("/account").status_code == 200
    assert app.test_client().post(path, data={"new_password": NEW}).status_code == 410
    with app.app_context():
        assert access.person_by_password(PEER, NEW) is not None
        assert access.person_by_password(PEER, PASSWORD) is None


def test_a_reset_link_lives_an_hour(app, ordered, travel_to):
    path = ordered("/forgot")

    travel_to(utc_now() + timedelta(hours=1, seconds=5))

    assert app.test_client().get(path).status_code == 410


@pytest.mark.parametrize("change", [{"email": "new@example.org", "identity": "new@example.org"}, {"is_active": False}])
def test_a_link_dies_with_the_account_it_was_made_for(app, client, ordered, world, change):
    path = ordered("/forgot")
    with app.app_context():
        db.session.query(Person).filter_by(identity=PEER).update(change)
        db.session.commit()

    assert client.post(path, data={"new_password": NEW}).status_code == 410


def test_a_newcomer_accepts_an_invitation_to_a_review(app, client, invited, world):
    path = invited("ines.nova@example.org", Role.PEER, "recruiting")
    assert heading(client.get(path)).startswith("Invitation: ")

    answer = client.post(path, data=JOIN)

    assert (answer.status_code, answer.location) == (303, f"/reviews/{world['recruiting']}/invitation")
    assert client.get(answer.location).status_code == 200
    with app.app_context():
        person = world.person("ines.nova@example.org")
        row = db.session.scalars(select(Participant).where(Participant.person_id == person.id)).one()
        assert (person.name, person.timezone, person.organisation.slug) == ("Inês Nova", "Europe/Lisbon", "norrvik")
        assert (row.role, row.organisation.slug, row.code_accepted_at) == (Role.PEER, "norrvik", None)


def test_a_newcomer_must_say_a_name_and_the_link_still_works_then(client, invited):
    path = invited("ines.nova@example.org", Role.PEER, "recruiting")

    answer = client.post(path, data=JOIN | {"name": " ", "function": "Kept"})

    assert answer.status_code == 422
    assert 'value="Kept"' in answer.text
    assert client.post(path, data=JOIN).status_code == 303


def test_a_poor_password_does_not_use_the_invitation_up(client, invited):
    path = invited("ines.nova@example.org", Role.PEER, "recruiting")

    poor = client.post(path, data=JOIN | {"new_password": "password1"})

    assert (poor.status_code, client.post(path, data=JOIN | {"new_password": NEW}).status_code) == (422, 303)


def test_somebody_with_an_account_has_the_role_at_once_and_enters_by_the_link(app, client, invited, world):
    path = invited("member@example.org", Role.OBSERVER, "recruiting")
    with app.app_context():
        assert _roles(world, "member@example.org", "recruiting") == {Role.OBSERVER}

    assert client.post(path).location == f"/reviews/{world['recruiting']}/invitation"


def test_a_role_taken_back_does_not_come_back_by_the_link(app, client, invited, world):
    path = invited("member@example.org", Role.OBSERVER, "recruiting")
    with app.app_context():
        person = world.person("member@example.org")
        db.session.query(Participant).filter_by(person_id=person.id).delete()
        db.session.commit()

    client.post(path)

    with app.app_context():
        assert _roles(world, "member@example.org", "recruiting") == set()


def test_a_withdrawn_invitation_opens_nothing(app, client, invited, world):
    path = invited("ines.nova@example.org", Role.PEER, "recruiting")
    with app.app_context():
        city = db.session.scalar(select(Organisation).where(Organisation.slug == "norrvik"))
        invitations.withdraw(world.review("recruiting"), city)
        db.session.commit()

    assert client.post(path, data=JOIN).status_code == 410


def test_two_look_alike_addresses_are_one_person(app, client, invited):
    client.post(invited("kelvin@example.org"), data=JOIN)

    second = app.test_client().get(invited("\u212aELVIN@example.org"))

    assert "Accept and sign in" in second.text
    assert 'name="name"' not in second.text
    with app.app_context():
        assert db.session.scalar(select(func.count(Person.id)).where(Person.identity == "kelvin@example.org")) == 1


def test_an_invitation_to_the_secretariat_gives_the_right(app, client, invited, world):
    path = invited("ines.nova@example.org", right=Role.SECRETARIAT)

    client.post(path, data=JOIN)

    assert client.get("/desk").status_code == 200
    with app.app_context():
        rights = [row.right for row in world.person("ines.nova@example.org").rights]
    assert rights == [NetworkRight.SECRETARIAT]


def test_the_tables_hold_no_token(app, ordered):
    token = ordered("/sign-in/link").rsplit("/", 1)[1]

    with app.app_context():
        link = db.session.scalars(select(PersonalLink).where(PersonalLink.purpose == Purpose.SIGN_IN)).one()
        letter = db.session.scalars(select(Letter)).one()

    assert len(token) == 43
    assert token not in link.digest
    assert token not in str(letter.values)
    assert links.digest(token) == link.digest


def test_signing_in_by_a_link_ends_the_session_of_whoever_was_here_before(app, enter_as, ordered):
    somebody = enter_as("host coordinator")
    old = somebody.get_cookie("session").value

    somebody.post(ordered("/sign-in/link"))

    other = app.test_client()
    other.set_cookie("session", old)
    assert other.get("/account").status_code == 303


def _roles(world, email, stage):
    person, review = world.person(email), world.review(stage)
    rows = select(Participant.role).where(Participant.person_id == person.id, Participant.review_id == review.id)
    return set(db.session.scalars(rows))
