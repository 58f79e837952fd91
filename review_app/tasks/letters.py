"""Drains the outbox: letter by letter, each with its rights checked now; what fails is tried again, never lost."""

from datetime import datetime, timedelta
from email.message import EmailMessage

import structlog
from flask import Flask
from sqlalchemy import ColumnElement, and_, or_, select, update

from review_app.domain.workflow import ON_HOLD
from review_app.extensions import mail
from review_app.extensions.database import db, reading
from review_app.models.base import utc_now
from review_app.models.letters import Letter
from review_app.tasks.composing import Desk, compose

log = structlog.get_logger(__name__)
BATCH = 100
LEASE = timedelta(minutes=10)
"""How long a letter in the hands of one worker is left alone by the others; after a crash it is tried again then."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720, 1440, 1440))


class MailDown(Exception):
    """The mail server is away: the other letters wait without a try of theirs being counted."""


def drain(app: Flask) -> int:
    """Send every letter that is due; returns how many left. May run twice at once without harm."""
    desk, left = Desk(app, app.config["SETTINGS"]), 0
    with app.app_context():
        for number in _due():
            try:
                left += _send(number, desk)
            except MailDown:
                break
        return left


def _due() -> list[int]:
    with reading():
        waiting = select(Letter.id).where(*_leaves(utc_now()))
        return list(db.session.scalars(waiting.order_by(Letter.due_at, Letter.id).limit(BATCH)))


def _leaves(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return what makes a letter leave now: it is due, or a clock wrote it that ran ahead and was put right since."""
    was_ahead = and_(Letter.queued_at > now, Letter.tries == 0)
    return Letter.sent_at.is_(None), Letter.given_up_at.is_(None), or_(Letter.due_at <= now, was_ahead)


def _send(number: int, desk: Desk) -> bool:
    message = _prepare(number, desk)
    if message is None:
        return False
    try:
        mail.deliver(message, desk.settings.mail)
    except mail.Undeliverable as trouble:
        _keep_trouble(number, trouble.trouble, permanent=trouble.permanent)
        if trouble.is_down:
            raise MailDown from trouble
        return False
    _set(number, sent_at=utc_now(), trouble="")
    return True


def _prepare(number: int, desk: Desk) -> EmailMessage | None:
    """Take a letter into this worker's hands and compose it, in one transaction."""
    if not _take(number):
        return None
    try:
        letter = db.session.get_one(Letter, number)
        if letter.review is not None and letter.review.stage == ON_HOLD:
            _rest(letter)
            return None
        message = compose(letter, desk)
    except Exception as trouble:
        db.session.rollback()
        log.exception("letter not composed", letter=number)
        _keep_trouble(number, f"The letter could not be written: {type(trouble).__name__}", permanent=False)
        return None
    if message is None:
        letter.given_up_at = utc_now()
    db.session.commit()
    return message


def _rest(letter: Letter) -> None:
    """Let a letter wait while its review is on hold, without a try counted; it is asked again after its lease."""
    letter.tries -= 1
    db.session.commit()


def _take(number: int) -> bool:
    """Claim a letter; False when another worker was faster."""
    now = utc_now()
    taken = db.session.execute(
        update(Letter)
        .where(Letter.id == number, *_leaves(now))
        .values(due_at=now + LEASE, tries=Letter.tries + 1)
        .returning(Letter.id)
    )
    found = taken.scalar_one_or_none() is not None
    db.session.commit()
    return found


def _keep_trouble(number: int, trouble: str, *, permanent: bool) -> None:
    """Try again later, or give up where nothing will change; the secretariat reads the trouble."""
    tries = db.session.scalar(select(Letter.tries).where(Letter.id == number)) or 1
    if permanent or tries > len(PAUSES):
        _set(number, given_up_at=utc_now(), trouble=trouble)
        return
    _set(number, due_at=utc_now() + PAUSES[tries - 1], trouble=trouble)


def _set(number: int, **values: object) -> None:
    db.session.execute(update(Letter).where(Letter.id == number).values(**values))
    db.session.commit()
