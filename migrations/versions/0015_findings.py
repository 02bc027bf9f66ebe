"""findings and corrective actions of suppliers

Revision ID: 0015
Revises: 0014

The shipped rows are conventions of the field and no requirement of law; a user supersedes them
with rows of their own.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from supplier_qc.persistence.row_guards import RowGuard, guard_rows, never_deleted, unguard_rows
from supplier_qc.persistence.table_changes import allow_values, change_table

revision: str = "0015"
down_revision: str | Sequence[str] | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ORIGINS = (
    "audit",
    "certificate",
    "lot_result",
    "delivery",
    "complaint",
    "questionnaire",
    "other",
)
SEVERITIES = ("critical", "major", "minor")
STEPS = ("acknowledgement", "containment", "root_cause", "plan", "implementation", "effectiveness")
CAUSES = ("reference_list", "supplier_notice", "corrective_action")
REQUIREMENTS_BEFORE = (
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
)
REQUIREMENTS_ADDED = ("recalls_assessed", "changes_assessed", "findings_closed")
REQUIREMENTS = (*REQUIREMENTS_BEFORE, *REQUIREMENTS_ADDED)
TABLES = (
    "supplier_finding",
    "supplier_finding_lot",
    "corrective_action_policy",
    "corrective_action_request",
    "corrective_action_step",
)
GUARDS = (
    *never_deleted(
        "supplier_finding",
        "corrective_action_policy",
        "corrective_action_request",
        "corrective_action_step",
    ),
    RowGuard(
        "corrective_action_step_day_kept",
        "corrective_action_step",
        "UPDATE",
        "the day of a step is fixed when its request is issued",
        "NEW.due_on <> OLD.due_on OR NEW.step <> OLD.step OR NEW.request_id <> OLD.request_id",
    ),
    RowGuard(
        "corrective_action_request_closed_when_done",
        "corrective_action_request",
        "UPDATE",
        "a corrective action request is closed once each step is done",
        "NEW.closed_on IS NOT NULL AND (SELECT count(corrective_action_step.done_on) "
        "FROM corrective_action_step WHERE corrective_action_step.request_id = NEW.id) <> 6",
    ),
)
CAUSE_CHECKS = {
    "ck_requalification_cause_kind": f"CHECK (kind IN ({', '.join(map(repr, CAUSES))}))",
    "ck_requalification_cause_opened_by_its_record": (
        "CHECK ((kind = 'reference_list') = (edition_id IS NOT NULL)"
        " AND (kind = 'supplier_notice') = (notice_id IS NOT NULL)"
        " AND (kind = 'corrective_action') = (request_id IS NOT NULL))"
    ),
    "fk_requalification_cause_notice_id_supplier_notice": (
        "FOREIGN KEY(notice_id) REFERENCES supplier_notice (id)"
    ),
    "fk_requalification_cause_request_id_corrective_action_request": (
        "FOREIGN KEY(request_id) REFERENCES corrective_action_request (id)"
    ),
    "uq_requalification_cause_qualification_id_notice_id": "UNIQUE (qualification_id, notice_id)",
    "uq_requalification_cause_qualification_id_request_id": "UNIQUE (qualification_id, request_id)",
}

VALID_FROM = date(2020, 1, 1)
STEPS_SOURCE = "corrective actions of suppliers, industry practice; shipped default"
JUDGED_SOURCE = "days by judgement, between the steps that have a usual term; shipped default"
EVENTS_SOURCE = "events count before the calendar, industry practice; shipped default"

# Usual terms: acknowledgement 2 to 5 days, containment 24 to 72 hours, root cause 30 days, check
# of effectiveness 60 to 90 days after the actions. Plan and actions have none and are judged.
DAYS = {"critical": (2, 3, 30, 40, 60, 120), "major": (3, 3, 30, 45, 90, 180)}
DAYS["minor"] = DAYS["major"]
JUDGED = frozenset({"plan", "implementation"})

EFFECTS = {
    "recalls_assessed": dict.fromkeys(SEVERITIES, ("block", "block", "block")),
    "changes_assessed": dict.fromkeys(SEVERITIES, ("warn", "warn", "warn")),
    "findings_closed": {
        "critical": ("block", "block", "warn"),
        "major": ("block", "warn", "warn"),
        "minor": ("warn", "warn", "warn"),
    },
}
"""By kind and risk class: at approval, at order, at receipt."""


def upgrade() -> None:
    _make_findings()
    _make_policy()
    _make_requests()
    _make_steps()
    _widen_causes()
    _widen_requirements()
    guard_rows(op.get_bind(), GUARDS)


def _make_findings() -> None:
    op.create_table(
        "supplier_finding",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("lot_id", sa.Integer(), nullable=True),
        sa.Column("certificate_id", sa.Integer(), nullable=True),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("origin", _values("origin", ORIGINS), nullable=False),
        sa.Column("severity", _values("severity", SEVERITIES), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("details", sa.Text(), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closure", sa.Text(), nullable=True),
        _check("supplier_finding", "title_not_blank", "trim(title) <> ''"),
        _check("supplier_finding", "item_has_its_site", "item_id IS NULL OR site_id IS NOT NULL"),
        _check("supplier_finding", "lot_has_its_item", "lot_id IS NULL OR item_id IS NOT NULL"),
        _check(
            "supplier_finding",
            "closed_in_full",
            "(closed_on IS NULL) = (closed_by_id IS NULL)"
            " AND (closed_on IS NULL) = (closure IS NULL)",
        ),
        _check("supplier_finding", "closed_after_found", "closed_on >= found_on"),
        *_foreign(
            "supplier_finding",
            organisation_id="organisation",
            site_id="site",
            item_id="manufacturer_item",
            lot_id="lot",
            certificate_id="certificate",
            evidence_id="evidence",
            recorded_by_id="person",
            closed_by_id="person",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplier_finding")),
    )
    indexed = ("organisation_id", "site_id", "item_id", "lot_id", "certificate_id")
    for column in (*indexed, "found_on", "closed_on"):
        _index("supplier_finding", column)
    op.create_table(
        "supplier_finding_lot",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        *_foreign("supplier_finding_lot", finding_id="supplier_finding", lot_id="lot"),
        sa.PrimaryKeyConstraint("finding_id", "lot_id", name=op.f("pk_supplier_finding_lot")),
    )
    _index("supplier_finding_lot", "lot_id")


def _make_policy() -> None:
    policy = op.create_table(
        "corrective_action_policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("severity", _values("severity", SEVERITIES), nullable=False),
        sa.Column("step", _values("step", STEPS), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("mark", sa.String(length=2), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        _check("corrective_action_policy", "days_positive", "days > 0"),
        _check("corrective_action_policy", "validity_in_order", "valid_to > valid_from"),
        _check("corrective_action_policy", "source_not_blank", "trim(source) <> ''"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrective_action_policy")),
        sa.UniqueConstraint(
            "severity",
            "step",
            "valid_from",
            name=op.f("uq_corrective_action_policy_severity_step_valid_from"),
        ),
    )
    op.bulk_insert(
        policy,
        [
            {"severity": severity, "step": step, "days": days, "valid_from": VALID_FROM}
            | {"mark": "C", "source": JUDGED_SOURCE if step in JUDGED else STEPS_SOURCE}
            for severity, terms in DAYS.items()
            for step, days in zip(STEPS, terms, strict=True)
        ],
    )


def _make_requests() -> None:
    table = "corrective_action_request"
    op.create_table(
        table,
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=False),
        sa.Column("effectiveness_lots", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("is_effective", sa.Boolean(), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=True),
        _check(table, "request_not_blank", "trim(request) <> ''"),
        _check(table, "lots_positive", "effectiveness_lots > 0"),
        _check(
            table,
            "closed_in_full",
            "(closed_on IS NULL) = (closed_by_id IS NULL)"
            " AND (closed_on IS NULL) = (is_effective IS NULL)"
            " AND (closed_on IS NULL) = (conclusion IS NULL)",
        ),
        _check(table, "closed_after_issued", "closed_on >= issued_on"),
        *_foreign(
            table,
            finding_id="supplier_finding",
            follows_id=table,
            issued_by_id="person",
            closed_by_id="person",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("follows_id", name=op.f(f"uq_{table}_follows_id")),
    )
    _index(table, "finding_id")
    op.create_index(
        f"uq_{table}_one_open",
        table,
        ["finding_id"],
        unique=True,
        sqlite_where=sa.text("closed_on IS NULL"),
        postgresql_where=sa.text("closed_on IS NULL"),
    )


def _make_steps() -> None:
    table = "corrective_action_step"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("step", _values("step", STEPS), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done", sa.Text(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        _check(
            table,
            "done_in_full",
            "(done_on IS NULL) = (done IS NULL) AND (done_on IS NULL) = (recorded_by_id IS NULL)"
            " AND (done_on IS NULL) = (recorded_at IS NULL)",
        ),
        _check(table, "document_of_done", "document_id IS NULL OR done_on IS NOT NULL"),
        *_foreign(
            table,
            request_id="corrective_action_request",
            policy_id="corrective_action_policy",
            recorded_by_id="person",
            document_id="document",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("request_id", "step", name=op.f(f"uq_{table}_request_id_step")),
    )


def _widen_causes() -> None:
    """Causes on file were all opened by an edition of a list."""
    _let_edition_be_absent()
    change_table(
        op.get_bind(),
        "requalification_cause",
        columns=(
            sa.Column("kind", sa.String(length=40), nullable=False),
            sa.Column("notice_id", sa.Integer()),
            sa.Column("request_id", sa.Integer()),
        ),
        constraints=CAUSE_CHECKS,
        fill={"kind": "'reference_list'"},
    )


def _let_edition_be_absent() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("requalification_cause", "edition_id", nullable=True)
        return
    _remake_edition_column(nullable=True)


def _remake_edition_column(*, nullable: bool) -> None:
    change_table(
        op.get_bind(),
        "requalification_cause",
        columns=(sa.Column("edition_id", sa.Integer(), nullable=nullable),),
        columns_gone=("edition_id",),
        fill={"edition_id": "edition_id"},
    )


def _widen_requirements() -> None:
    allow_values(op.get_bind(), "evidence_policy", "kind", REQUIREMENTS)
    allow_values(op.get_bind(), "qualification_condition", "covers", REQUIREMENTS)
    columns = ("kind", "risk_class", "demand", "at_approval", "at_order", "at_receipt")
    policy = sa.table(
        "evidence_policy",
        *(sa.column(name) for name in (*columns, "mark", "source")),
        sa.column("valid_from", sa.Date()),
    )
    op.bulk_insert(policy, list(_requirement_rows()))


def _requirement_rows() -> Iterator[dict[str, Any]]:
    for kind, by_class in EFFECTS.items():
        for risk_class, (at_approval, at_order, at_receipt) in by_class.items():
            yield {
                "kind": kind,
                "risk_class": risk_class,
                "demand": "required",
                "at_approval": at_approval,
                "at_order": at_order,
                "at_receipt": at_receipt,
                "valid_from": VALID_FROM,
                "mark": "C",
                "source": EVENTS_SOURCE,
            }


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _foreign(table: str, **columns: str) -> Iterator[sa.ForeignKeyConstraint]:
    for column, referred in columns.items():
        name = op.f(f"fk_{table}_{column}_{referred}")
        yield sa.ForeignKeyConstraint([column], [f"{referred}.id"], name=name)


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _values(name: str, values: Sequence[str]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    """Causes that a notice or a corrective action opened go with what they rest on."""
    unguard_rows(op.get_bind(), GUARDS)
    _narrow_requirements()
    _narrow_causes()
    for table in reversed(TABLES):
        op.drop_table(table)


def _narrow_requirements() -> None:
    added = ", ".join(repr(kind) for kind in REQUIREMENTS_ADDED)
    kept = never_deleted("evidence_policy")
    unguard_rows(op.get_bind(), kept)
    op.execute(f"DELETE FROM evidence_policy WHERE kind IN ({added})")  # noqa: S608 -- our own values
    guard_rows(op.get_bind(), kept)
    op.execute(f"UPDATE qualification_condition SET covers = NULL WHERE covers IN ({added})")  # noqa: S608 -- our own values
    allow_values(op.get_bind(), "qualification_condition", "covers", REQUIREMENTS_BEFORE)
    allow_values(op.get_bind(), "evidence_policy", "kind", REQUIREMENTS_BEFORE)


def _narrow_causes() -> None:
    kept = never_deleted("requalification_cause")
    unguard_rows(op.get_bind(), kept)
    op.execute("DELETE FROM requalification_cause WHERE edition_id IS NULL")
    change_table(
        op.get_bind(),
        "requalification_cause",
        without=tuple(CAUSE_CHECKS),
        columns_gone=("kind", "notice_id", "request_id"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("requalification_cause", "edition_id", nullable=False)
    else:
        _remake_edition_column(nullable=False)
    guard_rows(op.get_bind(), kept)
