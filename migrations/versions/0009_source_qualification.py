"""what a source has to show for its approval, by dated policy rows

Revision ID: 0009
Revises: 0008

The shipped rows are conventions of the field and no requirement of law; a user supersedes them
with rows of their own.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from supplier_qc.persistence.row_guards import append_only, guard_rows, never_deleted, unguard_rows
from supplier_qc.persistence.table_changes import allow_values, change_table

revision: str = "0009"
down_revision: str | Sequence[str] | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STATUSES_BEFORE = (
    "proposed",
    "conditionally_approved",
    "approved",
    "suspended",
    "disqualified",
)
STATUSES = (*STATUSES_BEFORE, "under_evaluation", "on_probation", "retired")
EVIDENCE_BEFORE = (
    "certificate",
    "quality_agreement",
    "questionnaire",
    "audit_report",
    "tse_statement",
    "certificate_of_origin",
    "letter_of_authorisation",
    "other",
)
EVIDENCE = (
    *EVIDENCE_BEFORE,
    "material_statement",
    "qualification_lots",
    "coa_verification",
    "grade_justification",
)
MANNERS = ("paper", "remote", "shared", "on_site")
RESULTS = ("satisfactory", "with_findings", "unsatisfactory")
REGIONS = ("eu", "us", "japan", "canada", "united_kingdom", "other")
RISK_CLASSES = ("critical", "major", "minor")
CATEGORIES = ("starting", "raw", "ancillary", "excipient", "consumable", "primary_container")
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
)
DEMANDS = ("required_before_approval", "required", "optional")
EFFECTS = ("block", "warn", "none")
FACTORS = ("origin", "grade", "sources", "evidence", "country", "use", "findings", "band")
EVIDENCE_CHECKS = {
    "ck_evidence_notice_not_negative": "CHECK (change_notice_months >= 0)",
    "ck_evidence_lots_positive": "CHECK (lots > 0)",
    "ck_evidence_shared_with_consent": "CHECK (manner <> 'shared' OR consent IS NOT NULL)",
    "ck_evidence_covers_item_or_site": "CHECK (item_id IS NULL OR site_id IS NULL)",
    "fk_evidence_site_id_site": "FOREIGN KEY(site_id) REFERENCES site (id)",
    "ck_evidence_result": f"CHECK (result IN ({', '.join(repr(one) for one in RESULTS)}))",
    "ck_evidence_manner": f"CHECK (manner IN ({', '.join(repr(one) for one in MANNERS)}))",
    "ck_evidence_region": f"CHECK (region IN ({', '.join(repr(one) for one in REGIONS)}))",
}
EVIDENCE_COLUMNS = (
    "site_id",
    "scope",
    "result",
    "manner",
    "consent",
    "region",
    "change_notice_months",
    "lots",
)
TABLES = (
    "qualification_decision",
    "qualification_condition",
    "qualification_state",
    "evidence_policy",
    "risk_weight",
)
GUARDS = (
    *append_only("qualification_state"),
    *never_deleted(
        "qualification_decision", "qualification_condition", "evidence_policy", "risk_weight"
    ),
)

VALID_FROM = date(2020, 1, 1)
SOURCE = "supplier qualification by risk class, industry practice; shipped default"
GRADE_SOURCE = "what is sold for research stays out of late phases; shipped default"
WEIGHT_SOURCE = "points by judgement; shipped default"

_FIRM, _ASKED, _OPTIONAL = DEMANDS
_BLOCK, _WARN, _NONE = EFFECTS
Row = tuple[str, str, int | None, int | None, str | None]
"""Kind, demand, validity in months, minimum, manner."""

BY_CLASS: dict[str, tuple[Row, ...]] = {
    "critical": (
        ("questionnaire", _ASKED, 24, None, None),
        ("audit", _FIRM, 36, None, "on_site"),
        ("quality_agreement", _ASKED, 36, None, None),
        ("change_notification", _ASKED, 36, 6, None),
        ("certificate", _ASKED, 36, None, None),
        ("origin_statement", _ASKED, 24, None, None),
        ("letter_of_authorisation", _OPTIONAL, None, None, None),
        ("qualification_lots", _ASKED, None, 3, None),
        ("coa_verification", _ASKED, 12, None, None),
    ),
    "major": (
        ("questionnaire", _ASKED, 36, None, None),
        ("audit", _ASKED, 48, None, "remote"),
        ("quality_agreement", _ASKED, 36, None, None),
        ("change_notification", _ASKED, 36, 3, None),
        ("certificate", _ASKED, 36, None, None),
        ("origin_statement", _ASKED, 36, None, None),
        ("letter_of_authorisation", _OPTIONAL, None, None, None),
        ("qualification_lots", _ASKED, None, 3, None),
        ("coa_verification", _ASKED, 24, None, None),
    ),
    "minor": (
        ("questionnaire", _ASKED, 60, None, None),
        ("audit", _ASKED, 60, None, "paper"),
        ("quality_agreement", _OPTIONAL, 60, None, None),
        ("change_notification", _OPTIONAL, 60, None, None),
        ("certificate", _OPTIONAL, 36, None, None),
        ("origin_statement", _ASKED, 60, None, None),
        ("letter_of_authorisation", _OPTIONAL, None, None, None),
        ("qualification_lots", _ASKED, None, 1, None),
        ("coa_verification", _ASKED, 36, None, None),
    ),
}
WARNED_AT_APPROVAL = {("major", "certificate"), ("minor", "audit")}
GRADE = (
    ("phase_1_2", _ASKED, _BLOCK, _WARN, _WARN),
    ("phase_3", _FIRM, _BLOCK, _BLOCK, _BLOCK),
    ("commercial", _FIRM, _BLOCK, _BLOCK, _BLOCK),
)
WEIGHTS: dict[str, dict[str, int]] = {
    "origin": {"not_applicable": 0, "low": 5, "medium": 15, "high": 25}
    | {"critical": 30, "unknown": 30},
    "grade": {"licensed_drug": 0, "device": 2, "gmp_for_further_manufacture": 3, "ivd": 8}
    | {"ruo_in_research": 0, "unknown_in_research": 2}
    | {f"{grade}_in_phase_1_2": 15 for grade in ("ruo", "unknown")}
    | {
        f"{grade}_in_{use}": 25 for grade in ("ruo", "unknown") for use in ("phase_3", "commercial")
    },
    "sources": {"several_approved": 0, "one_approved_source": 5, "single_source": 12}
    | {"no_approved_source": 12, "no_source": 12},
    "evidence": {"met": 0, "expiring": 3, "expired": 12, "open": 15, "not_asked": 2},
    "country": {"not_rated": 3},
    "use": {"research": 0, "phase_1_2": 4, "phase_3": 8, "commercial": 10},
    "findings": {"none": 0, "one": 6, "several": 12},
    "band": {"medium": 25, "high": 50},
}


def upgrade() -> None:
    _widen()
    _make_decisions()
    _make_conditions()
    _make_states()
    _make_policy()
    _make_weights()
    guard_rows(op.get_bind(), GUARDS)


def _widen() -> None:
    allow_values(op.get_bind(), "qualification", "status", STATUSES)
    allow_values(op.get_bind(), "evidence", "kind", EVIDENCE)
    change_table(
        op.get_bind(),
        "evidence",
        columns=(
            sa.Column("site_id", sa.Integer()),
            sa.Column("scope", sa.Text()),
            sa.Column("result", sa.String(length=40)),
            sa.Column("manner", sa.String(length=40)),
            sa.Column("consent", sa.String(length=200)),
            sa.Column("region", sa.String(length=40)),
            sa.Column("change_notice_months", sa.Integer()),
            sa.Column("lots", sa.Integer()),
        ),
        constraints=EVIDENCE_CHECKS,
    )


def _make_decisions() -> None:
    op.create_table(
        "qualification_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("qualification_id", sa.Integer(), nullable=False),
        sa.Column("kind", _values("kind", ("initial", "periodic", "for_cause")), nullable=False),
        sa.Column("proposed", _values("proposed", STATUSES), nullable=False),
        sa.Column("justification", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", _values("outcome", ("open", "signed", "declined")), nullable=False),
        sa.Column("decided", _values("decided", STATUSES), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'open') = (decided_at IS NULL) AND (outcome = 'open') = (decided_by_id IS "
            "NULL)",
            name=op.f("ck_qualification_decision_decided_by_a_person"),
        ),
        sa.CheckConstraint(
            "(outcome = 'signed') = (decided IS NOT NULL)",
            name=op.f("ck_qualification_decision_signed_is_decided"),
        ),
        sa.CheckConstraint(
            "decided NOT IN ('approved', 'conditionally_approved') OR proposed_by_id <> "
            "decided_by_id",
            name=op.f("ck_qualification_decision_approver_is_not_the_author"),
        ),
        _foreign("qualification_decision", "qualification_id", "qualification"),
        _foreign("qualification_decision", "proposed_by_id", "person"),
        _foreign("qualification_decision", "decided_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualification_decision")),
    )
    _index("qualification_decision", "qualification_id")
    op.create_index(
        "uq_qualification_decision_one_open",
        "qualification_decision",
        ["qualification_id"],
        unique=True,
        sqlite_where=sa.text("outcome = 'open'"),
        postgresql_where=sa.text("outcome = 'open'"),
    )
    # Proposals on file that nobody has decided on wait for a signature as before.
    op.execute(
        "INSERT INTO qualification_decision (qualification_id, kind, proposed, justification, "
        "proposed_by_id, proposed_at, outcome, version) SELECT id, 'initial', 'approved', "
        "coalesce(justification, '(none given)'), proposed_by_id, proposed_at, 'open', 1 "
        "FROM qualification WHERE status = 'proposed'"
    )


def _make_conditions() -> None:
    op.create_table(
        "qualification_condition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("qualification_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("covers", _values("covers", KINDS), nullable=True),
        sa.Column("in_force_on", sa.Date(), nullable=True),
        sa.Column("fulfilled_on", sa.Date(), nullable=True),
        sa.Column("fulfilled_by_id", sa.Integer(), nullable=True),
        sa.Column("fulfilment", sa.Text(), nullable=True),
        sa.Column("lapsed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "trim(text) <> ''", name=op.f("ck_qualification_condition_text_not_blank")
        ),
        sa.CheckConstraint(
            "covers IS NULL OR due_on IS NOT NULL",
            name=op.f("ck_qualification_condition_cover_has_a_day"),
        ),
        sa.CheckConstraint(
            "(fulfilled_on IS NULL) = (fulfilled_by_id IS NULL) AND (fulfilled_on IS NULL) = "
            "(fulfilment IS NULL)",
            name=op.f("ck_qualification_condition_fulfilment_is_whole"),
        ),
        sa.CheckConstraint(
            "fulfilled_on IS NULL OR lapsed_on IS NULL",
            name=op.f("ck_qualification_condition_ends_once"),
        ),
        _foreign("qualification_condition", "qualification_id", "qualification"),
        _foreign("qualification_condition", "decision_id", "qualification_decision"),
        _foreign("qualification_condition", "fulfilled_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualification_condition")),
    )
    _index("qualification_condition", "qualification_id")
    op.execute(
        "INSERT INTO qualification_condition (qualification_id, text, in_force_on, version) "
        "SELECT id, conditions, decided_on, 1 FROM qualification "
        "WHERE status = 'conditionally_approved' AND trim(coalesce(conditions, '')) <> ''"
    )


def _make_states() -> None:
    op.create_table(
        "qualification_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("qualification_id", sa.Integer(), nullable=False),
        sa.Column("status", _values("status", STATUSES), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("requalification_due_on", sa.Date(), nullable=True),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        _foreign("qualification_state", "qualification_id", "qualification"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualification_state")),
    )
    _index("qualification_state", "qualification_id")
    _begin_states()


def _begin_states() -> None:
    """As they stand; what stood before is in the audit trail alone."""
    qualification = sa.table(
        "qualification",
        sa.column("id"),
        sa.column("status"),
        sa.column("conditions"),
        sa.column("decided_on"),
        sa.column("requalification_due_on"),
        sa.column("proposed_at"),
    )
    state = sa.table(
        "qualification_state",
        *(sa.column(name) for name in ("qualification_id", "status", "conditions")),
        *(sa.column(name) for name in ("decided_on", "requalification_due_on", "since_at")),
    )
    moment = sa.case(
        (qualification.c.decided_on.is_(None), qualification.c.proposed_at),
        else_=sa.cast(qualification.c.decided_on, sa.DateTime(timezone=True))
        if op.get_bind().dialect.name == "postgresql"
        else qualification.c.decided_on + sa.literal(" 00:00:00.000000", sa.String),
    )
    op.execute(
        state.insert().from_select(
            [column.name for column in state.columns],
            sa.select(
                qualification.c.id,
                qualification.c.status,
                qualification.c.conditions,
                qualification.c.decided_on,
                qualification.c.requalification_due_on,
                moment,
            ),
        )
    )


def _make_policy() -> None:
    policy = op.create_table(
        "evidence_policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _values("kind", KINDS), nullable=False),
        sa.Column("risk_class", _values("risk_class", RISK_CLASSES), nullable=False),
        sa.Column("category", _values("category", CATEGORIES), nullable=True),
        sa.Column("use_scope", _values("use_scope", USES), nullable=True),
        sa.Column("demand", _values("demand", DEMANDS), nullable=False),
        sa.Column("at_approval", _values("at_approval", EFFECTS), nullable=False),
        sa.Column("at_order", _values("at_order", EFFECTS), nullable=False),
        sa.Column("at_receipt", _values("at_receipt", EFFECTS), nullable=False),
        sa.Column("validity_months", sa.Integer(), nullable=True),
        sa.Column("minimum", sa.Integer(), nullable=True),
        sa.Column("manner", _values("manner", MANNERS), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("mark", sa.String(length=2), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "validity_months > 0", name=op.f("ck_evidence_policy_validity_positive")
        ),
        sa.CheckConstraint("minimum > 0", name=op.f("ck_evidence_policy_minimum_positive")),
        sa.CheckConstraint(
            "valid_to > valid_from", name=op.f("ck_evidence_policy_validity_in_order")
        ),
        sa.CheckConstraint("trim(source) <> ''", name=op.f("ck_evidence_policy_source_not_blank")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_policy")),
    )
    op.create_index(
        "uq_evidence_policy_row",
        "evidence_policy",
        [
            "kind",
            "risk_class",
            sa.text("coalesce(category, '')"),
            sa.text("coalesce(use_scope, '')"),
            "valid_from",
        ],
        unique=True,
    )
    op.bulk_insert(policy, list(_policy_rows()))


def _policy_rows() -> Iterator[dict[str, Any]]:
    for risk_class, rows in BY_CLASS.items():
        for kind, demand, months, minimum, manner in rows:
            warned = (risk_class, kind) in WARNED_AT_APPROVAL
            effects = (_WARN if warned else _BLOCK, _WARN, _WARN)
            shown = {"validity_months": months, "minimum": minimum, "manner": manner}
            yield _row(kind, risk_class, None, demand, effects, SOURCE) | shown
            yield _row(kind, risk_class, "research", _OPTIONAL, effects, SOURCE) | shown
        for use, demand, *steps in GRADE:
            yield _row("grade_for_use", risk_class, use, demand, steps, GRADE_SOURCE)
        late = _BLOCK if risk_class == "critical" else _WARN
        yield _row("conditions_in_time", risk_class, None, _ASKED, (_BLOCK, late, _WARN), SOURCE)
        effects = (_NONE, late, _WARN)
        yield _row("requalification_in_time", risk_class, None, _ASKED, effects, SOURCE)


def _row(
    kind: str,
    risk_class: str,
    use_scope: str | None,
    demand: str,
    effects: Sequence[str],
    source: str,
) -> dict[str, Any]:
    return {
        "kind": kind,
        "risk_class": risk_class,
        "category": None,
        "use_scope": use_scope,
        "demand": demand,
        "at_approval": effects[0],
        "at_order": effects[1],
        "at_receipt": effects[2],
        "validity_months": None,
        "minimum": None,
        "manner": None,
        "valid_from": VALID_FROM,
        "mark": "C",
        "source": source,
    }


def _make_weights() -> None:
    weight = op.create_table(
        "risk_weight",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("factor", _values("factor", FACTORS), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("mark", sa.String(length=2), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("points >= 0", name=op.f("ck_risk_weight_points_not_negative")),
        sa.CheckConstraint("valid_to > valid_from", name=op.f("ck_risk_weight_validity_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_weight")),
        sa.UniqueConstraint(
            "factor", "level", "valid_from", name=op.f("uq_risk_weight_factor_level_valid_from")
        ),
    )
    op.bulk_insert(
        weight,
        [
            {"factor": factor, "level": level, "points": points}
            | {"valid_from": VALID_FROM, "mark": "C", "source": WEIGHT_SOURCE}
            for factor, levels in WEIGHTS.items()
            for level, points in levels.items()
        ],
    )


def _foreign(table: str, column: str, referred: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{referred}.id"], name=op.f(f"fk_{table}_{column}_{referred}")
    )


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _values(name: str, values: Sequence[str]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    """Papers of a new kind become "other"; a source on probation or retired refuses the way back."""
    unguard_rows(op.get_bind(), GUARDS)
    before = ", ".join(f"'{kind}'" for kind in EVIDENCE_BEFORE)
    op.execute(f"UPDATE evidence SET kind = 'other' WHERE kind NOT IN ({before})")  # noqa: S608 -- our own values
    op.execute("UPDATE qualification SET status = 'proposed' WHERE status = 'under_evaluation'")
    for table in reversed(TABLES):
        op.drop_table(table)
    change_table(
        op.get_bind(),
        "evidence",
        without=tuple(EVIDENCE_CHECKS),
        columns_gone=EVIDENCE_COLUMNS,
    )
    allow_values(op.get_bind(), "evidence", "kind", EVIDENCE_BEFORE)
    allow_values(op.get_bind(), "qualification", "status", STATUSES_BEFORE)
