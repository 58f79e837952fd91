"""Letters leave after their fact, to one person each, with the rights of the moment, and are never lost."""

import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select, update

from review_app.extensions import mail
from review_app.extensions.database import db
from review_app.models.access import Purpose
from review_app.models.base import utc_now
from review_app.models.letters import Letter
from review_app.models.review import Participant
from review_app.services import links, outbox
from review_app.tasks import letters
from tests import letter_box

PEER = "peer@example.org"


class Server:
    """A mail server that answers as it is told."""

    def __init__(self):
        self.answer, self.taken = "250 OK", []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if self.answer.startswith("5"):
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        if self.answer.startswith("4"):
            return self.answer
        self.taken.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 OK"


@pytest.fixture
def server(app):
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=_free_port())
    controller.start()
    app.config["SETTINGS"].mail_url = f"smtp://127.0.0.1:{controller.port}"
    yield handler
    controller.stop()


@pytest.fixture(autouse=True)
def emptied(app):
    letter_box.empty(app)


def _free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


@pytest.fixture
def queued(app, world):
    """Queue a letter that tells of a move, and return nothing."""

    def queue(stage="feedback", who="peer", **more):
        with app.app_context():
            person = world.person(who)
            outbox.queue(
                "moved",
                more.get("address", person.email),
                person=person,
                review=world.review(stage),
                values={"action": "end the visit", "stage": stage},
            )
            db.session.commit()

    return queue


def rows(app):
    with app.app_context():
        return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def test_a_letter_names_review_stage_next_step_and_date_and_no_more(app, queued):
    queued()

    (letter,) = letter_box.delivered(app)

    text = letter_box.text_of(letter)
    assert (letter["To"], letter["Cc"], letter["Bcc"]) == (PEER, None, None)
    assert "Where it stands: Feedback" in text
    assert "What was done: End the visit and open feedback" in text
    assert "Next date: Feedback of the peer cities, " in text
    assert "http://localhost/reviews/" in text


def test_a_letter_leaves_once_however_often_the_outbox_is_drained(app, queued, server):
    queued()

    assert [letters.drain(app), letters.drain(app)] == [1, 0]
    assert len(server.taken) == 1
    assert rows(app)[0].sent_at is not None


def test_each_letter_goes_to_one_person(app, queued, server):
    queued(who="peer")
    queued(who="rapporteur")

    letters.drain(app)

    assert sorted(to for to, _text in server.taken) == [[PEER], ["rapporteur@example.org"]]


def test_a_letter_to_somebody_taken_out_meanwhile_does_not_leave(app, queued, world):
    queued()
    with app.app_context():
        db.session.query(Participant).filter_by(person_id=world.person("peer").id).delete()
        db.session.commit()

    assert letter_box.delivered(app) == []
    (letter,) = rows(app)
    assert (letter.sent_at, letter.given_up_at is not None, letter.trouble) == (None, True, "")


def test_a_letter_to_a_closed_account_does_not_leave(app, queued, world):
    queued()
    with app.app_context():
        world.person("peer").is_active = False
        db.session.commit()

    assert letter_box.delivered(app) == []


def test_a_server_that_says_not_now_is_asked_again_later(app, queued, server, travel_to):
    now = utc_now()
    travel_to(now)
    server.answer = "450 busy"
    queued()
    assert letters.drain(app) == 0
    (letter,) = rows(app)
    assert (letter.tries, letter.due_at, letter.trouble) == (
        1,
        now + timedelta(minutes=1),
        "The mail server said 450: busy",
    )

    server.answer = "250 OK"
    travel_to(now + timedelta(seconds=59))
    assert letters.drain(app) == 0
    travel_to(now + timedelta(seconds=61))
    assert letters.drain(app) == 1


def test_a_server_that_says_never_is_not_asked_again_and_the_secretariat_reads_why(app, queued, server, enter_as):
    server.answer = "550 no such mailbox"
    queued()

    letters.drain(app)

    (letter,) = rows(app)
    assert (letter.given_up_at is not None, letter.trouble) == (True, "The mail server said 550: no such mailbox")
    page = enter_as("secretariat").get("/network/letters").text
    assert "The mail server said 550: no such mailbox" in page
    assert "Given up" in page


