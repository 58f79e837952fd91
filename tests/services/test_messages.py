"""Messages: made of released items alone, revised, ordered, taken apart."""

import pytest
from sqlalchemy import func, select

from review_app.domain.refusal import Refused, Stale, Unacceptable
from review_app.domain.vocabulary import Use
from review_app.extensions.database import db
from review_app.models.base import new_key
from review_app.models.history import Revision
from review_app.models.synthesis import Message
from review_app.queries import messages as reading
from review_app.queries import report_material
from review_app.queries.messages import Wanted
from review_app.services import messages
from tests.synthesis_world import free_items, keys_in, make_message, messages_of, seat_of, wording


@pytest.fixture
def seat(in_context, world):
    return seat_of(world, "drafting", "rapporteur")


@pytest.fixture
def items(seat):
    return free_items(seat.review)


def _line(message, seat):
    return reading.line(message, seat)


def test_the_rapporteur_makes_a_message_of_items_and_they_are_free_no_more(seat, items):
    before = reading.free(seat, Wanted()).total

    message = make_message(seat, items[:2])

    assert keys_in(message) == {items[0].key, items[1].key}
    assert reading.free(seat, Wanted()).total == before - 2


def test_the_same_key_again_makes_no_second_message(seat, items):
    key, count = new_key(), len(messages_of(seat.review))
    messages.create(key, wording(), seat, items=[items[0].key])

    messages.create(key, wording("The team says it better"), seat, items=[items[0].key])

    made = messages.find(key, seat.review)
    assert (len(messages_of(seat.review)), made.headline) == (count + 1, "The team says it better")


def test_support_counts_cities_and_not_items(seat, items):
    by_city = {item.city_return.organisation_id: item for item in items}
    first = next(iter(by_city.values()))
    same = next(item for item in items if item is not first and item.return_id == first.return_id)

    message = make_message(seat, [first, same])

    assert (_line(message, seat).cities, _line(message, seat).of) == (1, 5)


@pytest.mark.parametrize("use", [Use.HOST_ONLY, Use.TEAM_ONLY])
def test_an_item_kept_out_of_the_report_cannot_be_put_in(seat, items, use):
    items[0].use = use
    db.session.flush()

    with pytest.raises(Unacceptable, match="kept out of the report by its author"):
        make_message(seat, items[:1])


def test_an_item_of_a_return_not_sent_cannot_be_put_in(seat, items):
    items[0].city_return.submitted_at = None
    db.session.flush()

    with pytest.raises(Unacceptable, match="not sent yet"):
        make_message(seat, items[:1])


def test_an_item_stands_in_one_message_at_most(seat, items):
    make_message(seat, items[:1])
    other = make_message(seat, items[1:2])

    with pytest.raises(Unacceptable, match="is in another message already"):
        messages.put_in(other, [items[0].key], seat)


def test_an_item_that_is_in_the_message_already_stays(seat, items):
    message = make_message(seat, items[:1])

    messages.put_in(message, [items[0].key, items[1].key], seat)

    assert keys_in(message) == {items[0].key, items[1].key}


def test_an_item_of_another_review_cannot_be_put_in(seat, world):
    foreign = free_items(world.review("published"))[0]

    with pytest.raises(Unacceptable, match="no longer there"):
        make_message(seat, [foreign])


def test_an_item_taken_out_stands_alone_again(seat, items):
    message = make_message(seat, items[:2])

    messages.take_out(message, items[0].key, seat)

    assert keys_in(message) == {items[1].key}
    assert items[0].key in {one.key for one in reading.chosen([items[0].key], seat)}


def test_a_removed_message_frees_its_items_and_leaves_its_text_in_the_history(seat, items):
    message = make_message(seat, items[:1])
    key = message.key

    messages.drop(message, seat)

    kept = db.session.scalars(select(Revision.content).where(Revision.thing == f"message {key}"))
    assert items[0].key in {item.key for item in free_items(seat.review)}
    assert {content["headline"] for content in kept} == {"The team says so"}


def test_a_save_on_an_older_version_is_refused_with_both_texts_kept(seat, items):
    message = make_message(seat, items[:1])
    seen = message.version
    messages.revise(message, wording("Mine"), seat, seen_version=seen)

    with pytest.raises(Stale) as stale:
        messages.revise(message, wording("Yours"), seat, seen_version=seen)

    assert (stale.value.theirs["headline"], message.headline) == ("Mine", "Mine")


