"""how far the reading of a certificate is

Revision ID: 0012
Revises: 0011

Files that are being read while this runs have no time of their start; they get one when they are
claimed again.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from supplier_qc.persistence.table_changes import change_table

revision: str = "0012"
down_revision: str | Sequence[str] | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

COLUMNS = (
    sa.Column("reading_since_at", sa.DateTime(timezone=True)),
    sa.Column("reading_page", sa.Integer()),
    sa.Column("reading_pages", sa.Integer()),
)
WITHIN = "ck_certificate_page_being_read_is_of_the_file"


def upgrade() -> None:
    change_table(
        op.get_bind(),
        "certificate",
        columns=COLUMNS,
        constraints={
            WITHIN: "CHECK ((reading_page IS NULL) = (reading_pages IS NULL) "
            "AND reading_page BETWEEN 1 AND reading_pages)"
        },
    )


def downgrade() -> None:
    change_table(
        op.get_bind(),
        "certificate",
        without=(WITHIN,),
        columns_gone=tuple(column.name for column in COLUMNS),
    )
