"""batches of a product, and the lots that went into them

Revision ID: 0019
Revises: 0018
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from supplier_qc.persistence.row_guards import guard_rows, never_deleted, unguard_rows

revision: str = "0019"
down_revision: str | Sequence[str] | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

GUARDS = never_deleted("product_batch")
USES = ("research", "phase_1_2", "phase_3", "commercial")


def upgrade() -> None:
    op.create_table(
        "product_batch",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column(
            "use_scope",
            sa.Enum(*USES, name="use_scope", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("manufactured_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("trim(number) <> ''", name=op.f("ck_product_batch_number_not_blank")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_product_batch_product_id_product")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_product_batch_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_batch")),
        sa.UniqueConstraint(
            "product_id", "number", name=op.f("uq_product_batch_product_id_number")
        ),
    )
    op.create_index(op.f("ix_product_batch_product_id"), "product_batch", ["product_id"])
    op.create_table(
        "product_batch_lot",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["product_batch.id"],
            name=op.f("fk_product_batch_lot_batch_id_product_batch"),
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lot.id"], name=op.f("fk_product_batch_lot_lot_id_lot")
        ),
        sa.PrimaryKeyConstraint("batch_id", "lot_id", name=op.f("pk_product_batch_lot")),
    )
    op.create_index(op.f("ix_product_batch_lot_lot_id"), "product_batch_lot", ["lot_id"])
    guard_rows(op.get_bind(), GUARDS)


def downgrade() -> None:
    unguard_rows(op.get_bind(), GUARDS)
    op.drop_table("product_batch_lot")
    op.drop_table("product_batch")
