"""A synthesis is printed before it is published: such a draft is frozen without a number.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

PRINTS = "DELETE FROM rendering WHERE digest IN (SELECT digest FROM synthesis_edition WHERE number IS NULL)"


def upgrade():
    """Let the number be empty; what is there has one."""
    with op.batch_alter_table("synthesis_edition") as table:
        table.alter_column("number", existing_type=sa.Integer(), nullable=True)


def downgrade():
    """Leave out the drafts and their prints: the tables of before have no place for them."""
    op.execute(PRINTS)
    op.execute("DELETE FROM synthesis_edition WHERE number IS NULL")
    with op.batch_alter_table("synthesis_edition") as table:
        table.alter_column("number", existing_type=sa.Integer(), nullable=False)
