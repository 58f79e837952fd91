"""Where somebody stands in one review or in many: seat, facts, dates and own work, in a handful of statements."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.sql.elements import ColumnElement

from review_app.domain.facts import Facts
from review_app.domain.guards import PRACTICE
from review_app.domain.visibility import Moment
from review_app.domain.vocabulary import Role
from review_app.domain.workflow import Action
from review_app.extensions.database import db
from review_app.models.feedback import Return
from review_app.models.network import Person
from review_app.models.review import Participant, Review, ReviewDeadline
from review_app.queries import methods
from review_app.queries.facts import facts_of_all
from review_app.queries.reviews import KEPT_ON_ARRIVAL
from review_app.queries.seats import Seat, network_roles

INVITED = (Role.PEER, Role.LEAD_REVIEWER, Role.RAPPORTEUR, Role.OBSERVER)


@dataclass(frozen=True)
class Own:
    """What a person has done in a review. `accepted` is None for somebody who was not invited."""

    accepted: bool | None = None
    begun: bool = False
    sent: bool = False


@dataclass(frozen=True)
class Situation:
    """What a duty depends on: facts, what this person has done, when the stage is due (UTC), who they are."""

    facts: Facts
    own: Own
    roles: frozenset[Role]
    due: datetime | None
    begins: date | None

    @property
    def late(self) -> bool:
        """Tell whether the stage should be over."""
        return self.due is not None and self.due < self.facts.now

    def unsigned(self, mark: str, action: Action) -> bool:
        """Tell whether a mark is still missing that this person can set."""
        return any(not self.facts.marked(mark, role) for role in action.by & self.roles)

    @property
    def has_begun(self) -> bool:
        """Tell whether the first day of the visit is reached."""
        return self.begins is not None and self.facts.today >= self.begins


@dataclass(frozen=True)
class Standing:
    """A person's seat at a review, with all that their next step depends on. `deadlines` are in UTC, by name."""

    seat: Seat
    situation: Situation
    deadlines: Mapping[str, datetime]


def standing_at(seat: Seat) -> Standing:
    """Return where a person stands in the review of this seat: six statements."""
    return _standings([seat], {seat.review.id: seat.facts}, seat.person)[0]


def standings_in(reviews: Sequence[Review], person: Person) -> list[Standing]:
    """Return where a person stands in each of these reviews: seven statements however many they are."""
    named = {review: methods.of(review.edition) for review in _one_an_edition(reviews)}
    by_edition = {review.edition_id: method for review, method in named.items()}
    facts = facts_of_all({review: by_edition[review.edition_id] for review in reviews})
    seats = _seats(reviews, person)
    for seat in seats:
        vars(seat).update(method=by_edition[seat.review.edition_id], facts=facts[seat.review.id])
    standings = _standings(seats, facts, person)
    for standing in standings:
        vars(standing.seat).update(moment=_moment(standing))
    return standings


def _moment(standing: Standing) -> Moment:
    """What visibility depends on, from what is known already."""
    review, facts = standing.seat.review, standing.situation.facts
    return Moment(
        standing=review.standing,
        now=facts.now,
        practice_released=facts.marked(PRACTICE),
        feedback_closes=standing.deadlines.get("feedback"),
        level=review.level if review.published_at else None,
        embargo_until=review.embargo_until,
    )


def _one_an_edition(reviews: Sequence[Review]) -> Collection[Review]:
    return {review.edition_id: review for review in reviews}.values()


def _seats(reviews: Sequence[Review], person: Person) -> list[Seat]:
    mine: defaultdict[int, list[tuple[Role, int | None]]] = defaultdict(list)
    query = select(Participant.review_id, Participant.role, Participant.organisation_id).where(
        Participant.person_id == person.id, Participant.review_id.in_([review.id for review in reviews])
    )
    for number, role, city in db.session.execute(query):
        mine[number].append((role, city))
    everywhere = {Role.MEMBER, Role.PUBLIC} | network_roles(person)
    return [
        Seat(
            review,
            person,
            frozenset({role for role, _city in mine[review.id]} | everywhere),
            frozenset(city for role, city in mine[review.id] if role is Role.PEER and city is not None),
        )
        for review in reviews
    ]


def _standings(seats: Sequence[Seat], facts: Mapping[int, Facts], person: Person | None) -> list[Standing]:
    numbers = [seat.review.id for seat in seats]
    dates = _deadlines(numbers)
    own = _own(numbers, person) if person else {}
    return [
        Standing(seat, _situation(seat, facts[seat.review.id], own, dates[seat.review.id]), dates[seat.review.id])
        for seat in seats
    ]


def _situation(seat: Seat, facts: Facts, own: Mapping[int, Own], dates: Mapping[str, datetime]) -> Situation:
    return Situation(
        facts=facts,
        own=own.get(seat.review.id, Own()),
        roles=seat.roles,
        due=due_of(seat, dates),
        begins=seat.review.starts_on,
    )


def due_of(seat: Seat, dates: Mapping[str, datetime]) -> datetime | None:
    """Return when the stage a review stands in is due; None in a pause and without dates."""
    method = seat.method
    place = method.order(seat.review.stage)
    if place < 0 or method.stages[place].due in KEPT_ON_ARRIVAL:
        return None
    return dates.get(method.stages[place].due)


def _deadlines(numbers: Collection[int]) -> Mapping[int, Mapping[str, datetime]]:
    found: defaultdict[int, dict[str, datetime]] = defaultdict(dict)
    query = select(ReviewDeadline.review_id, ReviewDeadline.name, ReviewDeadline.at)
    for number, name, moment in db.session.execute(query.where(ReviewDeadline.review_id.in_(numbers))):
        found[number][name] = moment
    return found


def _own(numbers: Collection[int], person: Person) -> Mapping[int, Own]:
    """What this person, and the city they speak for, have done in these reviews: one statement."""
    invited = exists().where(
        Participant.review_id == Review.id, Participant.person_id == person.id, Participant.role.in_(INVITED)
    )
    waits = invited.where(Participant.code_accepted_at.is_(None))
    query = select(
        Review.id,
        invited.label("invited"),
        waits.label("waits"),
        _city_return(person).label("begun"),
        _city_return(person, Return.submitted_at.is_not(None)).label("sent"),
    )
    found = {}
    for number, was_invited, is_waiting, begun, sent in db.session.execute(query.where(Review.id.in_(numbers))):
        found[number] = Own(accepted=not is_waiting if was_invited else None, begun=begun, sent=sent)
    return found


def _city_return(person: Person, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        Return.review_id == Review.id,
        Participant.review_id == Return.review_id,
        Participant.organisation_id == Return.organisation_id,
        Participant.person_id == person.id,
        Participant.role == Role.PEER,
        *conditions,
    )
