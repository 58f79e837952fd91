"""The versions of a text: one for a sitting, and never less than somebody else has seen."""

import pytest
import time_machine

from review_app.domain.refusal import Stale
from review_app.extensions.database import db
from review_app.models.history import Revision
from review_app.services import feedback, history, messages
from tests import feedback_world as town


@pytest.fixture
def in_town(tmp_path):
    with time_machine.travel(town.BEFORE, tick=False) as clock:
        app = town.app_in(tmp_path)
        with app.app_context():
            yield clock
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def row(in_town):
    """An item that Ada saved by the button."""
    return town.write("Ada", headline="Begun")


def _types(name, row, headline, *, by_itself=True):
    table = town.seat_of(name)
    return feedback.save(
        row.key,
        table.seat,
        city=table.city,
        kind=row.kind,
        answers=feedback.feedback.answers_of(row) | {"headline": headline},
        seen_version=row.version,
        by_itself=by_itself,
    )


def _kept():
    return [one.content["headline"] for one in db.session.query(Revision).order_by(Revision.number)]


def test_what_a_page_saves_by_itself_grows_one_version(row):
    for headline in ("B", "Be", "Bet"):
        _types("Ada", row, headline)

    assert _kept() == ["Begun", "Bet"]


def test_a_button_makes_a_version_of_its_own_that_later_typing_leaves_alone(row):
    _types("Ada", row, "Typed")
    _types("Ada", row, "Saved", by_itself=False)
    _types("Ada", row, "Typed on")

    assert _kept() == ["Begun", "Typed", "Saved", "Typed on"]


def test_a_button_on_what_is_saved_already_lets_it_stand(row):
    _types("Ada", row, "Typed")
    _types("Ada", row, "Typed", by_itself=False)
    _types("Ada", row, "Typed on")

    assert _kept() == ["Begun", "Typed", "Typed on"]


def test_a_colleague_in_between_ends_the_sitting(row):
    for name, headline in (("Ada", "A"), ("Bo", "B"), ("Bo", "BB"), ("Ada", "AA"), ("Ada", "AAA")):
        _types(name, row, headline)

    assert _kept() == ["Begun", "A", "BB", "AAA"]


def test_a_sitting_ends_after_ten_minutes(in_town, row):
    _types("Ada", row, "One")
    in_town.shift(history.SITTING.total_seconds() - 1)
    _types("Ada", row, "Two")
    in_town.shift(1)
    _types("Ada", row, "Three")

    assert _kept() == ["Begun", "Two", "Three"]


def test_a_version_somebody_has_seen_in_a_conflict_stays(row):
    _types("Ada", row, "Seen by Bo")
    history.pin("feedback_item", row.id)
    _types("Ada", row, "Typed on")

    assert _kept() == ["Begun", "Seen by Bo", "Typed on"]


def test_versions_of_a_removed_row_lie_under_its_key(row):
    number = row.id
    table = town.seat_of("Ada")

    feedback.drop(row, table.seat, city=table.city, seen_version=row.version)

    found = db.session.query(Revision).one()
    assert (found.thing, found.content["headline"]) == (f"feedback_item {row.key}", "Begun")
    assert db.session.query(Revision).filter_by(thing="feedback_item", thing_id=number).count() == 0


def test_an_item_a_colleague_has_written_on_is_not_removed_unread(row):
    seen = row.version
    _types("Bo", row, "By Bo", by_itself=False)
    table = town.seat_of("Ada")

    with pytest.raises(Stale):
        feedback.drop(row, table.seat, city=table.city, seen_version=seen)

    assert row.headline == "By Bo"


def test_a_message_made_twice_does_not_go_over_what_a_colleague_wrote_since(in_town):
    items = town.write_the_minimum("Ada")
    items[0].city_return.submitted_at = town.BEFORE
    seat = town.seat_of("Lea").seat
    first = messages.Wording(items[0].kind, "First")
    message = messages.create("k" * 22, first, seat, items=[items[0].key])
    theirs = messages.Wording(items[0].kind, "Theirs")
    messages.revise(message, theirs, town.seat_of("Sven").seat, seen_version=message.version)

    with pytest.raises(Stale):
        messages.create("k" * 22, messages.Wording(items[0].kind, "Mine"), seat, items=[items[0].key])

    assert message.headline == "Theirs"
