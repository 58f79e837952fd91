"""Versions that grow by autosave; a name of its own for each text in the history.

Until now two texts of one row shared one list of versions: terms and questions of a review, and the texts of the team
and the word of the host in a report.

Revision ID: 0005
Revises: 0004
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

PARTS = (("review", "questions"), ("report_text", "host_word"))
revisions = sa.table(
    "revision",
    sa.column("id", sa.Integer),
    sa.column("thing", sa.String),
    sa.column("thing_id", sa.Integer),
    sa.column("number", sa.Integer),
    sa.column("content", sa.JSON),
)


def upgrade():
    """Add the column and part the lists."""
    with op.batch_alter_table("revision") as table:
        table.add_column(sa.Column("open_since", sa.DateTime(timezone=True), nullable=True))
    for thing, part in PARTS:
        _rename(thing, part)


def downgrade():
    """Put the lists together again, the parts' versions behind the others."""
    for thing, part in PARTS:
        _join(thing, part)
    with op.batch_alter_table("revision") as table:
        table.drop_column("open_since")


def _rename(thing, part):
    connection = op.get_bind()
    rows = connection.execute(sa.select(revisions.c.id, revisions.c.content).where(revisions.c.thing == thing)).all()
    for number, content in rows:
        found = json.loads(content) if isinstance(content, str) else content
        if list(found) == [part]:
            connection.execute(sa.update(revisions).where(revisions.c.id == number).values(thing=f"{thing}.{part}"))


def _join(thing, part):
    connection = op.get_bind()
    own = sa.select(revisions.c.id, revisions.c.thing_id).where(revisions.c.thing == f"{thing}.{part}")
    for row, thing_id in connection.execute(own.order_by(revisions.c.id)).all():
        among = revisions.c.thing == thing, revisions.c.thing_id == thing_id
        last = connection.scalar(sa.select(sa.func.max(revisions.c.number)).where(*among)) or 0
        connection.execute(sa.update(revisions).where(revisions.c.id == row).values(thing=thing, number=last + 1))
