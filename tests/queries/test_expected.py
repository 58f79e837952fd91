"""Who is expected at a visit: everybody with a role once, nobody who has left, at the cost of one statement."""

import pytest
import time_machine
from sqlalchemy import event, select

from review_app.domain.material import Guest, Part
from review_app.domain.vocabulary import Role, Side
from review_app.extensions.database import db
from review_app.models.network import Organisation, Person
from review_app.models.review import Participant, ReviewCity
from review_app.queries import report_material
from review_app.services import team
from tests import feedback_world as town


@pytest.fixture
def in_review(tmp_path):
    with time_machine.travel(town.BEFORE, tick=True), town.app_in(tmp_path).app_context() as context:
        yield context


def _review():
    return town.seat_of("Ada").seat.review


def _guests():
    return report_material.of(_review(), also={Part.PEOPLE}).guests


def _names():
    return [guest.name for guest in _guests()]


def _row(name, role=None):
    rows = db.session.scalars(select(Participant).join(Participant.person).where(Person.name == name))
    return next(row for row in rows if role in (None, row.role))


def test_everybody_stands_in_the_order_of_the_roles_with_what_they_stand_for(in_review):
    assert [(guest.name, guest.roles, guest.organisation) for guest in _guests()] == [
        ("Hugo", (Role.HOST_COORDINATOR,), "Aldermere"),
        ("Lea", (Role.LEAD_REVIEWER,), "Castelline"),
        ("Ada", (Role.PEER,), "Norrvik"),
        ("Bo", (Role.PEER,), "Norrvik"),
        ("Cem", (Role.PEER,), "Brackwater"),
        ("Dora", (Role.PEER,), "Castelline"),
        ("Olga", (Role.OBSERVER,), "Norrvik"),
    ]


def test_who_has_two_roles_stands_once_where_the_first_of_them_stands(in_review):
    ada = _row("Ada")
    db.session.add(Participant(review_id=ada.review_id, person_id=ada.person_id, role=Role.RAPPORTEUR))
    db.session.flush()

    assert _names() == ["Hugo", "Lea", "Ada", "Bo", "Cem", "Dora", "Olga"]
    assert _guests()[2] == Guest("Ada", (Role.RAPPORTEUR, Role.PEER), "", "Norrvik", "BE")


def test_a_city_is_called_as_it_is_in_the_review(in_review):
    norrvik = select(ReviewCity).join(Organisation).where(Organisation.name == "Norrvik", ReviewCity.side == Side.PEER)
    db.session.scalars(norrvik).one().named = "Greater Norrvik"
    db.session.flush()

    assert {guest.organisation for guest in _guests() if guest.name in ("Ada", "Bo")} == {"Greater Norrvik"}


def test_who_was_dismissed_is_not_expected(in_review):
    team.dismiss(_row("Olga"), town.seat_of("Sven").seat)

    assert "Olga" not in _names()


def test_who_declined_is_not_expected(in_review):
    review = _review()
    review.stage = "recruiting"
    team.decline(town.seat_of("Cem").seat)

    assert "Cem" not in _names()


def test_the_peers_of_a_city_that_declined_are_not_expected(in_review):
    norrvik = select(ReviewCity).join(Organisation).where(Organisation.name == "Norrvik", ReviewCity.side == Side.PEER)
    db.session.scalars(norrvik).one().declined_at = town.BEFORE
    db.session.flush()

    assert _names() == ["Hugo", "Lea", "Cem", "Dora", "Olga"]


def test_a_closed_account_is_not_expected(in_review):
    _row("Bo").person.is_active = False
    db.session.flush()

    assert "Bo" not in _names()


def test_people_and_dates_are_gathered_only_for_a_paper_that_asks(in_review):
    plain, closing = report_material.of(_review()), report_material.of(_review(), also={Part.CLOSING})

    assert (plain.guests, plain.closes) == ((), None)
    assert (closing.guests, closing.closes) == ((), town.CLOSES)


def test_each_part_costs_one_statement_however_many_people_there_are(in_review):
    plain, few, both = _statements(()), _statements({Part.PEOPLE}), _statements(set(Part))
    _add_people(30)

    assert (few, both) == (plain + 1, plain + 2)
    assert _statements({Part.PEOPLE}) == few


def _add_people(count):
    review = _review()
    for number in range(count):
        home = Organisation(slug=f"home-{number}", name=f"Home {number}", country="BE")
        person = Person(email=f"p{number}@x.org", identity=f"p{number}@x.org", name=f"Person {number}")
        person.organisation = home
        db.session.add(Participant(review_id=review.id, person=person, role=Role.OBSERVER))
    db.session.flush()


def _statements(also):
    review = _review()
    db.session.expire_all()
    review.edition.digest  # noqa: B018 (gathered before the counting starts)
    seen = []

    def note(*given):
        seen.append(given[2])

    event.listen(db.engine, "before_cursor_execute", note)
    material = report_material.of(review, also=also)
    event.remove(db.engine, "before_cursor_execute", note)
    assert bool(material.guests) == (Part.PEOPLE in also)
    return len(seen)
