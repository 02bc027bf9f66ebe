"""changes between certificates and the notes on them

Revision ID: 0005
Revises: 0004

Certificates on file were confirmed before changes were looked for and have no findings; the next
certificate of their item is compared with them.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from supplier_qc.persistence.row_guards import append_only, guard_rows, never_deleted, unguard_rows
from supplier_qc.persistence.table_changes import change_table

revision: str = "0005"
down_revision: str | Sequence[str] | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KINDS = (
    "supplier_limit",
    "method",
    "unit",
    "test_name",
    "test_added",
    "test_dropped",
    "site",
    "issuer",
    "country_of_origin",
    "storage",
    "shelf_life",
    "signatory",
    "product_name",
    "catalogue_number",
    "document_layout",
    "pdf_producer",
    "identical_values",
    "identical_lots",
    "mid_range",
    "copied_forward",
    "same_test_date",
    "own_limit",
    "date_order",
    "future_date",
    "unreadable_date",
    "identity",
    "page_mark",
    "limit_direction",
    "unit_of_limit",
    "no_conclusion",
    "lot_spelling",
    "mixed_notation",
)
SEVERITIES = ("critical", "major", "notice")
STANDINGS = ("found", "not_comparable", "wording")
NOTE_STATES = ("open", "assessed")
DECISIONS = ("no_impact", "accepted", "supplier_asked", "lot_blocked")
GUARDS = (*append_only("certificate_finding"), *never_deleted("change_note"))


def upgrade() -> None:
    change_table(
        op.get_bind(),
        "certificate",
        columns=(
            sa.Column("page_marks", sa.JSON(), nullable=False),
            sa.Column("compared_at", sa.DateTime(timezone=True)),
        ),
        fill={"page_marks": "'[]'"},
    )
    _make_findings()
    _make_notes()
    guard_rows(op.get_bind(), GUARDS)


def _make_findings() -> None:
    op.create_table(
        "certificate_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("compared_with_id", sa.Integer(), nullable=True),
        sa.Column("kind", _values("kind", KINDS), nullable=False),
        sa.Column("rule", sa.String(length=10), nullable=False),
        sa.Column("severity", _values("severity", SEVERITIES), nullable=False),
        sa.Column("standing", _values("standing", STANDINGS), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("history", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_finding_certificate_id_certificate"),
        ),
        sa.ForeignKeyConstraint(
            ["compared_with_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_finding_compared_with_id_certificate"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_finding")),
    )
    op.create_index(
        op.f("ix_certificate_finding_certificate_id"), "certificate_finding", ["certificate_id"]
    )


def _make_notes() -> None:
    op.create_table(
        "change_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("state", _values("state", NOTE_STATES), nullable=False),
        sa.Column("decision", _values("decision", DECISIONS), nullable=True),
        sa.Column("assessment", sa.Text(), nullable=True),
        sa.Column("touches_specification", sa.Boolean(), nullable=False),
        sa.Column("touches_origin", sa.Boolean(), nullable=False),
        sa.Column("touches_dossier", sa.Boolean(), nullable=False),
        sa.Column("assessed_by_id", sa.Integer(), nullable=True),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("supplier_reference", sa.String(length=120), nullable=True),
        sa.Column("supplier_notice_on", sa.Date(), nullable=True),
        sa.Column("supplier_document_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'assessed') = (decision IS NOT NULL) "
            "AND (decision IS NULL) = (assessment IS NULL) "
            "AND (decision IS NULL) = (assessed_by_id IS NULL) "
            "AND (decision IS NULL) = (assessed_at IS NULL)",
            name=op.f("ck_change_note_assessment_is_whole"),
        ),
        sa.CheckConstraint(
            "supplier_reference IS NOT NULL OR (supplier_notice_on IS NULL AND "
            "supplier_document_id IS NULL)",
            name=op.f("ck_change_note_supplier_notice_has_a_reference"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_change_note_{column}_{table}")
            )
            for column, table in (
                ("finding_id", "certificate_finding"),
                ("assessed_by_id", "person"),
                ("supplier_document_id", "document"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_note")),
        sa.UniqueConstraint("finding_id", name=op.f("uq_change_note_finding_id")),
    )
    op.create_index(op.f("ix_change_note_state"), "change_note", ["state"])


def _values(name: str, values: Sequence[str]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    unguard_rows(op.get_bind(), GUARDS)
    for table in ("change_note", "certificate_finding"):
        op.drop_table(table)
    change_table(op.get_bind(), "certificate", columns_gone=("page_marks", "compared_at"))
