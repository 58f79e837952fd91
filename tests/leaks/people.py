"""Plants the people and the cities of a review: one person in each role, each with words of their own."""

from review_app.domain.text import email_identity
from review_app.domain.vocabulary import NetworkRight, Role, Side
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.network import NetworkRole, Organisation, Person
from review_app.models.review import Participant, ReviewCity
from tests.leaks import reference as who


def cities_of(planted, now):
    return {place: _city(planted, place, now) for place in (who.HOST, who.PEER, who.OTHER_PEER, "third", who.MEMBER)}


def _city(planted, place, now):
    """Hosts choose peers among all organisations, so they and the secretariat know every name."""
    belong = {who.MEMBER: who.EVERYBODY - {who.PUBLIC}}.get(place, now.review())
    known = belong | {who.SECRETARIAT, who.HOST}
    row = Organisation(
        slug=f"city-{planted.review_id}-{place}".replace("_", "-"),
        name=planted.word("organisation.name", known, {who.SECRETARIAT}),
        local_name=planted.word("organisation.local_name", known, who.NOBODY),
        country="BE",
    )
    db.session.add(row)
    db.session.flush()
    return row


def people_of(planted, review, cities, now):
    places = {who.CONTRIBUTOR: who.HOST, who.PEER: who.PEER, who.OTHER_PEER: who.OTHER_PEER, who.HOST: who.HOST}
    for position, (place, side) in enumerate(
        ((who.HOST, Side.HOST), (who.PEER, Side.PEER), (who.OTHER_PEER, Side.PEER), ("third", Side.PEER))
    ):
        key = planted.key("review_city.key", {who.SECRETARIAT, who.HOST})
        named = planted.word("review_city.named", now.review())
        row = ReviewCity(
            review_id=review.id, organisation_id=cities[place].id, side=side, position=position, named=named, key=key
        )
        db.session.add(row)
        planted.keys[f"city {place}"] = key
    for role in who.ROLES[:-1]:
        person = _person(planted, role, cities[places.get(role, who.MEMBER)])
        planted.people[role] = person
        if role is who.SECRETARIAT:
            db.session.add(NetworkRole(person_id=person.id, right=NetworkRight.SECRETARIAT))
        elif role not in who.MEMBERS:
            _take_part(planted, review, person, role)


def _person(planted, role, city):
    seen = who.INSIDE if role not in who.MEMBERS else {role}
    must = seen if role is not who.SECRETARIAT and role not in who.MEMBERS else {role}
    own = {who.SECRETARIAT, role}
    name = planted.word("person.name", seen | own, must | {who.SECRETARIAT})
    email = f"{planted.word('person.email', own, {role})}@example.org"
    person = Person(
        email=email,
        identity=email_identity(email),
        name=name,
        function=planted.word("person.function", seen | own, must),
        key=planted.key("person.key", own),
        password_hash=planted.word("person.password_hash", who.NOBODY),
        organisation_id=city.id,
    )
    db.session.add(person)
    db.session.flush()
    return person


def _take_part(planted, review, person, role):
    as_role = Role.PEER if role is who.OTHER_PEER else Role(role)
    answers = as_role in (Role.PEER, Role.LEAD_REVIEWER, Role.RAPPORTEUR, Role.OBSERVER)
    declared = planted.word("participant.interests", {who.SECRETARIAT, role}, {who.SECRETARIAT}) if answers else ""
    db.session.add(
        Participant(
            review_id=review.id,
            person_id=person.id,
            role=as_role,
            organisation_id=person.organisation_id if as_role is Role.PEER else None,
            interests=declared,
            code_accepted_at=utc_now(),
        )
    )
