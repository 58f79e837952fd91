"""One form, one effect: remembers the answer to a nonce so that a double submit gets the same answer."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete

from review_app.domain.privacy import kept_for
from review_app.extensions.database import db
from review_app.models.access import Submission

KEPT = kept_for("answered_form")


def name_of(nonce: str, path: str, fields: Iterable[tuple[str, str]]) -> str:
    """Return the name under which a submission is kept, empty without a nonce.

    What was written is part of the name: somebody who goes back, changes a word and sends again is not answered
    with the effect of the first text.
    """
    return hashlib.sha256(repr((nonce, path, list(fields))).encode("utf-8", "replace")).hexdigest() if nonce else ""


def answer_to(name: str) -> str | None:
    """Return the address that answered this submission before."""
    row = db.session.get(Submission, name) if name else None
    return row.answer if row else None


def remember(name: str, answer: str) -> None:
    """Keep the answer in the same transaction as the effect: a second writer fails on the key."""
    db.session.add(Submission(nonce=name, answer=answer))


def sweep(now: datetime) -> None:
    """Delete answers that nobody will ask for again."""
    db.session.execute(delete(Submission).where(Submission.at < now - KEPT))
