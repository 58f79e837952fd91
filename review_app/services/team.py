"""Who takes part in a review: people get roles, accept the code of conduct, decline, and leave."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from review_app.domain import conduct
from review_app.domain.marking import _
from review_app.domain.refusal import Unacceptable
from review_app.domain.text import clean_text
from review_app.domain.vocabulary import Role, Side
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.review import Participant, Review, ReviewCity
from review_app.queries import cities
from review_app.queries.seats import Seat
from review_app.services import audit, invitations, journal, links, sessions
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
        answers = {str(key): bool(value) for key, value in data["answers"].items()}
        return Interests(answers, str(data.get("note", "")))
    except (ValueError, KeyError, TypeError, AttributeError):
        return Interests({}, kept)


def appoint(email: str, role: Role, seat: Seat) -> None:
    """Appoint whoever has this address: somebody with an account has the role at once. Raises Refused."""
    require(seat, "appoint people")
    _appoint(email, role, seat, action="appoint people")


def add_colleague(email: str, seat: Seat) -> None:
    """Let a colleague of the host city write with the coordinator. Raises Refused."""
    require(seat, "add host colleagues")
    _appoint(email, Role.HOST_CONTRIBUTOR, seat, action="add host colleagues")


def _appoint(email: str, role: Role, seat: Seat, *, action: str) -> None:
    host = next(iter(cities.hosts(seat.review)), None)
    invitations.invite(
        email=email,
        role=role,
        review=seat.review,
        organisation=host if role in HOST_SIDE else None,
        by=seat.person,
    )
    db.session.expire(seat.review, ["participants"])
    journal.write(action, seat, note=f"{email} ({role.value.replace('_', ' ')})")


def dismiss(row: Participant, seat: Seat) -> None:
    """Take a role from a person, at once. Raises Refused, or Unacceptable for the last coordinator."""
    require(seat, "appoint people")
    if row.role is Role.HOST_COORDINATOR and _coordinators(seat.review) == 1:
        raise Unacceptable(_("First appoint another coordinator: the host city needs one."))
    words = f"{row.person.name} ({row.role.value.replace('_', ' ')})"
    journal.write("dismiss", seat, note=words, about=row.person.key)
    audit.note("take a role", seat.person, review=seat.review, thing=row.role.value, about=row.person.key)
    _take_back(row, seat)
    db.session.delete(row)
    db.session.flush()


def _take_back(row: Participant, seat: Seat) -> None:
    """End the open invitation to this role, and every session of the person: what is open elsewhere is over."""
    links.end_invitation(row.review, row.person, row.role)
    if seat.person is None or row.person_id != seat.person.id:
        sessions.end_all(row.person)


def accept(interests: Interests, seat: Seat) -> None:
    """Accept the code of conduct and declare interests, for every invited role of the person (METHOD.md F3, R11)."""
    require(seat, ANSWER)
    if any(interests.answers.values()) and not interests.note:
        raise Unacceptable(_("You answered yes at least once: say in a few words what it is."), field="note")
    now = utc_now()
    rows = own_rows(seat)
    for row in rows:
        row.code_accepted_at = row.code_accepted_at or now
        row.interests = interests.kept()
    for city in _cities_of(seat.review, rows):
        city.accepted_at, city.declined_at = city.accepted_at or now, None
    journal.write("accept the invitation", seat)
    db.session.flush()


def decline(seat: Seat, *, reason: str = "") -> None:
    """Decline: the person leaves the review, and their city too when nobody else speaks for it."""
    require(seat, ANSWER)
    rows = own_rows(seat)
    places = _cities_of(seat.review, rows)
    journal.write("decline the invitation", seat, reason=clean_text(reason)[:LONGEST_NOTE])
    for row in rows:
        audit.note("give back a role", seat.person, review=seat.review, thing=row.role.value)
        db.session.delete(row)
    db.session.flush()
    for city in places:
        if not _speakers(city):
            city.declined_at, city.accepted_at = utc_now(), None
    db.session.flush()


def own_rows(seat: Seat) -> list[Participant]:
    """Return the roles of a person that come with an invitation to answer."""
    if seat.person is None:
        return []
    query = select(Participant).where(
        Participant.review_id == seat.review.id,
        Participant.person_id == seat.person.id,
        Participant.role.in_(seat.method.actions[ANSWER].by),
    )
    return list(db.session.scalars(query.order_by(Participant.id)))


def _cities_of(review: Review, rows: list[Participant]) -> list[ReviewCity]:
    places = {row.organisation_id for row in rows if row.role is Role.PEER}
    query = select(ReviewCity).where(
        ReviewCity.review_id == review.id, ReviewCity.side == Side.PEER, ReviewCity.organisation_id.in_(places)
    )
    return list(db.session.scalars(query))


def _speakers(city: ReviewCity) -> int:
    return _count(city.review_id, Role.PEER, city.organisation_id)


def _coordinators(review: Review) -> int:
    return _count(review.id, Role.HOST_COORDINATOR, None)


def _count(review_id: int, role: Role, organisation_id: int | None) -> int:
    query = select(func.count(Participant.id)).where(Participant.review_id == review_id, Participant.role == role)
    if organisation_id is not None:
        query = query.where(Participant.organisation_id == organisation_id)
    return db.session.scalar(query) or 0
