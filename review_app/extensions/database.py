"""The database: SQLite that does not lose what it acknowledged, or PostgreSQL by one address."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any, cast

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from review_app.extensions.declarative import Base
from review_app.extensions.turns import InTurn, Turn

PATIENCE, HASTE = 5.0, 0.15
"""How many seconds a writer waits for its turn, and then for another process: for what somebody asked for, and what
may as well be done later. Whoever waited in vain is told "not saved"."""
db = SQLAlchemy(model_class=Base)
writing: ContextVar[bool] = ContextVar("writing", default=True)
"""Whether this thread's next transaction will write: SQLite then takes the lock first and never deadlocks."""
patience: ContextVar[float] = ContextVar("patience", default=PATIENCE)
"""How many seconds this thread's next transaction waits for its turn."""


def bind(app: Flask) -> None:
    """Bind the database to the app, with the promises of RELIABILITY 7 and 8 switched on."""
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _promise(db.engine)


def _promise(engine: Engine) -> None:
    event.listen(engine, "do_connect", _in_turn)
    event.listen(engine, "connect", partial(_open, Turn()))
    event.listen(engine, "begin", _begin)


def _in_turn(_dialect: Any, _record: Any, _arguments: Any, parameters: dict[str, Any]) -> None:
    parameters["factory"] = InTurn


def _open(turn: Turn, connection: InTurn, _record: Any) -> None:
    connection.turn = turn
    # The driver must not begin transactions by itself: BEGIN IMMEDIATE below is ours.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={_milliseconds(PATIENCE)}",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    if not writing.get():
        connection.exec_driver_sql("BEGIN")
        return
    driver = cast(InTurn, connection.connection.dbapi_connection)
    try:
        driver.begin_in_turn(patience.get())
    except sqlite3.OperationalError as trouble:
        raise OperationalError("BEGIN IMMEDIATE", None, trouble) from trouble


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
def reading_beside(engine: Engine) -> Iterator[Connection]:
    """Read on a connection of its own, without a lock, for an answer that is still being sent when its request is over.

    Whoever reads rows through it may stop between any two of them: nothing of the thread is changed meanwhile.
    """
    with engine.connect() as connection:
        before = writing.set(False)
        try:
            connection.begin()
        finally:
            writing.reset(before)
        yield connection


@contextmanager
def in_haste() -> Iterator[Connection]:
    """Write in a short transaction beside the session's, or give up at once. Raises SQLAlchemyError."""
    db.session.rollback()  # its connection is given back first: nobody waits for a second one
    before, waiting = writing.set(True), patience.set(HASTE)
    try:
        with db.engine.connect() as connection, _hurried(connection), connection.begin():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_milliseconds(HASTE)}")
            yield connection
    finally:
        patience.reset(waiting)
        writing.reset(before)


@contextmanager
def _hurried(connection: Connection) -> Iterator[None]:
    """SQLite takes its lock when the transaction begins, so the connection itself has to be told before."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.dbapi_connection
    raw.execute(f"PRAGMA busy_timeout={_milliseconds(HASTE)}")
    try:
        yield
    finally:
        raw.execute(f"PRAGMA busy_timeout={_milliseconds(PATIENCE)}")


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


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
