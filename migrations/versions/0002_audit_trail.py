"""The audit trail: entries that are only ever added, and the head that adds them.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQLITE = (
    """CREATE TRIGGER audit_head_adds AFTER UPDATE ON audit_head BEGIN INSERT INTO audit_entry
(seq, at, person_key, action, review_ref, thing, object_key, day, previous, digest)
VALUES (NEW.seq, NEW.at, NEW.person_key, NEW.action, NEW.review_ref, NEW.thing, NEW.object_key, NEW.day,
NEW.previous, NEW.digest); END""",
    """CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head
BEGIN SELECT RAISE(ABORT, 'the audit trail keeps its head'); END""",
    """CREATE TRIGGER audit_entry_at_the_end BEFORE INSERT ON audit_entry
WHEN NEW.seq <= (SELECT max(seq) FROM audit_entry)
BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END""",
    """CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END""",
    """CREATE TRIGGER audit_entry_stays BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION audit_head_adds() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO audit_entry
(seq, at, person_key, action, review_ref, thing, object_key, day, previous, digest)
VALUES (NEW.seq, NEW.at, NEW.person_key, NEW.action, NEW.review_ref, NEW.thing, NEW.object_key, NEW.day,
NEW.previous, NEW.digest); RETURN NULL; END $$""",
    """CREATE TRIGGER audit_head_adds AFTER UPDATE ON audit_head
FOR EACH ROW EXECUTE FUNCTION audit_head_adds()""",
    """CREATE FUNCTION audit_trail_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit trail is only ever added to'
USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER audit_head_stays BEFORE DELETE OR TRUNCATE ON audit_head
FOR EACH STATEMENT EXECUTE FUNCTION audit_trail_is_kept()""",
    """CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION audit_trail_is_kept()""",
)
FIRST_HEAD = """INSERT INTO audit_head
(id, seq, at, person_key, action, review_ref, thing, object_key, day, previous, digest, sealed_seq, sealed_digest, seal)
VALUES (1, 0, '', '', '', '', '', '', NULL, '', '0000000000000000000000000000000000000000000000000000000000000000', 0,
'0000000000000000000000000000000000000000000000000000000000000000', '')"""


def _line():
    return (
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("person_key", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("review_ref", sa.String(length=80), nullable=False),
        sa.Column("thing", sa.String(length=80), nullable=False),
        sa.Column("object_key", sa.String(length=80), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=True),
        sa.Column("previous", sa.String(length=64), nullable=False),
    )


def upgrade() -> None:
    """Make both tables, and let the database itself keep what is in them."""
    op.create_table(
        "audit_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        *_line(),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("digest", name=op.f("uq_audit_entry_digest")),
        sa.UniqueConstraint(
            "review_ref",
            "person_key",
            "thing",
            "object_key",
            "action",
            "day",
            name=op.f("uq_audit_entry_review_ref"),
        ),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sealed_seq", sa.Integer(), nullable=False),
        sa.Column("sealed_digest", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        *_line(),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    for statement in (*_statements(), FIRST_HEAD):
        op.execute(statement)


def downgrade() -> None:
    """Take the trail away with all that is in it."""
    op.drop_table("audit_head")
    op.drop_table("audit_entry")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_head_adds()")
        op.execute("DROP FUNCTION audit_trail_is_kept()")


def _statements():
    return POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE
