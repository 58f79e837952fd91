"""Writers of one process wait their turn: SQLite's own lock is no queue, so under load an unlucky one never gets it."""

import sqlite3
import threading
import time
from collections import deque
from dataclasses import dataclass, field

KNOCKING = 0.003
PRIMARY = 0xFF
"""The part of an error's number that says what it is; the rest says why."""


@dataclass(eq=False)
class _Place:
    """A place in the queue, of a connection and the thread that uses it."""

    holder: object
    thread: int = field(default_factory=threading.get_ident)
    called: threading.Event = field(default_factory=threading.Event)


class Turn:
    """One at a time, in the order in which they came; nobody waits for longer than they say."""

    def __init__(self) -> None:
        # Re-entrant: the collector may take back a forgotten connection, and so its turn, at any line of any thread.
        self._guard = threading.RLock()
        self._queue: deque[_Place] = deque()
        self._now: _Place | None = None

    @property
    def is_free(self) -> bool:
        """Whether nobody has the turn and nobody waits for it."""
        with self._guard:
            return self._now is None and not self._queue

    def take(self, holder: object, *, seconds: float) -> bool:
        """Wait for the turn; False when it did not come in time.

        A thread never waits for itself: its second connection gets no turn and is left to the database's own lock.
        """
        mine = _Place(holder)
        with self._guard:
            if self._now is not None and self._now.thread == mine.thread:
                return True
            self._queue.append(mine)
            self._call_next()
        came = False
        try:
            came = mine.called.wait(seconds)
        finally:
            if not came:
                self._leave(mine)
        return came

    def give_back(self, holder: object) -> None:
        """End the turn, if this holder has it, and call who came next."""
        with self._guard:
            if self._now is not None and self._now.holder is holder:
                self._now = None
                self._call_next()

    def _call_next(self) -> None:
        if self._now is None and self._queue:
            self._now = self._queue.popleft()
            self._now.called.set()

    def _leave(self, place: _Place) -> None:
        with self._guard:
            if self._now is place:
                self._now = None
                self._call_next()
            else:
                self._queue.remove(place)


class InTurn(sqlite3.Connection):
    """A connection that gives its turn back as soon as its transaction has ended, whichever way it ended."""

    turn: Turn | None = None

    def begin_in_turn(self, seconds: float) -> None:
        """Begin to write, after the others of this process and as soon as no other process writes.

        Raises what the database raises when it stays locked, or takes nothing at all.
        """
        if self.turn is not None and not self.turn.take(self, seconds=seconds):
            raise sqlite3.OperationalError("database is locked")
        try:
            self._knock()
        except BaseException:
            self._give_back(is_over=True)
            raise

    def _knock(self) -> None:
        """Ask often: SQLite itself asks every tenth of a second, and meets a busy process hardly ever between two."""
        (patience,) = self.execute("PRAGMA busy_timeout").fetchone()
        until = time.monotonic() + patience / 1000
        self.execute("PRAGMA busy_timeout=0")
        try:
            while not self._begins(or_raise=time.monotonic() > until):
                time.sleep(KNOCKING)
        finally:
            self.execute(f"PRAGMA busy_timeout={patience}")

    def _begins(self, *, or_raise: bool) -> bool:
        try:
            self.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as trouble:
            if or_raise or trouble.sqlite_errorcode & PRIMARY != sqlite3.SQLITE_BUSY:
                raise
            return False
        return True

    def commit(self) -> None:
        """Commit, then let the next one write."""
        try:
            super().commit()
        finally:
            self._give_back()

    def rollback(self) -> None:
        """Roll back, then let the next one write."""
        try:
            super().rollback()
        finally:
            self._give_back()

    def close(self) -> None:
        """Close: whatever was open is over."""
        try:
            super().close()
        finally:
            self._give_back(is_over=True)

    def _give_back(self, *, is_over: bool = False) -> None:
        # A commit that failed may leave its transaction open: the turn lasts until it is rolled back.
        if self.turn is not None and (is_over or not self.in_transaction):
            self.turn.give_back(self)
