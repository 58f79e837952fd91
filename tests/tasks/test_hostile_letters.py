"""What a hostile title or address may do to a letter: nothing."""

import pytest
from sqlalchemy import select

from review_app.extensions.database import db
from review_app.models.letters import Letter
from review_app.services import outbox
from tests import letter_box


@pytest.fixture(autouse=True)
def emptied(app):
    letter_box.empty(app)


@pytest.fixture
def queued(app, world):
    """Queue a letter that tells of a move."""

    def queue(who="peer", address=""):
        with app.app_context():
            person, review = world.person(who), world.review("feedback")
            values = {"action": "end the visit", "stage": "feedback"}
            outbox.queue("moved", address or person.email, person=person, review=review, values=values)
            db.session.commit()

    return queue


def rows(app):
    with app.app_context():
        return list(db.session.scalars(select(Letter).order_by(Letter.id)))


HOSTILE = [
    "Title\r\nBcc: evil@example.org",
    "Title\nX-Spam: yes",
    "Title\u2028Bcc: a@b.example",
    "Title\x85Bcc: a@b.example",
    "\x00Title",
    "Title\x0bBcc: x",
    "=?utf-8?q?x=0aBcc:_a@b?=",
    "a" * 400,
]


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_can_add_a_header(app, queued, world, title):
    with app.app_context():
        world.review("feedback").title = title[:150]
        db.session.commit()
    queued()

    (letter,) = letter_box.delivered(app)

    assert letter.keys() == [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    ]


@pytest.mark.parametrize(
    "address", ["a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example", "a@b.example\nX: y", "<a@b>"]
)
def test_an_address_that_is_none_is_trouble_and_no_letter(app, queued, address):
    queued(address=address)

    assert letter_box.delivered(app) == []
    assert rows(app)[0].trouble.startswith("The letter could not be written")


def test_one_letter_that_cannot_be_written_keeps_no_other_back(app, queued):
    queued(address="a@b.example\nX: y")
    queued(who="rapporteur")

    assert [letter["To"] for letter in letter_box.delivered(app)] == ["rapporteur@example.org"]


def test_a_letter_in_other_scripts_reads_as_written(app, queued, world):
    with app.app_context():
        world.review("feedback").title = "Νέοι και λιμάνι – Пристанище"
        db.session.commit()
    queued()

    (letter,) = letter_box.delivered(app)

    assert letter["Subject"] == "Νέοι και λιμάνι – Пристанище: Feedback"
    assert "Νέοι και λιμάνι – Пристанище" in letter_box.text_of(letter)
