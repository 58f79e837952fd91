"""The terms: who saves them, what follows from it, and what moves later."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from review_app.domain.refusal import Refused, Stale, Unacceptable
from review_app.domain.vocabulary import Level, Regime
from review_app.extensions.database import db
from review_app.models.review import JournalEntry, Mark
from review_app.queries import dates, seats
from review_app.services import deadlines, questions, scope
from review_app.services.questions import Asked


@pytest.fixture
def seat_of(in_context, world):
    def seat(stage, who):
        return seats.seat_at(world.review(stage), world.person(who))

    return seat


def _marks(review):
    return db.session.scalars(select(Mark.name).where(Mark.review_id == review.id)).all()


def _last_line(review):
    query = select(JournalEntry).where(JournalEntry.review_id == review.id).order_by(JournalEntry.id.desc())
    return db.session.scalars(query).first()


def test_a_host_saves_the_terms_and_the_deadlines_follow(seat_of):
    seat = seat_of("draft", "host coordinator")
    wanted = replace(
        scope.of(seat.review),
        title="Night nursery",
        starts_on=date(2027, 6, 1),
        ends_on=date(2027, 6, 2),
        regime=Regime.CHATHAM_HOUSE,
        level=Level.MEMBERS,
        embargo=date(2027, 9, 1),
        funding="Nobody outside pays.",
    )

    scope.agree(wanted, seat, seen_version=seat.review.version)

    assert scope.of(seat.review) == wanted
    assert dates.duty(seat, "feedback").day == date(2027, 6, 16)


def test_terms_that_change_lose_their_signatures(seat_of):
    seat = seat_of("scoping", "secretariat")
    assert _marks(seat.review) == ["terms signed"]

    taken = scope.agree(replace(scope.of(seat.review), venue="Town hall"), seat, seen_version=None)

    assert taken
    assert _marks(seat.review) == []
    assert _last_line(seat.review).note == scope.SIGNATURES_OFF


def test_terms_saved_unchanged_keep_their_signatures(seat_of):
    seat = seat_of("scoping", "secretariat")
    version = seat.review.version

    taken = scope.agree(scope.of(seat.review), seat, seen_version=version)

    assert not taken
    assert (_marks(seat.review), seat.review.version) == (["terms signed"], version)


def test_questions_that_change_take_signatures_off_too(seat_of):
    seat = seat_of("scoping", "secretariat")

    taken = questions.write([Asked("Who pays for it?")], seat, seen_version=None)

    assert taken
    assert (_marks(seat.review), questions.of(seat.review)) == ([], [Asked("Who pays for it?")])


def test_an_old_version_is_refused_with_what_stands_now(seat_of):
    seat = seat_of("draft", "host coordinator")
    seen = seat.review.version
    scope.agree(replace(scope.of(seat.review), title="Theirs"), seat, seen_version=seen)

    with pytest.raises(Stale) as stale:
        scope.agree(replace(scope.of(seat.review), title="Mine"), seat, seen_version=seen)

    assert (stale.value.theirs["title"], stale.value.version) == ("Theirs", seat.review.version)


def test_terms_are_closed_once_recruiting_has_begun(seat_of):
    seat = seat_of("recruiting", "secretariat")

    with pytest.raises(Refused):
        scope.agree(replace(scope.of(seat.review), title="Late"), seat, seen_version=None)


def test_a_deadline_moved_by_hand_stays_when_the_visit_moves(seat_of):
    seat = seat_of("recruiting", "secretariat")
    scope.move_deadline("feedback", date(2027, 12, 24), seat, reason="Holidays")

    scope.move_visit(date(2027, 10, 5), date(2027, 10, 7), seat, reason="The mayor is ill")

    assert dates.duty(seat, "feedback").day == date(2027, 12, 24)
    assert dates.duty(seat, "draft").day == date(2027, 10, 7) + timedelta(weeks=4)
    assert _last_line(seat.review).reason == "The mayor is ill"


def test_a_deadline_without_a_day_is_counted_from_the_visit_again(seat_of):
    seat = seat_of("recruiting", "secretariat")
    computed = dates.duty(seat, "feedback").day
    scope.move_deadline("feedback", date(2027, 12, 24), seat, reason="Holidays")

    scope.move_deadline("feedback", None, seat, reason="No holidays after all")

    assert (dates.duty(seat, "feedback").day, dates.duty(seat, "feedback").moved) == (computed, False)


def test_a_move_needs_a_reason(seat_of):
    seat = seat_of("recruiting", "secretariat")

    with pytest.raises(Unacceptable) as refusal:
        scope.move_deadline("feedback", date(2027, 12, 24), seat, reason=" \x00 ")

    assert refusal.value.field == "reason"


def test_a_host_does_not_move_deadlines(seat_of):
    seat = seat_of("preparing", "host coordinator")

    with pytest.raises(Refused):
        scope.move_deadline("feedback", date(2027, 12, 24), seat, reason="I want to")


def test_without_days_of_the_visit_no_deadline_stands_but_one_that_is_set_by_hand(seat_of):
    seat = seat_of("recruiting", "secretariat")
    seat.review.starts_on = seat.review.ends_on = None
    deadlines.recompute(seat.review, seat.method)
    before = [row.name for row in seat.review.deadlines]

    scope.move_deadline("feedback", date(2027, 12, 24), seat, reason="The council meets in January")
    scope.move_deadline("draft", None, seat, reason="Nobody knows the days")

    assert before == []
    assert [(row.name, row.moved) for row in seat.review.deadlines] == [("feedback", True)]


@pytest.mark.parametrize("regime", [None, Regime.MIXED])
def test_terms_come_back_from_the_history_as_they_were(seat_of, regime):
    terms = replace(
        scope.of(seat_of("draft", "secretariat").review), starts_on=date(2027, 6, 1), embargo=None, regime=regime
    )

    assert scope.from_plain(scope.plain(terms)) == terms
