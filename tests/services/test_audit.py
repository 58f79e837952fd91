"""The audit trail as services write it: with the act or not at all, in one chain, without a word that was typed."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from review_app.domain import audit as words
from review_app.domain.refusal import Unacceptable
from review_app.domain.vocabulary import Level, NetworkRight, Role
from review_app.extensions.database import db
from review_app.models.base import as_of
from review_app.models.network import Organisation, Person
from review_app.models.review import Participant, Review, ReviewCity
from review_app.queries import reports, seats
from review_app.services import access, audit, cities, erasure, invitations, publishing, sessions, team, workflow
from review_app.services.publishing import Release
from tests import audit_rows as trail

PLAIN = {
    "at": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z",
    "person_key": r"[A-Za-z0-9_-]{22}|",
    "action": r"[a-z -]{3,40}",
    "review_ref": r"[a-z0-9-]{1,80}|",
    "thing": r"[a-z_ ]{0,40}",
    "object_key": r"[A-Za-z0-9_-]{0,80}",
    "day": r"\d{4}-\d\d-\d\d|None",
}


@pytest.fixture
def seat(in_context, world):
    """The secretariat at the review that looks for its peers."""
    return seats.seat_at(world.review("recruiting"), world.person("secretariat"))


@pytest.fixture
def begin(in_context):
    """The number of the newest entry before the test."""
    return trail.last()


def test_an_act_that_is_committed_stands_in_the_trail(seat, begin):
    audit.note("try it", seat.person, review=seat.review, thing="this", about="key")
    db.session.commit()

    row = trail.entries()[-1]
    assert (row.seq, row.person_key, row.action) == (begin + 1, seat.person.key, "try it")
    assert (row.review_ref, row.thing, row.object_key, row.day) == (seat.review.ref, "this", "key", None)


def test_an_act_that_is_rolled_back_never_happened(seat, begin):
    audit.note("try it", seat.person)
    db.session.rollback()
    db.session.commit()

    assert trail.last() == begin


def test_an_act_noted_before_anything_was_asked_is_rolled_back_too(in_context):
    audit.note("try it", None)
    db.session.rollback()
    db.session.commit()

    assert trail.acts(trail.last() - 1) != [("try it", "", "")]


def test_an_act_outlives_a_savepoint_that_is_given_up(seat, begin):
    audit.note("try it", seat.person)
    with db.session.begin_nested() as inner:
        inner.rollback()
    with db.session.begin_nested():
        seat.person.function = "Looks after the network"
    db.session.commit()

    assert trail.acts(begin) == [("try it", "", "")]


def test_every_entry_holds_the_hash_of_the_one_before(seat):
    for turn in range(3):
        audit.note(f"turn {turn}", seat.person)
        db.session.commit()

    before = words.BEGINNING
    for row in trail.entries():
        content = {name: getattr(row, name) for name in PLAIN}
        assert (row.previous, row.digest) == (before, words.digest_of(before, row.seq, content))
        before = row.digest


def test_the_whole_world_is_one_unbroken_chain(in_context):
    assert trail.last() > 100
    assert trail.verdict(secret="") == ""


def test_nothing_typed_and_nobody_named_stands_in_the_trail(in_context):
    kept = [row for row in trail.entries() if row.seq]
    odd = {
        (name, str(getattr(row, name)))
        for row in kept
        for name, form in PLAIN.items()
        if not re.fullmatch(form, str(getattr(row, name)))
    }
    names = {name for pair in db.session.execute(select(Person.name, Person.email)) for name in pair}

    assert odd == set()
    assert names & {str(value) for row in kept for value in row} == set()


def test_the_key_of_an_entry_is_that_of_a_person(in_context):
    known = set(db.session.scalars(select(Person.key))) | {""}

    assert {row.person_key for row in trail.entries()} <= known


def test_signing_in_and_out_everywhere_is_noted(in_context, world, begin):
    person = world.person("peer")

    sessions.begin(person)
    sessions.end_everywhere(person)
    db.session.commit()

    assert [action for action, *_more in trail.acts(begin)] == ["sign in", "sign out everywhere"]


@pytest.mark.parametrize("asked", [True, False])
def test_erasing_somebody_is_noted_with_a_key_that_leads_to_nobody(in_context, world, begin, asked):
    person = world.person("peer")
    key = person.key

    erasure.erase(person, settings=in_context.config["SETTINGS"], by=person if asked else None)
    db.session.commit()

    entry = next(row for row in trail.entries() if row.seq > begin)
    assert (entry.action, entry.object_key, entry.person_key) == ("erase a person", key, key if asked else "")
    assert db.session.scalar(select(Person.id).where(Person.key == key)) is None


def test_a_new_password_is_noted_and_nothing_of_it(in_context, world, begin):
    access.set_password(world.person("peer"), "$argon2id$the-hash")
    db.session.commit()

    assert trail.acts(begin) == [("change the password", "", "")]


def test_a_right_given_and_taken_is_noted_with_who_did_it(in_context, world, begin):
    boss, member = world.person("secretariat"), world.person("member")

    access.give_right(member, NetworkRight.SECRETARIAT, by=boss)
    access.give_right(member, NetworkRight.SECRETARIAT, by=boss)
    access.take_right(member, NetworkRight.SECRETARIAT, by=boss)
    db.session.commit()

    assert trail.acts(begin) == [
        ("give a right", "secretariat", member.key),
        ("take a right", "secretariat", member.key),
    ]
    assert trail.entries()[-1].person_key == boss.key


def test_a_right_that_cannot_be_taken_leaves_no_entry(in_context, world, begin):
    with pytest.raises(Unacceptable):
        access.take_right(world.person("secretariat"), NetworkRight.SECRETARIAT)
    db.session.commit()

    assert trail.last() == begin


def test_an_appointment_and_a_dismissal_name_the_person_by_key(seat, world, begin):
    member = world.person("member")

    team.appoint(member.email, Role.OBSERVER, seat)
    row = db.session.scalars(
        select(Participant).where(Participant.person_id == member.id, Participant.review_id == seat.review.id)
    ).one()
    team.dismiss(row, seat)
    db.session.commit()

    assert trail.acts(begin) == [
        ("invite", "observer", member.key),
        ("give a role", "observer", member.key),
        ("appoint people", "recruiting", ""),
        ("dismiss", "recruiting", member.key),
        ("take a role", "observer", member.key),
    ]


def test_a_city_taken_off_the_list_leaves_who_lost_the_review(seat, begin):
    place = db.session.scalars(select(Organisation).where(Organisation.fictional).order_by(Organisation.id)).all()[-1]
    new = Person(email="new@example.org", identity="new@example.org", name="New", organisation_id=place.id)
    db.session.add(new)
    db.session.flush()

    row = cities.invite(place, new.email, seat=seat)
    key = row.key
    cities.withdraw(row, seat)
    db.session.commit()

    assert [entry for entry in trail.acts(begin) if entry[0] != "invite"] == [
        ("give a role", "peer", new.key),
        ("invite a city", "recruiting", key),
        ("withdraw a city", "recruiting", key),
        ("take a role", "peer", new.key),
    ]
    assert db.session.get(ReviewCity, row.id) is None


def test_an_invitation_of_a_stranger_holds_no_address(in_context, world, begin):
    invitations.invite(email="somebody@example.org", role=Role.SECRETARIAT, by=world.person("secretariat"))
    db.session.commit()

    assert trail.acts(begin) == [("invite", "secretariat", "")]


def test_giving_a_role_back_is_noted(in_context, world, begin):
    seat = seats.seat_at(world.review("recruiting"), world.person("peer"))

    team.decline(seat, reason="No time this year")
    db.session.commit()

    assert ("give back a role", "peer", "") in trail.acts(begin)


def test_a_stage_that_moves_is_noted_with_where_it_led(seat, begin):
    workflow.perform("put on hold", seat, reason="The mayor changes")
    db.session.commit()

    assert trail.acts(begin) == [("put on hold", "on_hold", "")]


def test_a_publication_is_noted_with_level_embargo_and_edition(in_context, world, begin):
    review, who = world.review("sign_off"), world.person("secretariat")
    for role in ("secretariat", "lead reviewer", "host coordinator"):
        signs = seats.seat_at(review, world.person(role))
        if signs.may("sign the report"):
            workflow.perform("sign the report", signs)
    seat = seats.seat_at(review, who)
    embargo = datetime(2099, 5, 20, tzinfo=UTC)
    report = publishing.publish(Release(review.ref, Level.PUBLIC, "Paid by the network", embargo), seat)
    db.session.commit()

    long = reports.published(review, "feedback")
    assert trail.acts(begin)[-4:] == [
        ("publish", "published", ""),
        ("set an embargo", "public", ""),
        ("freeze a report", "public", report.key),
        ("freeze a report", "public", long.key),
    ]


def test_a_view_counts_once_a_day(in_context, world, begin):
    person = world.person("peer")
    for day in (20, 20, 21):
        with as_of(datetime(2026, 5, day, 8, tzinfo=UTC)):
            audit.keep_views([audit.view("saw", person, review_ref="x", thing="draft report")])

    assert [row.day for row in trail.entries() if row.seq > begin] == ["2026-05-20", "2026-05-21"]


def test_two_views_at_once_are_one_transaction_and_both_kept(in_context, world, begin):
    person = world.person("peer")

    audit.keep_views([audit.view("saw", person, review_ref="x", thing=thing) for thing in ("message", "return")])

    assert [row.thing for row in trail.entries() if row.seq > begin] == ["message", "return"]


def test_reviews_are_reached_by_reference_so_that_the_trail_outlives_them(in_context, world):
    refs = set(db.session.scalars(select(Review.ref))) | {""}

    assert {row.review_ref for row in trail.entries()} <= refs
