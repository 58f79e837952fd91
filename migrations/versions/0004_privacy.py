"""Erasures and consents.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# What was said before the register of consents began is dated by the last time its item was saved.
SAID = """
INSERT INTO consent (item_id, matter, given_at)
SELECT feedback_item.id, '{matter}', feedback_item.saved_at FROM feedback_item
JOIN city_return ON city_return.id = feedback_item.return_id
WHERE city_return.submitted_at IS NOT NULL AND {given}
"""


def upgrade():
    """Make both tables, and write down what sent returns have agreed to."""
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("key", name=op.f("uq_erasure_key")),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column(
            "matter",
            sa.Enum("city", "use", name="matter", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"], ["feedback_item.id"], name=op.f("fk_consent_item_id_feedback_item"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("item_id", "matter", name=op.f("uq_consent_item_id")),
    )
    op.execute(SAID.format(matter="city", given="feedback_item.attribution = 'city'"))
    op.execute(SAID.format(matter="use", given="feedback_item.use = 'report'"))


def downgrade():
    """Forget both tables; what items say of themselves stays."""
    op.drop_table("consent")
    op.drop_table("erasure")
