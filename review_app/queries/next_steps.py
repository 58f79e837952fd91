"""Decides what a person's next step in a review is: the first duty that is theirs and that the verdict allows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from review_app.domain.marking import _
from review_app.domain.visibility import Reach, Thing
from review_app.domain.workflow import CANCELLED, ON_HOLD, Stage
from review_app.extensions.database import db
from review_app.models.network import Person
from review_app.models.record import PublicRecord
from review_app.models.review import Review
from review_app.queries.duties import ACT_PAGE, DUTIES, Duty
from review_app.queries.reviews import due_now, visible_to
from review_app.queries.seats import Seat
from review_app.queries.situations import Situation, Standing, standings_in

MOST = 40
_FAR = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class NextStep:
    """What to do, or that there is nothing to do. `due` is when the stage is due, UTC; `endpoint` names a page.

    `heading` and `why` are sentences to translate, with `values`; `then` is the stage that follows and its date.
    """

    seat: Seat
    heading: str
    why: str
    due: datetime | None
    is_late: bool = False
    is_waiting: bool = False
    button: str = ""
    endpoint: str = ""
    action: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    then: Stage | None = None
    then_due: datetime | None = None

    @property
    def address(self) -> dict[str, Any]:
        """What the address of the page is made of."""
        slug = {"slug": self.action.replace(" ", "-")} if self.endpoint == ACT_PAGE else {}
        return {"ref": self.seat.review.ref} | slug


@dataclass(frozen=True)
class Reading:
    """A page worth opening while there is nothing to do."""

    thing: Thing
    during: tuple[str, ...]
    button: str
    endpoint: str


READINGS = (
    Reading(
        Thing.REPORT, ("published", "responding", "following_up", "closed"), _("Read the report"), "reports.preview"
    ),
    Reading(Thing.PRACTICE, ("preparing", "ready", "visiting"), _("Read the practice"), "practice.overview"),
    Reading(Thing.RETURN, ("drafting",), _("Read the feedback"), "returns.index"),
    Reading(Thing.MESSAGE, ("fact_check", "sign_off"), _("Read the messages"), "messages.index"),
)
FEEDBACK = "give feedback"
SENT = Duty(
    FEEDBACK,
    _("Your feedback is sent"),
    _("You can open it again until the deadline. Then the team merges the feedback of all cities into messages."),
    _("Look at your feedback"),
    "feedback.show",
)
PAUSED = {
    ON_HOLD: (_("This review is on hold"), _("Nothing is asked of anybody until the secretariat resumes it.")),
    CANCELLED: (_("This review is cancelled"), _("It is kept as it stood; nothing more happens to it.")),
}


def steps_of(person: Person) -> list[NextStep]:
    """Return a person's step in each running review they take part in, the most urgent first, at most 40."""
    query = (
        visible_to(person)
        .where(Review.stage.not_in((CANCELLED, "closed")), Review.id.not_in(select(PublicRecord.review_id)))
        .options(selectinload(Review.edition))
        .order_by(due_now().asc().nulls_last(), Review.id)
        .limit(MOST)
    )
    standings = standings_in(list(db.session.scalars(query)), person)
    steps = [step_for(standing) for standing in standings if _takes_part(standing.seat)]
    return sorted(steps, key=lambda step: (step.is_waiting, step.due or _FAR))


def _takes_part(seat: Seat) -> bool:
    return seat.sees(Thing.TEAM) is not Reach.NONE


def step_for(standing: Standing) -> NextStep:
    """Return the first duty in the table that is this person's now, or what to wait for."""
    seat, situation = standing.seat, standing.situation
    if seat.review.stage in PAUSED:
        heading, why = PAUSED[seat.review.stage]
        return NextStep(seat, heading, why, None, is_waiting=True)
    for duty in DUTIES:
        if _is_due(duty, seat, situation):
            return _step(standing, heading=duty.heading, why=duty.why, button=duty.button, duty=duty)
    return _waiting(standing)


def _is_due(duty: Duty, seat: Seat, situation: Situation) -> bool:
    if duty.during and seat.review.stage not in duty.during:
        return False
    if not duty.of & seat.roles or not seat.method.permits(duty.action, duty.of & seat.roles, seat.review.stage):
        return False
    return duty.when(situation, seat.method.actions[duty.action]) and bool(seat.may(duty.action))


def _waiting(standing: Standing) -> NextStep:
    seat = standing.seat
    stage = seat.method.stage(seat.review.stage)
    if seat.method.order(stage.name) == len(seat.method.stages) - 1:
        return NextStep(seat, _("This review is closed"), stage.next_step, None, is_waiting=True)
    if standing.situation.own.sent and seat.may(FEEDBACK):
        return _step(standing, heading=SENT.heading, why=SENT.why, duty=SENT)
    ahead = standing.situation.due is not None and not standing.situation.late
    heading = _("Nothing to do until %(day)s") if ahead else _("Nothing to do for you now")
    return _step(standing, heading=heading, why=stage.next_step)


def _step(standing: Standing, *, heading: str, why: str, button: str = "", duty: Duty | None = None) -> NextStep:
    seat, situation = standing.seat, standing.situation
    then = _after(seat)
    reading = None if duty else _reading(seat)
    return NextStep(
        seat,
        heading,
        why,
        situation.due,
        is_late=situation.late,
        is_waiting=duty is None or duty is SENT,
        button=button or (duty.button if duty else "") or (reading.button if reading else ""),
        endpoint=duty.endpoint if duty else (reading.endpoint if reading else ""),
        action=duty.action if duty else "",
        values=_values(situation),
        then=then,
        then_due=standing.deadlines.get(then.due) if then else None,
    )


def _reading(seat: Seat) -> Reading | None:
    return next((one for one in READINGS if seat.review.stage in one.during and seat.sees(one.thing)), None)


def _after(seat: Seat) -> Stage | None:
    following = seat.method.stages[seat.method.order(seat.review.stage) + 1 :]
    return following[0] if following else None


def _values(situation: Situation) -> dict[str, Any]:
    """What the sentences of the duties may name, beside the host and the day that the page adds."""
    facts = situation.facts
    return {
        "cities": facts.peer_cities,
        "least_cities": facts.minimum.peer_cities,
        "questions": len(facts.practice_missing),
        "silent": ", ".join(facts.silent_cities),
        "returns": facts.returns_submitted,
        "untraced": facts.untraced_messages,
        "withheld": facts.unreleased_used,
        "comments": facts.open_comments,
    }