def test_a_letter_given_up_leaves_when_the_secretariat_asks_again(app, queued, server, enter_as):
    server.answer = "550 no such mailbox"
    queued()
    letters.drain(app)
    server.answer = "250 OK"

    enter_as("secretariat").post("/network/letters/again")

    assert letters.drain(app) == 1
    assert rows(app)[0].trouble == ""


def test_a_letter_is_given_up_after_its_last_try(app, queued, travel_to):
    app.config["SETTINGS"].mail_url = f"smtp://127.0.0.1:{_free_port()}"
    now = utc_now()
    travel_to(now)
    queued()
    for _try in range(len(letters.PAUSES) + 1):
        letters.drain(app)
        now += timedelta(days=2)
        travel_to(now)

    (letter,) = rows(app)
    assert (letter.tries, letter.given_up_at is not None) == (8, True)
    assert letter.trouble.startswith("The mail server does not answer")


def test_a_server_that_is_away_holds_the_other_letters_without_counting_a_try(app, queued):
    app.config["SETTINGS"].mail_url = f"smtp://127.0.0.1:{_free_port()}"
    queued(who="peer")
    queued(who="rapporteur")

    letters.drain(app)

    assert [letter.tries for letter in rows(app)] == [1, 0]


def test_a_page_that_queues_a_letter_answers_while_the_server_is_away(app, client):
    app.config["SETTINGS"].mail_url = f"smtp://127.0.0.1:{_free_port()}"

    answer = client.post("/sign-in/link", data={"email": PEER})

    assert answer.status_code == 303
    assert [letter.kind for letter in rows(app)] == ["sign_in"]


def test_a_letter_sent_twice_after_a_crash_is_the_same_letter(app, world, server):
    with app.app_context():
        link = links.make(Purpose.SIGN_IN, email=PEER, person=world.person("peer"))
        outbox.queue("sign_in", PEER, person=world.person("peer"), values={"link": link.id})
        db.session.commit()
    letters.drain(app)
    with app.app_context():
        db.session.execute(update(Letter).values(sent_at=None, due_at=utc_now()))
        db.session.commit()

    letters.drain(app)

    first, second = (text for _to, text in server.taken)
    assert _line(first, "Message-ID") == _line(second, "Message-ID")
    assert _line(first, "http://localhost/link/") == _line(second, "http://localhost/link/")


def _line(text, begins):
    return next(line for line in text.splitlines() if line.startswith(begins))


def test_a_letter_in_another_workers_hands_is_left_alone(app, queued, travel_to):
    now = utc_now()
    travel_to(now)
    queued()
    with app.app_context():
        number = db.session.scalar(select(Letter.id))
        assert letters._take(number)

    assert letters.drain(app) == 0
    travel_to(now + letters.LEASE + timedelta(seconds=1))
    assert letters.drain(app) == 1


def test_a_folder_that_cannot_be_written_is_trouble_and_the_letter_waits(app, queued, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, not a folder")
    app.config["SETTINGS"].mail_url = f"file://{blocked}"
    queued()

    assert letters.drain(app) == 0
    assert rows(app)[0].trouble.startswith("The letter could not be written: ")


def test_an_unknown_way_of_mail_is_named(app, queued):
    app.config["SETTINGS"].mail_url = "gopher://somewhere"
    queued()

    letters.drain(app)

    assert rows(app)[0].trouble == "MAIL_URL begins with 'gopher': it should be smtp://, smtps:// or file:///."


def test_a_letter_needs_a_server_that_speaks(app, queued, monkeypatch):
    monkeypatch.setattr(mail, "PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        app.config["SETTINGS"].mail_url = f"smtp://127.0.0.1:{silent.getsockname()[1]}"
        queued()

        assert letters.drain(app) == 0

    assert rows(app)[0].trouble.startswith("The mail server does not answer")
