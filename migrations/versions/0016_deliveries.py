"""deliveries, requests for evidence, and the rows of the scorecard

Revision ID: 0016
Revises: 0015

The shipped rows of the scorecard are conventions of the field and no requirement of law; a user
supersedes them with rows of their own.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from alembic import op

from supplier_qc.persistence.base import ExactDecimal
from supplier_qc.persistence.row_guards import guard_rows, never_deleted, unguard_rows

revision: str = "0016"
down_revision: str | Sequence[str] | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

USES = ("research", "phase_1_2", "phase_3", "commercial")
KINDS = (
    "questionnaire",
    "audit",
    "quality_agreement",
    "change_notification",
    "certificate",
    "origin_statement",
    "letter_of_authorisation",
    "qualification_lots",
    "coa_verification",
    "grade_for_use",
    "conditions_in_time",
    "requalification_in_time",
    "recalls_assessed",
    "changes_assessed",
    "findings_closed",
)
STANDINGS = ("on_the_way", "received", "quarantined")
OBSERVATIONS = ("no", "yes", "not_recorded")
VERDICTS = ("yes", "yes_with_conditions", "no")
MEASURES = (
    "lot_acceptance",
    "coa_right_first_time",
    "findings",
    "change_notified",
    "corrective_action",
    "delivery",
    "responsiveness",
)
BANDS = ("a", "b", "c", "d")
WITHDRAWAL = (
    "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL) "
    "AND (withdrawn_at IS NULL) = (withdrawal_reason IS NULL)"
)
TABLES = (
    "evidence_request",
    "delivery",
    "delivery_lot",
    "scorecard_measure",
    "scorecard_band",
)
GUARDS = never_deleted("evidence_request", "delivery", "scorecard_measure", "scorecard_band")

VALID_FROM = date(2020, 1, 1)
MEASURE_SOURCE = "weights of supplier scorecards in industry practice; shipped default"
BAND_SOURCE = "bands by judgement; shipped default"
TARGETS = (
    # Weight, value with full points, value without points.
    ("lot_acceptance", 30, "98", "80"),
    ("coa_right_first_time", 15, "95", "70"),
    ("findings", 15, "1", "10"),
    ("change_notified", 15, "100", "50"),
    ("corrective_action", 10, "90", "50"),
    ("delivery", 10, "95", "70"),
    ("responsiveness", 5, "10", "45"),
)
BAND_ROWS = (("a", 90, "1.25"), ("b", 75, "1"), ("c", 60, "0.75"), ("d", 0, "0.5"))


def upgrade() -> None:
    _make_requests()
    _make_deliveries()
    _make_delivery_lots()
    _make_measures()
    _make_bands()
    guard_rows(op.get_bind(), GUARDS)


def _make_requests() -> None:
    table = "evidence_request"
    op.create_table(
        table,
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("kind", _values("kind", KINDS), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        *_withdrawal_columns(),
        *_checks(
            table,
            text_not_blank="trim(text) <> ''",
            due_after_asked="due_on >= asked_on",
            answered_after_asked="answered_on >= asked_on",
            about_item_or_site="item_id IS NULL OR site_id IS NULL",
            answered_by_a_paper="(answered_on IS NULL) = (evidence_id IS NULL)",
            withdrawal_is_whole=WITHDRAWAL,
            ends_once="answered_on IS NULL OR withdrawn_at IS NULL",
        ),
        *_foreign(
            table,
            organisation_id="organisation",
            site_id="site",
            item_id="manufacturer_item",
            asked_by_id="person",
            evidence_id="evidence",
            withdrawn_by_id="person",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    _index(table, "organisation_id")


def _make_deliveries() -> None:
    table = "delivery"
    op.create_table(
        table,
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("distributor_item_id", sa.Integer(), nullable=True),
        sa.Column("use_scope", _values("use_scope", USES), nullable=False),
        sa.Column("purchase_order", sa.String(length=80), nullable=True),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("quantity", ExactDecimal(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("standing", _values("standing", STANDINGS), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("received_by_id", sa.Integer(), nullable=True),
        sa.Column("excursion", _values("excursion", OBSERVATIONS), nullable=False),
        sa.Column("excursion_note", sa.Text(), nullable=True),
        sa.Column("damage", _values("damage", OBSERVATIONS), nullable=False),
        sa.Column("damage_note", sa.Text(), nullable=True),
        sa.Column("receipt_verdict", _values("receipt_verdict", VERDICTS), nullable=True),
        sa.Column("receipt_reasons", sa.JSON(), nullable=False),
        *_withdrawal_columns(),
        *_checks(
            table,
            unit_not_blank="trim(unit) <> ''",
            promised_after_ordered="promised_on >= ordered_on",
            received_after_ordered="received_on >= ordered_on",
            received_in_full=(
                "(standing = 'on_the_way') = (received_on IS NULL)"
                " AND (received_on IS NULL) = (received_by_id IS NULL)"
                " AND (received_on IS NULL) = (receipt_verdict IS NULL)"
            ),
            stopped_is_quarantined="receipt_verdict <> 'no' OR standing = 'quarantined'",
            excursion_is_told="(excursion = 'yes') = (excursion_note IS NOT NULL)",
            damage_is_told="(damage = 'yes') = (damage_note IS NOT NULL)",
            withdrawal_is_whole=WITHDRAWAL,
        ),
        *_foreign(
            table,
            item_id="manufacturer_item",
            distributor_item_id="distributor_item",
            recorded_by_id="person",
            received_by_id="person",
            withdrawn_by_id="person",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    _index(table, "item_id")


def _make_delivery_lots() -> None:
    table = "delivery_lot"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("manufacturer_lot", sa.String(length=80), nullable=False),
        *_checks(table, manufacturer_lot_not_blank="trim(manufacturer_lot) <> ''"),
        *_foreign(table, delivery_id="delivery"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "delivery_id",
            "manufacturer_lot",
            name=op.f("uq_delivery_lot_delivery_id_manufacturer_lot"),
        ),
    )
    _index(table, "delivery_id")


def _make_measures() -> None:
    table = op.create_table(
        "scorecard_measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure", _values("measure", MEASURES), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("target", ExactDecimal(), nullable=False),
        sa.Column("worst", ExactDecimal(), nullable=False),
        *_validity_columns(),
        *_checks(
            "scorecard_measure",
            weight_of_100="weight BETWEEN 0 AND 100",
            validity_in_order="valid_to > valid_from",
            source_not_blank="trim(source) <> ''",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scorecard_measure")),
        sa.UniqueConstraint(
            "measure", "valid_from", name=op.f("uq_scorecard_measure_measure_valid_from")
        ),
    )
    op.bulk_insert(
        table,
        [
            {"measure": measure, "weight": weight}
            | {"target": Decimal(target), "worst": Decimal(worst)}
            | {"valid_from": VALID_FROM, "mark": "C", "source": MEASURE_SOURCE}
            for measure, weight, target, worst in TARGETS
        ],
    )


def _make_bands() -> None:
    table = op.create_table(
        "scorecard_band",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("band", _values("band", BANDS), nullable=False),
        sa.Column("least_score", sa.Integer(), nullable=False),
        sa.Column("interval_factor", ExactDecimal(), nullable=False),
        *_validity_columns(),
        *_checks(
            "scorecard_band",
            score_of_100="least_score BETWEEN 0 AND 100",
            validity_in_order="valid_to > valid_from",
            source_not_blank="trim(source) <> ''",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scorecard_band")),
        sa.UniqueConstraint("band", "valid_from", name=op.f("uq_scorecard_band_band_valid_from")),
    )
    op.bulk_insert(
        table,
        [
            {"band": band, "least_score": least, "interval_factor": Decimal(factor)}
            | {"valid_from": VALID_FROM, "mark": "C", "source": BAND_SOURCE}
            for band, least, factor in BAND_ROWS
        ],
    )


def _validity_columns() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("mark", sa.String(length=2), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
    )


def _withdrawal_columns() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True),
    )


def _checks(table: str, **conditions: str) -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))
        for name, condition in conditions.items()
    ]


def _foreign(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            [column], [f"{referred}.id"], name=op.f(f"fk_{table}_{column}_{referred}")
        )
        for column, referred in columns.items()
    ]


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _values(name: str, values: Sequence[str]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    unguard_rows(op.get_bind(), GUARDS)
    for table in reversed(TABLES):
        op.drop_table(table)
