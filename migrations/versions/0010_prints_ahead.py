"""What is printed before somebody asks is marked: a draft of a synthesis, and each such print.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

PRINTS = """
DELETE FROM rendering WHERE digest IN (
    SELECT digest FROM synthesis_edition GROUP BY digest HAVING count(*) = sum(CASE WHEN ahead THEN 1 ELSE 0 END)
)
"""
# Until now an archive counted as made in case, and so did the only print of a draft that was made ahead.
WAITING = """
UPDATE rendering SET ahead = (1 = 1) WHERE progress IN ('waiting', 'running') AND (form = 'pdfa' OR digest IN (
    SELECT digest FROM report GROUP BY digest HAVING count(*) = sum(CASE WHEN ahead THEN 1 ELSE 0 END)
))
"""


def upgrade():
    """Say of the drafts of syntheses that somebody asked for them, and of prints on their way whether somebody did."""
    for table in ("synthesis_edition", "rendering"):
        op.add_column(table, sa.Column("ahead", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(WAITING)


def downgrade():
    """Leave out what nobody asked for, with its prints."""
    op.execute(PRINTS)
    op.execute("DELETE FROM synthesis_edition WHERE ahead")
    for table in ("rendering", "synthesis_edition"):
        op.drop_column(table, "ahead")
