"""What the database promises by itself, on SQLite and on PostgreSQL alike."""

import threading
from datetime import UTC, datetime

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm.exc import StaleDataError

from review_app.domain.vocabulary import ItemKind
from review_app.extensions.database import db
from review_app.models.access import Submission
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.review import Review
from review_app.models.synthesis import Message, MessageSource
from review_app.queries import seats
from tests import storage_rows as rows


@pytest.fixture
def an_item(stored):
    review, city = rows.review(), rows.organisation("Norrvik")
    answer = Return(review_id=review.id, organisation_id=city.id)
    item = FeedbackItem(city_return=answer, kind=ItemKind.LESSON, headline="Ελλάδα, България, Ħamrun 👩🏽‍🏫")
    db.session.add(item)
    db.session.commit()
    return item


def test_migrations_go_up_and_down_and_up_again(bare_app):
    with bare_app.app_context():
        upgrade()
        tables = set(inspect(db.engine).get_table_names())
        downgrade(revision="base")
        left = set(inspect(db.engine).get_table_names())
        upgrade()

    assert left == {"alembic_version"}
    assert tables == {*(table.name for table in db.metadatas[None].sorted_tables), "alembic_version"}


def test_a_moment_comes_back_in_utc(an_item):
    an_item.saved_at = datetime.fromisoformat("2026-05-20T18:00:00+02:00")
    db.session.commit()

    assert db.session.scalar(select(FeedbackItem.saved_at)) == datetime(2026, 5, 20, 16, tzinfo=UTC)


def test_a_moment_without_a_zone_is_refused(an_item):
    an_item.saved_at = datetime(2026, 5, 20)

    with pytest.raises(StatementError, match="time zone"):
        db.session.flush()


def test_letters_of_every_script_come_back_unchanged(an_item):
    db.session.expire_all()

    assert an_item.headline == "Ελλάδα, България, Ħamrun 👩🏽‍🏫"


def test_a_city_has_one_return_a_review(an_item):
    first = an_item.city_return
    db.session.add(Return(review_id=first.review_id, organisation_id=first.organisation_id))

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_an_item_stands_in_one_message(an_item):
    review = an_item.city_return.review_id
    messages = [Message(review_id=review, kind=ItemKind.LESSON, headline=f"Message {n}") for n in (1, 2)]
    for message in messages:
        message.sources = [MessageSource(item_id=an_item.id)]
    db.session.add_all(messages)

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_word_outside_the_vocabulary_is_refused_by_the_database_itself(an_item):
    with pytest.raises(IntegrityError):
        db.session.execute(text("UPDATE feedback_item SET kind = 'gossip'"))


def test_a_row_that_points_nowhere_is_refused(stored):
    db.session.add(Return(review_id=999, organisation_id=999))

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_of_two_saves_on_one_version_the_second_is_refused(an_item, stored):
    number = an_item.id
    db.session.commit()
    early = db.session.get(FeedbackItem, number)
    assert early.version == 1
    db.session.execute(text("UPDATE feedback_item SET version = 2, headline = 'theirs'"))

    early.headline = "mine"

    with pytest.raises(StaleDataError):
        db.session.flush()


def test_twelve_writers_lose_nothing_and_overwrite_nothing(stored):
    city, review = rows.organisation("Norrvik"), rows.review()
    answer = Return(review_id=review.id, organisation_id=city.id)
    db.session.add(answer)
    db.session.flush()
    number = answer.id
    db.session.commit()
    failures = []

    def write(name):
        with stored.app_context():
            try:
                for turn in range(5):
                    db.session.add(FeedbackItem(return_id=number, kind=ItemKind.LESSON, headline=f"{name}-{turn}"))
                    db.session.commit()
            except Exception as trouble:  # noqa: BLE001 (a thread reports whatever went wrong)
                failures.append(trouble)
            finally:
                db.session.remove()

    _all_at_once([(write, (name,)) for name in range(12)])

    assert failures == []
    assert db.session.scalar(select(func.count(FeedbackItem.id))) == 60


def test_of_ten_equal_submissions_one_counts(stored):
    outcomes = []

    def submit():
        with stored.app_context():
            try:
                if db.session.get(Submission, "the same") is None:
                    db.session.add(Submission(nonce="the same", answer="/thanks"))
                    db.session.commit()
                    outcomes.append("first")
            except IntegrityError:
                db.session.rollback()
                outcomes.append("again")
            finally:
                db.session.remove()

    _all_at_once([(submit, ())] * 10)

    assert outcomes.count("first") == 1
    assert db.session.scalar(select(func.count(Submission.nonce))) == 1


def test_a_seat_is_taken_and_its_facts_are_asked(stored):
    review, host, city = rows.review(), rows.organisation("Aldermere"), rows.organisation("Norrvik")
    somebody = rows.person("Iris", city)
    rows.peer(review, city, somebody)
    db.session.commit()

    seat = seats.take("aldermere-2026", somebody, lock=True)

    assert seat is not None
    assert seat.cities == {city.id}
    assert seat.facts.peers_not_ready == ("Norrvik",)
    assert seats.take("aldermere-2026", rows.person("Stranger", host)) is None
    assert db.session.scalar(select(func.count(Review.id))) == 1


def _all_at_once(jobs):
    threads = [threading.Thread(target=job, args=arguments) for job, arguments in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


def test_what_was_acknowledged_survives_a_power_cut_by_setting(stored):
    if db.engine.dialect.name == "sqlite":
        asked = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        assert [db.session.scalar(text(f"PRAGMA {name}")) for name in asked] == ["wal", 2, 1, 1]
    else:
        asked = ("fsync", "synchronous_commit", "full_page_writes")
        assert [db.session.scalar(text(f"SHOW {name}")) for name in asked] == ["on", "on", "on"]
