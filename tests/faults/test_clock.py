"""The clock is wrong by a day: sessions, links, limits, letters and deadlines stay sane (RELIABILITY 73)."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from review_app.extensions.database import db
from review_app.models.access import Purpose, SignIn
from review_app.models.base import new_key, utc_now
from review_app.models.feedback import FeedbackItem
from review_app.models.history import Revision
from review_app.models.letters import Letter
from review_app.models.review import ReviewDeadline
from review_app.services import access, links, outbox, throttle
from review_app.tasks import letters, sweeping
from tests import letter_box

pytestmark = pytest.mark.faults
NOON = datetime(2026, 9, 14, 12, tzinfo=UTC)
DAY = timedelta(days=1)
AHEAD, BEHIND = NOON + DAY, NOON - DAY
ITEM = {"kind": "lesson", "question": "1", "attribution": "city", "use": "report", "language": "en"}


@pytest.fixture
def at(travel_to):
    """Set the clock: `at(NOON)`."""
    clock = travel_to(NOON)
    return lambda moment: clock.move_to(moment, tick=False)


@pytest.fixture
def collecting(app, world):
    """The review that collects returns, until an hour after noon."""
    with app.app_context():
        review = world.review("feedback")
        row = db.session.scalars(
            select(ReviewDeadline).where(ReviewDeadline.review_id == review.id, ReviewDeadline.name == "feedback")
        ).one()
        row.at = NOON + timedelta(hours=1)
        db.session.commit()
    return f"/reviews/{world['feedback']}/feedback"


def _save(client, folder, key, headline, version=""):
    answers = ITEM | {"headline": headline, "version": version, "nonce": new_key()}
    return client.post(f"{folder}/items/{key}", data=answers)


def test_somebody_signed_in_stays_so_when_the_clock_goes_back(at, enter_as):
    client = enter_as("peer")
    at(BEHIND)

    assert client.get("/account").status_code == 200


def test_a_day_too_many_ends_sessions_and_keeps_the_text(at, enter_as, collecting):
    client = enter_as("peer")
    at(AHEAD)

    answer = _save(client, collecting, new_key(), "Typed while the clock was wrong")

    assert answer.status_code == 401
    assert "Typed while the clock was wrong" in answer.text


def test_a_session_opened_by_a_clock_that_ran_ahead_idles_no_longer_than_others(at, enter_as, app):
    at(AHEAD)
    client = enter_as("peer")
    at(NOON)
    there = client.get("/account").status_code
    with app.app_context():
        seen = db.session.scalars(select(SignIn.seen_at).order_by(SignIn.id.desc()).limit(1)).one()
    at(NOON + timedelta(hours=12, minutes=1))

    assert (there, seen) == (200, NOON)
    assert client.get("/account").status_code == 303


def test_a_link_lives_from_when_it_leaves_and_a_day_back_opens_no_used_one(at, app, world):
    with app.app_context():
        link = links.make(Purpose.SIGN_IN, email="peer@example.org", person=world.person("peer"))
        token = links.hand_out(link, "a secret", timedelta(minutes=30))
        opens = {"now": links.live(token) is not None}
        at(AHEAD)
        opens["ahead"] = links.live(token) is not None
        at(NOON)
        links.use(link)
        db.session.commit()
        at(BEHIND)
        opens["behind, used"] = links.live(token) is not None

    assert opens == {"now": True, "ahead": False, "behind, used": False}


def test_wrong_tries_of_a_clock_that_ran_ahead_lock_nobody_out(at, app):
    whom = throttle.subjects("password", "peer@example.org", "127.0.0.1")
    with app.app_context():
        at(AHEAD)
        for _try in range(throttle.PER_ACCOUNT):
            throttle.count(whom)
        db.session.commit()
        ahead = throttle.is_over(whom)
        at(NOON)

        assert (ahead, throttle.is_over(whom)) == (True, False)


def test_links_asked_for_while_the_clock_ran_ahead_keep_nobody_from_asking(at, app, world):
    letter_box.empty(app)
    with app.app_context():
        at(AHEAD)
        for _time in range(access.LETTERS_AN_HOUR + 1):
            access.ask_sign_in_link("peer@example.org")
        at(NOON)
        access.ask_sign_in_link("peer@example.org")
        db.session.commit()

        assert len(db.session.scalars(select(Letter.id)).all()) == access.LETTERS_AN_HOUR + 1


def test_a_letter_written_by_a_clock_that_ran_ahead_leaves_today_and_once(at, app, world):
    letter_box.empty(app)
    with app.app_context():
        at(AHEAD)
        review, told = world.review("feedback"), {"action": "end the visit"}
        outbox.queue("moved", "peer@example.org", person=world.person("peer"), review=review, values=told)
        db.session.commit()
    at(NOON)

    assert [letters.drain(app), letters.drain(app)] == [1, 0]


def test_a_deadline_holds_by_the_clock_of_the_server_and_nothing_typed_is_lost(at, app, enter_as, collecting):
    client, key = enter_as("peer"), new_key()
    at(NOON + timedelta(hours=2))
    late = _save(client, collecting, key, "Sent when the clock was ahead")
    at(NOON)
    in_time = _save(client, collecting, key, "Sent when the clock was ahead")

    assert (late.status_code, in_time.status_code) == (403, 303)
    assert "Sent when the clock was ahead" in late.text


def test_versions_stand_in_the_order_of_saving_whatever_the_clock_says(at, app, enter_as, collecting):
    client, key = enter_as("peer"), new_key()
    _save(client, collecting, key, "first")
    for version, moment, headline in (("1", BEHIND, "second"), ("2", NOON, "third")):
        at(moment)
        # A day too many has ended the session.
        assert _save(enter_as("peer"), collecting, key, headline, version).status_code == 303

    with app.app_context():
        item = db.session.scalars(select(FeedbackItem).where(FeedbackItem.key == key)).one()
        kept = select(Revision.content).where(Revision.thing == "feedback_item", Revision.thing_id == item.id)
        told = [content["headline"] for content in db.session.scalars(kept.order_by(Revision.number))]
        assert (item.headline, told) == ("third", ["first", "second", "third"])


def test_a_stale_version_is_noticed_by_its_number_when_the_clock_goes_back(at, enter_as, collecting):
    client, key = enter_as("peer"), new_key()
    _save(client, collecting, key, "first")
    _save(client, collecting, key, "second", "1")
    at(BEHIND)

    assert _save(client, collecting, key, "third, of somebody who saw the first", "1").status_code == 409


def test_the_sweeper_queues_a_reminder_once_however_the_clock_jumps(at, app, collecting):
    letter_box.empty(app)
    counts = []
    for moment in (NOON, AHEAD, NOON, BEHIND, NOON, AHEAD):
        at(moment)
        sweeping.sweep(app)
        with app.app_context():
            occasions = db.session.scalars(select(Letter.once)).all()
        counts.append(len(occasions) - len(set(occasions)))

    assert counts == [0] * 6
    assert utc_now() == AHEAD
