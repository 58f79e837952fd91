"""Alembic's way into the app's own engine and tables."""

from alembic import context
from alembic.util import CommandError
from flask import current_app

import review_app.models  # noqa: F401 (importing the package knows every table)
from review_app.models.base import Base, Utc
from review_app.services import restoring, schema


def _written(kind, item, _context):
    """Write our own type as what it is in the database: migrations outlive the models."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Utc) else False


def _ours(_item, name, kind, _reflected, _compare_to):
    """Leave tables of the queue alone."""
    return not (kind == "table" and str(name).startswith("huey_"))


def _insist_that_it_may():
    """Keep hands off the database of a newer version and off a restore that is half done."""
    data = current_app.config["SETTINGS"].data_dir
    known = {script.revision for script in context.script.walk_revisions()}
    found = schema.revision()
    if restoring.is_unfinished(data):
        raise CommandError(restoring.unfinished(data))
    if found and found not in known:
        raise CommandError(schema.foreign(found))


def _let_tables_be_rebuilt(connection, allowed):
    """Let SQLite drop a table that others point to: batch mode copies it first. Outside of a transaction only.

    The foreign keys are looked at again before the commit.
    """
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.execute(f"PRAGMA foreign_keys={'OFF' if allowed else 'ON'}")


def _insist_that_no_row_hangs(connection):
    if connection.dialect.name == "sqlite":
        hanging = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if hanging:
            tables = ", ".join(sorted({row[0] for row in hanging}))
            raise CommandError(f"Nothing was migrated: rows of {tables} would point to rows that are gone.")


def run() -> None:
    """Run migrations on the app's engine, all in one transaction: an interrupted one leaves the old state.

    Alembic takes SQLite for unable to do that. It is able: our engine begins transactions itself, not the driver.
    """
    _insist_that_it_may()
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        _let_tables_be_rebuilt(connection, True)
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            include_object=_ours,
            render_item=_written,
            transaction_per_migration=False,
            transactional_ddl=True,
        )
        try:
            with context.begin_transaction():
                context.run_migrations()
                _insist_that_no_row_hangs(connection)
        finally:
            _let_tables_be_rebuilt(connection, False)


run()
