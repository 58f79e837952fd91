"""Peer cities: invited, invited again, declined, withdrawn with all they could see."""

import pytest
from sqlalchemy import select

from review_app.domain.refusal import Refused, Unacceptable
from review_app.domain.vocabulary import Role
from review_app.extensions.database import db
from review_app.models.access import PersonalLink
from review_app.models.network import Organisation
from review_app.queries import cities as queries
from review_app.queries import seats
from review_app.queries.cities import Standing
from review_app.services import cities, team
from review_app.services.team import Interests

NO = {"paid": False, "contracted": False, "competing": False, "personal": False}


@pytest.fixture
def seat(in_context, world):
    return seats.seat_at(world.review("draft"), world.person("host coordinator"))


def _place(slug):
    return db.session.scalars(select(Organisation).where(Organisation.slug == slug)).one()


def _standings(review):
    return {peer.row.organisation.slug: peer.standing for peer in queries.peers(review)}


def _peer_seat(review, world, who="peer"):
    return seats.seat_at(review, world.person(who))


def test_a_city_without_an_account_is_invited_by_letter(seat):
    cities.invite(_place("norrvik"), "somebody.new@norrvik.example", seat=seat)

    peer = queries.peers(seat.review)[0]
    assert (peer.standing, peer.people, peer.waiting) == (Standing.INVITED, (), ("somebody.new@norrvik.example",))


def test_a_person_with_an_account_joins_at_once(seat, world):
    cities.invite(_place("norrvik"), "peer@example.org", seat=seat)

    assert _standings(seat.review) == {"norrvik": Standing.JOINED}
    assert _peer_seat(seat.review, world).cities == frozenset((_place("norrvik").id,))


def test_a_second_person_of_a_city_makes_no_second_row(seat):
    cities.invite(_place("norrvik"), "peer@example.org", seat=seat)

    cities.invite(_place("norrvik"), "colleague@example.org", seat=seat)

    peers = queries.peers(seat.review)
    assert [[person.email for person in peer.people] for peer in peers] == [
        ["peer@example.org", "colleague@example.org"]
    ]


def test_the_host_is_not_its_own_peer(seat):
    with pytest.raises(Unacceptable) as refusal:
        cities.invite(_place("aldermere"), "host@example.org", seat=seat)

    assert (refusal.value.field, queries.peers(seat.review)) == ("organisation", [])


def test_a_city_that_accepts_is_accepted(seat, world):
    cities.invite(_place("norrvik"), "peer@example.org", seat=seat)

    team.accept(Interests(NO), _peer_seat(seat.review, world))

    assert _standings(seat.review) == {"norrvik": Standing.ACCEPTED}


def test_a_city_whose_only_person_declines_has_declined_and_can_be_invited_again(seat, world):
    cities.invite(_place("norrvik"), "peer@example.org", seat=seat)

    team.decline(_peer_seat(seat.review, world), reason="No time")

    assert _standings(seat.review) == {"norrvik": Standing.DECLINED}
    assert seats.take(seat.review.ref, world.person("peer")) is None
    cities.invite(_place("norrvik"), "colleague@example.org", seat=seat)
    assert _standings(seat.review) == {"norrvik": Standing.JOINED}


def test_a_city_stays_when_one_of_its_two_people_declines(seat, world):
    cities.invite(_place("norrvik"), "peer@example.org", seat=seat)
    cities.invite(_place("norrvik"), "colleague@example.org", seat=seat)

    team.decline(_peer_seat(seat.review, world))

    assert _standings(seat.review) == {"norrvik": Standing.JOINED}


def test_a_withdrawn_city_loses_everything_at_once(seat, world):
    cities.invite(_place("norrvik"), "peer@example.org", seat=seat)
    cities.invite(_place("norrvik"), "somebody.new@norrvik.example", seat=seat)

    cities.withdraw(queries.peers(seat.review)[0].row, seat, reason="Too many")

    assert queries.peers(seat.review) == []
    assert seats.take(seat.review.ref, world.person("peer")) is None
    links = select(PersonalLink).where(PersonalLink.review_id == seat.review.id, PersonalLink.role == Role.PEER)
    assert db.session.scalars(links).all() == []


def test_a_peer_invites_nobody(in_context, world):
    seat = seats.seat_at(world.review("recruiting"), world.person("peer"))

    with pytest.raises(Refused):
        cities.invite(_place("portavela"), "x@portavela.example", seat=seat)
