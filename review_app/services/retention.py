"""Deletes by itself what the register says has had its time (METHOD.md R16): a duty for every period that ends."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, delete, func, or_, select, update

from review_app.config import Settings
from review_app.domain.privacy import register
from review_app.domain.workflow import CANCELLED
from review_app.extensions.database import db
from review_app.models.base import Base, utc_now
from review_app.models.feedback import FeedbackItem, Return
from review_app.models.history import Revision
from review_app.models.letters import Letter
from review_app.models.publishing import Report
from review_app.models.review import JournalEntry, MethodEdition, Participant, Review
from review_app.models.synthesis import MessageSource
from review_app.queries import methods
from review_app.services import consents, letter_files, links, sessions, submissions, throttle, unsigning

Duty = Callable[[Settings, datetime], None]
DELETED = "delete the raw material"
OF_A_REVIEW = ("practice_section", "message", "report_text", "fact_comment")


def sweep(settings: Settings) -> None:
    """Do every duty; each leaves alone what has time left."""
    now = utc_now()
    for duty in DUTIES.values():
        duty(settings, now)


def before(period: str, settings: Settings, now: datetime) -> datetime:
    """Return the moment before which what is kept for a period has had its time."""
    days = register().periods[period].length(settings)
    assert days is not None, f"{period} has no end"
    return now - timedelta(days=days)


def _sessions(settings: Settings, _now: datetime) -> None:
    sessions.sweep(idle=timedelta(hours=settings.session_idle_hours), longest=timedelta(days=settings.session_days))


def _links(_settings: Settings, now: datetime) -> None:
    links.sweep(now)


def _tries(_settings: Settings, _now: datetime) -> None:
    throttle.sweep()


def _forms(_settings: Settings, now: datetime) -> None:
    submissions.sweep(now)


def _letters(settings: Settings, now: datetime) -> None:
    """Delete letters that left or were given up long ago, and their files where a folder takes them."""
    old = before("letter", settings, now)
    db.session.execute(delete(Letter).where(or_(Letter.sent_at < old, Letter.given_up_at < old)))
    letter_files.sweep(settings, old)


def _raw_material(settings: Settings, now: datetime) -> None:
    """Delete returns' items, earlier versions and drafts of reviews that are over; what was published stays."""
    over = _over(before("raw_material", settings, now))
    items = select(FeedbackItem.id).join(Return).where(Return.review_id.in_(over))
    held = [*_reviews_with(items, over)]
    db.session.execute(delete(MessageSource).where(MessageSource.item_id.in_(items)))
    db.session.execute(delete(Revision).where(or_(*_versions(items, over))))
    for item in db.session.scalars(select(FeedbackItem).where(FeedbackItem.id.in_(items))).all():
        db.session.delete(item)  # one by one: what hangs on an item goes with it, files included
    db.session.flush()
    drafts = delete(Report).where(Report.review_id.in_(over), Report.number.is_(None))
    if db.session.scalars(drafts.returning(Report.id)).all():
        consents.forget_prints()
    db.session.add_all(_line(review) for review in held)


def _taking_part(settings: Settings, now: datetime) -> None:
    """Forget declared interests once a review is over."""
    over = _over(before("taking_part", settings, now))
    declared = (Participant.review_id.in_(over), Participant.interests != "")
    db.session.execute(update(Participant).where(*declared).values(interests=""))


def _dropped(settings: Settings, now: datetime) -> None:
    """Delete the history of what was removed long ago."""
    unsigning.remove_leftovers(Revision.at < before("dropped", settings, now))


DUTIES: Mapping[str, Duty] = {
    "session": _sessions,
    "link": _links,
    "wrong_try": _tries,
    "answered_form": _forms,
    "letter": _letters,
    "raw_material": _raw_material,
    "taking_part": _taking_part,
    "dropped": _dropped,
}
"""What the sweeper does, by the period of the register that it keeps."""


def _over(since: datetime) -> Select[int]:
    """Select the reviews that reached the last stage of their method, or were cancelled, before a moment."""
    ended = [
        (Review.edition_id == edition.id) & Review.stage.in_((methods.of(edition).stages[-1].name, CANCELLED))
        for edition in db.session.scalars(select(MethodEdition))
    ]
    reached = (
        select(func.max(JournalEntry.at))
        .where(
            JournalEntry.review_id == Review.id,
            JournalEntry.led_to == Review.stage,
            JournalEntry.came_from != JournalEntry.led_to,
        )
        .scalar_subquery()
    )
    return select(Review.id).where(or_(*ended) if ended else Review.id.is_(None), reached < since)


def _versions(items: Select[int], over: Select[int]) -> Iterable[ColumnElement[bool]]:
    yield _of(FeedbackItem.__tablename__) & Revision.thing_id.in_(items)
    yield _of(Review.__tablename__) & Revision.thing_id.in_(over)
    for name in OF_A_REVIEW:
        table = Base.metadata.tables[name]
        yield _of(name) & Revision.thing_id.in_(select(table.c.id).where(table.c.review_id.in_(over)))


def _of(table: str) -> ColumnElement[bool]:
    return or_(Revision.thing == table, Revision.thing.startswith(f"{table}.", autoescape=True))


def _reviews_with(items: Select[int], over: Select[int]) -> list[Review]:
    holding = select(Return.review_id).join(FeedbackItem).where(FeedbackItem.id.in_(items))
    return list(db.session.scalars(select(Review).where(Review.id.in_(over), Review.id.in_(holding))))


def _line(review: Review) -> JournalEntry:
    return JournalEntry(review_id=review.id, action=DELETED, came_from=review.stage, led_to=review.stage)
