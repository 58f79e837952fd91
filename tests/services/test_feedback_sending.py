"""A city sends its return, takes it back, removes an item: in time, complete, and its own."""

import pytest
import time_machine
from sqlalchemy import func, select

from review_app.domain.refusal import Refused, Unacceptable
from review_app.extensions.database import db
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.synthesis import Message, MessageSource
from review_app.queries import feedback as reading
from review_app.services import feedback
from tests import feedback_world as town


@pytest.fixture
def review_app(tmp_path):
    with time_machine.travel(town.BEFORE, tick=True):
        yield town.app_in(tmp_path)


@pytest.fixture
def in_review(review_app):
    with review_app.app_context():
        yield review_app


def _items():
    return list(db.session.scalars(select(FeedbackItem).order_by(FeedbackItem.id)))


def test_the_last_second_counts_and_the_next_does_not(in_review):
    with time_machine.travel(town.CLOSES.timestamp() - 1, tick=False):
        town.write("Ada", headline="In time")

    with time_machine.travel(town.CLOSES.timestamp() + 1, tick=False), pytest.raises(Refused) as refusal:
        town.write("Ada", headline="Too late")

    assert refusal.value.verdict.sentence == "The deadline for feedback has passed. The secretariat can move it."
    assert [item.headline for item in _items()] == ["In time"]


def test_a_return_below_the_minimum_is_not_sent(in_review):
    town.write("Ada")

    with pytest.raises(Unacceptable) as refusal:
        feedback.send(town.seat_of("Ada").seat, city=town.seat_of("Ada").city)

    assert str(refusal.value) == "Add success factors: 1 more needed."


def test_a_city_without_a_word_sends_nothing(in_review):
    with pytest.raises(Unacceptable):
        feedback.send(town.seat_of("Ada").seat, city=town.seat_of("Ada").city)

    assert db.session.scalar(select(func.count(Return.id))) == 0


def test_an_item_without_a_required_answer_holds_the_return_back(in_review):
    items = town.write_the_minimum("Ada")
    town.write("Ada", "challenge", key=items[2].key, version=1, seriousness="")

    gaps = reading.gaps(items, town.seat_of("Ada").seat.method)

    assert [(gap.question, gap.item.key) for gap in gaps] == [("seriousness", items[2].key)]


def test_a_city_sends_and_sending_twice_is_sending_once(in_review):
    town.write_the_minimum("Ada")
    table = town.seat_of("Ada")

    sent = feedback.send(table.seat, city=table.city).submitted_at
    again = feedback.send(town.seat_of("Bo").seat, city=table.city).submitted_at

    assert sent == again


def test_a_sent_return_is_not_changed_until_it_is_opened_again(in_review):
    items = town.write_the_minimum("Ada")
    table = town.seat_of("Ada")
    feedback.send(table.seat, city=table.city)

    with pytest.raises(Unacceptable):
        town.write("Bo", key=items[0].key, version=1, headline="Afterthought")
    feedback.reopen(table.seat, city=table.city)
    town.write("Bo", key=items[0].key, version=1, headline="Afterthought")

    assert items[0].headline == "Afterthought"
    assert items[0].city_return.submitted_at is None


def test_a_return_is_not_opened_again_after_the_deadline(in_review):
    town.write_the_minimum("Ada")
    table = town.seat_of("Ada")
    mine = feedback.send(table.seat, city=table.city)

    with time_machine.travel(town.CLOSES.timestamp() + 1, tick=False), pytest.raises(Refused):
        feedback.reopen(town.seat_of("Ada").seat, city=table.city)

    assert mine.submitted_at is not None


def test_a_peer_removes_an_item(in_review):
    item, table = town.write("Ada"), town.seat_of("Ada")

    feedback.drop(item, table.seat, city=table.city)

    assert _items() == []


def test_a_peer_cannot_remove_what_another_city_wrote(in_review):
    theirs, table = town.write("Cem"), town.seat_of("Ada")

    with pytest.raises(Refused):
        feedback.drop(theirs, table.seat, city=table.city)

    assert _items() == [theirs]


def test_an_item_inside_a_message_stays(in_review):
    item, table = town.write("Ada"), town.seat_of("Ada")
    message = Message(review_id=table.seat.review.id, kind=item.kind, headline="Advisers stay")
    message.sources = [MessageSource(item=item)]
    db.session.add(message)

    with pytest.raises(Unacceptable):
        feedback.drop(item, table.seat, city=table.city)

    assert _items() == [item]


def test_needs_count_complete_items_and_tell_those_begun(in_review):
    town.write("Ada")
    town.write("Ada", attribution="")

    needs = reading.needs(_items(), town.seat_of("Ada").seat.method)

    assert [(need.kind.value, need.given, need.begun, need.least, need.met) for need in needs] == [
        ("success_factor", 1, 1, 2, False),
        ("challenge", 0, 0, 1, False),
        ("lesson", 0, 0, 1, False),
        ("recommendation", 0, 0, 0, True),
        ("take_home", 0, 0, 1, False),
        ("question", 0, 0, 0, True),
    ]


def test_nobody_reads_the_return_of_a_city_they_do_not_speak_for(in_review):
    theirs = town.write("Cem")
    table, other = town.seat_of("Ada"), town.seat_of("Cem").city

    assert reading.return_of(table.seat, other) is None
    assert reading.item_of(table.seat, other, theirs.key) is None


def test_a_return_that_was_not_sent_needs_no_opening(in_review):
    items = town.write_the_minimum("Ada")
    table = town.seat_of("Ada")

    feedback.reopen(table.seat, city=table.city)

    assert items[0].city_return.submitted_at is None
    assert feedback.send(table.seat, city=table.city).submitted_at is not None
