"""Syntheses over many reviews.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade():
    """Make the tables, parents first."""
    _make_synthesis()
    _make_themes()
    _make_editions()


def _make_synthesis():
    op.create_table(
        "synthesis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=150), nullable=False),
        sa.Column("network", sa.String(length=160), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "participants", "members", "public", name="level", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("foreword", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("conclusions", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.CheckConstraint("level <> 'participants'", name=op.f("ck_synthesis_level_is_of_the_network")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synthesis")),
        sa.UniqueConstraint("key", name=op.f("uq_synthesis_key")),
        sa.UniqueConstraint("ref", name=op.f("uq_synthesis_ref")),
    )
    op.create_table(
        "synthesis_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("synthesis_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["synthesis_id"],
            ["synthesis.id"],
            name=op.f("fk_synthesis_finding_synthesis_id_synthesis"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synthesis_finding")),
        sa.UniqueConstraint("synthesis_id", "position", name=op.f("uq_synthesis_finding_synthesis_id")),
    )
    op.create_table(
        "synthesis_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("synthesis_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_synthesis_review_review_id_review"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["synthesis_id"],
            ["synthesis.id"],
            name=op.f("fk_synthesis_review_synthesis_id_synthesis"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synthesis_review")),
        sa.UniqueConstraint("synthesis_id", "review_id", name=op.f("uq_synthesis_review_synthesis_id")),
    )
    with op.batch_alter_table("synthesis_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_synthesis_review_review_id"), ["review_id"], unique=False)


def _make_themes():
    op.create_table(
        "synthesis_theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("synthesis_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("memo", sa.Text(), nullable=False),
        sa.Column(
            "power",
            sa.Enum(
                "city",
                "region",
                "nation",
                "eu",
                "partner",
                name="power",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["synthesis_theme.id"],
            name=op.f("fk_synthesis_theme_parent_id_synthesis_theme"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["synthesis_id"],
            ["synthesis.id"],
            name=op.f("fk_synthesis_theme_synthesis_id_synthesis"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synthesis_theme")),
        sa.UniqueConstraint("key", name=op.f("uq_synthesis_theme_key")),
    )
    with op.batch_alter_table("synthesis_theme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_synthesis_theme_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_synthesis_theme_synthesis_id"), ["synthesis_id"], unique=False)

    op.create_table(
        "synthesis_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("statement", sa.String(length=32), nullable=False),
        sa.Column("memo", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_synthesis_code_review_id_review"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"],
            ["synthesis_theme.id"],
            name=op.f("fk_synthesis_code_theme_id_synthesis_theme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synthesis_code")),
        sa.UniqueConstraint("theme_id", "review_id", "statement", name=op.f("uq_synthesis_code_theme_id")),
    )
    with op.batch_alter_table("synthesis_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_synthesis_code_review_id"), ["review_id"], unique=False)


def _make_editions():
    op.create_table(
        "synthesis_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("synthesis_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_synthesis_edition_number_counts_from_one")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_synthesis_edition_made_by_id_person")),
        sa.ForeignKeyConstraint(
            ["synthesis_id"], ["synthesis.id"], name=op.f("fk_synthesis_edition_synthesis_id_synthesis")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synthesis_edition")),
        sa.UniqueConstraint("key", name=op.f("uq_synthesis_edition_key")),
        sa.UniqueConstraint("synthesis_id", "number", name=op.f("uq_synthesis_edition_synthesis_id")),
    )
    with op.batch_alter_table("synthesis_edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_synthesis_edition_digest"), ["digest"], unique=False)


def downgrade():
    """Forget them, children first."""
    with op.batch_alter_table("synthesis_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_synthesis_review_review_id"))
    op.drop_table("synthesis_review")
    with op.batch_alter_table("synthesis_edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_synthesis_edition_digest"))
    op.drop_table("synthesis_edition")
    with op.batch_alter_table("synthesis_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_synthesis_code_review_id"))
    op.drop_table("synthesis_code")
    with op.batch_alter_table("synthesis_theme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_synthesis_theme_synthesis_id"))
        batch_op.drop_index(batch_op.f("ix_synthesis_theme_parent_id"))
    op.drop_table("synthesis_theme")
    op.drop_table("synthesis_finding")
    op.drop_table("synthesis")
