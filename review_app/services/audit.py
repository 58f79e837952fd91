"""Writes the audit trail: acts with the transaction they belong to, views in a short one of their own."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, event, func, insert, select, update
from sqlalchemy.orm import Session

from review_app.domain import audit
from review_app.domain.audit import BEGINNING, FOUND_BROKEN, Entry
from review_app.extensions import sealing
from review_app.extensions.database import db, in_haste
from review_app.models.audit import AuditEntry, AuditHead
from review_app.models.base import utc_now
from review_app.models.network import Person
from review_app.models.review import Review

NOTED = "audit"
ONCE = ("person_key", "action", "review_ref", "thing", "object_key", "day")


def note(action: str, person: Person | None, *, review: Review | None = None, thing: str = "", about: str = "") -> None:
    """Note an act; `about` is the key of what or whom it was done to. It is written when the transaction commits.

    Last of all, because from then on nobody else can write: until the commit is through, the head is locked.
    """
    session = db.session()
    if not session.in_transaction():
        session.begin()
    if person is not None and person in session.new:
        session.flush()  # somebody made just now has no key before
    who, ref = person.key if person else "", review.ref if review else ""
    entry = Entry(audit.written(utc_now()), who, action, review_ref=ref, thing=thing, object_key=about)
    session.info.setdefault(NOTED, []).append(entry)


@event.listens_for(db.session, "before_commit")
def _write(session: Session) -> None:
    if session.in_nested_transaction():
        return
    entries = session.info.pop(NOTED, None)
    if entries:
        session.flush()
        connection = session.connection()
        _extend(connection, _head(connection)[0], entries)


@event.listens_for(db.session, "after_soft_rollback")
def _forget(session: Session, ended: Any) -> None:
    if not ended.nested:
        session.info.pop(NOTED, None)


def view(action: str, person: Person, *, review_ref: str = "", thing: str = "", about: str = "") -> Entry:
    """Return the entry of a view at this moment, for `keep_views`."""
    at = audit.written(utc_now())
    return Entry(at, person.key, action, review_ref=review_ref, thing=thing, object_key=about, day=at[:10])


def keep_views(entries: Sequence[Entry]) -> None:
    """Write those of these views that nobody has written yet, now or never. Raises SQLAlchemyError."""
    with in_haste() as connection:
        rows = _head(connection, entries)
        known = {tuple(row)[-len(ONCE) :] for row in rows}
        new = [entry for entry in entries if entry.once not in known]
        if new:
            _extend(connection, rows[0], new)


def _head(connection: Connection, views: Sequence[Entry] = ()) -> Sequence[Row[Any]]:
    """Lock the head and return it, beside each view of these people that was written on these days."""
    if connection.dialect.name == "postgresql":
        # A statement of its own: what is read after it sees all that those before us in the queue have written.
        connection.execute(select(AuditHead.id).with_for_update())
    query = _with_known(views) if views else select(*_HEAD)
    rows = connection.execute(query).all()
    if not rows:
        connection.execute(insert(AuditHead).values(_NOTHING))
        rows = connection.execute(query).all()
    return rows


def _with_known(views: Sequence[Entry]) -> Select[Any]:
    known = and_(
        AuditEntry.review_ref.in_({one.review_ref for one in views}),
        AuditEntry.person_key.in_({one.person_key for one in views}),
        AuditEntry.day.in_({one.day for one in views}),
    )
    columns = (getattr(AuditEntry, name) for name in ONCE)
    return select(*_HEAD, *columns).select_from(AuditHead).outerjoin(AuditEntry, known)


def _extend(connection: Connection, head: Row[Any], entries: Sequence[Entry]) -> None:
    secret = sealing.secret()
    if not _is_sound(connection, head, secret):
        entries = (Entry(audit.written(utc_now()), "", FOUND_BROKEN), *entries)
    rows = audit.chained(max(head.seq, head.last), head.digest, entries)
    if secret:
        rows = [row | _sealed(secret, row["seq"], row["digest"]) for row in rows]
    connection.execute(update(AuditHead), rows)


def _sealed(secret: str, seq: int, digest: str) -> dict[str, Any]:
    return {"sealed_seq": seq, "sealed_digest": digest, "seal": audit.seal_of(secret, seq, digest)}


def _is_sound(connection: Connection, head: Row[Any], secret: str) -> bool:
    """Look at the end before going on from it: whoever cut it off could not make the seal of the new end."""
    if head.last > head.seq:
        return False
    if not secret:
        return True
    if head.sealed_seq:
        is_ours = audit.is_seal(head.seal, secret, head.sealed_seq, digest=head.sealed_digest)
        return is_ours and (head.sealed_seq < head.seq or head.sealed_digest == head.digest)
    # Only commands may have been without the key so far: a server has one.
    by_people = select(AuditEntry.seq).where(AuditEntry.person_key != "").limit(1)
    return head.seq == 0 or connection.scalar(by_people) is None


_HEAD = (
    AuditHead.seq,
    AuditHead.digest,
    AuditHead.sealed_seq,
    AuditHead.sealed_digest,
    AuditHead.seal,
    select(func.coalesce(func.max(AuditEntry.seq), 0)).scalar_subquery().label("last"),
)
_NOTHING = {
    "id": 1,
    "seq": 0,
    "sealed_seq": 0,
    "digest": BEGINNING,
    "sealed_digest": BEGINNING,
    **dict.fromkeys(("at", "person_key", "action", "review_ref", "thing", "object_key", "previous", "seal"), ""),
}
