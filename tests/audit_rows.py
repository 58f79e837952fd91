"""What the tests of the audit trail share: reading it, and writing into it past everything that forbids it."""

from datetime import UTC, datetime

from sqlalchemy import select, text

from review_app.domain.audit import VIEWS
from review_app.extensions.database import db
from review_app.models.audit import AuditEntry
from review_app.models.network import Person
from review_app.queries import audit

SECRET = "the lasting key of an installation, for tests"


def entries():
    """Return the entries as they stand, oldest first; inside an app context."""
    return db.session.execute(select(AuditEntry.__table__).order_by(AuditEntry.seq)).all()


def acts(since=0):
    """Return what was done after an entry: action, thing and whom it is about."""
    return [(row.action, row.thing, row.object_key) for row in entries() if row.seq > since and row.day is None]


def views(email=None):
    """Return what was seen, by one person or by all: review, thing, key, action."""
    query = select(AuditEntry).where(AuditEntry.action.in_(VIEWS)).order_by(AuditEntry.seq)
    if email is not None:
        query = query.join(Person, Person.key == AuditEntry.person_key).where(Person.email == email)
    found = db.session.scalars(query).all()
    db.session.rollback()
    return [(row.review_ref, row.thing, row.object_key, row.action) for row in found]


def last():
    """Return the number of the newest entry."""
    return max((row.seq for row in entries()), default=0)


def tamper(statement, **values):
    """Do what somebody does who has the database in hand: drop what forbids it, then write."""
    if db.engine.dialect.name == "sqlite":
        for name in ("unchanged", "stays", "at_the_end"):
            db.session.execute(text(f"DROP TRIGGER IF EXISTS audit_entry_{name}"))
        for name in ("adds", "stays"):
            db.session.execute(text(f"DROP TRIGGER IF EXISTS audit_head_{name}"))
    else:
        db.session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER ALL"))
        db.session.execute(text("ALTER TABLE audit_head DISABLE TRIGGER ALL"))
    db.session.execute(text(statement), values)
    db.session.commit()


def verdict(secret=SECRET, **more):
    """Return what a walk along the trail finds broken, empty for nothing."""
    db.session.rollback()
    found = audit.walk(secret, **more).broken
    db.session.rollback()
    return found


def moment(written):
    """Return a moment in UTC: moment("2026-05-20T09:30")."""
    return datetime.fromisoformat(written).replace(tzinfo=UTC)
