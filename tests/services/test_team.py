"""People of a review: appointed, answering for themselves, leaving."""

import pytest
from sqlalchemy import select

from review_app.domain import conduct
from review_app.domain.refusal import Refused, Unacceptable
from review_app.domain.vocabulary import Role
from review_app.extensions.database import db
from review_app.models.review import JournalEntry, Participant
from review_app.queries import seats
from review_app.queries import team as queries
from review_app.services import team
from review_app.services.team import Interests

NO = dict.fromkeys(conduct.INTERESTS, False)


@pytest.fixture
def seat(in_context, world):
    return seats.seat_at(world.review("recruiting"), world.person("secretariat"))


def _roles_of(review, email):
    return {row.role for row in queries.people(review) if row.person.email == email}


def test_the_secretariat_gives_one_person_two_roles(seat):
    team.appoint("member@example.org", Role.RAPPORTEUR, seat)
    team.appoint("member@example.org", Role.OBSERVER, seat)

    assert _roles_of(seat.review, "member@example.org") == {Role.RAPPORTEUR, Role.OBSERVER}


def test_somebody_unknown_waits_for_the_letter(seat):
    team.appoint("who@elsewhere.example", Role.OBSERVER, seat)

    assert ("who@elsewhere.example", Role.OBSERVER) in queries.waiting(seat.review)


def test_a_colleague_of_the_host_belongs_to_the_host(in_context, world):
    seat = seats.seat_at(world.review("draft"), world.person("host coordinator"))

    team.add_colleague("member@example.org", seat)

    row = next(row for row in queries.people(seat.review) if row.person.email == "member@example.org")
    assert (row.role, row.organisation.slug) == (Role.HOST_CONTRIBUTOR, "aldermere")


def test_a_host_appoints_no_lead_reviewer(in_context, world):
    seat = seats.seat_at(world.review("draft"), world.person("host coordinator"))

    with pytest.raises(Refused):
        team.appoint("member@example.org", Role.LEAD_REVIEWER, seat)


def test_a_dismissed_person_is_out(seat, world):
    row = queries.one(seat.review, world.person("tiago.serrano@example.org").key, "rapporteur")

    team.dismiss(row, seat)

    assert seats.take(seat.review.ref, world.person("tiago.serrano@example.org")) is None


def test_the_last_coordinator_stays(seat, world):
    row = queries.one(seat.review, world.person("andres.olmeda@example.org").key, "host_coordinator")

    with pytest.raises(Unacceptable):
        team.dismiss(row, seat)

    assert _roles_of(seat.review, "andres.olmeda@example.org") == {Role.HOST_COORDINATOR}


def test_a_peer_accepts_with_the_version_of_the_code(in_context, world):
    seat = seats.seat_at(world.review("recruiting"), world.person("peer"))

    team.accept(Interests({**NO, "paid": True}, "A lecture in 2024"), seat)

    row = team.own_rows(seat)[0]
    assert row.code_accepted_at is not None
    assert team.read_interests(row.interests) == Interests({**NO, "paid": True}, "A lecture in 2024")
    assert f'"code": {conduct.VERSION}' in row.interests


def test_an_interest_is_explained(in_context, world):
    seat = seats.seat_at(world.review("recruiting"), world.person("peer"))

    with pytest.raises(Unacceptable) as refusal:
        team.accept(Interests({**NO, "paid": True}), seat)

    assert (refusal.value.field, team.own_rows(seat)[0].code_accepted_at) == ("note", None)


def test_the_reason_of_a_decline_stands_in_the_record(in_context, world):
    seat = seats.seat_at(world.review("recruiting"), world.person("peer"))

    team.decline(seat, reason="Elections\r\nthat week")

    line = db.session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert (line.action, line.reason) == ("decline the invitation", "Elections\nthat week")
    rows = select(Participant).where(Participant.review_id == seat.review.id, Participant.person_id == seat.person.id)
    assert db.session.scalars(rows).all() == []


@pytest.mark.parametrize("kept", ["Works with the host.", '{"answers": 3}', "[1]", '"x"'])
def test_interests_written_elsewhere_are_read_as_words(kept):
    assert team.read_interests(kept) == Interests({}, kept)


def test_nothing_declared_is_nothing():
    assert team.read_interests("") is None
