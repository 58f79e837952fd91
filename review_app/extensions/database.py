"""The database: SQLite that does not lose what it acknowledged, or PostgreSQL by one address."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event

from review_app.extensions.declarative import Base

db = SQLAlchemy(model_class=Base)
writing: ContextVar[bool] = ContextVar("writing", default=True)
"""Whether this thread's next transaction will write: SQLite then takes the lock first and never deadlocks."""


def bind(app: Flask) -> None:
    """Bind the database to the app, with the promises of RELIABILITY 7 and 8 switched on."""
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _promise(db.engine)


def _promise(engine: Engine) -> None:
    event.listen(engine, "connect", _open)
    event.listen(engine, "begin", _begin)


def _open(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions by itself: BEGIN IMMEDIATE below is ours.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=5000",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")


@contextmanager
def reading() -> Iterator[None]:
    """Read in a transaction that takes no lock and is over afterwards, before something slow begins."""
    db.session.rollback()
    before = writing.set(False)
    try:
        yield
    finally:
        db.session.rollback()
        writing.reset(before)


def wipe(engine: Engine) -> bool:
    """Leave no byte of what was deleted in the files of the database; False when somebody reads just now: try later.

    Pages that were moved about may keep copies that `secure_delete` does not reach, and the journal keeps what stood
    there before: the file is written anew, in memory first, and the journal cut to nothing.
    """
    if engine.dialect.name != "sqlite":
        return True
    raw = engine.raw_connection()
    try:
        for order in ("PRAGMA temp_store=MEMORY", "VACUUM"):
            raw.execute(order)
        is_busy, *_pages = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return False
    finally:
        raw.close()
    return not is_busy
