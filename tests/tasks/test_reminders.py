"""Reminders: one click a day for a city, and by themselves around the deadline for feedback."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from review_app.domain.vocabulary import Role
from review_app.extensions.database import db
from review_app.models.letters import Letter
from review_app.models.network import Organisation
from review_app.models.review import Participant, ReviewCity
from review_app.services import invitations
from review_app.services import letters as reminding
from review_app.tasks import sweeping
from tests import letter_box

PEER = "peer@example.org"


@pytest.fixture(autouse=True)
def emptied(app):
    letter_box.empty(app)


def rows(app):
    with app.app_context():
        return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def test_a_reminder_goes_to_the_speakers_of_a_silent_city_once_a_day(app, world):
    with app.app_context():
        review = world.review("feedback")
        city = _city(review, "norrvik")
        queued = [reminding.remind(review, city, world.person("secretariat")) for _click in range(2)]
        db.session.commit()

    sent = letter_box.delivered(app)

    assert (queued[0] > 0, queued[1]) == (True, 0)
    assert {letter["To"] for letter in sent} == {PEER, "colleague@example.org"}
    assert all(letter["Subject"].startswith("Reminder: your city's feedback on ") for letter in sent)


def test_a_reminder_does_not_leave_once_the_city_has_sent_its_return(app, world):
    with app.app_context():
        review = world.review("feedback")
        reminding.remind(review, _city(review, "valdora"), world.person("secretariat"))
        db.session.commit()

    assert letter_box.delivered(app) == []


def test_somebody_invited_without_an_account_is_invited_again_by_a_reminder(app, world):
    with app.app_context():
        review, city = world.review("recruiting"), _organisation("norrvik")
        secretariat = world.person("secretariat")
        invitations.invite(email="new@example.org", role=Role.PEER, review=review, organisation=city, by=secretariat)
        reminding.remind(review, city, secretariat)
        db.session.commit()

    to_new = [letter for letter in letter_box.delivered(app) if letter["To"] == "new@example.org"]

    assert [letter["Subject"].split(":")[0] for letter in to_new] == ["Invitation", "Invitation"]
    assert len({letter_box.link_in(letter) for letter in to_new}) == 2


@pytest.mark.parametrize(
    ("days", "reminded"), [(-8, 0), (-7, 1), (-6, 0), (-2, 1), (0, 1), (1, 0), (3, 1), (10, 1), (11, 0)]
)
def test_silent_cities_are_reminded_on_the_days_of_the_method(app, world, travel_to, days, reminded):
    with app.app_context():
        review = world.review("feedback")
        deadline = next(row.at for row in review.deadlines if row.name == "feedback")
    travel_to(deadline + timedelta(days=days) - timedelta(hours=12))

    for _minute in range(2):
        sweeping.sweep(app)

    queued = [letter for letter in rows(app) if letter.kind == "reminder" and letter.review_id == review.id]
    assert (len({letter.once.split(":")[3] for letter in queued}), len(queued) > 0) == (reminded, reminded == 1)


def test_a_reminder_asks_for_the_answer_that_is_due(app, world):
    with app.app_context():
        review = world.review("recruiting")
        waits = select(Participant).where(Participant.review_id == review.id, Participant.code_accepted_at.is_(None))
        row = db.session.scalars(waits.where(Participant.role == Role.PEER)).first()
        reminding.remind(review, row.organisation, world.person("secretariat"))
        address = row.person.email
        db.session.commit()

    letter = next(one for one in letter_box.delivered(app) if one["To"] == address)

    assert letter["Subject"].startswith("Reminder: your invitation to ")
    assert f"http://localhost/reviews/{world['recruiting']}/invitation" in letter.get_content()


def test_a_late_city_reads_that_the_secretariat_can_move_the_date(app, world, travel_to):
    with app.app_context():
        review = world.review("feedback")
        deadline = next(row.at for row in review.deadlines if row.name == "feedback")
    travel_to(deadline + timedelta(days=3))
    sweeping.sweep(app)

    texts = [letter_box.text_of(one) for one in letter_box.delivered(app) if one["To"] == PEER]

    assert any("write to the secretariat, which can move the date" in text for text in texts)


def _organisation(slug):
    return db.session.scalars(select(Organisation).where(Organisation.slug == slug)).one()


def _city(review, slug):
    return db.session.scalars(
        select(ReviewCity).where(
            ReviewCity.review_id == review.id, ReviewCity.organisation_id == _organisation(slug).id
        )
    ).one()
