"""What somebody removed is nobody else's earlier version, even where the database gives its number anew."""

import pytest
from sqlalchemy import select

from review_app.domain.vocabulary import CommentKind
from review_app.extensions.database import db
from review_app.models.base import new_key
from review_app.models.history import Revision
from review_app.services import facts, feedback, messages
from review_app.services.facts import Remark
from tests import feedback_world
from tests.synthesis_world import free_items, make_message, seat_of


@pytest.fixture
def small(tmp_path):
    app = feedback_world.app_in(tmp_path)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def histories(row):
    mine = select(Revision.content).where(Revision.thing == row.__tablename__, Revision.thing_id == row.id)
    return [content["headline" if "headline" in content else "comment"] for content in db.session.scalars(mine)]


def test_a_city_does_not_inherit_what_another_city_removed(small, travel_to):
    travel_to(feedback_world.BEFORE)
    removed = feedback_world.write("Ada", headline="Only Norrvik ever wrote this")
    table, number = feedback_world.seat_of("Ada"), removed.id
    feedback.drop(removed, table.seat, city=table.city)

    written = feedback_world.write("Cem", headline="Brackwater writes this")

    assert written.id == number
    assert histories(written) == ["Brackwater writes this"]


def test_a_new_message_does_not_inherit_what_a_removed_one_said(in_context, world):
    seat = seat_of(world, "drafting", "rapporteur")
    first, second = free_items(seat.review)[:2]
    removed = make_message(seat, [first], headline="The team thought better of this")
    number = removed.id
    messages.drop(removed, seat)

    made = make_message(seat, [second], headline="The team says this")

    assert made.id == number
    assert histories(made) == ["The team says this"]


def test_a_new_comment_does_not_inherit_what_was_taken_back(in_context, world):
    seat = seat_of(world, "fact_check", "host coordinator")
    remark = {"about": "part:saw", "kind": CommentKind.TYPO, "quoted": "", "source": "", "print_view": False}
    removed = facts.comment(new_key(), Remark(**remark, comment="The host thought better"), seat, seen_version=None)
    number = removed.id
    facts.withdraw(removed, seat)

    made = facts.comment(new_key(), Remark(**remark, comment="The host says this"), seat, seen_version=None)

    assert made.id == number
    assert histories(made) == ["The host says this"]
