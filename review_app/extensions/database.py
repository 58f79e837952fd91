"""The database: SQLite that does not lose what it acknowledged, or PostgreSQL by one address."""

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
PATIENCE, HASTE = 5000, 150
"""How many milliseconds to wait for a lock: what somebody asked for, and what may as well be done later."""


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
        f"busy_timeout={PATIENCE}",
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


@contextmanager
def in_haste() -> Iterator[Connection]:
    """Write in a short transaction beside the session's, or give up at once. Raises SQLAlchemyError."""
    db.session.rollback()  # its connection is given back first: nobody waits for a second one
    before = writing.set(True)
    try:
        with db.engine.connect() as connection, _hurried(connection), connection.begin():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = {HASTE}")
            yield connection
    finally:
        writing.reset(before)


@contextmanager
def _hurried(connection: Connection) -> Iterator[None]:
    """SQLite takes its lock when the transaction begins, so the connection itself has to be told before."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.dbapi_connection
    raw.execute(f"PRAGMA busy_timeout={HASTE}")
    try:
        yield
    finally:
        raw.execute(f"PRAGMA busy_timeout={PATIENCE}")
