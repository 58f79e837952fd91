"""A city writes its return: drafts, versions, two colleagues, sending, reopening, and every refusal."""

import threading

import pytest
import time_machine
from sqlalchemy import func, select

from review_app.domain.refusal import Refused, Stale, Unacceptable
from review_app.domain.vocabulary import Attribution, ItemKind, Use
from review_app.extensions.database import db
from review_app.models.base import new_key
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.history import Revision
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


def test_a_peer_saves_a_whole_item_and_finds_every_answer_again(in_review):
    item = town.write("Ada", "challenge", headline="It is hard to find", question="2", power="city")

    assert reading.answers_of(item) == {
        "headline": "It is hard to find",
        "explanation": "Three people named their adviser first.",
        "question": "2",
        "attribution": "city",
        "use": "report",
        "language": "en",
        "seriousness": "critical",
        "power": "city",
    }
    assert (item.kind, item.question, item.attribution, item.use) == ("challenge", 2, Attribution.CITY, Use.REPORT)


def test_a_peer_saves_a_draft_that_has_only_begun(in_review):
    item = town.write("Ada", headline="", attribution="", use="", question="")

    missing = [gap.question for gap in reading.missing_in(item, town.seat_of("Ada").seat.method)]
    assert missing == ["headline", "attribution", "use"]
    assert item.attribution is Attribution.ANONYMOUS


def test_another_question_is_remembered_as_the_answer_it_is(in_review):
    item = town.write("Ada", question="another")

    assert (item.question, reading.answers_of(item)["question"]) == (None, "another")


def test_a_choice_made_later_closes_the_gap(in_review):
    item = town.write("Ada", attribution="")
    town.write("Ada", key=item.key, version=item.version, attribution="anonymous")

    assert reading.missing_in(item, town.seat_of("Ada").seat.method) == []


def test_an_item_made_elsewhere_counts_as_chosen(in_review):
    town.write("Ada")
    made = FeedbackItem(return_id=_items()[0].return_id, kind=ItemKind.LESSON, headline="A lesson", answers={})
    db.session.add(made)
    db.session.flush()

    assert reading.missing_in(made, town.seat_of("Ada").seat.method) == []


def test_saving_the_same_again_makes_one_row_and_one_version(in_review):
    first = town.write("Ada")
    again = town.write("Ada", key=first.key, version=None)

    assert (again.id, again.version, len(_items())) == (first.id, 1, 1)
    assert db.session.scalar(select(func.count(Revision.id))) == 1


def test_a_save_on_an_old_version_is_stale_and_changes_nothing(in_review):
    item = town.write("Ada", headline="First")
    town.write("Bo", key=item.key, version=1, headline="By Bo")

    with pytest.raises(Stale) as stale:
        town.write("Ada", key=item.key, version=1, headline="By Ada")

    assert (stale.value.theirs["headline"], stale.value.version, item.headline) == ("By Bo", 2, "By Bo")


def test_a_form_that_knows_of_no_version_is_stale_once_a_row_stands(in_review):
    item = town.write("Ada", headline="First")

    with pytest.raises(Stale):
        town.write("Ada", key=item.key, version=None, headline="Typed after going back")


def test_every_version_is_kept_with_its_writer(in_review):
    item = town.write("Ada", headline="First")
    town.write("Bo", key=item.key, version=1, headline="Second")

    rows = db.session.scalars(select(Revision).order_by(Revision.number))
    assert [(row.number, row.person.name, row.content["headline"]) for row in rows] == [
        (1, "Ada", "First"),
        (2, "Bo", "Second"),
    ]


def test_an_empty_form_saves_nothing(in_review):
    table = town.seat_of("Ada")

    with pytest.raises(Unacceptable) as refusal:
        feedback.save(
            new_key(),
            table.seat,
            city=table.city,
            kind=ItemKind.LESSON,
            answers={"headline": "", "language": "en"},
            seen_version=None,
        )

    assert refusal.value.field == "headline"
    assert _items() == []


def test_two_colleagues_write_one_return(in_review):
    town.write("Ada", headline="By Ada")
    town.write("Bo", headline="By Bo")

    returns = list(db.session.scalars(select(Return)))
    assert [[item.headline for item in one.items] for one in returns] == [["By Ada", "By Bo"]]


def test_two_first_saves_at_once_make_one_return(review_app):
    meet = threading.Barrier(2)
    troubles = []

    def save(name):
        try:
            with review_app.app_context():
                meet.wait()
                town.write(name)
                db.session.commit()
        except Exception as trouble:  # noqa: BLE001 (told by the assertion)
            troubles.append(trouble)

    threads = [threading.Thread(target=save, args=(name,)) for name in ("Ada", "Bo")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with review_app.app_context():
        assert (troubles, db.session.scalar(select(func.count(Return.id))), len(_items())) == ([], 1, 2)


def test_a_colleague_who_was_faster_began_the_return_for_both(in_review, monkeypatch):
    town.write("Bo")
    answers = iter([None])
    really = feedback._own
    monkeypatch.setattr(feedback, "_own", lambda seat, city: next(answers, really(seat, city)))

    town.write("Ada")

    assert db.session.scalar(select(func.count(Return.id))) == 1


def test_a_peer_cannot_write_under_the_key_of_another_city(in_review):
    theirs = town.write("Cem", headline="By Cem")

    with pytest.raises(Refused):
        town.write("Ada", key=theirs.key, version=theirs.version, headline="By Ada")

    assert theirs.headline == "By Cem"


def test_a_key_that_the_product_never_made_is_refused(in_review):
    with pytest.raises(Refused):
        town.write("Ada", key="short")


def test_a_peer_cannot_write_for_a_city_they_do_not_speak_for(in_review):
    table, other = town.seat_of("Ada"), town.seat_of("Cem").city

    with pytest.raises(Refused):
        feedback.save(
            new_key(),
            table.seat,
            city=other,
            kind=ItemKind.LESSON,
            answers=town.answers(),
            seen_version=None,
        )


@pytest.mark.parametrize("name", ["Hugo", "Lea", "Olga", "Sven"])
def test_nobody_but_peers_gives_feedback(in_review, name):
    table, city = town.seat_of(name), town.seat_of("Ada").city

    with pytest.raises(Refused):
        feedback.send(table.seat, city=city)
