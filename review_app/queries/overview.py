"""What stands on the page of one review: its cities, its stages with their dates, its record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from review_app.domain.visibility import Reach, Thing
from review_app.domain.vocabulary import Side
from review_app.domain.workflow import Method, Stage
from review_app.extensions.database import db
from review_app.models.network import Organisation, Person
from review_app.models.practice import PracticeSection
from review_app.models.record import PublicRecord
from review_app.models.review import JournalEntry, Review, ReviewCity
from review_app.queries.reviews import PAUSES
from review_app.queries.seats import Seat
from review_app.queries.situations import due_of

FEEDBACK, SUMMARY = "give feedback", "summary"
LONGEST_STORY = 400


@dataclass(frozen=True)
class Mark:
    """One mark of the stage bar; `state` is "done", "now" or empty, `at` when it was done or is due (UTC)."""

    label: str
    state: str
    at: datetime | None
    is_visit: bool = False


@dataclass(frozen=True)
class Cities:
    """The organisations of a review by side, those that declined left out."""

    hosts: tuple[ReviewCity, ...]
    peers: tuple[ReviewCity, ...]
    observers: tuple[ReviewCity, ...]


@dataclass(frozen=True)
class Story:
    """When each stage was left for the last time (UTC), and why the review is paused, if it is."""

    left: Mapping[str, datetime]
    reason: str


def cities_of(review: Review) -> Cities:
    """Return who takes part; one statement."""
    query = (
        select(ReviewCity)
        .join(ReviewCity.organisation)
        .options(contains_eager(ReviewCity.organisation))
        .where(ReviewCity.review_id == review.id, ReviewCity.declined_at.is_(None))
        .order_by(ReviewCity.position, Organisation.name)
    )
    rows = list(db.session.scalars(query))
    by_side = {side: tuple(row for row in rows if row.side is side) for side in Side}
    return Cities(by_side[Side.HOST], by_side[Side.PEER], by_side[Side.OBSERVER])


def peer_city(review: Review, key: str) -> ReviewCity | None:
    """Return the peer city of this review under a key, None when there is none."""
    return next((city for city in cities_of(review).peers if city.key == key), None)


def record_of(review: Review) -> PublicRecord | None:
    """Return the public record of a review that took place elsewhere, with its sources; None for one run here."""
    query = select(PublicRecord).options(selectinload(PublicRecord.pages)).where(PublicRecord.review_id == review.id)
    return db.session.scalar(query)


def returns_of(seat: Seat) -> tuple[int, int] | None:
    """Return how many returns were received of how many; None where not to be seen, or none are asked yet."""
    order = seat.method.order
    begun = order(seat.review.standing) >= order(seat.method.actions[FEEDBACK].during[0])
    if not begun or seat.sees(Thing.RETURN_COUNT) is Reach.NONE:
        return None
    return seat.facts.returns_submitted, seat.facts.peer_cities


def story_of(review: Review) -> Story:
    """Return how a review moved; one statement."""
    query = (
        select(JournalEntry.came_from, JournalEntry.led_to, JournalEntry.at, JournalEntry.reason)
        .where(JournalEntry.review_id == review.id, JournalEntry.came_from != JournalEntry.led_to)
        .order_by(JournalEntry.id.desc())
        .limit(LONGEST_STORY)
    )
    moves = db.session.execute(query).all()
    left = {move.came_from: move.at for move in reversed(moves)}
    return Story(left, moves[0].reason if moves and review.stage in PAUSES else "")


def stage_bar(seat: Seat, story: Story, deadlines: Mapping[str, datetime]) -> list[Mark]:
    """Return the stages as marks: those with one label are one mark; done, now, to come."""
    order, here = seat.method.order, seat.method.order(seat.review.standing)
    marks = []
    for label, stages in _groups(seat.method).items():
        is_visit = any(stage.due == "visit_end" for stage in stages)
        if here > order(stages[-1].name):
            marks.append(Mark(label, "done", story.left.get(stages[-1].name), is_visit))
        elif here >= order(stages[0].name):
            marks.append(Mark(label, "now", due_of(seat, deadlines), is_visit))
        else:
            marks.append(Mark(label, "", deadlines.get(stages[-1].due), is_visit))
    return marks


def _groups(method: Method) -> Mapping[str, Sequence[Stage]]:
    found: dict[str, list[Stage]] = {}
    for stage in method.stages:
        found.setdefault(stage.bar or stage.label, []).append(stage)
    return found


def summary_of(seat: Seat) -> str:
    """Return the practice in a sentence, empty when it is not written or not for this person; one statement."""
    if seat.sees(Thing.PRACTICE) is Reach.NONE:
        return ""
    sections = db.session.scalars(select(PracticeSection.answers).where(PracticeSection.review_id == seat.review.id))
    return next((str(answers[SUMMARY]) for answers in sections if answers.get(SUMMARY)), "")


@dataclass(frozen=True)
class Entry:
    """One line of the record, as this person may read it."""

    action: str
    came_from: str
    led_to: str
    person: Person | None
    reason: str
    note: str
    at: datetime


def journal_of(seat: Seat, page: int, size: int) -> tuple[list[Entry], int]:
    """Return a page of the record of a review, newest first, and how many entries there are; two statements."""
    review = seat.review
    total = db.session.scalar(select(func.count(JournalEntry.id)).where(JournalEntry.review_id == review.id)) or 0
    query = (
        select(JournalEntry)
        .options(joinedload(JournalEntry.person))
        .where(JournalEntry.review_id == review.id)
        .order_by(JournalEntry.id.desc())
    )
    rows = db.session.scalars(query.limit(size).offset((page - 1) * size))
    return [_entry(row, seat) for row in rows], total


def _entry(row: JournalEntry, seat: Seat) -> Entry:
    """Who sent nothing stands in the record; in a small group that tells who did, so only the team reads it there."""
    action = seat.method.actions.get(row.action)
    names_the_silent = action is not None and action.closes_feedback
    note = row.note if seat.sees(Thing.RETURN) is not Reach.NONE or not names_the_silent else ""
    return Entry(row.action, row.came_from, row.led_to, row.person, row.reason, note, row.at)
