"""What a message says, in English, beside a message in another language.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade():
    """Add the column; what was written before has no summary."""
    with op.batch_alter_table("message") as table:
        table.add_column(sa.Column("summary", sa.String(length=200), nullable=False, server_default=""))


def downgrade():
    """Take the column away again."""
    with op.batch_alter_table("message") as table:
        table.drop_column("summary")
