"""Every minute: what the clock does by itself."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from review_app.extensions.database import db
from review_app.models.access import FailedTry, PersonalLink, Purpose, SignIn, Submission
from review_app.models.base import utc_now
from review_app.models.review import JournalEntry, Review
from review_app.queries.seats import seat_at
from review_app.services import links, sessions, submissions, throttle, workflow
from review_app.tasks import sweeping


@pytest.fixture
def published(app, world):
    """Return what the stage of the published review is, and the moment it was published."""

    def stage():
        with app.app_context():
            return db.session.scalar(select(Review.stage).where(Review.ref == world["published"]))

    with app.app_context():
        began = db.session.scalar(
            select(func.max(JournalEntry.at))
            .where(JournalEntry.review_id == world.review("published").id, JournalEntry.led_to == "published")
            .where(JournalEntry.came_from != "published")
        )
    return stage, began


def test_the_day_after_publication_the_host_is_asked_for_its_response(app, published, travel_to):
    stage, began = published
    travel_to(began + timedelta(minutes=1))
    sweeping.sweep(app)
    assert stage() == "published"

    travel_to(began + timedelta(days=1))
    sweeping.sweep(app)

    assert stage() == "responding"


def test_an_embargo_holds_the_clock(app, published, world, travel_to):
    stage, began = published
    with app.app_context():
        world.review("published").embargo_until = began + timedelta(days=5)
        db.session.commit()

    travel_to(began + timedelta(days=4))
    sweeping.sweep(app)
    held = stage()
    travel_to(began + timedelta(days=6))
    sweeping.sweep(app)

    assert (held, stage()) == ("published", "responding")


def test_reviews_taken_in_from_elsewhere_are_left_alone(app, travel_to):
    with app.app_context():
        real = select(Review.ref, Review.stage).where(Review.fictional.is_(False)).order_by(Review.ref)
        before = db.session.execute(real).all()
    travel_to(utc_now() + timedelta(days=400))

    sweeping.sweep(app)

    with app.app_context():
        assert db.session.execute(real).all() == before


def test_what_has_ended_is_deleted(app, world, travel_to):
    with app.app_context():
        person = world.person("peer")
        links.make(Purpose.RESET, email=person.email, person=person)
        throttle.count(throttle.subjects("password", person.email, "198.51.100.7"))
        submissions.remember("a" * 64, "/")
        sessions.begin(person)
        db.session.commit()
    travel_to(utc_now() + timedelta(days=90))

    sweeping.sweep(app)

    with app.app_context():
        tables = (PersonalLink, FailedTry, Submission, SignIn)
        assert [db.session.scalar(select(func.count()).select_from(table)) for table in tables] == [0, 0, 0, 0]


def test_one_duty_that_fails_keeps_no_other_back(app, world, travel_to, monkeypatch):
    with app.app_context():
        submissions.remember("a" * 64, "/")
        db.session.commit()
    travel_to(utc_now() + timedelta(days=90))
    monkeypatch.setattr(sweeping.letters, "remind_of_feedback", _broken)

    sweeping.sweep(app)

    with app.app_context():
        assert db.session.scalar(select(func.count(Submission.nonce))) == 0


def _broken(_now):
    raise RuntimeError("a bug")


def test_an_action_of_people_is_none_of_the_clock(app, world):
    with app.app_context():
        review = world.review("feedback")

        with pytest.raises(workflow.Refused):
            workflow.perform_automatically("close feedback", review, seat_at(review, None))
