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

PATIENCE = 5.0
"""How many seconds a writer waits for its turn, and then for another process, before it is told "not saved"."""
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
        f"busy_timeout={PATIENCE * 1000:.0f}",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    if not writing.get():
        connection.exec_driver_sql("BEGIN")
        return
    driver = cast(InTurn, connection.connection.dbapi_connection)
    try:
        driver.begin_in_turn(PATIENCE)
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
