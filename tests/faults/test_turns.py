"""Writers of one process queue: fair, bounded, and however a transaction ends the next one may write."""

import gc
import random
import sqlite3
import threading
import time
from contextlib import suppress

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from review_app.extensions import database
from review_app.extensions.database import db, writing
from review_app.extensions.turns import Turn

pytestmark = pytest.mark.faults


@pytest.fixture
def engine(empty_app):
    # Whatever ran before in this thread may have left it reading.
    before = writing.set(True)
    with empty_app.app_context():
        yield db.engine
    writing.reset(before)


@pytest.fixture
def turn(engine):
    """The turn of the writers of this engine."""
    with engine.connect() as connection:
        return connection.connection.dbapi_connection.turn


def test_writers_are_called_in_the_order_in_which_they_came():
    turn, called = Turn(), []
    turn.take("first", seconds=1)

    def wait(name):
        turn.take(name, seconds=5)
        called.append(name)
        turn.give_back(name)

    waiting = []
    for name in range(6):
        waiting.append(threading.Thread(target=wait, args=(name,)))
        waiting[-1].start()
        _until(lambda: len(turn._queue) == len(waiting))
    turn.give_back("first")
    for thread in waiting:
        thread.join(5)

    assert called == [0, 1, 2, 3, 4, 5]
    assert turn.is_free


def test_a_writer_waits_no_longer_than_it_says_and_leaves_the_queue():
    turn = Turn()
    _elsewhere(turn.take, "busy", seconds=1)

    begun = time.monotonic()
    came = turn.take("patient", seconds=0.05)

    assert (came, len(turn._queue)) == (False, 0)
    assert time.monotonic() - begun < 2


def test_a_turn_is_given_back_by_its_holder_only():
    turn = Turn()
    turn.take("mine", seconds=1)
    turn.give_back("another")

    assert not turn.is_free


def test_a_writer_that_waits_in_vain_is_told_what_the_database_itself_would_say(engine, turn, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    _elsewhere(turn.take, "busy", seconds=1)

    with pytest.raises(OperationalError, match="database is locked"), engine.begin():
        pass
    turn.give_back("busy")

    assert turn.is_free


def test_a_writer_in_the_way_of_another_process_gives_its_turn_back(engine, turn):
    other = sqlite3.connect(engine.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with engine.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA busy_timeout=50")
        with pytest.raises(OperationalError, match="database is locked"):
            connection.begin()

        assert turn.is_free
    other.close()


def test_readers_take_no_turn(engine, turn):
    before = writing.set(False)
    with engine.begin() as connection:
        connection.execute(text("SELECT 1"))

        assert turn.is_free
    writing.reset(before)


@pytest.mark.parametrize("end", ["commit", "rollback"])
def test_the_turn_ends_with_the_transaction_though_the_connection_stays_open(engine, turn, end):
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        held = not turn.is_free
        getattr(connection, end)()

        assert (held, turn.is_free) == (True, True)


def test_a_second_connection_of_one_thread_is_left_to_the_databases_own_lock(engine, turn):
    with engine.begin() as first:
        second = engine.connect()
        second.connection.dbapi_connection.execute("PRAGMA busy_timeout=50")
        begun = time.monotonic()
        with pytest.raises(OperationalError, match="database is locked"):
            second.begin()
        waited = time.monotonic() - begun
        second.close()
        held = not turn.is_free
        first.execute(text("SELECT 1"))

    assert (held, turn.is_free) == (True, True)
    assert waited < 2


def test_a_commit_that_fails_keeps_the_turn_until_it_is_rolled_back(engine, turn):
    with engine.connect() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        connection.execute(text("INSERT INTO city_return VALUES (1, 77, 77, NULL, '2026-05-20', 1)"))
        with pytest.raises(sqlite3.IntegrityError):
            connection.connection.dbapi_connection.commit()
        held = not turn.is_free
        connection.rollback()

    assert (held, turn.is_free) == (True, True)


def _commit(connection):
    connection.execute(text("CREATE TABLE IF NOT EXISTS scrap (n)"))
    connection.execute(text("INSERT INTO scrap VALUES (1)"))
    connection.commit()


def _roll_back(connection):
    connection.execute(text("SELECT 1"))
    connection.rollback()


def _fail(connection):
    with pytest.raises(DBAPIError):
        connection.execute(text("INSERT INTO nowhere VALUES (1)"))


def _walk_away(connection):
    connection.execute(text("SELECT 1"))


def _break(connection):
    connection.execute(text("SELECT 1"))
    connection.invalidate()


ENDS = (_commit, _roll_back, _fail, _walk_away, _break)


@pytest.mark.drill
def test_after_a_thousand_random_ends_the_turn_is_free(engine, turn, amount, promise):
    """Four threads end transactions in every way there is, and some forget their connection altogether."""
    each = amount(quick=50, full=250)

    def work(seed):
        own = random.Random(seed)
        for _time in range(each):
            connection = engine.connect()
            # On a busy disk somebody may wait in vain, which is told and is one more end.
            with suppress(OperationalError):
                own.choice(ENDS)(connection)
            if own.random() < 0.95:
                connection.close()
            else:
                del connection
                gc.collect()

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(600)
    assert not any(thread.is_alive() for thread in threads)
    gc.collect()
    leaked = int(not turn.is_free)

    promise("turns_leaked", leaked, of=4 * each)
    assert leaked == 0


def _elsewhere(work, *arguments, **named):
    """Do something in a thread of its own, and wait for its end."""
    thread = threading.Thread(target=work, args=arguments, kwargs=named)
    thread.start()
    thread.join(5)


def _until(look):
    until = time.monotonic() + 5
    while not look() and time.monotonic() < until:
        time.sleep(0.001)


def test_somebody_elses_lock_is_knocked_at_until_it_opens(engine, turn):
    other = sqlite3.connect(engine.url.database, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.2, other.rollback).start()

    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        patience = connection.exec_driver_sql("PRAGMA busy_timeout").scalar()
        connection.rollback()

    other.close()
    assert (patience, turn.is_free) == (5000, True)


def test_whoever_knocks_in_vain_gives_the_turn_back(engine, turn):
    other = sqlite3.connect(engine.url.database, isolation_level=None)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=50")
        connection.rollback()
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(OperationalError, match="database is locked"):
            connection.execute(text("SELECT 1"))

        assert turn.is_free
        other.close()


def test_a_page_that_was_read_leaves_no_mark_on_its_thread(client):
    client.get("/")

    assert writing.get()
