"""statements of origin as papers read from PDF

Revision ID: 0018
Revises: 0017
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from supplier_qc.persistence.row_guards import guard_rows, never_deleted, unguard_rows

revision: str = "0018"
down_revision: str | Sequence[str] | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

GUARDS = never_deleted("origin_statement", "origin_statement_field")
STATES = ("proposed", "confirmed", "rejected")
KINDS = ("tse_statement", "certificate_of_origin")
CLAIMS = ("proposed", "confirmed", "corrected", "entered", "rejected")
FACTS = (
    "issuer",
    "issuer_role",
    "issued_on",
    "valid_until",
    "signatory",
    "signatory_function",
    "signature",
    "site",
    "all_products",
    "product_name",
    "catalogue_number",
    "lot_number",
    "source",
    "denied_source",
    "tissue",
    "material",
    "country_of_origin",
    "country_of_birth",
    "country_of_rearing",
    "country_of_slaughter",
    "guideline",
    "cep",
    "cep_valid_from",
    "cep_valid_until",
)
CONFIRMED = (
    "state <> 'confirmed' OR (organisation_id IS NOT NULL AND confirmed_by_id IS NOT NULL "
    "AND confirmed_at IS NOT NULL)"
)


def upgrade() -> None:
    _make_document_origin()
    _make_statement()
    _make_fields()
    _make_items()
    guard_rows(op.get_bind(), GUARDS)


def _make_document_origin() -> None:
    op.create_table(
        "document_origin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.Column("claims", sa.JSON(), nullable=False),
        _foreign("document_origin", "document_id", "document"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_origin")),
        sa.UniqueConstraint("document_id", name=op.f("uq_document_origin_document_id")),
    )


def _make_statement() -> None:
    table = "origin_statement"
    op.create_table(
        table,
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("state", _values("state", STATES), nullable=False),
        sa.Column("kind", _values("kind", KINDS), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("taken_by_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("page_sizes", sa.JSON(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(CONFIRMED, name=op.f(f"ck_{table}_confirmed_names_vendor_and_person")),
        _foreign(table, "document_id", "document"),
        _foreign(table, "certificate_id", "certificate"),
        _foreign(table, "organisation_id", "organisation"),
        _foreign(table, "taken_by_id", "person"),
        _foreign(table, "confirmed_by_id", "person"),
        _foreign(table, "evidence_id", "evidence"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for column in ("document_id", "certificate_id", "organisation_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_index(f"ix_{table}_state", table, ["state"])
    op.create_index(
        f"uq_{table}_document_once",
        table,
        ["document_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'rejected'"),
        postgresql_where=sa.text("state <> 'rejected'"),
    )


def _make_fields() -> None:
    table = "origin_statement_field"
    op.create_table(
        table,
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("fact", _values("fact", FACTS), nullable=False),
        sa.Column("literal", sa.Text(), nullable=True),
        sa.Column("box", sa.JSON(), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("rule", sa.String(length=60), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("state", _values("state", CLAIMS), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "confidence >= 0 AND confidence <= 1", name=op.f(f"ck_{table}_confidence_share")
        ),
        sa.CheckConstraint(
            "state = 'proposed' OR decided_by_id IS NOT NULL",
            name=op.f(f"ck_{table}_decision_has_a_person"),
        ),
        _foreign(table, "statement_id", "origin_statement"),
        _foreign(table, "decided_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_statement_id"), table, ["statement_id"])


def _make_items() -> None:
    table = "origin_statement_item"
    op.create_table(
        table,
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("names_site", sa.Boolean(), nullable=True),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        _foreign(table, "statement_id", "origin_statement"),
        _foreign(table, "item_id", "manufacturer_item"),
        _foreign(table, "evidence_id", "evidence"),
        sa.PrimaryKeyConstraint("statement_id", "item_id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_item_id"), table, ["item_id"])


def _foreign(table: str, column: str, referred: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{referred}.id"], name=op.f(f"fk_{table}_{column}_{referred}")
    )


def _values(name: str, values: Sequence[str]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    unguard_rows(op.get_bind(), GUARDS)
    for table in (
        "origin_statement_item",
        "origin_statement_field",
        "origin_statement",
        "document_origin",
    ):
        op.drop_table(table)
