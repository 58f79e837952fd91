"""What has had its time goes by itself, the minute it is due and not before; what was published stays."""

import os
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from review_app.domain.privacy import register
from review_app.extensions.database import db
from review_app.models.access import FailedTry, PersonalLink, Purpose, SignIn, Submission
from review_app.models.base import utc_now
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.history import Revision
from review_app.models.letters import Letter
from review_app.models.publishing import Rendering, Report
from review_app.models.review import JournalEntry, Participant, Review
from review_app.queries import reports, seats
from review_app.services import links, outbox, publishing, retention, sessions, submissions, throttle
from review_app.tasks import sweeping

MINUTE = timedelta(minutes=1)


@pytest.fixture
def settings(app):
    return app.config["SETTINGS"]


def _count(what, *where):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(what).where(*where))


def _length(period, settings):
    return timedelta(days=register().periods[period].length(settings))


def _begin_session(person):
    sessions.begin(person)
    return SignIn, (), timedelta(hours=12)


def _count_try(person):
    account = next(iter(throttle.subjects("password", person.email, "198.51.100.7")))
    throttle.count({account: 1})
    return FailedTry, (), None


def _answer_form(_person):
    submissions.remember("a" * 64, "/")
    return Submission, (), None


def _make_link(person):
    link = links.make(Purpose.RESET, email=person.email, person=person)
    link.expires_at = utc_now()
    return PersonalLink, (PersonalLink.id == link.id,), None


def _send_letter(person):
    outbox.queue("reset", person.email, once="a letter", person=person)
    db.session.flush()
    letter = db.session.scalars(select(Letter).where(Letter.once == "a letter")).one()
    letter.sent_at = utc_now()
    return Letter, (Letter.once == "a letter",), None


def _give_letter_up(person):
    what, where, own = _send_letter(person)
    letter = db.session.scalars(select(Letter).where(*where)).one()
    letter.sent_at, letter.given_up_at = None, utc_now()
    return what, where, own


def _drop_a_text(person):
    content = {"body": "x"}
    db.session.add(
        Revision(thing="report_text.host_word", thing_id=10**6, number=1, person_id=person.id, content=content)
    )
    return Revision, (Revision.thing_id == 10**6,), None


@pytest.mark.parametrize(
    ("period", "make"),
    [
        ("session", _begin_session),
        ("wrong_try", _count_try),
        ("answered_form", _answer_form),
        ("link", _make_link),
        ("letter", _send_letter),
        ("letter", _give_letter_up),
        ("dropped", _drop_a_text),
    ],
)
def test_what_is_kept_for_a_time_is_there_a_minute_before_and_gone_after(app, world, settings, travel_to, period, make):
    with app.app_context():
        for table in (SignIn, FailedTry, Submission):
            db.session.execute(delete(table))
        clock = travel_to(utc_now())
        what, where, own = make(world.person("peer"))
        db.session.commit()
        clock.shift((own or _length(period, settings)) - MINUTE)
        retention.sweep(settings)
        before = _count(what, *where)
        clock.shift(2 * MINUTE)
        retention.sweep(settings)
        db.session.commit()

        assert (before, _count(what, *where)) == (1, 0)


def test_a_letter_that_waits_is_never_too_old(app, world, settings, travel_to):
    with app.app_context():
        outbox.queue("reset", "peer@example.org", once="waits")
        db.session.commit()
        travel_to(utc_now() + timedelta(days=1000))
        retention.sweep(settings)

        assert _count(Letter, Letter.once == "waits") == 1


def test_old_letters_in_a_folder_go_too(app, settings):
    folder = settings.data_dir / "mail"
    folder.mkdir()
    old, new = folder / "letter-1.eml", folder / "letter-2.eml"
    for path in (old, new):
        path.write_text("Subject: x\n\nx")
    os.utime(old, (0, 0))
    with app.app_context():
        retention.sweep(settings)

    assert sorted(folder.iterdir()) == [new]


