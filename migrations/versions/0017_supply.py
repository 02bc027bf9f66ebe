"""lead time, stock and demand of a material

Revision ID: 0017
Revises: 0016
"""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from alembic import op

from supplier_qc.persistence.base import ExactDecimal
from supplier_qc.persistence.row_guards import (
    append_only,
    guard_rows,
    never_deleted,
    unguard_rows,
)
from supplier_qc.persistence.table_changes import change_table

revision: str = "0017"
down_revision: str | Sequence[str] | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

GUARDS = (
    *never_deleted("item_supply", "supply_policy"),
    *append_only("stock_count", "production_plan"),
)
IN_FORCE = date(2020, 1, 1)
POLICY = {"critical": (12, 92), "major": (9, 184), "minor": (6, 365)}
"""Months a second source takes, and days a count of stock holds, by risk class."""
EVERY_LOTS = "ck_evidence_policy_every_lots_positive"


def upgrade() -> None:
    _make_item_supply()
    _make_stock_count()
    _make_production_plan()
    _make_supply_policy()
    change_table(
        op.get_bind(),
        "evidence_policy",
        columns=(sa.Column("every_lots", sa.Integer()),),
        constraints={EVERY_LOTS: "CHECK (every_lots > 0)"},
    )
    guard_rows(op.get_bind(), GUARDS)


def downgrade() -> None:
    unguard_rows(op.get_bind(), GUARDS)
    change_table(
        op.get_bind(), "evidence_policy", without=(EVERY_LOTS,), columns_gone=("every_lots",)
    )
    for table in ("supply_policy", "production_plan", "stock_count", "item_supply"):
        op.drop_table(table)


def _values(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _foreign(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _check(table: str, name: str, words: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(words, name=op.f(f"ck_{table}_{name}"))


def _make_item_supply() -> None:
    table = "item_supply"
    op.create_table(
        table,
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("upstream_site_id", sa.Integer(), nullable=True),
        sa.Column(
            "comparability",
            _values("comparability", "reference", "not_shown", "planned", "done"),
            nullable=True,
        ),
        sa.Column("comparability_document", sa.String(length=300), nullable=True),
        sa.Column("filing_needed", sa.Text(), nullable=True),
        _check(
            table,
            "comparability_done_names_its_document",
            "comparability <> 'done' OR trim(coalesce(comparability_document, '')) <> ''",
        ),
        _foreign(table, "item_id", "manufacturer_item"),
        _foreign(table, "upstream_site_id", "site"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("item_id", name=op.f(f"uq_{table}_item_id")),
    )
    op.create_index(op.f(f"ix_{table}_upstream_site_id"), table, ["upstream_site_id"])


def _make_stock_count() -> None:
    table = "stock_count"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=True),
        sa.Column("quantity", ExactDecimal(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        _check(table, "quantity_not_negative", "CAST(quantity AS NUMERIC) >= 0"),
        _check(table, "unit_not_blank", "trim(unit) <> ''"),
        _foreign(table, "material_id", "material"),
        _foreign(table, "lot_id", "lot"),
        _foreign(table, "recorded_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for column in ("material_id", "lot_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _make_production_plan() -> None:
    table = "production_plan"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("batches_a_month", ExactDecimal(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        _check(table, "batches_not_negative", "CAST(batches_a_month AS NUMERIC) >= 0"),
        _check(table, "basis_not_blank", "trim(basis) <> ''"),
        _foreign(table, "product_id", "product"),
        _foreign(table, "recorded_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_product_id"), table, ["product_id"])


def _make_supply_policy() -> None:
    table = "supply_policy"
    made = op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "risk_class", _values("risk_class", "critical", "major", "minor"), nullable=False
        ),
        sa.Column("months_to_qualify", sa.Integer(), nullable=False),
        sa.Column("count_holds_days", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("mark", sa.String(length=2), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        _check(table, "months_positive", "months_to_qualify > 0"),
        _check(table, "days_positive", "count_holds_days > 0"),
        _check(table, "validity_in_order", "valid_to > valid_from"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "risk_class", "valid_from", name=op.f(f"uq_{table}_risk_class_valid_from")
        ),
    )
    source = "Convention of this product until the user's own experience takes its place"
    op.bulk_insert(
        made,
        [
            {"risk_class": risk_class, "months_to_qualify": months, "count_holds_days": days}
            | {"valid_from": IN_FORCE, "mark": "C", "source": source}
            for risk_class, (months, days) in POLICY.items()
        ],
    )
