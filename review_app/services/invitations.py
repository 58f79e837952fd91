"""Invitations by letter: into the network, and into a review. What was given can be taken back at once."""

from dataclasses import dataclass

from sqlalchemy import delete, select

from review_app.domain.text import clean_line, email_identity
from review_app.domain.vocabulary import NetworkRight, Role
from review_app.extensions.database import db
from review_app.models.access import PersonalLink, Purpose
from review_app.models.network import Organisation, Person
from review_app.models.review import Participant, Review
from review_app.services import access, audit, links, outbox, sessions

HOST_SIDE = (Role.HOST_COORDINATOR, Role.HOST_CONTRIBUTOR)


@dataclass(frozen=True)
class Newcomer:
    """What somebody without an account says of themselves when they accept."""

    name: str
    function: str = ""
    timezone: str = ""
    password_hash: str | None = None


def invite(
    *,
    email: str,
    role: Role | None = None,
    review: Review | None = None,
    organisation: Organisation | None = None,
    by: Person | None = None,
    name: str = "",
) -> None:
    """Invite whoever reads this address; the role of somebody with an account is theirs at once.

    Without a review it is an invitation into the network; the role SECRETARIAT then means that right.
    """
    email = clean_line(email)
    person = db.session.scalar(select(Person).where(Person.identity == email_identity(email), Person.is_active))
    audit.note("invite", by, review=review, thing=role.value if role else "", about=person.key if person else "")
    if person is not None:
        _give(person, role, review, organisation, by=by)
    link = links.make(
        Purpose.INVITATION, email=email, person=person, organisation=organisation, review=review, role=role, by=by
    )
    values = {"link": link.id, "name": clean_line(name)[:120]}
    outbox.queue("invitation", person.email if person else email, person=person, review=review, values=values)


def accept(link: PersonalLink, newcomer: Newcomer | None) -> Person:
    """Take an invitation up: somebody without an account gets one. The link is used by the caller.

    Whoever had an account got the role when invited; a role taken back since then stays taken back.
    """
    person = links.owner(link)
    if person is None:
        assert newcomer is not None, "somebody without an account says who they are"
        person = _welcome(link, newcomer)
    audit.note("take up an invitation", person, thing=link.role.value if link.role else "")
    if link.person_id is not None:
        return person
    review = db.session.get(Review, link.review_id) if link.review_id else None
    _give(person, link.role, review, link.organisation, by=person)
    return person


def _welcome(link: PersonalLink, newcomer: Newcomer) -> Person:
    person = Person(
        email=link.email,
        identity=link.identity,
        name=newcomer.name,
        function=newcomer.function,
        timezone=newcomer.timezone,
        password_hash=newcomer.password_hash,
        organisation_id=link.organisation_id,
    )
    db.session.add(person)
    db.session.flush()
    return person


def _give(
    person: Person, role: Role | None, review: Review | None, organisation: Organisation | None, *, by: Person | None
) -> None:
    if person.organisation_id is None and organisation is not None:
        person.organisation_id = organisation.id
    if review is None and role is Role.SECRETARIAT:
        access.give_right(person, NetworkRight.SECRETARIAT, by=by)
    if review is not None and role is not None:
        city = organisation.id if organisation else person.organisation_id
        _seat(person, role, review, organisation_id=city, by=by)
    db.session.flush()


def _seat(person: Person, role: Role, review: Review, *, organisation_id: int | None, by: Person | None) -> None:
    known = select(Participant.id).where(
        Participant.review_id == review.id, Participant.person_id == person.id, Participant.role == role
    )
    if db.session.scalar(known) is None:
        db.session.add(
            Participant(review_id=review.id, person_id=person.id, role=role, organisation_id=organisation_id)
        )
        audit.note("give a role", by, review=review, thing=role.value, about=person.key)


def withdraw(review: Review, organisation: Organisation, *, by: Person | None = None) -> None:
    """Take a peer city out: its people lose the review and its open links end, from the next request on."""
    theirs = (
        Participant.review_id == review.id,
        Participant.organisation_id == organisation.id,
        Participant.role.not_in(HOST_SIDE),
    )
    gone = select(Participant.role, Person).join(Participant.person).where(*theirs)
    for role, person in db.session.execute(gone).all():
        audit.note("take a role", by, review=review, thing=role.value, about=person.key)
        sessions.end_all(person)
    db.session.execute(delete(Participant).where(*theirs))
    links.end_invitations(review, organisation)
    db.session.flush()
