"""notices of suppliers, and what is concluded of them

Revision ID: 0011
Revises: 0010
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from supplier_qc.persistence.row_guards import guard_rows, never_deleted, unguard_rows

revision: str = "0011"
down_revision: str | Sequence[str] | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

GUARDS = never_deleted("supplier_notice")
KINDS = ("change", "post_donation", "recall", "defect", "discontinuation", "other")
IMPACTS = ("none", "accepted", "lots_stopped")
ASSESSED_IN_FULL = (
    "(impact IS NULL) = (assessed_by_id IS NULL) AND (impact IS NULL) = (assessed_at IS NULL)"
    " AND (impact IS NULL) = (assessment IS NULL)"
)


def _values(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "supplier_notice",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", _values("kind", KINDS), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("details", sa.Text(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("impact", _values("impact", IMPACTS), nullable=True),
        sa.Column("assessment", sa.Text(), nullable=True),
        sa.Column("assessed_by_id", sa.Integer(), nullable=True),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("trim(title) <> ''", name=op.f("ck_supplier_notice_title_not_blank")),
        sa.CheckConstraint(ASSESSED_IN_FULL, name=op.f("ck_supplier_notice_assessed_in_full")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_supplier_notice_{column}_{table}")
            )
            for column, table in (
                ("organisation_id", "organisation"),
                ("document_id", "document"),
                ("recorded_by_id", "person"),
                ("assessed_by_id", "person"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplier_notice")),
    )
    op.create_index("ix_supplier_notice_impact", "supplier_notice", ["impact"])
    op.create_index(
        op.f("ix_supplier_notice_organisation_id"), "supplier_notice", ["organisation_id"]
    )
    for table, column, other in (
        ("supplier_notice_item", "item_id", "manufacturer_item"),
        ("supplier_notice_lot", "lot_id", "lot"),
    ):
        op.create_table(
            table,
            sa.Column("notice_id", sa.Integer(), nullable=False),
            sa.Column(column, sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint(
                ["notice_id"],
                ["supplier_notice.id"],
                name=op.f(f"fk_{table}_notice_id_supplier_notice"),
            ),
            sa.ForeignKeyConstraint(
                [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
            ),
            sa.PrimaryKeyConstraint("notice_id", column, name=op.f(f"pk_{table}")),
        )
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    guard_rows(op.get_bind(), GUARDS)


def downgrade() -> None:
    unguard_rows(op.get_bind(), GUARDS)
    op.drop_table("supplier_notice_lot")
    op.drop_table("supplier_notice_item")
    op.drop_table("supplier_notice")
