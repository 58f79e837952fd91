"""The audit trail: entries that are only ever added, each holding the hash of the one before, and their head."""

from sqlalchemy import DDL, CheckConstraint, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from review_app.models.base import Base


class _Line:
    """What an entry says. It points at nothing by a foreign key and names nobody: nothing ever has to change in it.

    Moments and days are kept as the very text that is hashed.
    """

    at: Mapped[str] = mapped_column(String(27))
    person_key: Mapped[str] = mapped_column(String(32))
    action: Mapped[str] = mapped_column(String(80))
    review_ref: Mapped[str] = mapped_column(String(80))
    thing: Mapped[str] = mapped_column(String(80))
    object_key: Mapped[str] = mapped_column(String(80))
    day: Mapped[str | None] = mapped_column(String(10))
    previous: Mapped[str] = mapped_column(String(64))


class AuditEntry(_Line, Base):
    """One entry. Nobody but the database adds it: see AuditHead."""

    __tablename__ = "audit_entry"
    __table_args__ = (UniqueConstraint("review_ref", "person_key", "thing", "object_key", "action", "day"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64), unique=True)


class AuditHead(_Line, Base):
    """The newest entry once more, in the only row there is; the next one is written over it.

    Each time the database itself adds what is written here to the entries, so one statement does both, and the row
    is the lock for which writers queue. The seal can be made only with the secret key, so that a cut end is found;
    a command without the key adds its entries and leaves the seal where it was.
    """

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    sealed_seq: Mapped[int]
    sealed_digest: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str] = mapped_column(String(64))


SQLITE = (
    """CREATE TRIGGER audit_head_adds AFTER UPDATE ON audit_head BEGIN INSERT INTO audit_entry
(seq, at, person_key, action, review_ref, thing, object_key, day, previous, digest)
VALUES (NEW.seq, NEW.at, NEW.person_key, NEW.action, NEW.review_ref, NEW.thing, NEW.object_key, NEW.day,
NEW.previous, NEW.digest); END""",
    """CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head
BEGIN SELECT RAISE(ABORT, 'the audit trail keeps its head'); END""",
    """CREATE TRIGGER audit_entry_at_the_end BEFORE INSERT ON audit_entry
WHEN NEW.seq <= (SELECT max(seq) FROM audit_entry)
BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END""",
    """CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END""",
    """CREATE TRIGGER audit_entry_stays BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION audit_head_adds() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO audit_entry
(seq, at, person_key, action, review_ref, thing, object_key, day, previous, digest)
VALUES (NEW.seq, NEW.at, NEW.person_key, NEW.action, NEW.review_ref, NEW.thing, NEW.object_key, NEW.day,
NEW.previous, NEW.digest); RETURN NULL; END $$""",
    """CREATE TRIGGER audit_head_adds AFTER UPDATE ON audit_head
FOR EACH ROW EXECUTE FUNCTION audit_head_adds()""",
    """CREATE FUNCTION audit_trail_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit trail is only ever added to'
USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER audit_head_stays BEFORE DELETE OR TRUNCATE ON audit_head
FOR EACH STATEMENT EXECUTE FUNCTION audit_trail_is_kept()""",
    """CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION audit_trail_is_kept()""",
)
FIRST_HEAD = """INSERT INTO audit_head
(id, seq, at, person_key, action, review_ref, thing, object_key, day, previous, digest, sealed_seq, sealed_digest, seal)
VALUES (1, 0, '', '', '', '', '', '', NULL, '', '0000000000000000000000000000000000000000000000000000000000000000', 0,
'0000000000000000000000000000000000000000000000000000000000000000', '')"""

# Tables that are made without a migration keep the same promises.
AuditHead.__table__.add_is_dependent_on(AuditEntry.__table__)  # type: ignore[attr-defined]
for _dialect, _statements in (("sqlite", SQLITE), ("postgresql", POSTGRESQL)):
    for _statement in (*_statements, FIRST_HEAD):
        event.listen(AuditHead.__table__, "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]
