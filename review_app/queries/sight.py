"""The visibility table inside a query: what a person may not see is not even read, as if it were not there."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import lru_cache

from sqlalchemy import BindParameter, Select, String, bindparam, case, false, func, or_, select, true
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from review_app.domain.guards import PRACTICE
from review_app.domain.visibility import AFTER_DRAFTING, AFTER_FEEDBACK, AFTER_SIGN_OFF, TABLE, Reach, Row, Thing, When
from review_app.domain.vocabulary import Level, NetworkRight, Role
from review_app.domain.workflow import CANCELLED, ON_HOLD
from review_app.models.base import Utc, utc_now
from review_app.models.network import Person
from review_app.models.review import Mark, Participant, Review, ReviewDeadline

Now = BindParameter[datetime]
PAUSED = (ON_HOLD, CANCELLED)


def network_roles(person: Person) -> set[Role]:
    """Return the roles a person has in every review of the network."""
    rights = {right.right for right in person.rights}
    return {Role.SECRETARIAT} if NetworkRight.SECRETARIAT in rights else set()


Reader = tuple[frozenset[Role], int | None]
"""What visibility in a query depends on: the roles somebody has everywhere, and who they are."""


def reader_of(person: Person | None) -> Reader:
    """Return somebody (None: anybody) as a query knows them."""
    everywhere = {Role.PUBLIC} | ({Role.MEMBER} | network_roles(person) if person else set())
    return frozenset(everywhere), person.id if person else None


def seen(thing: Thing, person: Person | None) -> ColumnElement[bool]:
    """Return the condition under which a person (None: anybody) sees this thing of a review, inside a query."""
    return seen_by(thing, *reader_of(person))


_OTHER = aliased(Review)
_REF = bindparam("ref", type_=String())
_ASKED = Review.id == func.coalesce(
    select(_OTHER.id).where(_OTHER.ref == _REF).scalar_subquery(), select(func.min(_OTHER.id)).scalar_subquery()
)
"""The review of a reference; for a missing one another in its place, which is looked at just as long and refused."""


@lru_cache(maxsize=512)
def one_review(everywhere: frozenset[Role], person: int | None) -> Select[Review]:
    """Write once for a reader how the review of a reference is read: a hidden one is not, as if it were missing."""
    return select(Review).where(_ASKED, seen_by(Thing.REVIEW, everywhere, person), Review.ref.concat("") == _REF)


@lru_cache(maxsize=512)
def seen_by(
    thing: Thing, everywhere: frozenset[Role], person: int | None, *, least: Reach = Reach.OWN
) -> ColumnElement[bool]:
    """Write the condition once for a person: the moment is asked each time the statement runs.

    `least` is how much of the thing they must see: a part of it, or all.
    """
    told = (row for row in TABLE if row.thing is thing and row.reach >= least)
    rows = [row for row in told if person or row.roles & everywhere]
    if any(row.when is When.ALWAYS and row.roles & everywhere for row in rows):
        return true()
    now = bindparam("now", callable_=utc_now, type_=Utc(), unique=True)
    return or_(false(), *(_entitled(row, everywhere, person) & _HOLDS[row.when](now) for row in rows))


def _entitled(row: Row, everywhere: frozenset[Role], person: int | None) -> ColumnElement[bool]:
    if row.roles & everywhere:
        return true()
    if person is None:
        return false()
    mine = select(Participant.review_id).where(Participant.person_id == person, Participant.role.in_(row.roles))
    return Review.id.in_(mine)


_STANDING = case(
    (Review.stage.in_(PAUSED), func.coalesce(Review.stage_before, Review.stage)),
    else_=Review.stage,
)


def _stands_in(stages: Collection[str]) -> ColumnElement[bool]:
    return _STANDING.in_(sorted(stages))


def _feedback_closed(now: Now) -> ColumnElement[bool]:
    over = select(ReviewDeadline.review_id).where(ReviewDeadline.name == "feedback", ReviewDeadline.at <= now)
    return _stands_in(AFTER_FEEDBACK) | (_stands_in(("feedback",)) & Review.id.in_(over))


def _out(now: Now) -> ColumnElement[bool]:
    return _stands_in(AFTER_SIGN_OFF) & or_(Review.embargo_until.is_(None), Review.embargo_until <= now)


def _out_for(*levels: Level) -> Callable[[Now], ColumnElement[bool]]:
    return lambda now: _out(now) & Review.published_at.is_not(None) & Review.level.in_(levels)


_HOLDS: Mapping[When, Callable[[Now], ColumnElement[bool]]] = {
    When.ALWAYS: lambda now: true(),
    When.PRACTICE_RELEASED: lambda now: Review.id.in_(select(Mark.review_id).where(Mark.name == PRACTICE)),
    When.FEEDBACK_CLOSED: _feedback_closed,
    When.FACT_CHECK: lambda now: _stands_in(AFTER_DRAFTING),
    When.PUBLISHED: lambda now: _stands_in(AFTER_SIGN_OFF),
    When.OUT: _out,
    When.MEMBERS: _out_for(Level.MEMBERS, Level.PUBLIC),
    When.PUBLIC: _out_for(Level.PUBLIC),
}
