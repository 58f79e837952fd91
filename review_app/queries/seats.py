"""A seat: one person at one review, with roles, what they may do now and what they see. Every door takes one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, false, select
from sqlalchemy.sql.elements import ColumnElement

from review_app.domain import visibility
from review_app.domain.facts import Facts
from review_app.domain.guards import PRACTICE
from review_app.domain.visibility import Moment, Reach, Thing
from review_app.domain.vocabulary import Role
from review_app.domain.workflow import Action, Method, Verdict
from review_app.extensions.database import db
from review_app.models.base import utc_now
from review_app.models.network import Person
from review_app.models.review import Mark, Participant, Review, ReviewDeadline
from review_app.queries import methods
from review_app.queries.facts import facts_of
from review_app.queries.sight import network_roles, one_review, reader_of

__all__ = ["Seat", "moment_of", "network_roles", "seat_at", "take"]


@dataclass(frozen=True)
class Seat:
    """A person (None: anybody) at a review. `cities` are the organisations the person speaks for as a peer."""

    review: Review
    person: Person | None
    roles: frozenset[Role]
    cities: frozenset[int]

    @cached_property
    def method(self) -> Method:
        """The method by which this review runs."""
        return methods.of(self.review.edition)

    @cached_property
    def facts(self) -> Facts:
        """The facts the guards ask; gathered when first needed, in this transaction."""
        return facts_of(self.review, self.method)

    @cached_property
    def moment(self) -> Moment:
        """Where the review stands, for the visibility table."""
        return moment_of(self.review)

    def may(self, action: str) -> Verdict:
        """Ask the method's table and guards."""
        if not self.method.permits(action, self.roles, self.review.stage):
            return self.method.may(action, self.roles, self.review.stage, _NOTHING_KNOWN)
        if not self.method.actions[action].provided:
            return Verdict(True)
        return self.method.may(action, self.roles, self.review.stage, self.facts)

    def has_row(self, action: str) -> bool:
        """Tell whether the table has a row for this person's roles, whatever the stage."""
        row = self.method.actions.get(action)
        return row is not None and bool(row.by & self.roles)

    def sees(self, thing: Thing) -> Reach:
        """Ask the visibility table."""
        return visibility.reach(thing, self.roles, self.moment)

    def buttons(self) -> list[tuple[Action, Verdict]]:
        """Return the actions to draw as buttons, each with its verdict: a refused one shows its sentence."""
        return [(action, self.may(action.name)) for action in self.method.buttons(self.roles, self.review.stage)]


_NOTHING_KNOWN = Facts(now=utc_now(), today=utc_now().date(), minimum=None)  # type: ignore[arg-type]


def _moment_of(number: Any) -> tuple[ColumnElement[bool], ColumnElement[datetime]]:
    """What visibility depends on beside the review itself: whether the practice is released, when feedback closes."""
    released = select(Mark.id).where(Mark.review_id == number, Mark.name == PRACTICE).exists()
    closes = (
        select(ReviewDeadline.at)
        .where(ReviewDeadline.review_id == number, ReviewDeadline.name == "feedback")
        .scalar_subquery()
    )
    return released, closes


# Every page begins with one of these; written once, they cost a third.
_ROLES = select(Participant.role, Participant.organisation_id).where(
    Participant.review_id == bindparam("review"), Participant.person_id == bindparam("person")
)
_MOMENT = select(*_moment_of(bindparam("review")))


def take(ref: str, person: Person | None, *, lock: bool = False) -> Seat | None:
    """Return the seat of a person at a review, or None when the review is missing or hidden from them alike.

    One statement for either: a hidden review is not read, so its refusal takes as long as that of a missing one.
    """
    return _locked(ref, person) if lock else _looked_at(ref, person)


def _locked(ref: str, person: Person | None) -> Seat | None:
    """What is asked after the lock is held sees what others wrote while it was waited for."""
    review = db.session.scalar(one_review(*reader_of(person)).with_for_update(of=Review), {"ref": ref})
    return seat_at(review, person) if review is not None else None


def _looked_at(ref: str, person: Person | None) -> Seat | None:
    """Review, roles and moment in one statement: every page begins with it."""
    everywhere, number = reader_of(person)
    rows = db.session.execute(_one_seat(everywhere, number), {"ref": ref}).all()
    if not rows:
        return None
    review, released, closes, *_mine = rows[0]
    seat = _seat(review, person, [(row.role, row.organisation_id) for row in rows if row.role is not None])
    vars(seat).update(moment=_moment(review, released, closes))
    return seat


@lru_cache(maxsize=512)
def _one_seat(everywhere: frozenset[Role], person: int | None) -> Select[Any]:
    mine = (Participant.review_id == Review.id) & (Participant.person_id == person) if person else false()
    return (
        one_review(everywhere, person)
        .add_columns(*_moment_of(Review.id), Participant.role, Participant.organisation_id)
        .outerjoin(Participant, mine)
    )


def seat_at(review: Review, person: Person | None) -> Seat:
    """Return the seat of a person at a review they may or may not see."""
    if person is None:
        return _seat(review, None, ())
    mine = db.session.execute(_ROLES, {"review": review.id, "person": person.id})
    return _seat(review, person, [(role, city) for role, city in mine])


def _seat(review: Review, person: Person | None, rows: Collection[tuple[Role, int | None]]) -> Seat:
    if person is None:
        return Seat(review, None, frozenset((Role.PUBLIC,)), frozenset())
    roles = {role for role, _organisation in rows} | {Role.MEMBER, Role.PUBLIC} | network_roles(person)
    cities = frozenset(city for role, city in rows if role is Role.PEER and city is not None)
    return Seat(review, person, frozenset(roles), cities)


def moment_of(review: Review) -> Moment:
    """Gather what visibility depends on: one statement."""
    return _moment(review, *db.session.execute(_MOMENT, {"review": review.id}).one())


def _moment(review: Review, practice_released: bool, feedback_closes: datetime | None) -> Moment:
    return Moment(
        standing=review.standing,
        now=utc_now(),
        practice_released=practice_released,
        feedback_closes=feedback_closes,
        level=review.level if review.published_at else None,
        embargo_until=review.embargo_until,
    )
