"""Sessions live on the server: what ended there is over, whatever cookie somebody kept."""

from datetime import timedelta

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from review_app.extensions.database import db
from review_app.models.access import PersonalLink, Purpose, SignIn
from review_app.models.base import utc_now
from review_app.models.network import Person
from review_app.services import links, sessions
from review_app.world.network import PASSWORD

PEER = "peer@example.org"
NEW = "lantern quiet seven brook"


def sign_in(client, password=PASSWORD):
    return client.post("/sign-in", data={"email": PEER, "password": password})


def cookie_of(client):
    return client.get_cookie("session").value


def replay(app, cookie):
    other = app.test_client()
    other.set_cookie("session", cookie)
    return other.get("/account").status_code


def test_a_replayed_cookie_fails_after_sign_out(app, client):
    sign_in(client)
    cookie = cookie_of(client)
    assert replay(app, cookie) == 200

    client.post("/sign-out")

    assert replay(app, cookie) == 303


def test_a_new_sign_in_ends_the_session_before_it(app, client):
    sign_in(client)
    first = cookie_of(client)

    sign_in(client)

    assert cookie_of(client) != first
    assert replay(app, first) == 303


def test_signing_out_needs_a_post(client):
    sign_in(client)

    client.get("/sign-out")

    assert client.get("/account").status_code == 200


def test_a_new_password_ends_every_other_session_and_every_link(app, client, world):
    other = app.test_client()
    sign_in(other)
    sign_in(client)
    old = cookie_of(client)
    with app.app_context():
        links.make(Purpose.RESET, email=PEER, person=world.person("peer"))
        db.session.commit()

    answer = client.post("/account/password", data={"password": PASSWORD, "new_password": NEW})

    assert (answer.status_code, client.get("/account").status_code) == (303, 200)
    assert other.get("/account").status_code == 303
    assert replay(app, old) == 303
    assert sign_in(app.test_client(), NEW).status_code == 303
    with app.app_context():
        mine = select(func.count(PersonalLink.id)).where(PersonalLink.identity == PEER, PersonalLink.used_at.is_(None))
        assert db.session.scalar(mine) == 0


@pytest.mark.parametrize(
    ("password", "new_password", "sentence"),
    [
        ("wrong password", NEW, "This is not the password you have now."),
        (PASSWORD, "short", "Use at least 8 characters"),
        (PASSWORD, "password1", "This password is among those everybody tries first."),
        (PASSWORD, "peer@example.org", "This password is too close to your name or address."),
        (PASSWORD, "", "Enter a new password."),
    ],
)
def test_a_password_that_cannot_be_taken_gets_a_sentence(client, password, new_password, sentence):
    sign_in(client)

    answer = client.post("/account/password", data={"password": password, "new_password": new_password})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert client.get("/account").status_code == 200


def test_somebody_without_a_password_sets_one(app, enter_as, world):
    with app.app_context():
        world.person("peer").password_hash = None
        db.session.commit()

    answer = enter_as("peer").post("/account/password", data={"new_password": NEW})

    assert answer.status_code == 303
    assert sign_in(app.test_client(), NEW).status_code == 303


def test_sign_out_everywhere_ends_this_device_too(app, client):
    other = app.test_client()
    sign_in(other)
    sign_in(client)

    client.post("/account/sessions/end")

    assert [one.get("/account").status_code for one in (client, other)] == [303, 303]


def test_the_account_lists_this_device_and_the_others(app, client):
    sign_in(app.test_client())
    sign_in(client)

    page = client.get("/account").text

    assert (page.count("This device"), page.count("Another device")) == (1, 1)


@pytest.mark.parametrize(("hours", "status"), [(11.9, 200), (12.1, 303)])
def test_an_idle_session_ends_after_twelve_hours(client, travel_to, hours, status):
    now = utc_now()
    travel_to(now)
    sign_in(client)

    travel_to(now + timedelta(hours=hours))

    assert client.get("/account").status_code == status


def test_a_session_ends_after_fourteen_days_however_busy(client, travel_to):
    now = utc_now()
    travel_to(now)
    sign_in(client)
    for half_days in range(1, 28):
        travel_to(now + timedelta(hours=11.9 * half_days))
        assert client.get("/account").status_code == 200

    travel_to(now + timedelta(days=14, minutes=1))

    assert client.get("/account").status_code == 303


def test_a_closed_account_is_out_at_once(app, enter_as, world):
    peer = enter_as("peer")
    assert peer.get("/account").status_code == 200

    with app.app_context():
        world.person("peer").is_active = False
        db.session.commit()

    assert peer.get("/account").status_code == 303


def test_a_locked_storage_does_not_spoil_a_page(app, client, monkeypatch):
    sign_in(client)
    with app.app_context():
        db.session.query(SignIn).update({"seen_at": utc_now() - timedelta(hours=1)})
        db.session.commit()
        db.session.execute(text("PRAGMA busy_timeout=1"))
        db.session.rollback()
    monkeypatch.setattr(db.session, "commit", _locked)

    assert client.get("/account").status_code == 200


def _locked():
    raise OperationalError("COMMIT", {}, Exception("database is locked"))


def test_the_table_holds_no_token(app, client):
    sign_in(client)
    with client.session_transaction() as kept:
        token = kept["_user_id"]

    with app.app_context():
        digests = db.session.scalars(select(SignIn.digest)).all()

    assert token not in digests
    assert sessions.digest(token) in digests


def test_a_stronger_hash_takes_the_place_of_the_old_one(app, client):
    weak = PasswordHash((Argon2Hasher(memory_cost=8_192, time_cost=1, parallelism=1),))
    with app.app_context():
        db.session.query(Person).filter_by(identity=PEER).update({"password_hash": weak.hash(PASSWORD)})
        db.session.commit()

    sign_in(client)

    with app.app_context():
        kept = db.session.scalar(select(Person.password_hash).where(Person.identity == PEER))
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
