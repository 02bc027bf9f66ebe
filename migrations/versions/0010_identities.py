"""other names, distributors' numbers, composition and suitability

Revision ID: 0010
Revises: 0009
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from supplier_qc.domain.search import search_key

revision: str = "0010"
down_revision: str | Sequence[str] | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FOUND_BY = (
    ("organisation", "name", "SELECT id, name FROM organisation"),
    ("site", "name", "SELECT id, name FROM site"),
    ("material", "code", "SELECT id, code FROM material"),
    ("material", "name", "SELECT id, name FROM material"),
    ("manufacturer_item", "catalogue_number", "SELECT id, catalogue_number FROM manufacturer_item"),
    ("manufacturer_item", "name", "SELECT id, name FROM manufacturer_item"),
    ("lot", "manufacturer_lot", "SELECT id, manufacturer_lot FROM lot"),
    ("lot", "internal_number", "SELECT id, internal_number FROM lot"),
    ("evidence", "reference", "SELECT id, reference FROM evidence"),
    ("evidence", "title", "SELECT id, title FROM evidence"),
    (
        "certificate",
        "file",
        "SELECT certificate.id, filename FROM certificate, document WHERE document.id = document_id",
    ),
    *(
        (
            "certificate",
            field,
            f"SELECT certificate_id, coalesce(value, literal) FROM certificate_field WHERE field = '{field}'",  # noqa: S608 -- names of our own
        )
        for field in ("lot_number", "catalog_number", "product_name", "purchase_order")
    ),
)
"""Which records were on file before they were found by their names: kind, name, where it stands."""


def upgrade() -> None:
    _search_terms()


def downgrade() -> None:
    op.drop_table("search_term")


def _search_terms() -> None:
    table = op.create_table(
        "search_term",
        sa.Column("subject_type", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("literal", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject_type", "subject_id", "field", name="pk_search_term"),
    )
    op.create_index("ix_search_term_key", "search_term", ["key"])
    for kind, field, statement in FOUND_BY:
        found = op.get_bind().execute(sa.text(statement)).all()
        rows = [
            {"subject_type": kind, "subject_id": number, "field": field}
            | {"literal": literal, "key": search_key(literal)}
            for number, literal in found
            if search_key(literal)
        ]
        if rows:
            op.bulk_insert(table, rows)
