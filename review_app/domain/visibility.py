"""Who sees what, and when: the table of METHOD.md 2 as data. Denied unless a row allows; queries apply it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum, StrEnum

from review_app.domain.vocabulary import Level, Role


class Thing(StrEnum):
    """What can be seen of a review."""

    REVIEW = "review"
    PRACTICE = "practice"
    TEAM = "team"
    RETURN = "return"
    RETURN_COUNT = "return count"
    MESSAGE = "message"
    HOST_NOTE = "host note"
    FACT_CHECK = "fact check"
    DRAFT = "draft report"
    REPORT = "report"
    PAPER = "report or draft"
    JOURNAL = "journal"
    AUDIT = "audit trail"
    WRITER = "who wrote an earlier version"
    PAUSE = "reason of a pause"


class Reach(IntEnum):
    """How much of a thing: nothing, what my own city wrote, that and what others have sent, or all of it."""

    NONE = 0
    OWN = 1
    SENT = 2
    ALL = 3


class When(StrEnum):
    """The moment from which a row holds."""

    ALWAYS = "always"
    PRACTICE_RELEASED = "once the practice is released"
    FEEDBACK_CLOSED = "once feedback is closed"
    FACT_CHECK = "from the fact check on"
    PUBLISHED = "once published, embargo or not"
    OUT = "once published and the embargo is over"
    MEMBERS = "once out, for members"
    PUBLIC = "once out, for everybody"


@dataclass(frozen=True)
class Moment:
    """Where a review stands, as far as visibility depends on it. Datetimes are UTC."""

    standing: str
    now: datetime
    practice_released: bool = False
    feedback_closes: datetime | None = None
    level: Level | None = None
    embargo_until: datetime | None = None


@dataclass(frozen=True)
class Row:
    """One row of the table."""

    thing: Thing
    roles: frozenset[Role]
    reach: Reach
    when: When = When.ALWAYS


AFTER_FEEDBACK = frozenset(("drafting", "fact_check", "sign_off", "published", "responding", "following_up", "closed"))
AFTER_DRAFTING = AFTER_FEEDBACK - {"drafting"}
AFTER_SIGN_OFF = AFTER_DRAFTING - {"fact_check", "sign_off"}

_SECRETARIAT = frozenset((Role.SECRETARIAT,))
_HOST = frozenset((Role.HOST_COORDINATOR,))
_HOSTS = _HOST | {Role.HOST_CONTRIBUTOR}
_LEADS = frozenset((Role.LEAD_REVIEWER, Role.RAPPORTEUR))
_EDITORS = _SECRETARIAT | _LEADS
_PEER = frozenset((Role.PEER,))
_TRAVELLERS = _LEADS | _PEER | {Role.OBSERVER}
PARTICIPANTS = _SECRETARIAT | _HOSTS | _TRAVELLERS
_MEMBER = frozenset((Role.MEMBER,))
_PUBLIC = frozenset((Role.PUBLIC,))

_THINGS: tuple[Row, ...] = (
    Row(Thing.REVIEW, PARTICIPANTS, Reach.ALL),
    Row(Thing.REVIEW, _MEMBER, Reach.ALL, When.MEMBERS),
    Row(Thing.REVIEW, _PUBLIC, Reach.ALL, When.PUBLIC),
    Row(Thing.TEAM, PARTICIPANTS, Reach.ALL),
    Row(Thing.PRACTICE, _HOSTS | _SECRETARIAT, Reach.ALL),
    Row(Thing.PRACTICE, _TRAVELLERS, Reach.ALL, When.PRACTICE_RELEASED),
    Row(Thing.RETURN, _EDITORS, Reach.ALL),
    Row(Thing.RETURN, _PEER, Reach.OWN),
    Row(Thing.RETURN, _PEER, Reach.SENT, When.FEEDBACK_CLOSED),
    Row(Thing.RETURN_COUNT, PARTICIPANTS, Reach.ALL),
    Row(Thing.MESSAGE, _EDITORS, Reach.ALL),
    Row(Thing.MESSAGE, _PEER, Reach.ALL, When.FEEDBACK_CLOSED),
    Row(Thing.MESSAGE, _HOST, Reach.ALL, When.FACT_CHECK),
    Row(Thing.HOST_NOTE, _EDITORS, Reach.ALL),
    Row(Thing.HOST_NOTE, _HOST, Reach.ALL, When.FACT_CHECK),
    Row(Thing.FACT_CHECK, _EDITORS | _HOST | _PEER, Reach.ALL, When.FACT_CHECK),
    Row(Thing.DRAFT, _EDITORS, Reach.ALL),
    Row(Thing.DRAFT, _PEER, Reach.ALL, When.FEEDBACK_CLOSED),
    Row(Thing.DRAFT, _HOST, Reach.ALL, When.FACT_CHECK),
    Row(Thing.REPORT, _EDITORS | _HOST, Reach.ALL, When.PUBLISHED),
    Row(Thing.REPORT, PARTICIPANTS, Reach.ALL, When.OUT),
    Row(Thing.REPORT, _MEMBER, Reach.ALL, When.MEMBERS),
    Row(Thing.REPORT, _PUBLIC, Reach.ALL, When.PUBLIC),
    Row(Thing.JOURNAL, _EDITORS | _HOST, Reach.ALL),
    Row(Thing.AUDIT, _SECRETARIAT, Reach.ALL),
    Row(Thing.WRITER, _SECRETARIAT, Reach.ALL),
    Row(Thing.WRITER, PARTICIPANTS, Reach.OWN),
    # Why a review is on hold or cancelled is often about somebody in it: those read it who read the record.
    Row(Thing.PAUSE, _EDITORS | _HOST, Reach.ALL),
)
# One address serves whichever of the two a reader may see: it opens to whoever sees either.
TABLE = _THINGS + tuple(replace(row, thing=Thing.PAPER) for row in _THINGS if row.thing in (Thing.DRAFT, Thing.REPORT))


def reach(thing: Thing, roles: Iterable[Role], moment: Moment) -> Reach:
    """Return how much of a thing a person with these roles sees at this moment."""
    mine = frozenset(roles)
    return max(
        (row.reach for row in TABLE if row.thing is thing and row.roles & mine and holds(row.when, moment)),
        default=Reach.NONE,
    )


def holds(when: When, moment: Moment) -> bool:
    """Tell whether the moment of a row has come."""
    return _HOLDS[when](moment)


def _feedback_closed(moment: Moment) -> bool:
    closed = moment.feedback_closes is not None and moment.now >= moment.feedback_closes
    return moment.standing in AFTER_FEEDBACK or (moment.standing == "feedback" and closed)


def _out(moment: Moment) -> bool:
    over = moment.embargo_until is None or moment.now >= moment.embargo_until
    return moment.standing in AFTER_SIGN_OFF and over


_HOLDS: Mapping[When, Callable[[Moment], bool]] = {
    When.ALWAYS: lambda moment: True,
    When.PRACTICE_RELEASED: lambda moment: moment.practice_released,
    When.FEEDBACK_CLOSED: _feedback_closed,
    When.FACT_CHECK: lambda moment: moment.standing in AFTER_DRAFTING,
    When.PUBLISHED: lambda moment: moment.standing in AFTER_SIGN_OFF,
    When.OUT: _out,
    When.MEMBERS: lambda moment: _out(moment) and moment.level in (Level.MEMBERS, Level.PUBLIC),
    When.PUBLIC: lambda moment: _out(moment) and moment.level is Level.PUBLIC,
}
