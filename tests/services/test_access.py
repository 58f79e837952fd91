"""Passwords and rights, as services see them."""

import pytest
from sqlalchemy import func, select

from review_app.domain.refusal import Unacceptable
from review_app.domain.vocabulary import NetworkRight, Role
from review_app.extensions.database import db
from review_app.models.access import Purpose, SignIn
from review_app.models.network import NetworkRole, Organisation, Person
from review_app.models.review import Participant
from review_app.services import access, invitations, links, sessions
from review_app.world.network import PASSWORD

PEER = "peer@example.org"


def test_a_password_changed_while_it_was_compared_lets_nobody_in(in_context, monkeypatch):
    class Slow:
        @staticmethod
        def verify_and_update(_password, _kept):
            db.session.query(Person).filter_by(identity=PEER).update({"password_hash": "changed meanwhile"})
            db.session.commit()
            return True, None

    monkeypatch.setattr(access, "hasher", Slow)

    assert access.person_by_password(PEER, PASSWORD) is None


def test_giving_a_right_twice_gives_it_once(in_context, world):
    for _time in range(2):
        access.give_right(world.person("member"), NetworkRight.SECRETARIAT)

    mine = select(func.count(NetworkRole.id)).where(NetworkRole.person_id == world.person("member").id)
    assert db.session.scalar(mine) == 1


def test_taking_a_right_that_nobody_has_changes_nothing(in_context, world):
    before = db.session.scalar(select(func.count(NetworkRole.id)))

    access.take_right(world.person("member"), NetworkRight.SECRETARIAT)

    assert db.session.scalar(select(func.count(NetworkRole.id))) == before


def test_a_closed_account_does_not_count_as_the_one_who_remains(in_context, world):
    access.give_right(world.person("member"), NetworkRight.SECRETARIAT)
    world.person("member").is_active = False
    db.session.flush()

    with pytest.raises(Unacceptable):
        access.take_right(world.person("secretariat"), NetworkRight.SECRETARIAT)


def test_a_change_of_rights_ends_the_sessions(in_context, world):
    person = world.person("member")
    sessions.begin(person)

    access.give_right(person, NetworkRight.SECRETARIAT)

    assert db.session.scalar(select(func.count(SignIn.id)).where(SignIn.person_id == person.id)) == 0


def test_an_invited_member_without_a_city_gets_one(in_context, world):
    person = world.person("member")
    person.organisation_id = None
    city = db.session.scalars(select(Organisation).where(Organisation.slug == "norrvik")).one()

    invitations.invite(email=person.email, organisation=city, by=world.person("secretariat"))

    assert person.organisation_id == city.id


def test_inviting_twice_gives_one_role(in_context, world):
    person, review = world.person("member"), world.review("recruiting")

    for _time in range(2):
        invitations.invite(email=person.email, role=Role.OBSERVER, review=review)

    mine = select(func.count(Participant.id)).where(Participant.person_id == person.id)
    assert db.session.scalar(mine.where(Participant.review_id == review.id)) == 1


def test_a_link_opens_nothing_before_its_letter_leaves(in_context, world):
    link = links.make(Purpose.SIGN_IN, email=PEER, person=world.person("peer"))

    assert links.live(link.digest) is None


def test_a_link_is_no_good_to_another_account_that_took_its_address(in_context, world):
    person, other = world.person("peer"), world.person("member")
    link = links.make(Purpose.SIGN_IN, email=PEER, person=person)
    token = links.hand_out(link, "secret", sessions.SEEN_EVERY)
    person.identity, person.email = "elsewhere@example.org", "elsewhere@example.org"
    db.session.flush()
    other.identity = PEER
    db.session.flush()

    assert links.live(token) is None


def test_only_one_of_two_uses_a_link(in_context, world):
    link = links.make(Purpose.SIGN_IN, email=PEER, person=world.person("peer"))

    assert [links.use(link), links.use(link)] == [True, False]
