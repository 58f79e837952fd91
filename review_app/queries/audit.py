"""Reading the audit trail: who saw a review, what happened, and whether the trail is whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.exc import DBAPIError

from review_app.domain import audit
from review_app.domain.audit import BEGINNING, FOUND_BROKEN, VIEWS
from review_app.extensions.database import db
from review_app.models.audit import AuditEntry, AuditHead
from review_app.models.network import Organisation, Person
from review_app.queries.paging import PAGE, Paged, within

BATCH = 1000
CONTENT = ("at", "person_key", "action", "review_ref", "thing", "object_key", "day")


@dataclass(frozen=True)
class Seer:
    """Who saw one kind of thing of a review. `name` is empty for somebody who is no longer in the network.

    `first` and `last` are the first looks of the first and of the last day (UTC).
    """

    name: str
    organisation: str
    thing: str
    downloaded: bool
    first: datetime
    last: datetime
    days: int


@dataclass(frozen=True)
class Wanted:
    """Whose eyes are asked for: on which review, on which thing (empty: any), since when."""

    ref: str
    thing: str = ""
    since: datetime | None = None


def who_saw(wanted: Wanted, page: int) -> Paged[Seer]:
    """Return one page of those who saw a review, the latest look first; two statements."""
    query = _who_saw(wanted)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    page = within(page, total)
    rows = db.session.execute(query.limit(PAGE).offset((page - 1) * PAGE))
    return Paged([_seer(row) for row in rows], page, total)


def all_who_saw(wanted: Wanted) -> list[Seer]:
    """Return everybody who saw a review, the latest look first."""
    return [_seer(row) for row in db.session.execute(_who_saw(wanted))]


def _who_saw(wanted: Wanted) -> Select[Any]:
    query = (
        select(*_SEER)
        .outerjoin(Person, Person.key == AuditEntry.person_key)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(AuditEntry.review_ref == wanted.ref, AuditEntry.action.in_(VIEWS))
        .group_by(AuditEntry.person_key, Person.name, Organisation.name, AuditEntry.thing, AuditEntry.action)
        .order_by(func.max(AuditEntry.at).desc(), AuditEntry.person_key, AuditEntry.thing, AuditEntry.action)
    )
    if wanted.thing:
        query = query.where(AuditEntry.thing == wanted.thing)
    return query.where(AuditEntry.at >= audit.written(wanted.since)) if wanted.since else query


_SEER: tuple[Any, ...] = (
    func.coalesce(Person.name, "").label("name"),
    func.coalesce(Organisation.name, "").label("organisation"),
    AuditEntry.thing,
    AuditEntry.action,
    func.min(AuditEntry.at).label("first"),
    func.max(AuditEntry.at).label("last"),
    func.count(AuditEntry.day.distinct()).label("days"),
)


def _seer(row: Row[Any]) -> Seer:
    first, last = audit.read_moment(row.first), audit.read_moment(row.last)
    return Seer(row.name, row.organisation, row.thing, row.action == audit.DOWNLOADED, first, last, row.days)


def entries(ref: str = "", *, last: int | None = None) -> list[tuple[AuditEntry, str]]:
    """Return the entries of a review, or all of them, oldest first, with the name of who is behind the key."""
    query = (
        select(AuditEntry, func.coalesce(Person.name, "").label("name"))
        .outerjoin(Person, Person.key == AuditEntry.person_key)
        .order_by(AuditEntry.seq.desc())
        .limit(last)
    )
    mine = query.where(AuditEntry.review_ref == ref) if ref else query
    return [(entry, name) for entry, name in db.session.execute(mine)][::-1]


@dataclass(frozen=True)
class Finding:
    """What a walk along the trail found. `broken` says what is wrong first, empty when the trail is whole."""

    entries: int
    head: str
    broken: str = ""
    sealed: int = 0


class Broken(Exception):
    """The trail is not what was written; the text names the first place."""


def walk(secret: str, *, after: int = 0, holds: tuple[int, str] | None = None) -> Finding:
    """Walk the chain to its sealed head. `after` vouches for what lies before; `holds` is a head noted earlier.

    Without the secret the seal is not looked at.
    """
    seen = _Walk(after)
    try:
        head = _head()
        seen.start()
        for row in _rows(after):
            seen.step(row, head.sealed_seq)
        _check_head(seen, head)
        _check_noted(holds)
        if secret:
            _check_seal(seen, head, secret)
    except Broken as trouble:
        return Finding(seen.count, seen.digest, broken=str(trouble))
    return Finding(seen.count, seen.digest, sealed=head.sealed_seq if secret else 0)


def _head() -> Row[Any]:
    try:
        head = db.session.execute(select(AuditHead.__table__)).one_or_none()
    except DBAPIError as trouble:
        raise Broken("The head of the trail cannot be read.") from trouble
    if head is None:
        raise Broken("The head of the trail is missing.")
    return head


@dataclass
class _Walk:
    """How far a walk has come: the number and the hash of the last entry, and who wrote unsealed."""

    after: int
    seq: int = 0
    count: int = 0
    digest: str = BEGINNING
    unsealed_by_people: int | None = None

    def start(self) -> None:
        """Stand on the entry before the first one to look at."""
        if self.after:
            digest = db.session.scalar(select(AuditEntry.digest).where(AuditEntry.seq == self.after))
            if digest is None:
                raise Broken(f"There is no entry {self.after} to begin after.")
            self.seq, self.digest = self.after, digest

    def step(self, row: Row[Any], sealed: int) -> None:
        """Look at the next entry. Raises Broken."""
        if row.seq != self.seq + 1:
            raise Broken(f"Entry {self.seq + 1} is missing.")
        content = {name: getattr(row, name) for name in CONTENT}
        if row.previous != self.digest:
            raise Broken(f"Entry {row.seq} does not follow the entry before it.")
        if row.digest != audit.digest_of(self.digest, row.seq, content):
            raise Broken(f"Entry {row.seq} is not what was written.")
        if row.action == FOUND_BROKEN:
            raise Broken(
                f"When entry {row.seq} was written, the seal did not fit: the end of the trail was rewritten before,"
                " or SECRET_KEY was changed."
            )
        self.seq, self.digest, self.count = row.seq, row.digest, self.count + 1
        if row.seq > sealed and row.person_key and self.unsealed_by_people is None:
            self.unsealed_by_people = row.seq


def _rows(after: int) -> Iterator[Row[Any]]:
    """Read in batches; where one cannot be read at all, entry by entry up to the one that cannot."""
    while rows := _batch(after):
        yield from rows
        after = rows[-1].seq


def _batch(after: int) -> Sequence[Row[Any]]:
    query = select(AuditEntry.__table__).where(AuditEntry.seq > after).order_by(AuditEntry.seq)
    try:
        return db.session.execute(query.limit(BATCH)).all()
    except DBAPIError:
        return _one(query, after)


def _one(query: Select[Any], after: int) -> Sequence[Row[Any]]:
    try:
        return db.session.execute(query.limit(1)).all()
    except DBAPIError as trouble:
        raise Broken(f"Entry {after + 1} cannot be read.") from trouble


def _check_head(seen: _Walk, head: Row[Any]) -> None:
    if head.seq > seen.seq:
        raise Broken(f"Entry {seen.seq + 1} is missing: the trail reached to {head.seq}.")
    if (head.seq, head.digest) != (seen.seq, seen.digest):
        raise Broken(f"Entry {seen.seq} is not the head that was written last, which is {head.seq}.")


def _check_seal(seen: _Walk, head: Row[Any], secret: str) -> None:
    if head.sealed_seq and not audit.is_seal(head.seal, secret, head.sealed_seq, digest=head.sealed_digest):
        raise Broken(f"The seal of entry {head.sealed_seq} does not fit: it was not made with this SECRET_KEY.")
    if head.sealed_seq and _digest_at(head.sealed_seq) != head.sealed_digest:
        raise Broken(f"Entry {head.sealed_seq} is not the one that was sealed.")
    if seen.unsealed_by_people is not None:
        raise Broken(f"Entry {seen.unsealed_by_people} was written without SECRET_KEY.")


def _check_noted(holds: tuple[int, str] | None) -> None:
    if holds is not None and _digest_at(holds[0]) != holds[1]:
        raise Broken(f"Entry {holds[0]} is not the one that was noted.")


def _digest_at(seq: int) -> str | None:
    return db.session.scalar(select(AuditEntry.digest).where(AuditEntry.seq == seq))
