"""Who reads which returns, and that the list costs the same however long it is."""

import pytest
import time_machine
from sqlalchemy import event

from review_app.extensions.database import db
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.network import Organisation
from review_app.queries import returns
from review_app.services import feedback
from tests import feedback_world as town

AFTER = town.CLOSES.timestamp() + 60


@pytest.fixture
def in_review(tmp_path):
    with time_machine.travel(town.BEFORE, tick=True), town.app_in(tmp_path).app_context() as context:
        town.write_the_minimum("Ada")
        town.write_the_minimum("Cem")
        town.write("Dora")
        for name in ("Ada", "Cem"):
            table = town.seat_of(name)
            feedback.send(table.seat, city=table.city)
        yield context


def _cities(name):
    return [one.organisation.name for one in returns.listed(town.seat_of(name).seat).returns]


@pytest.mark.parametrize(
    ("name", "cities"),
    [
        ("Sven", ["Brackwater", "Castelline", "Norrvik"]),
        ("Lea", ["Brackwater", "Castelline", "Norrvik"]),
        ("Ada", ["Norrvik"]),
        ("Dora", ["Castelline"]),
        ("Hugo", []),
        ("Olga", []),
    ],
)
def test_before_the_deadline_peers_read_their_own_and_the_team_all(in_review, name, cities):
    assert _cities(name) == cities


@pytest.mark.parametrize(
    ("name", "cities"),
    [
        ("Lea", ["Brackwater", "Castelline", "Norrvik"]),
        ("Ada", ["Brackwater", "Norrvik"]),
        ("Dora", ["Brackwater", "Castelline", "Norrvik"]),
        ("Hugo", []),
        ("Olga", []),
    ],
)
def test_after_the_deadline_peers_read_what_was_sent(in_review, name, cities):
    with time_machine.travel(AFTER, tick=False):
        assert _cities(name) == cities


def _add_cities(count):
    review = town.seat_of("Ada").seat.review
    for number in range(count):
        city = Organisation(slug=f"more-{number}", name=f"More {number:02}", country="BE")
        mine = Return(review_id=review.id, organisation=city)
        mine.items = [FeedbackItem(kind="lesson", headline=f"Lesson {number}-{more}") for more in range(3)]
        db.session.add(mine)
    db.session.flush()


def test_a_long_list_comes_in_pages_of_twenty(in_review):
    _add_cities(40)
    seat = town.seat_of("Sven").seat

    pages = [returns.listed(seat, number) for number in (1, 2, 3, 99, -1)]

    assert [(one.page, one.pages, one.total, len(one.returns)) for one in pages] == [
        (1, 3, 43, 20),
        (2, 3, 43, 20),
        (3, 3, 43, 3),
        (3, 3, 43, 3),
        (1, 3, 43, 20),
    ]


def test_the_list_takes_as_many_statements_for_twenty_cities_as_for_three(in_review):
    few = _statements()
    _add_cities(30)

    assert _statements() == few


def _statements():
    seat = town.seat_of("Sven").seat
    seat.moment  # noqa: B018 (gathered before the counting starts)
    db.session.expire_all()
    seat.review.id  # noqa: B018
    seen = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    for one in returns.listed(seat).returns:
        assert [item.headline for item in one.items] != one.organisation.name
    return len(seen)
