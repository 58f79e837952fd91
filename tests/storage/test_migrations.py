"""Migrations: with data up from every version there was, stopped half-way, back down and up; on both engines."""

import shutil
import sqlite3
from contextlib import closing, contextmanager
from itertools import pairwise

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import event, inspect

from review_app.config import ROOT, Settings
from review_app.extensions.database import db
from review_app.factory import create_app
from review_app.services import schema
from tests.faults import deaths
from tests.storage import sample_rows

REVISIONS = schema.known()
STEPS = [*pairwise(REVISIONS)]


class PulledPlug(Exception):
    """What a test raises in the middle of a migration."""


@contextmanager
def stopped_at(count, stop):
    """Call `stop` before the statement of this number; yields the list of statements seen."""
    seen = []

    def look(_connection, _cursor, statement, *_rest):
        if statement == "BEGIN":
            return  # how often one is begun depends on what was done before
        seen.append(statement)
        if len(seen) == count:
            stop()

    event.listen(db.engine, "before_cursor_execute", look)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", look)


def pull_plug():
    raise PulledPlug


def stands():
    """Return what is stored, and under which revision."""
    with db.engine.connect() as connection:
        return schema.revision(), sample_rows.everything(connection)


def filled():
    """Put two rows into every table that has none, and return what is stored."""
    with db.engine.begin() as connection:
        sample_rows.fill(connection)
    return stands()[1]


@pytest.fixture
def storage(bare_app):
    with bare_app.app_context():
        yield bare_app
        db.session.remove()


@pytest.fixture
def newest(storage):
    """A database of the newest version whose rows are as old as their tables, and what is stored in it."""
    for revision in REVISIONS:
        upgrade(revision=revision)
        rows = filled()
    return rows


@pytest.mark.drill
def test_every_migration_with_data_loses_nothing_up_and_back_and_up_again(storage, promise):
    upgrade(revision=REVISIONS[0])
    before, looked_at, lost = filled(), 0, []

    for older, newer in STEPS:
        upgrade(revision=newer)
        lost += sample_rows.lost(before, stands()[1])
        filled()
        downgrade(revision=older)
        assert stands() == (older, before)
        upgrade(revision=newer)
        lost += sample_rows.lost(before, stands()[1])
        looked_at += sum(len(rows) for rows in before.values())
        before = filled()

    promise("migration_losses", len(lost), of=looked_at)
    assert lost == []
    assert all(before.values())
    assert_sound()


def test_data_of_the_first_version_survives_all_migrations_at_once_and_the_whole_way_back(storage):
    upgrade(revision=REVISIONS[0])
    before = filled()

    upgrade()
    after = stands()
    downgrade(revision=REVISIONS[0])

    assert (after[0], sample_rows.lost(before, after[1])) == (REVISIONS[-1], [])
    assert stands() == (REVISIONS[0], before)


@pytest.mark.drill
def test_a_migration_that_fails_half_way_leaves_the_old_state_and_works_the_second_time(storage, promise, amount):
    upgrade()
    downgrade(revision="base")
    tried, half = 0, []

    for older, newer in [(None, REVISIONS[0]), *STEPS]:
        before = stands()
        with stopped_at(0, pull_plug) as seen:
            upgrade(revision=newer)
        downgrade(revision=older or "base")
        for count in deaths.spread(len(seen), amount(quick=5, full=60)):
            with pytest.raises(PulledPlug), stopped_at(count, pull_plug):
                upgrade(revision=newer)
            tried += 1
            half += [(newer, count)] if stands() != before else []
        upgrade(revision=newer)
        assert (schema.revision(), sample_rows.lost(before[1], stands()[1])) == (newer, [])
        filled()

    promise("migrations_half_done", len(half), of=tried)
    assert half == []


