"""questionnaires, their questions, and a supplier's answers

Revision ID: 0014
Revises: 0013
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from supplier_qc.domain.questionnaires.table import table_of
from supplier_qc.persistence.questionnaire_files import shipped_questionnaires
from supplier_qc.persistence.row_guards import (
    RowGuard,
    append_only,
    guard_rows,
    never_deleted,
    unguard_rows,
)

revision: str = "0014"
down_revision: str | Sequence[str] | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

RESULTS = ("satisfactory", "with_findings", "unsatisfactory")
STATES = ("answered", "not_known", "not_applicable")
REVIEWED_IN_FULL = (
    "(result IS NULL) = (reviewed_by_id IS NULL)"
    " AND (result IS NULL) = (reviewed_at IS NULL)"
    " AND (result IS NULL) = (conclusion IS NULL)"
    " AND (result IS NULL) = (evidence_id IS NULL)"
)
SHIPPED = ("human_blood_origin", "animal_origin", "viral_safety", "quality_system")

# The organisation, site and item of a reviewed round move with a merger of two records.
FIXED = (
    "questionnaire_id",
    "sent_on",
    "due_on",
    "answered_on",
    "answered_by_id",
    "document_id",
    "result",
    "conclusion",
    "reviewed_by_id",
    "reviewed_at",
    "evidence_id",
    "withdrawn_on",
)
ROUND_IS_FIXED = RowGuard(
    "questionnaire_round_fixed",
    "questionnaire_round",
    "UPDATE",
    "a reviewed questionnaire_round is not changed",
    "OLD.result IS NOT NULL AND ("
    + " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in FIXED)
    + ")",
)


def _answers_are_fixed(event: str, row: str) -> RowGuard:
    return RowGuard(
        f"questionnaire_answer_no_{event.lower()}",
        "questionnaire_answer",
        event,
        "a questionnaire_answer of a reviewed round is not changed",
        f"(SELECT result FROM questionnaire_round WHERE id = {row}.round_id) IS NOT NULL",  # noqa: S608 -- our own words
    )


GUARDS = (
    *append_only("questionnaire_version"),
    *never_deleted("questionnaire_round"),
    ROUND_IS_FIXED,
    _answers_are_fixed("INSERT", "NEW"),
    _answers_are_fixed("UPDATE", "OLD"),
    _answers_are_fixed("DELETE", "OLD"),
)


def upgrade() -> None:
    _make_versions()
    _make_rounds()
    _make_answers()
    guard_rows(op.get_bind(), GUARDS)


def _make_versions() -> None:
    version = op.create_table(
        "questionnaire_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("mark", sa.String(length=2), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_questionnaire_version_number_positive")),
        sa.CheckConstraint(
            "trim(title) <> ''", name=op.f("ck_questionnaire_version_title_not_blank")
        ),
        sa.CheckConstraint(
            "trim(source) <> ''", name=op.f("ck_questionnaire_version_source_not_blank")
        ),
        _foreign("questionnaire_version", "published_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_version")),
        sa.UniqueConstraint("key", "number", name=op.f("uq_questionnaire_version_key_number")),
    )
    shipped = {one.key: one for one in shipped_questionnaires() if one.number == 1}
    op.bulk_insert(
        version,
        [
            {
                "key": one.key,
                "number": one.number,
                "title": one.title,
                "purpose": one.purpose,
                "valid_from": one.valid_from,
                "mark": one.mark,
                "source": one.source,
                "questions": table_of(one.questions),
            }
            for one in (shipped[key] for key in SHIPPED)
        ],
    )


def _make_rounds() -> None:
    table = "questionnaire_round"
    op.create_table(
        table,
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("sent_to", sa.String(length=200), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("result", _values("result", RESULTS), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=True),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        *(
            sa.CheckConstraint(words, name=op.f(f"ck_{table}_{name}"))
            for name, words in (
                ("due_after_sent", "due_on > sent_on"),
                ("item_or_site", "item_id IS NULL OR site_id IS NULL"),
                ("answered_by_a_person", "(answered_on IS NULL) = (answered_by_id IS NULL)"),
                (
                    "reviewed_in_full",
                    REVIEWED_IN_FULL,
                ),
                ("answered_first", "result IS NULL OR answered_on IS NOT NULL"),
                ("reviewer_is_not_the_typist", "reviewed_by_id <> answered_by_id"),
                ("ends_once", "withdrawn_on IS NULL OR result IS NULL"),
            )
        ),
        *(
            _foreign(table, column, other)
            for column, other in (
                ("questionnaire_id", "questionnaire_version"),
                ("organisation_id", "organisation"),
                ("site_id", "site"),
                ("item_id", "manufacturer_item"),
                ("sent_by_id", "person"),
                ("answered_by_id", "person"),
                ("document_id", "document"),
                ("reviewed_by_id", "person"),
                ("evidence_id", "evidence"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index("ix_questionnaire_round_answered_on", table, ["answered_on"])
    for column in ("questionnaire_id", "organisation_id", "item_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _make_answers() -> None:
    table = "questionnaire_answer"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=20), nullable=False),
        sa.Column("state", _values("state", STATES), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("evidence_name", sa.String(length=300), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'answered') = (value IS NOT NULL)",
            name=op.f("ck_questionnaire_answer_answered_has_a_value"),
        ),
        _foreign(table, "round_id", "questionnaire_round"),
        _foreign(table, "evidence_id", "evidence"),
        _foreign(table, "entered_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "round_id", "question_id", name=op.f("uq_questionnaire_answer_round_id_question_id")
        ),
    )


def _foreign(table: str, column: str, referred: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{referred}.id"], name=op.f(f"fk_{table}_{column}_{referred}")
    )


def _values(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    unguard_rows(op.get_bind(), GUARDS)
    for table in ("questionnaire_answer", "questionnaire_round", "questionnaire_version"):
        op.drop_table(table)
