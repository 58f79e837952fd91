"""The audit trail on both engines: the database itself keeps it, and many writers make one chain."""

import threading
import time
from collections import Counter

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from review_app.extensions.database import HASTE, db
from review_app.models.base import Base
from review_app.services import audit
from tests import audit_rows as trail
from tests import storage_rows as rows

SECRET = "k" * 32


@pytest.fixture
def three(stored):
    """An installation with three entries."""
    somebody = rows.person("Iris")
    for action in ("open", "publish"):
        audit.note(action, somebody)
    db.session.commit()
    audit.keep_views([audit.view("saw", somebody, review_ref="aldermere-2026", thing="message")])
    return stored


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET action = 'nothing' WHERE seq = 2",
        "UPDATE audit_entry SET seq = 9 WHERE seq = 2",
        "DELETE FROM audit_entry WHERE seq = 3",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_head",
    ],
)
def test_the_database_refuses_to_change_the_trail(three, statement):
    with pytest.raises(IntegrityError, match="the audit trail"):
        db.session.execute(text(statement))
    db.session.rollback()

    assert [row.action for row in trail.entries()] == ["open", "publish", "saw"]
    assert trail.verdict(SECRET) == ""


def test_the_ways_around_that_one_engine_has_are_closed(three):
    columns = "seq, at, person_key, action, review_ref, thing, object_key, previous, digest"
    replace = f"REPLACE INTO audit_entry ({columns}) SELECT {columns} FROM audit_entry LIMIT 1"
    way = {"sqlite": replace, "postgresql": "TRUNCATE audit_entry"}[db.engine.dialect.name]

    with pytest.raises(IntegrityError, match="only ever added to"):
        db.session.execute(text(way))
    db.session.rollback()


def test_tables_made_without_a_migration_keep_the_same_promises(three, bare_app):
    migrated = _hands()
    db.session.rollback()
    for statement in ("audit_head", "audit_entry"):
        db.session.execute(text(f"DROP TABLE {statement}"))
    if db.engine.dialect.name == "postgresql":
        for name in ("audit_head_adds", "audit_trail_is_kept"):
            db.session.execute(text(f"DROP FUNCTION {name}()"))
    db.session.commit()

    Base.metadata.create_all(db.engine)

    assert _hands() == migrated
    assert len(migrated) >= 3


def _hands():
    if db.engine.dialect.name == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    return dict(tuple(row) for row in db.session.execute(text(query)))


@pytest.mark.drill
def test_writers_at_once_make_one_unbroken_chain(stored, promise, amount):
    person = rows.person("Iris")
    db.session.commit()
    key, writers, turns, failures = person.key, 8, amount(quick=6, full=40), []

    def write(number):
        with stored.app_context():
            try:
                somebody = db.session.get(type(person), person_id)
                for turn in range(turns):
                    audit.note("publish", somebody, about=f"{number}-{turn}")
                    db.session.commit()
            except Exception as trouble:  # noqa: BLE001 (a thread reports whatever went wrong)
                failures.append(trouble)
            finally:
                db.session.remove()

    person_id = person.id
    db.session.commit()
    _all_at_once([(write, (number,)) for number in range(writers)])

    found = Counter(row.object_key for row in trail.entries() if row.person_key == key)
    lost = writers * turns - len(found)
    promise("audit_lost", lost, of=writers * turns)
    assert failures == []
    assert (lost, set(found.values())) == (0, {1})
    assert trail.verdict(SECRET) == ""


def test_the_same_view_told_by_eight_processes_at_once_counts_once(stored):
    person = rows.person("Iris")
    db.session.commit()
    entry = audit.view("saw", person, review_ref="aldermere-2026", thing="message")
    db.session.rollback()
    outcomes = []

    def tell():
        with stored.app_context():
            for _time in range(50):
                try:
                    audit.keep_views([entry])
                    outcomes.append("kept")
                    return
                except OperationalError:
                    continue

    _all_at_once([(tell, ())] * 8)

    assert outcomes == ["kept"] * 8
    assert [row.action for row in trail.entries()] == ["saw"]
    assert trail.verdict(SECRET) == ""


def test_a_view_waits_no_longer_for_a_lock_than_it_may(three):
    person, entered, leave = rows.person("Ada"), threading.Event(), threading.Event()
    db.session.commit()
    entry = audit.view("saw", person, thing="desk")
    db.session.rollback()

    def hold():
        with three.app_context():
            db.session.execute(text("SELECT seq FROM audit_head" + _for_update()))
            entered.set()
            leave.wait(30)
            db.session.rollback()
            db.session.remove()

    holder = threading.Thread(target=hold)
    holder.start()
    entered.wait(30)
    begun = time.monotonic()
    with pytest.raises(OperationalError):
        audit.keep_views([entry])
    waited = time.monotonic() - begun
    leave.set()
    holder.join(30)

    assert HASTE / 1000 * 0.8 < waited < 2
    audit.keep_views([entry])
    assert trail.entries()[-1].thing == "desk"


def _for_update():
    return " FOR UPDATE" if db.engine.dialect.name == "postgresql" else ""


def _all_at_once(jobs):
    threads = [threading.Thread(target=job, args=arguments) for job, arguments in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