@pytest.fixture
def another_migration(storage, tmp_path):
    """A further migration, in a copy of the migrations: it rebuilds a table that many others point to."""

    def add(text):
        folder = tmp_path / "migrations"
        shutil.copytree(ROOT / "migrations", folder, ignore=shutil.ignore_patterns("__pycache__"))
        heading = (
            f'import sqlalchemy as sa\nfrom alembic import op\n\nrevision = "next"\ndown_revision = "{REVISIONS[-1]}"\n'
        )
        (folder / "versions" / "next.py").write_text(heading + text, encoding="utf-8")
        return str(folder)

    return add


REBUILDING = """
def upgrade():
    with op.batch_alter_table("person") as batch_op:
        batch_op.alter_column("name", type_=sa.String(length=130), existing_type=sa.String(length=120))
        batch_op.add_column(sa.Column("pronoun", sa.String(length=20), nullable=False, server_default=""))


def downgrade():
    with op.batch_alter_table("person") as batch_op:
        batch_op.drop_column("pronoun")
        batch_op.alter_column("name", type_=sa.String(length=120), existing_type=sa.String(length=130))
"""


def test_a_table_that_others_point_to_can_be_rebuilt_with_data_in_it(newest, another_migration):
    folder = another_migration(REBUILDING)

    upgrade(directory=folder)
    after = stands()
    downgrade(directory=folder, revision=REVISIONS[-1])

    assert (after[0], sample_rows.lost(newest, after[1])) == ("next", [])
    assert {row["pronoun"] for row in after[1]["person"]} == {""}
    assert stands() == (REVISIONS[-1], newest)
    assert_sound()


def test_a_rebuilding_stopped_at_any_statement_leaves_the_old_state(newest, another_migration):
    folder = another_migration(REBUILDING)
    count, reached = 0, False

    while not reached:
        count += 1
        with stopped_at(count, pull_plug) as seen:
            try:
                upgrade(directory=folder)
                reached = True
            except PulledPlug:
                assert stands() == (REVISIONS[-1], newest), seen[-1]

    assert count > 5
    assert sample_rows.lost(newest, stands()[1]) == []


ORPHANING = """
def upgrade():
    op.execute("DELETE FROM person")


def downgrade():
    pass
"""


def test_a_migration_that_would_leave_rows_hanging_changes_nothing(newest, another_migration):
    with pytest.raises((SystemExit, Exception), match=r"1|foreign key"):
        upgrade(directory=another_migration(ORPHANING))

    assert stands() == (REVISIONS[-1], newest)


def test_the_database_of_a_newer_version_is_not_touched(newest):
    with db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    before = stands()

    with pytest.raises(SystemExit) as refused:
        upgrade()

    assert refused.value.code == 1
    assert stands() == before


@pytest.mark.drill
@pytest.mark.faults
def test_a_migration_killed_at_any_statement_leaves_the_old_state(application_on, tmp_path, promise, amount):
    file = tmp_path / "reviews.sqlite"
    with application_on(f"sqlite:///{file}").app_context():
        upgrade()
        tables = set(inspect(db.engine).get_table_names())
        downgrade(revision="base")
        with stopped_at(0, pull_plug) as seen:
            upgrade()
        downgrade(revision="base")
        db.session.remove()
        db.engine.dispose()
        half, tried = [], deaths.spread(len(seen), amount(quick=4, full=40))

        for count in tried:
            assert deaths.ended(migrate_and_die_at, count, tmp_path) == deaths.KILLED
            with closing(sqlite3.connect(file)) as plain:
                left = {row[0] for row in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
                half += [count] if left != {"alembic_version"} else []
        upgrade()

        assert set(inspect(db.engine).get_table_names()) == tables
    promise("migrations_half_done", len(half), of=len(tried))
    assert half == []


def migrate_and_die_at(count, folder):
    """In a child: migrate, and die before the statement of this number."""
    app = create_app(Settings(testing=True, data_dir=folder, database_url="", secret_key="k" * 32))
    with app.app_context(), stopped_at(count, deaths.die):
        upgrade()


def assert_sound():
    """Hold the tables against the models, and every row that points somewhere against what it points to."""
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
