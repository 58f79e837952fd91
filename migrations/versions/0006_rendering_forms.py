"""Renderings in two forms, in every language and in two lanes, prints that are cancelled, drafts that are made before somebody asks.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BEFORE = ("waiting", "running", "done", "failed")
AFTER = (*BEFORE, "cancelled")
LONG = """
UPDATE rendering SET lane = 'long' WHERE digest IN (SELECT digest FROM report WHERE length(snapshot) >= 150000)
"""


def upgrade():
    """Add the columns; what waits takes its place by the length of its report."""
    with op.batch_alter_table("rendering") as table:
        table.add_column(sa.Column("form", sa.String(length=40), nullable=False, server_default="pdf"))
        table.add_column(sa.Column("language", sa.String(length=12), nullable=False, server_default="en"))
        table.add_column(sa.Column("lane", sa.String(length=40), nullable=False, server_default="quick"))
        table.drop_constraint(op.f("ck_rendering_progress"), type_="check")
        _allow(table, progress=AFTER, form=("pdf", "pdfa"), lane=("quick", "long"))
        table.drop_constraint(op.f("uq_rendering_digest"), type_="unique")
        table.create_unique_constraint(op.f("uq_rendering_digest"), ["digest", "form", "language"])
        table.drop_index("ix_rendering_waiting")
        table.create_index("ix_rendering_waiting", ["progress", "lane", "asked_at"])
    op.execute(LONG)
    op.add_column("report", sa.Column("ahead", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade():
    """Leave out what the tables of before have no word for: archival and translated prints, drafts made ahead, what was cancelled."""
    op.execute(
        "DELETE FROM rendering WHERE form = 'pdfa' OR language != 'en' OR digest IN "
        "(SELECT digest FROM report GROUP BY digest HAVING count(*) = sum(CASE WHEN ahead THEN 1 ELSE 0 END))"
    )
    op.execute("DELETE FROM report WHERE ahead")
    op.execute("UPDATE rendering SET progress = 'failed', reason = 'crash' WHERE progress = 'cancelled'")
    op.drop_column("report", "ahead")
    with op.batch_alter_table("rendering") as table:
        table.drop_index("ix_rendering_waiting")
        table.create_index("ix_rendering_waiting", ["progress", "asked_at"])
        table.drop_constraint(op.f("uq_rendering_digest"), type_="unique")
        table.create_unique_constraint(op.f("uq_rendering_digest"), ["digest"])
        for column in ("progress", "form", "lane"):
            table.drop_constraint(op.f(f"ck_rendering_{column}"), type_="check")
        _allow(table, progress=BEFORE)
        table.drop_column("lane")
        table.drop_column("language")
        table.drop_column("form")


def _allow(table, **columns):
    for column, words in columns.items():
        among = f"{column} IN ({', '.join(repr(word) for word in words)})"
        table.create_check_constraint(op.f(f"ck_rendering_{column}"), among)
