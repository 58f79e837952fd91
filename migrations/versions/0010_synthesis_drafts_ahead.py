"""A draft of a synthesis is printed before somebody asks: such a one is marked.

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


def upgrade():
    """Say of the drafts that are there that somebody asked for them."""
    op.add_column("synthesis_edition", sa.Column("ahead", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade():
    """Leave out what nobody asked for, with its prints."""
    op.execute(PRINTS)
    op.execute("DELETE FROM synthesis_edition WHERE ahead")
    op.drop_column("synthesis_edition", "ahead")
