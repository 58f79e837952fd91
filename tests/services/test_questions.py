"""Review questions: numbered in order, each a question, never more than the method takes."""

import pytest

from review_app.domain.refusal import Refused, Stale, Unacceptable
from review_app.queries import seats
from review_app.services import questions
from review_app.services.questions import Asked


@pytest.fixture
def seat(in_context, world):
    return seats.seat_at(world.review("draft"), world.person("host coordinator"))


def test_a_host_writes_questions_without_gaps(seat):
    asked = [Asked("Who pays?"), Asked(""), Asked("Who stays?", "It runs out in 2028.")]

    questions.write(asked, seat, seen_version=None)

    assert questions.of(seat.review) == [Asked("Who pays?"), Asked("Who stays?", "It runs out in 2028.")]
    assert [one.number for one in seat.review.questions] == [1, 2]


@pytest.mark.parametrize("text", ["Wer zahlt?", "Ποιος πληρώνει;", "من يدفع؟", "谁付钱？", "Is it “fair?”"])
def test_a_question_ends_as_its_language_ends_it(seat, text):
    questions.write([Asked(text)], seat, seen_version=None)

    assert questions.of(seat.review) == [Asked(text)]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ([Asked("Who pays?"), Asked("It must stop.")], "question_2"),
        ([Asked(""), Asked("", "Because.")], "question_2"),
    ],
)
def test_what_is_no_question_is_refused_at_its_field(seat, asked, field):
    before = questions.of(seat.review)

    with pytest.raises(Unacceptable) as refusal:
        questions.write(asked, seat, seen_version=None)

    assert (refusal.value.field, questions.of(seat.review)) == (field, before)


def test_six_questions_are_too_many(seat):
    with pytest.raises(Unacceptable):
        questions.write([Asked(f"Question {number}?") for number in range(6)], seat, seen_version=None)


def test_questions_seen_before_somebody_changed_them_are_refused(seat):
    seen = questions.version(questions.of(seat.review))
    questions.write([Asked("Theirs?")], seat, seen_version=seen)

    with pytest.raises(Stale) as stale:
        questions.write([Asked("Mine?")], seat, seen_version=seen)

    assert stale.value.theirs == {"question_1": "Theirs?", "why_1": ""}


def test_a_peer_writes_no_questions(in_context, world):
    seat = seats.seat_at(world.review("recruiting"), world.person("peer"))

    with pytest.raises(Refused):
        questions.write([Asked("Mine?")], seat, seen_version=None)


def test_questions_saved_as_they_stand_change_nothing_however_old_the_page_is(seat):
    questions.write([Asked("Who pays?")], seat, seen_version=None)

    taken = questions.write([Asked("Who pays?"), Asked("")], seat, seen_version=0)

    assert (taken, questions.of(seat.review)) == (False, [Asked("Who pays?")])
