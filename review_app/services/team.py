"""Who takes part in a review: people get roles, accept the code of conduct, decline, and leave."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select

from review_app.domain import conduct
from review_app.domain.marking import _
from review_app.domain.refusal import Unacceptable
from review_app.domain.text import clean_text, email_identity
from review_app.domain.vocabulary import Role, Side
from review_app.extensions.database import db
from review_app.models.access import PersonalLink
from review_app.models.base import utc_now
from review_app.models.network import Organisation, Person
from review_app.models.review import JournalEntry, Participant, Review, ReviewCity
from review_app.queries.seats import Seat
from review_app.services import invitations
from review_app.services.workflow import require

ANSWER = "answer the invitation"
HOST_SIDE = frozenset((Role.HOST_COORDINATOR, Role.HOST_CONTRIBUTOR))
LONGEST_NOTE = 1000


@dataclass(frozen=True)
class Interests:
    """What a person declares: a yes or no for each question of the code, and words where one is a yes."""

    answers: Mapping[str, bool]
    note: str = ""

    def kept(self) -> str:
        """Return the text to keep, with the version of the code that was accepted."""
        return json.dumps({"code": conduct.VERSION, "answers": dict(self.answers), "note": self.note})


def read_interests(kept: str) -> Interests | None:
    """Return a kept declaration; None when there is none. Text from elsewhere comes back as its note."""
    if not kept:
        return None
    try:
        data = json.loads(kept)
        return Interests({key: bool(value) for key, value in data["answers"].items()}, str(data.get("note", "")))
    except (ValueError, KeyError, TypeError, AttributeError):
        return Interests({}, kept)


def bring_in(
    email: str, role: Role, *, review: Review, organisation: Organisation | None, by: Person | None
) -> Person | None:
    """Give a role to whoever has this address: at once when they have an account, and by a personal link in any case.

    Returns the person, or None when nobody has the address yet.
    """
    person = db.session.scalar(select(Person).where(Person.identity == email_identity(email), Person.is_active))
    if person is not None:
        seat_person(person, role, review=review, organisation=organisation or person.organisation)
    invitations.invite(email=email, role=role, review=review, organisation=organisation, by=by)
    return person


def seat_person(person: Person, role: Role, *, review: Review, organisation: Organisation | None) -> Participant:
    """Give a person a role in a review; a second time changes nothing."""
    known = db.session.scalar(
        select(Participant).where(
            Participant.review_id == review.id, Participant.person_id == person.id, Participant.role == role
        )
    )
    if known is not None:
        return known
    row = Participant(
        review_id=review.id,
        person_id=person.id,
        role=role,
        organisation_id=organisation.id if organisation else None,
    )
    db.session.add(row)
    db.session.flush()
    return row


def appoint(email: str, role: Role, seat: Seat) -> Person | None:
    """Appoint somebody to a role in the review. Raises Refused."""
    require(seat, "appoint people")
    return _appoint(email, role, seat, action="appoint people")


def add_colleague(email: str, seat: Seat) -> Person | None:
    """Let a colleague of the host city write with the coordinator. Raises Refused."""
    require(seat, "add host colleagues")
    return _appoint(email, Role.HOST_CONTRIBUTOR, seat, action="add host colleagues")


def _appoint(email: str, role: Role, seat: Seat, *, action: str) -> Person | None:
    organisation = _host_of(seat.review) if role in HOST_SIDE else None
    person = bring_in(email, role, review=seat.review, organisation=organisation, by=seat.person)
    journal(seat, action, note=f"{role.value}: {person.name if person else email}")
    return person


def dismiss(row: Participant, seat: Seat) -> None:
    """Take a role from a person: their access ends at once. Raises Refused, or Unacceptable for the last coordinator."""
    require(seat, "appoint people")
    if row.role is Role.HOST_COORDINATOR and _coordinators(seat.review) < 2:
        raise Unacceptable(_("First appoint another coordinator: the host city needs one."))
    journal(seat, "appoint people", note=f"{row.role.value}: {row.person.name} ({_('left')})")
    db.session.delete(row)
    db.session.flush()


def accept(interests: Interests, seat: Seat) -> None:
    """Accept the code of conduct and declare interests, for every invited role of the person (METHOD.md F3, R11)."""
    require(seat, ANSWER)
    unexplained = any(interests.answers.values()) and not interests.note.strip()
    if unexplained:
        raise Unacceptable(_("You answered yes: say in a few words what it is."), field="note")
    now = utc_now()
    rows = _invited_rows(seat)
    for row in rows:
        row.code_accepted_at = now
        row.interests = interests.kept()
    for city in _cities_of(seat.review, rows):
        city.accepted_at = city.accepted_at or now
        city.declined_at = None
    journal(seat, ANSWER, note="accepted")
    db.session.flush()


def decline(seat: Seat, *, reason: str = "") -> None:
    """Decline: the person leaves the review, and their city too when nobody else speaks for it."""
    require(seat, ANSWER)
    rows = _invited_rows(seat)
    cities = _cities_of(seat.review, rows)
    journal(seat, ANSWER, note="declined", reason=clean_text(reason)[:LONGEST_NOTE])
    for row in rows:
        db.session.delete(row)
    db.session.flush()
    for city in cities:
        if not _speakers(city):
            city.declined_at, city.accepted_at = utc_now(), None
    db.session.flush()


def end_links(review: Review, organisation: Organisation) -> None:
    """End the personal links of an organisation to a review that nobody has used yet."""
    db.session.execute(
        delete(PersonalLink).where(
            PersonalLink.review_id == review.id,
            PersonalLink.organisation_id == organisation.id,
            PersonalLink.used_at.is_(None),
        )
    )


def journal(seat: Seat, action: str, *, note: str = "", reason: str = "") -> None:
    """Write into the record of the review what was done while the stage stayed as it is."""
    db.session.add(
        JournalEntry(
            review_id=seat.review.id,
            action=action,
            came_from=seat.review.stage,
            led_to=seat.review.stage,
            person_id=seat.person.id if seat.person else None,
            note=note,
            reason=reason,
        )
    )


def _invited_rows(seat: Seat) -> list[Participant]:
    invited = seat.method.actions[ANSWER].by
    assert seat.person is not None
    query = select(Participant).where(
        Participant.review_id == seat.review.id,
        Participant.person_id == seat.person.id,
        Participant.role.in_(invited),
    )
    return list(db.session.scalars(query))


def _cities_of(review: Review, rows: list[Participant]) -> list[ReviewCity]:
    places = {row.organisation_id for row in rows if row.role is Role.PEER}
    query = select(ReviewCity).where(
        ReviewCity.review_id == review.id, ReviewCity.side == Side.PEER, ReviewCity.organisation_id.in_(places)
    )
    return list(db.session.scalars(query))


def _speakers(city: ReviewCity) -> list[int]:
    query = select(Participant.id).where(
        Participant.review_id == city.review_id,
        Participant.organisation_id == city.organisation_id,
        Participant.role == Role.PEER,
    )
    return list(db.session.scalars(query))


def _coordinators(review: Review) -> int:
    query = select(Participant.id).where(
        Participant.review_id == review.id, Participant.role == Role.HOST_COORDINATOR
    )
    return len(db.session.scalars(query).all())


def _host_of(review: Review) -> Organisation | None:
    query = (
        select(Organisation)
        .join(ReviewCity, ReviewCity.organisation_id == Organisation.id)
        .where(ReviewCity.review_id == review.id, ReviewCity.side == Side.HOST)
        .order_by(ReviewCity.position)
    )
    return db.session.scalars(query).first()
