"""Alembic's way into the app's own engine and tables."""

from alembic import context
from flask import current_app

import review_app.models  # noqa: F401 (importing the package knows every table)
from review_app.models.base import Base, Utc


def _written(kind, item, _context):
    """Write our own type as what it is in the database: migrations outlive the models."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Utc) else False


def _ours(_item, name, kind, _reflected, _compare_to):
    """Leave tables of the queue alone."""
    return not (kind == "table" and str(name).startswith("huey_"))


def run() -> None:
    """Run migrations on the app's engine, all in one transaction."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            include_object=_ours,
            render_item=_written,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
