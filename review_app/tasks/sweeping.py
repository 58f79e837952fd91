"""Every minute: what the clock does by itself, and what a crash may have left behind."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog
from flask import Flask
from sqlalchemy import func, select

from review_app.config import Settings
from review_app.domain.workflow import Action
from review_app.extensions.database import db
from review_app.extensions.storage import StorageDown
from review_app.models.base import utc_now
from review_app.models.review import JournalEntry, MethodEdition, Review
from review_app.queries import methods
from review_app.queries.seats import seat_at
from review_app.services import attachments, letters, retention, workflow
from review_app.tasks import backing_up, erasing

log = structlog.get_logger(__name__)


def sweep(app: Flask) -> None:
    """Do every duty in a transaction of its own; one that fails keeps none of the others back."""
    settings: Settings = app.config["SETTINGS"]
    with app.app_context():
        for duty in (remind, move, tidy, erasing.finish, backing_up.back_up):
            _do(duty, settings)


def sweep_files(app: Flask) -> attachments.Sweep | None:
    """Delete files without a row, and tell of rows without a file; None when the storage could not be asked.

    Not a duty of every minute: it lists the whole storage, and holds no transaction meanwhile.
    """
    with app.app_context():
        try:
            found = attachments.sweep(utc_now())
        except StorageDown as trouble:
            log.error("storage of files not swept", trouble=str(trouble))
            return None
    if found.orphans:
        log.warning("files without a row deleted", count=found.orphans)
    if found.danglers:
        log.error("files are missing", count=len(found.danglers), files=found.danglers[:20])
    return found


def _do(duty: Callable[[Settings], None], settings: Settings) -> None:
    try:
        duty(settings)
        db.session.commit()
    except Exception:
        db.session.rollback()
        log.exception("duty failed", duty=duty.__name__)


def remind(_settings: Settings) -> None:
    """Queue the reminders whose day has come."""
    letters.remind_of_feedback(utc_now())


def tidy(settings: Settings) -> None:
    """Delete what has had its time, as the register of personal data says."""
    retention.sweep(settings)


def move(_settings: Settings) -> None:
    """Take the actions that a method lets the clock take, the day after the stage began and no embargo holds."""
    now = utc_now()
    for edition in db.session.scalars(select(MethodEdition)).all():
        for action in methods.of(edition).actions.values():
            if action.automatic:
                _move_all(action, edition, now)


def _move_all(action: Action, edition: MethodEdition, now: datetime) -> None:
    leading = [one.name for one in methods.of(edition).actions.values() if one.leads_to in action.during]
    began = (
        select(func.max(JournalEntry.at))
        .where(JournalEntry.review_id == Review.id, JournalEntry.led_to == Review.stage)
        .where(JournalEntry.action.in_(leading))
        .scalar_subquery()
    )
    query = select(Review, began).where(Review.edition_id == edition.id, Review.stage.in_(action.during))
    for review, since in db.session.execute(query.with_for_update(of=Review)).all():
        if _is_ripe(review, since, now):
            workflow.perform_automatically(action.name, review, seat_at(review, None))


def _is_ripe(review: Review, since: datetime | None, now: datetime) -> bool:
    """Tell whether it is at least the day after, where the host is, and the embargo is over.

    Reviews that were taken in from elsewhere went through no stage here, so the clock leaves them alone.
    """
    if since is None:
        return False
    zone = ZoneInfo(review.timezone)
    is_over = review.embargo_until is None or review.embargo_until <= now
    return is_over and now.astimezone(zone).date() > since.astimezone(zone).date()
