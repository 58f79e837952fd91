"""The database in a backup: one consistent copy taken while people write, without anything that opens a door."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from review_app.domain.printing import ENDINGS, Form

PATIENCE = 30.0
DOORS = ("sign_in", "personal_link", "failed_try", "submission")
"""Sessions, links, wrong tries, answered forms: a stolen backup opens nothing, and none of them outlives a restore."""
WAITING = "sent_at IS NULL"
NAMED = {
    # Where rows name files: the table, and the files below the data folder that its rows need.
    "rendering": "SELECT {print} FROM rendering WHERE progress = 'done'",
    "attachment": "SELECT 'files/' || stored_as FROM attachment",
}


class NotPossible(Exception):
    """A backup or a restore that does not come about; the text is a sentence for the operator."""


class Unsound(NotPossible):
    """A database that contradicts itself."""


def copy(source: Path, target: Path) -> None:
    """Copy a live database as it is at one moment. Writers go on: WAL lets them. Raises sqlite3.Error."""
    with _opened(source, "mode=rw") as live, _opened(target, "mode=rwc") as made:
        # All pages in one step is one read transaction; in several steps a writer would make it begin again.
        until = time.monotonic() + PATIENCE
        live.backup(made, pages=-1, progress=lambda *_step: _give_up_after(until))
        made.execute("PRAGMA journal_mode=DELETE")


def strip(path: Path) -> dict[str, int]:
    """Take out of a copy what does not belong in a backup, to the last byte; return how many rows of each table.

    Of letters that have left, the occasion stays, so that none leaves twice after a restore.
    """
    with _opened(path, "mode=rw") as copied:
        copied.execute("PRAGMA secure_delete=ON")
        left_out = {table: _emptied(copied, table) for table in DOORS if _has(copied, table)}
        if _has(copied, "letter"):
            left_out["letter"] = _emptied(copied, "letter", WAITING)
            copied.execute("UPDATE letter SET \"values\" = '{}', trouble = ''")
        copied.commit()
        copied.execute("VACUUM")
    return left_out


def check(path: Path) -> None:
    """Look through a database that nobody writes to. Raises Unsound, sqlite3.Error when it is none."""
    with _opened(path, "mode=ro&immutable=1") as copied:
        said = [str(row[0]) for row in copied.execute("PRAGMA integrity_check(5)")]
        if said != ["ok"]:
            raise Unsound(f"The database is damaged: {'; '.join(said)[:300]}.")
        broken = sorted({str(row[0]) for row in copied.execute("PRAGMA foreign_key_check")})
        if broken:
            raise Unsound(f"The database is damaged: rows of {', '.join(broken)} point to rows that are gone.")


def revision(path: Path) -> str:
    """Return the schema revision of a copy; empty when it has none."""
    with _opened(path, "mode=ro&immutable=1") as copied:
        row = (
            copied.execute("SELECT version_num FROM alembic_version").fetchone()
            if _has(copied, "alembic_version")
            else None
        )
    return str(row[0]) if row else ""


def named_files(path: Path) -> set[str]:
    """Return the files that rows of a copy need, as paths below the data folder."""
    with _opened(path, "mode=ro&immutable=1") as copied:
        naming = _naming_print(copied)
        queries = [query.format(print=naming) for table, query in NAMED.items() if _has(copied, table)]
        return {str(row[0]) for query in queries for row in copied.execute(query)}


def print_again(path: Path, there: set[str]) -> None:
    """Let reports wait for the press whose prints are not among the files that are there."""
    with _opened(path, "mode=rw") as copied:
        if not _has(copied, "rendering"):
            return
        named = NAMED["rendering"].format(print=f"id, {_naming_print(copied)}")
        lost = [(number,) for number, path in copied.execute(named).fetchall() if str(path) not in there]
        copied.executemany("UPDATE rendering SET progress = 'waiting', tries = 0 WHERE id = ?", lost)
        copied.commit()


def erased(path: Path) -> list[tuple[str, str]]:
    """Return key and moment of everybody whom a copy knows as erased."""
    with _opened(path, "mode=ro&immutable=1") as copied:
        found = (
            copied.execute('SELECT "key", "at" FROM erasure ORDER BY "at"').fetchall()
            if _has(copied, "erasure")
            else []
        )
    return [(str(key), str(at)) for key, at in found]


def settle(path: Path) -> None:
    """Make one file of a database that nobody uses any more, without a trace of deleted rows. Raises sqlite3.Error."""
    with _opened(path, "mode=rw") as left:
        left.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        left.execute("PRAGMA journal_mode=DELETE")
        left.execute("VACUUM")


def is_in_use(path: Path) -> bool:
    """Tell whether another program has a database open: only the last one can take it out of WAL."""
    if not path.exists():
        return False
    try:
        with _opened(path, "mode=rw", patience=0) as old:
            old.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as trouble:
        return "locked" in str(trouble)
    except sqlite3.DatabaseError:
        return False
    return False


def _give_up_after(until: float) -> None:
    if time.monotonic() > until:
        raise sqlite3.OperationalError("database is locked")


@contextmanager
def _opened(path: Path, how: str, patience: float = PATIENCE) -> Iterator[sqlite3.Connection]:
    address = f"file:{quote(str(path.resolve()))}?{how}"
    with closing(sqlite3.connect(address, uri=True, timeout=patience)) as connection:
        yield connection


def _has(connection: sqlite3.Connection, table: str) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
    return found.fetchone() is not None


def _naming_print(connection: sqlite3.Connection) -> str:
    """Return how a row of prints names its file; before there were two forms, there was one."""
    columns = {str(row[1]) for row in connection.execute("PRAGMA table_info(rendering)")}
    if "form" not in columns:
        return f"'reports/' || digest || '{ENDINGS[Form.PDF]}'"
    endings = " ".join(f"WHEN '{form.value}' THEN '{ending}'" for form, ending in ENDINGS.items())
    return f"'reports/' || digest || CASE form {endings} END"


def _emptied(connection: sqlite3.Connection, table: str, condition: str = "TRUE") -> int:
    # Both words are constants of this file.
    return connection.execute(f"DELETE FROM {table} WHERE {condition}").rowcount  # noqa: S608
