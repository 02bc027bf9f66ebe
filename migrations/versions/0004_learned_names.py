"""words of a vendor that a reviewer has taught

Revision ID: 0004
Revises: 0003

What was taught stays as it was taught: a name is withdrawn once, and another meaning is another
row. Only its vendor may become another, when two records of one vendor are merged.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from supplier_qc.persistence.row_guards import RowGuard, guard_rows, never_deleted, unguard_rows

revision: str = "0004"
down_revision: str | Sequence[str] | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KINDS = ("test_name", "method", "unit", "header_word", "letterhead")
AS_TAUGHT = ("kind", "printed", "printed_key", "meaning", "taught_by_id")
WITHDRAWAL = ("withdrawn_by_id", "withdrawn_at", "withdrawal_reason")
GUARDS = (
    *never_deleted("learned_name"),
    RowGuard(
        "learned_name_as_taught",
        "learned_name",
        "UPDATE",
        "learned_name stays as it was taught",
        " OR ".join(f"NEW.{column} <> OLD.{column}" for column in AS_TAUGHT),
    ),
    RowGuard(
        "learned_name_withdrawn_once",
        "learned_name",
        "UPDATE",
        "learned_name is withdrawn already",
        "OLD.withdrawn_at IS NOT NULL AND (NEW.withdrawn_at IS NULL OR "
        + " OR ".join(f"NEW.{column} <> OLD.{column}" for column in WITHDRAWAL)
        + ")",
    ),
)

UNIQUE = (
    (
        "uq_learned_name_of_the_vendor",
        ["organisation_id", "kind", "printed_key"],
        "item_id IS NULL",
    ),
    ("uq_learned_name_of_the_item", ["item_id", "kind", "printed_key"], "item_id IS NOT NULL"),
    ("uq_learned_name_letterhead_of_one_vendor", ["printed_key"], "kind = 'letterhead'"),
)


def upgrade() -> None:
    _make_names()
    _make_uses()
    guard_rows(op.get_bind(), GUARDS)


def _make_names() -> None:
    op.create_table(
        "learned_name",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _kinds(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("printed_key", sa.Text(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("taught_by_id", sa.Integer(), nullable=False),
        sa.Column("taught_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "trim(printed) <> '' AND printed_key <> '' AND trim(meaning) <> ''",
            name=op.f("ck_learned_name_not_blank"),
        ),
        sa.CheckConstraint(
            "item_id IS NULL OR kind NOT IN ('header_word', 'letterhead')",
            name=op.f("ck_learned_name_header_is_of_the_vendor"),
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)"
            " AND (withdrawn_at IS NULL) = (coalesce(trim(withdrawal_reason), '') = '')",
            name=op.f("ck_learned_name_withdrawn_in_full"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_learned_name_{column}_{table}")
            )
            for column, table in (
                ("organisation_id", "organisation"),
                ("item_id", "manufacturer_item"),
                ("taught_by_id", "person"),
                ("certificate_id", "certificate"),
                ("withdrawn_by_id", "person"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_name")),
    )
    for column in ("organisation_id", "item_id"):
        op.create_index(op.f(f"ix_learned_name_{column}"), "learned_name", [column])
    for name, columns, among in UNIQUE:
        where = sa.text(f"withdrawn_at IS NULL AND {among}")
        op.create_index(
            name, "learned_name", columns, unique=True, sqlite_where=where, postgresql_where=where
        )


def _make_uses() -> None:
    op.create_table(
        "learned_name_use",
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("kind", _kinds(), nullable=False),
        sa.Column("learned_name_id", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_learned_name_use_{column}_{table}")
            )
            for column, table in (
                ("row_id", "certificate_row"),
                ("learned_name_id", "learned_name"),
            )
        ),
        sa.PrimaryKeyConstraint("row_id", "kind", name=op.f("pk_learned_name_use")),
    )
    op.create_index(
        op.f("ix_learned_name_use_learned_name_id"), "learned_name_use", ["learned_name_id"]
    )


def _kinds() -> sa.Enum:
    return sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    unguard_rows(op.get_bind(), GUARDS)
    op.drop_table("learned_name_use")
    op.drop_table("learned_name")