def test_saving_the_same_text_twice_is_no_conflict(seat, items):
    message = make_message(seat, items[:1])
    seen = message.version
    messages.revise(message, wording("Mine"), seat, seen_version=seen)

    messages.revise(message, wording("Mine"), seat, seen_version=seen)

    assert (message.headline, message.version) == ("Mine", seen + 1)


def test_a_message_needs_a_sentence(seat, items):
    with pytest.raises(Unacceptable, match="one full sentence"):
        make_message(seat, items[:1], headline=" \n ")


def test_a_message_answers_a_question_of_its_review(seat, items):
    with pytest.raises(Unacceptable, match="one of the review questions"):
        make_message(seat, items[:1], question=77)


def test_a_message_moves_among_those_of_its_kind_without_becoming_stale(seat, items):
    first, second = make_message(seat, items[:1]), make_message(seat, items[1:2])
    versions = first.version, second.version

    messages.move(second, seat, up=True)

    db.session.expire_all()
    order = [key for key, _headline, _number in reading.titles(seat) if key in (first.key, second.key)]
    assert order == [second.key, first.key]
    assert (first.version, second.version) == versions


def test_the_first_message_of_its_kind_stays_first(seat):
    first = reading.titles(seat)[0][0]

    messages.move(messages.find(first, seat.review), seat, up=True)

    assert reading.titles(seat)[0][0] == first


def test_the_order_is_that_of_the_report(seat):
    kinds = [line.kind.value for line in reading.lines(seat).rows]

    assert kinds == ["success_factor", "success_factor", "challenge"]


def test_a_withdrawn_item_no_longer_counts_and_the_team_is_told(seat, items):
    message = make_message(seat, items[:1])
    items[0].use = Use.TEAM_ONLY
    db.session.flush()

    line = _line(message, seat)

    assert (line.cities, [source.withheld for source in line.sources]) == (0, [True])


def test_nobody_writes_messages_after_the_fact_check(in_context, world):
    seat = seat_of(world, "sign_off", "rapporteur")

    with pytest.raises(Refused, match="another stage"):
        messages.drop(messages_of(seat.review)[0], seat)


def test_the_host_reads_messages_from_the_fact_check_on_without_items(in_context, world):
    lines = reading.lines(seat_of(world, "fact_check", "host coordinator")).rows

    assert len(lines) == 8
    assert {line.sources for line in lines} == {()}


def test_a_member_reads_no_messages(in_context, world):
    seat = seat_of(world, "fact_check", "member")

    assert (reading.lines(seat).total, reading.titles(seat), reading.free(seat, Wanted()).total) == (0, [], 0)


def test_a_page_number_from_elsewhere_finds_the_nearest(seat):
    assert reading.lines(seat, page=10**30).page == 1
    assert reading.free(seat, Wanted(page=-5)).page == 1


def test_free_items_are_found_by_kind_and_question(seat, items):
    wanted = Wanted(kind=items[0].kind, question=items[0].question)

    found = reading.free(seat, wanted).rows

    assert {(one.kind, one.question) for one in found} == {(items[0].kind, items[0].question)}


def test_every_message_of_the_world_has_a_key(in_context):
    assert db.session.scalar(select(func.count(Message.id)).where(Message.key == "")) == 0


def test_a_message_in_another_language_carries_one_sentence_in_english(seat, items):
    message = make_message(seat, items[:1], summary=f"  One desk\nfor all  {'x' * 300}")

    kept = messages.content_of(message)["summary"]
    assert (kept[:18], len(kept)) == ("One desk for all x", 200)
    assert _line(message, seat).summary == kept
    assert kept in [text.summary for text in report_material.of(seat.review).messages]


def test_a_summary_is_part_of_the_wording_and_of_its_history(seat, items):
    message = make_message(seat, items[:1])

    messages.revise(message, wording(summary="In English"), seat, seen_version=message.version)

    last = db.session.scalars(select(Revision).where(Revision.thing_id == message.id).order_by(Revision.id)).all()[-1]
    assert (message.summary, message.version, last.content["summary"]) == ("In English", 2, "In English")
