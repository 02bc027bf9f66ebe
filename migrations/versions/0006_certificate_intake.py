"""other ways in for certificates, re-issues and what is awaited

Revision ID: 0006
Revises: 0005

Certificates on file were all sent by a person and are first issues of whole files.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from supplier_qc.persistence.row_guards import append_only, guard_rows, never_deleted, unguard_rows
from supplier_qc.persistence.table_changes import change_table

revision: str = "0006"
down_revision: str | Sequence[str] | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ARRIVALS = ("upload", "folder", "api")
SCOPES = ("send_certificates", "read_certificates")
ADDED = (
    sa.Column("arrival", sa.String(length=40), nullable=False),
    sa.Column("api_token_id", sa.Integer()),
    sa.Column("lot_part", sa.String(length=80), nullable=False),
    sa.Column("replaces_id", sa.Integer()),
    sa.Column("issue", sa.Integer(), nullable=False),
    sa.Column("document_kind", sa.String(length=40)),
    sa.Column("kind_evidence", sa.Text()),
)
CHECKS = {
    "ck_certificate_arrival": f"CHECK (arrival IN ({', '.join(map(repr, ARRIVALS))}))",
    "ck_certificate_arrival_names_its_sender": (
        "CHECK ((arrival = 'upload') = (uploaded_by_id IS NOT NULL) "
        "AND (arrival = 'api') = (api_token_id IS NOT NULL))"
    ),
    "ck_certificate_later_issue_replaces_one": (
        "CHECK (issue >= 1 AND (issue > 1) = (replaces_id IS NOT NULL))"
    ),
    "fk_certificate_api_token_id_api_token": (
        "FOREIGN KEY(api_token_id) REFERENCES api_token (id)"
    ),
    "fk_certificate_replaces_id_certificate": (
        "FOREIGN KEY(replaces_id) REFERENCES certificate (id)"
    ),
}
ONCE = "uq_certificate_document_once"
NOT_REJECTED = sa.text("state <> 'rejected'")
NOT_WITHDRAWN = sa.text("withdrawn_at IS NULL")
GUARDS = (
    *append_only("folder_arrival", "certificate_reissue"),
    *never_deleted("api_token", "expected_certificate"),
)


def upgrade() -> None:
    _make_tokens()
    for table in ("document", "certificate"):
        _let_sender_be_none(table)
    op.drop_index(ONCE, "certificate")
    change_table(
        op.get_bind(),
        "certificate",
        columns=ADDED,
        constraints=CHECKS,
        fill={"arrival": "'upload'", "lot_part": "''", "issue": "1"},
    )
    _index_once(["document_id", "lot_part"])
    op.create_index(op.f("ix_certificate_replaces_id"), "certificate", ["replaces_id"])
    _make_folder_arrivals()
    _make_reissues()
    _make_expected()
    guard_rows(op.get_bind(), GUARDS)


def _let_sender_be_none(table: str) -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"ALTER TABLE {table} ALTER COLUMN uploaded_by_id DROP NOT NULL")
        return
    _sender_anew(table, nullable=True)


def _sender_anew(table: str, *, nullable: bool) -> None:
    """On SQLite the column is made anew from its own values."""
    change_table(
        op.get_bind(),
        table,
        columns=(sa.Column("uploaded_by_id", sa.Integer(), nullable=nullable),),
        columns_gone=("uploaded_by_id",),
        fill={"uploaded_by_id": "uploaded_by_id"},
    )


def _index_once(columns: list[str]) -> None:
    op.create_index(
        ONCE,
        "certificate",
        columns,
        unique=True,
        sqlite_where=NOT_REJECTED,
        postgresql_where=NOT_REJECTED,
    )


def _make_tokens() -> None:
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("prefix", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("scope", _values("scope", SCOPES), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_by_id", sa.Integer()),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_api_token_sha256_hex")),
        sa.CheckConstraint("trim(name) <> ''", name=op.f("ck_api_token_name_not_blank")),
        sa.CheckConstraint(
            "(revoked_at IS NULL) = (revoked_by_id IS NULL)",
            name=op.f("ck_api_token_revocation_is_whole"),
        ),
        *_foreign_keys("api_token", ("created_by_id", "person"), ("revoked_by_id", "person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("prefix", name=op.f("uq_api_token_prefix")),
        sa.UniqueConstraint("sha256", name=op.f("uq_api_token_sha256")),
    )


def _make_folder_arrivals() -> None:
    op.create_table(
        "folder_arrival",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("modified_ns", sa.BigInteger(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        *_foreign_keys("folder_arrival", ("certificate_id", "certificate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_folder_arrival")),
        sa.UniqueConstraint(
            "name",
            "size_bytes",
            "modified_ns",
            name=op.f("uq_folder_arrival_name_size_bytes_modified_ns"),
        ),
    )


def _make_reissues() -> None:
    op.create_table(
        "certificate_reissue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("replaced_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("delta", sa.JSON(), nullable=False),
        sa.Column("signature_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "certificate_id <> replaced_id", name=op.f("ck_certificate_reissue_of_another")
        ),
        *_foreign_keys(
            "certificate_reissue",
            ("certificate_id", "certificate"),
            ("replaced_id", "certificate"),
            ("lot_id", "lot"),
            ("signature_id", "signature"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_reissue")),
        sa.UniqueConstraint("certificate_id", name=op.f("uq_certificate_reissue_certificate_id")),
        sa.UniqueConstraint("replaced_id", name=op.f("uq_certificate_reissue_replaced_id")),
    )
    op.create_index(op.f("ix_certificate_reissue_lot_id"), "certificate_reissue", ["lot_id"])


def _make_expected() -> None:
    op.create_table(
        "expected_certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("manufacturer_lot", sa.String(length=80)),
        sa.Column("purchase_order", sa.String(length=80)),
        sa.Column("expected_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_by_id", sa.Integer()),
        sa.Column("withdrawal_reason", sa.Text()),
        sa.CheckConstraint(
            "manufacturer_lot IS NOT NULL OR purchase_order IS NOT NULL",
            name=op.f("ck_expected_certificate_lot_or_order"),
        ),
        sa.CheckConstraint(
            "trim(manufacturer_lot) <> ''", name=op.f("ck_expected_certificate_lot_not_blank")
        ),
        sa.CheckConstraint(
            "trim(purchase_order) <> ''", name=op.f("ck_expected_certificate_order_not_blank")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL) "
            "AND (withdrawn_at IS NULL) = (withdrawal_reason IS NULL)",
            name=op.f("ck_expected_certificate_withdrawal_is_whole"),
        ),
        *_foreign_keys(
            "expected_certificate",
            ("item_id", "manufacturer_item"),
            ("recorded_by_id", "person"),
            ("withdrawn_by_id", "person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expected_certificate")),
    )
    op.create_index(op.f("ix_expected_certificate_item_id"), "expected_certificate", ["item_id"])
    op.create_index(
        "uq_expected_certificate_once",
        "expected_certificate",
        [
            "item_id",
            sa.text("coalesce(manufacturer_lot, '')"),
            sa.text("coalesce(purchase_order, '')"),
        ],
        unique=True,
        sqlite_where=NOT_WITHDRAWN,
        postgresql_where=NOT_WITHDRAWN,
    )


def _values(name: str, values: Sequence[str]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _foreign_keys(table: str, *pairs: tuple[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))
        for column, to in pairs
    ]


def downgrade() -> None:
    """Refused by the database where a certificate came without a person, or a file was split."""
    unguard_rows(op.get_bind(), GUARDS)
    for table in ("expected_certificate", "certificate_reissue", "folder_arrival"):
        op.drop_table(table)
    op.drop_index(ONCE, "certificate")
    op.drop_index(op.f("ix_certificate_replaces_id"), "certificate")
    change_table(
        op.get_bind(),
        "certificate",
        without=tuple(CHECKS),
        columns_gone=tuple(column.name for column in ADDED),
    )
    _index_once(["document_id"])
    for table in ("document", "certificate"):
        if op.get_bind().dialect.name == "sqlite":
            _sender_anew(table, nullable=False)
        else:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN uploaded_by_id SET NOT NULL")
    op.drop_table("api_token")
