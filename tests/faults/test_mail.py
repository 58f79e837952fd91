"""The mail server refuses, hangs, says 450 or 550: saving is quick, and nobody has to guess (RELIABILITY 57, 60)."""

import contextlib
import socket
import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from review_app.extensions import mail
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.letters import Letter
from review_app.services import outbox
from review_app.tasks import letters
from tests import letter_box
from tests.faults.installation import wait_for
from tests.faults.post_office import mail_server, silent_server
from tests.faults.posting import Poster

pytestmark = pytest.mark.faults
SLOWEST = 1.5


@contextlib.contextmanager
def nobody():
    """An address at which nobody answers."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        yield f"smtp://127.0.0.1:{door.getsockname()[1]}"


@contextlib.contextmanager
def saying(**answers):
    """A mail server with these answers."""
    with mail_server() as post:
        for what, answer in answers.items():
            setattr(post, what, answer)
        yield post.address


TROUBLES = {
    "hangs": silent_server,
    "refuses": nobody,
    "450": lambda: saying(to_letter="450 not now"),
    "550": lambda: saying(to_address="550 no such mailbox"),
}


@pytest.fixture(autouse=True)
def emptied(app):
    letter_box.empty(app)


def _queue(world, number=1):
    person, review = world.person("peer"), world.review("feedback")
    for one in range(number):
        values = {"action": "end the visit", "stage": "feedback"}
        outbox.queue("moved", person.email, once=f"fault {one}", person=person, review=review, values=values)


@pytest.mark.drill
@pytest.mark.usefixtures("in_full")
@pytest.mark.parametrize("trouble", TROUBLES)
def test_saving_and_asking_for_a_letter_are_quick_whatever_the_mail_server_does(trouble, install, world, promise):
    with TROUBLES[trouble]() as address, install(MAIL_URL=address) as site:
        with site.arranged():
            _queue(world, 5)
            cookie = site.cookie_for(world.person("peer"))
        site.migrate()
        site.start()
        site.wait_until_ready()
        # The worker has its first letter in its hands.
        wait_for(lambda: site.rows("SELECT 1 FROM letter WHERE tries > 0"))
        person = Poster("p1", site, cookie=cookie, review=world["feedback"], stop=None)
        person.token = person.opened()
        took = [_timed(person, number) for number in range(30)]
        person.door.close()

    promise("slowest_save_s", round(max(seconds for _status, seconds in took), 2), of=len(took))
    assert {status for status, _seconds in took} == {303}
    assert max(seconds for _status, seconds in took) < SLOWEST


def _timed(person, number):
    """Save a text or ask for a letter; return the status and the seconds."""
    path, fields = person.form(f"p1-{number}")
    if number % 3 == 2:
        path, fields = "/sign-in/link", {"email": f"nobody.{number}@example.org"}
    begun = time.monotonic()
    return person.send(path, fields, autosave=False), time.monotonic() - begun


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_letter_in_trouble_is_tried_again_later_and_later_or_told_to_the_secretariat(
    trouble, app, world, travel_to, monkeypatch
):
    monkeypatch.setattr(mail, "PATIENCE", 0.2)
    with app.app_context():
        _queue(world)
        db.session.commit()
    now, waits = utc_now() + timedelta(seconds=1), []
    with TROUBLES[trouble]() as address:
        app.config["SETTINGS"].mail_url = address
        for _try in range(3):
            travel_to(now)
            letters.drain(app)
            letter = _letter(app)
            if letter.given_up_at:
                break
            waits.append(letter.due_at - now)
            now = letter.due_at

    expected = [] if trouble == "550" else [timedelta(minutes=minutes) for minutes in (1, 5, 30)]
    assert waits == expected
    assert (letter.given_up_at is not None, bool(letter.trouble)) == (trouble == "550", True)


def test_the_secretariat_reads_on_its_desk_that_letters_did_not_arrive(app, world, enter_as):
    secretariat = enter_as("secretariat")
    before = secretariat.get("/desk").text
    with app.app_context():
        _queue(world)
        db.session.commit()
    with saying(to_address="550 no such mailbox") as address:
        app.config["SETTINGS"].mail_url = address
        letters.drain(app)

    after = secretariat.get("/desk").text

    assert ("did not arrive" in before, "1 letter did not arrive" in after) == (False, True)
    assert 'href="/network/letters"' in after
    assert "550: no such mailbox" in secretariat.get("/network/letters").text


def _letter(app):
    with app.app_context():
        return db.session.scalars(select(Letter)).one()