@pytest.fixture
def closed(app, world):
    """The closed review, with the moment it was closed, a draft and a declared interest in it."""
    with app.app_context():
        review = world.review("closed")
        at = db.session.scalar(
            select(func.max(JournalEntry.at)).where(
                JournalEntry.review_id == review.id, JournalEntry.led_to == "closed"
            )
        )
        snapshot = publishing.freeze_draft(review, "Somebody")
        db.session.add(
            Report(
                review_id=review.id, kind="highlights", snapshot=snapshot.to_bytes().decode(), digest=snapshot.sha256
            )
        )
        db.session.add(Rendering(digest=snapshot.sha256))
        db.session.scalars(select(Participant).where(Participant.review_id == review.id)).first().interests = "A tie"
        db.session.commit()
        return review.id, at, snapshot.sha256


def _raw(review, digest):
    return {
        "items": _count(FeedbackItem, FeedbackItem.return_id == Return.id, Return.review_id == review),
        "versions": _count(Revision, Revision.thing == "review", Revision.thing_id == review),
        "drafts": _count(Report, Report.review_id == review, Report.number.is_(None)),
        "prints": _count(Rendering, Rendering.digest == digest),
        "interests": _count(Participant, Participant.review_id == review, Participant.interests == "A tie"),
    }


def test_raw_material_goes_twelve_months_after_the_close_and_the_report_stays(app, settings, closed, travel_to):
    review, at, digest = closed
    with app.app_context():
        before = _raw(review, digest)
        published = [row.snapshot for row in reports.numbered(db.session.get(Review, review))]
    travel_to(at + timedelta(days=365) - MINUTE)
    sweeping.sweep(app)
    with app.app_context():
        held = _raw(review, digest)
    travel_to(at + timedelta(days=365) + MINUTE)
    sweeping.sweep(app)

    with app.app_context():
        assert (held, all(before.values())) == (before, True)
        assert set(_raw(review, digest).values()) == {0}
        assert _count(Return, Return.review_id == review) > 0
        assert [row.snapshot for row in reports.numbered(db.session.get(Review, review))] == published


def test_the_record_says_once_that_the_raw_material_is_gone(app, settings, closed, travel_to):
    review, at, _digest = closed
    travel_to(at + timedelta(days=366))
    sweeping.sweep(app)
    sweeping.sweep(app)

    with app.app_context():
        lines = (JournalEntry.review_id == review, JournalEntry.action == retention.DELETED)
        assert _count(JournalEntry, *lines) == 1


def test_reviews_under_way_lose_nothing(app, world, closed, travel_to):
    with app.app_context():
        running = select(func.count(FeedbackItem.id)).join(Return).join(Review).where(Review.stage == "following_up")
        before = db.session.scalar(running)
    travel_to(utc_now() + timedelta(days=2000))
    sweeping.sweep(app)

    with app.app_context():
        assert (before > 0, db.session.scalar(running)) == (True, before)


def test_an_archived_review_without_its_raw_material_is_still_read(app, world, enter_as, closed, travel_to):
    travel_to(closed[1] + timedelta(days=366))
    sweeping.sweep(app)

    client = enter_as("secretariat")
    ref = world["closed"]
    for page in ("", "/messages", "/report", "/record", "/returns"):
        assert client.get(f"/reviews/{ref}{page}").status_code == 200


def test_a_correction_after_the_raw_material_is_gone_still_says_everything(app, world, closed, travel_to):
    with app.app_context():
        sections = publishing.snapshot_of(world.review("closed"), made_by="").sections
    travel_to(closed[1] + timedelta(days=366))
    sweeping.sweep(app)

    with app.app_context():
        seat = seats.seat_at(world.review("closed"), world.person("secretariat"))
        publishing.correct("One figure.", seat)
        assert publishing.snapshot_of(seat.review, made_by="").sections == sections
