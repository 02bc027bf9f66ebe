"""plans to replace materials of animal origin

Revision ID: 0020
Revises: 0019
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | Sequence[str] | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLE = "replacement_plan"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("replaced_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "trim(replaced_by) <> ''", name=op.f("ck_replacement_plan_replaced_by_not_blank")
        ),
        *(
            sa.ForeignKeyConstraint(
                [f"{other}_id"], [f"{other}.id"], name=op.f(f"fk_{TABLE}_{other}_id_{other}")
            )
            for other in ("product", "material")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replacement_plan")),
        sa.UniqueConstraint(
            "product_id", "material_id", name=op.f("uq_replacement_plan_product_id_material_id")
        ),
    )
    op.create_index(op.f("ix_replacement_plan_material_id"), TABLE, ["material_id"])


def downgrade() -> None:
    op.drop_table(TABLE)
