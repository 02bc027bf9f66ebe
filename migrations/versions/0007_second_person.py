"""a second person for the review of certificates, and which limits are filed

Revision ID: 0007
Revises: 0006

The policy's three rows are conventions and no legal requirement; a user supersedes them with rows
of their own. Certificates on file were confirmed by one person and stay as they are.
"""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from alembic import op

from supplier_qc.persistence.row_guards import append_only, guard_rows, never_deleted, unguard_rows
from supplier_qc.persistence.table_changes import allow_values, change_table

revision: str = "0007"
down_revision: str | Sequence[str] | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STATES_BEFORE = ("queued", "reading", "proposed", "confirmed", "rejected")
STATES = ("queued", "reading", "proposed", "awaiting_second", "confirmed", "rejected")
CHECKS = {
    "fk_certificate_first_read_by_id_person": (
        "FOREIGN KEY(first_read_by_id) REFERENCES person (id)"
    ),
    "ck_certificate_handed_over_by_a_person": (
        "CHECK (state <> 'awaiting_second' OR (item_id IS NOT NULL AND first_read_by_id IS NOT "
        "NULL AND first_read_at IS NOT NULL))"
    ),
    "ck_certificate_second_person_is_another_person": (
        "CHECK (confirmed_by_id <> first_read_by_id)"
    ),
}
SOURCES_BEFORE = ("certificate", "own_test", "by_hand")
SOURCES = (*SOURCES_BEFORE, "conformity")
RESULT_NAMES_ITS_ROW = "ck_lot_result_certificate_result_names_its_row"
ROW_OF_A_CERTIFICATE = "CHECK ((source = 'certificate') = (certificate_row_id IS NOT NULL))"
ROW_OF_A_FILE = (
    "CHECK ((source IN ('certificate', 'conformity')) = (certificate_row_id IS NOT NULL))"
)
RISK_CLASSES = ("critical", "major", "minor")
AUTHORITIES = ("eu", "us", "japan", "canada", "brazil", "woah")
USES = ("research", "phase_1_2", "phase_3", "commercial")
VALID_FROM = date(2020, 1, 1)
SOURCE = "a second reader where a wrong value would reach the patient; shipped default"
DEFAULTS = (("critical", 2), ("major", 1), ("minor", 1))
GUARDS = (*append_only("specification_filing"), *never_deleted("reading_policy"))


def upgrade() -> None:
    change_table(
        op.get_bind(),
        "certificate",
        columns=(
            sa.Column("first_read_by_id", sa.Integer()),
            sa.Column("first_read_at", sa.DateTime(timezone=True)),
            sa.Column("is_double_entry", sa.Boolean(), nullable=False),
            sa.Column("is_conformity_statement", sa.Boolean(), nullable=False),
        ),
        constraints=CHECKS,
        fill={"is_double_entry": "false", "is_conformity_statement": "false"},
    )
    allow_values(op.get_bind(), "lot_result", "source", SOURCES)
    change_table(op.get_bind(), "lot_result", constraints={RESULT_NAMES_ITS_ROW: ROW_OF_A_FILE})
    allow_values(op.get_bind(), "certificate", "state", STATES)
    change_table(
        op.get_bind(),
        "manufacturer_item",
        columns=(sa.Column("is_double_entry", sa.Boolean(), nullable=False),),
        fill={"is_double_entry": "false"},
    )
    _make_reading_policy()
    _make_second_entries()
    _make_filings()
    guard_rows(op.get_bind(), GUARDS)


def _make_reading_policy() -> None:
    policy = op.create_table(
        "reading_policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("risk_class", _values("risk_class", RISK_CLASSES), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("is_double_entry", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("mark", sa.String(length=2), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("persons IN (1, 2)", name=op.f("ck_reading_policy_one_or_two_persons")),
        sa.CheckConstraint(
            "persons = 2 OR NOT is_double_entry", name=op.f("ck_reading_policy_double_entry_by_two")
        ),
        sa.CheckConstraint(
            "valid_to > valid_from", name=op.f("ck_reading_policy_validity_in_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_policy")),
        sa.UniqueConstraint(
            "risk_class", "valid_from", name=op.f("uq_reading_policy_risk_class_valid_from")
        ),
    )
    op.bulk_insert(
        policy,
        [
            {"risk_class": risk_class, "persons": persons, "is_double_entry": False}
            | {"valid_from": VALID_FROM, "mark": "C", "source": SOURCE}
            for risk_class, persons in DEFAULTS
        ],
    )


def _make_second_entries() -> None:
    op.create_table(
        "certificate_second_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("unit", sa.String(length=60), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken", sa.String(length=10), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settlement_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "taken IN ('first', 'second')",
            name=op.f("ck_certificate_second_entry_taken_is_one_of_the_two"),
        ),
        sa.CheckConstraint(
            "(taken IS NULL) = (settled_by_id IS NULL) AND (taken IS NULL) = (settled_at IS NULL) "
            "AND (taken IS NULL) = (settlement_reason IS NULL)",
            name=op.f("ck_certificate_second_entry_settlement_is_whole"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{table}.id"],
                name=op.f(f"fk_certificate_second_entry_{column}_{table}"),
            )
            for column, table in (
                ("row_id", "certificate_row"),
                ("entered_by_id", "person"),
                ("settled_by_id", "person"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_second_entry")),
        sa.UniqueConstraint("row_id", name=op.f("uq_certificate_second_entry_row_id")),
    )


def _make_filings() -> None:
    op.create_table(
        "specification_filing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("specification_id", sa.Integer(), nullable=False),
        sa.Column("authority", _values("authority", AUTHORITIES), nullable=False),
        sa.Column("use_scope", _values("use_scope", USES), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "trim(reference) <> ''", name=op.f("ck_specification_filing_reference_not_blank")
        ),
        sa.ForeignKeyConstraint(
            ["specification_id"],
            ["specification.id"],
            name=op.f("fk_specification_filing_specification_id_specification"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["person.id"],
            name=op.f("fk_specification_filing_recorded_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_specification_filing")),
    )
    op.create_index(
        op.f("ix_specification_filing_specification_id"),
        "specification_filing",
        ["specification_id"],
    )


def _values(name: str, values: Sequence[str]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    """A certificate that waits for its second person goes back to review."""
    unguard_rows(op.get_bind(), GUARDS)
    for table in ("specification_filing", "certificate_second_entry", "reading_policy"):
        op.drop_table(table)
    op.execute("UPDATE certificate SET state = 'proposed' WHERE state = 'awaiting_second'")
    allow_values(op.get_bind(), "certificate", "state", STATES_BEFORE)
    change_table(
        op.get_bind(),
        "certificate",
        without=tuple(CHECKS),
        columns_gone=(
            "first_read_by_id",
            "first_read_at",
            "is_double_entry",
            "is_conformity_statement",
        ),
    )
    op.execute("UPDATE lot_result SET source = 'certificate' WHERE source = 'conformity'")
    change_table(
        op.get_bind(), "lot_result", constraints={RESULT_NAMES_ITS_ROW: ROW_OF_A_CERTIFICATE}
    )
    allow_values(op.get_bind(), "lot_result", "source", SOURCES_BEFORE)
    change_table(op.get_bind(), "manufacturer_item", columns_gone=("is_double_entry",))
