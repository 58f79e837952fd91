"""Whether a start may do without migrating: only when the database stands at the newest revision."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from review_app.config import ROOT
from review_app.services import schema


def _ends(folder, **more):
    command = (sys.executable, "migrations/standing.py")
    done = subprocess.run(command, cwd=ROOT, env={"DATA_DIR": str(folder)} | more, capture_output=True, check=False)
    return done.returncode, done.stdout + done.stderr


def _database(folder, revision):
    with closing(sqlite3.connect(folder / "reviews.sqlite")) as file:
        file.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        file.execute("INSERT INTO alembic_version VALUES (?)", (revision,))
        file.commit()


def test_a_database_at_the_newest_revision_needs_nothing(tmp_path):
    _database(tmp_path, schema.known()[-1])

    assert _ends(tmp_path) == (0, b"")


@pytest.mark.parametrize("revision", ["0001", "9999"])
def test_an_older_and_a_newer_one_are_looked_at(tmp_path, revision):
    _database(tmp_path, revision)

    assert _ends(tmp_path) == (1, b"")


def test_no_database_and_one_elsewhere_are_looked_at(tmp_path):
    empty, strange = _ends(tmp_path), tmp_path / "reviews.sqlite"
    strange.write_bytes(b"no database at all, but a text that is long enough to be looked at")
    damaged = _ends(tmp_path)
    strange.unlink()
    _database(tmp_path, schema.known()[-1])

    assert (empty, damaged) == ((1, b""), (1, b""))
    assert _ends(tmp_path, DATABASE_URL="postgresql://somewhere/else") == (1, b"")
