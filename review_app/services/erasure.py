"""Erases a person (GDPR Art. 17): everything that tells who they are, in one transaction, and for good.

What stays is the city's and names nobody. A row and a line in a file that only grows keep the random key that stood
for the person, so that an old backup brings nobody back.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, or_, select

from review_app.config import Settings
from review_app.domain.marking import _
from review_app.domain.refusal import Unacceptable
from review_app.domain.text import email_identity
from review_app.domain.traces import Traces
from review_app.domain.vocabulary import NetworkRight
from review_app.extensions.database import db
from review_app.models.access import FailedTry, PersonalLink, SignIn
from review_app.models.base import utc_now
from review_app.models.letters import Letter
from review_app.models.network import NetworkRole, Person
from review_app.models.privacy import Erasure
from review_app.models.review import JournalEntry, Participant, Review
from review_app.services import audit, letter_files, outbox, reissuing, throttle, unsigning

LEFT = "a participant was erased"
TRIES = ("password", "link")


@dataclass(frozen=True)
class Line:
    """One line of the file of erasures: the key of a person and when they were erased, an ISO moment."""

    key: str
    at: str


def erase(person: Person, *, settings: Settings, by: Person | None = None) -> Erasure:
    """Erase a person, asked `by` themselves or by a command; a second time there is nobody left to erase.

    Raises Unacceptable for the last one who looks after the network, and OSError when the file of erasures refuses.
    """
    refuse_last(person)
    audit.note("erase a person", by, about=person.key)
    return _erase(person, settings, at=utc_now())


def reapply(keys: Iterable[str], *, settings: Settings) -> int:
    """Erase again whoever an old backup brought back; return how many were there. Safe to run at any time."""
    wanted = set(keys) | {line.key for line in lines(settings)}
    back = db.session.scalars(select(Person).where(Person.key.in_(wanted))).all()
    for person in back:
        _erase(person, settings, at=utc_now())
    known = {row.key: row for row in db.session.scalars(select(Erasure))}
    db.session.add_all(Erasure(key=key) for key in sorted(wanted - set(known)))
    db.session.flush()
    _write_missing(settings)
    return len(back)


def refuse_last(person: Person) -> None:
    """Raise Unacceptable for the last one who looks after the network."""
    right = NetworkRight.SECRETARIAT
    query = select(NetworkRole.person_id).join(Person).where(NetworkRole.right == right, Person.is_active)
    holders = set(db.session.scalars(query.with_for_update(of=NetworkRole)))
    if holders == {person.id}:
        raise Unacceptable(
            _("Somebody must remain who looks after the network: give the secretariat to another person first.")
        )


def lines(settings: Settings) -> list[Line]:
    """Return the lines of the file of erasures. A last line that a crash cut short is written again later."""
    path = file_of(settings)
    whole = path.read_bytes().rpartition(b"\n")[0] if path.exists() else b""
    return [Line(str(plain["key"]), str(plain.get("at", ""))) for plain in map(json.loads, whole.splitlines())]


def file_of(settings: Settings) -> Path:
    """Return the file of erasures: only ever added to, never part of what a restore replaces."""
    return settings.data_dir / "erasures.jsonl"


def _erase(person: Person, settings: Settings, *, at: datetime) -> Erasure:
    traces = Traces(person.name, person.email)
    row = db.session.scalar(select(Erasure).where(Erasure.key == person.key)) or Erasure(key=person.key, at=at)
    row.settled_at = None
    db.session.add(row)
    _leave_reviews(person)
    reviews = unsigning.remove_words(person)
    reissuing.without(person, traces, reviews=reviews)
    _close_ways_in(person)
    unsigning.unsign(person)
    unsigning.clean(traces)
    db.session.expire_all()
    db.session.delete(person)
    db.session.flush()
    letter_files.forget(settings, traces)
    # Last of all: the line is on the disk before the commit, and the sweeper finishes what a crash leaves in between.
    _write_missing(settings)
    outbox.wake()
    return row


def _leave_reviews(person: Person) -> None:
    """End every role, and say in the record of the review that somebody left, not who."""
    query = select(Participant, Review).join(Review).where(Participant.person_id == person.id).order_by(Participant.id)
    number = unsigning.former().id
    for part, review in db.session.execute(query).all():
        line = JournalEntry(review_id=review.id, action=LEFT, came_from=review.stage, led_to=review.stage)
        line.person_id, line.note = number, part.role.value.replace("_", " ")
        db.session.add(line)
        db.session.delete(part)
    db.session.flush()


def _close_ways_in(person: Person) -> None:
    number, identity = person.id, email_identity(person.email)
    db.session.execute(delete(SignIn).where(SignIn.person_id == number))
    db.session.execute(delete(NetworkRole).where(NetworkRole.person_id == number))
    mine = or_(PersonalLink.person_id == number, PersonalLink.identity == identity)
    db.session.execute(delete(PersonalLink).where(mine))
    tries = [next(iter(throttle.subjects(what, person.email, ""))) for what in TRIES]
    db.session.execute(delete(FailedTry).where(FailedTry.subject.in_(tries)))
    addressed = db.session.execute(select(Letter.id, Letter.address)).all()
    to_me = [letter for letter, address in addressed if email_identity(address) == identity]
    db.session.execute(delete(Letter).where(or_(Letter.person_id == number, Letter.id.in_(to_me))))


def _write_missing(settings: Settings) -> None:
    """Write a line for every erasure that the file does not know."""
    known = {line.key for line in lines(settings)}
    rows = db.session.scalars(select(Erasure).where(Erasure.key.not_in(known)).order_by(Erasure.id)).all()
    if rows:
        _append(file_of(settings), [{"key": row.key, "at": row.at.isoformat()} for row in rows])


def _append(path: Path, plain: list[dict[str, str]]) -> None:
    with path.open("ab") as file:
        whole = path.read_bytes().rpartition(b"\n")
        if whole[2]:
            file.truncate(len(whole[0]) + len(whole[1]))
        file.write(b"".join(json.dumps(one).encode() + b"\n" for one in plain))
        file.flush()
        os.fsync(file.fileno())
