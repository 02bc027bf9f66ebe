"""One source with all that made it what it is: proposal, decisions, conditions, signatures."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased, selectinload

from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.evidence_policy import RequirementKind
from supplier_qc.domain.qualification.moves import Move, Proposal, moves
from supplier_qc.domain.qualification.records import DecisionKind, DecisionOutcome
from supplier_qc.domain.qualification.requirements import Condition
from supplier_qc.domain.qualification.states import MOVES
from supplier_qc.persistence.tables.people import Person
from supplier_qc.persistence.tables.qualification import Evidence, Qualification
from supplier_qc.persistence.tables.source_qualification import (
    QualificationCondition,
    QualificationDecision,
)
from supplier_qc.queries.qualifications import QualificationRow, get_qualification
from supplier_qc.queries.record_history import EntryRow, list_entries_about
from supplier_qc.queries.source_facts import SourceRow, get_source_row


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """`in_force_on` is None while the condition is only proposed."""

    id: int
    version: int
    text: str
    due_on: date | None
    covers: RequirementKind | None
    in_force_on: date | None
    fulfilled_on: date | None
    fulfilled_by_name: str | None
    fulfilment: str | None
    lapsed_on: date | None
    is_overdue: bool

    @property
    def is_open(self) -> bool:
        return self.in_force_on is not None and self.fulfilled_on is None and self.lapsed_on is None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision as proposed and as signed; `decided_by_name` is None while it waits."""

    id: int
    kind: DecisionKind
    proposed: QualificationStatus
    justification: str
    proposed_by_id: int
    proposed_by_name: str
    proposed_at: datetime
    outcome: DecisionOutcome
    decided: QualificationStatus | None
    decided_by_name: str | None
    decided_at: datetime | None
    reason: str | None
    conditions: tuple[Condition, ...]

    @property
    def as_proposal(self) -> Proposal:
        return Proposal(self.proposed, self.proposed_by_id, self.conditions)


@dataclass(frozen=True, slots=True)
class SourcePage:
    """`decisions` are newest first, the open one among them."""

    source: SourceRow
    record: QualificationRow
    decisions: tuple[DecisionRow, ...]
    conditions: tuple[ConditionRow, ...]
    entries: tuple[EntryRow, ...]

    @property
    def proposal(self) -> DecisionRow | None:
        return next((one for one in self.decisions if one.outcome is DecisionOutcome.OPEN), None)

    @property
    def open_conditions(self) -> tuple[ConditionRow, ...]:
        return tuple(one for one in self.conditions if one.is_open)

    def moves_of(self, person_id: int, today: date) -> tuple[Move, ...]:
        """The decisions that the state allows, each with all its blockers for this person."""
        facts = self.source.facts
        proposal = self.proposal.as_proposal if self.proposal else None
        found = moves(facts, self.source.requirements, proposal, person_id, today)
        return tuple(move for move in found if move.target in MOVES[facts.status])


def get_source_page(session: Session, qualification_id: int, today: date) -> SourcePage | None:
    source = get_source_row(session, qualification_id, today)
    record = get_qualification(session, qualification_id, today)
    if source is None or record is None:
        return None
    papers = session.scalars(select(Evidence.id).where(Evidence.item_id == record.item_id)).all()
    subjects = {
        Qualification.__tablename__: [qualification_id],
        Evidence.__tablename__: list(papers),
    }
    return SourcePage(
        source=source,
        record=record,
        decisions=tuple(_decisions(session, qualification_id)),
        conditions=tuple(list_condition_rows(session, qualification_id, today)),
        entries=tuple(list_entries_about(session, subjects)),
    )


def get_condition_row(session: Session, condition_id: int, today: date) -> ConditionRow | None:
    found = _condition_rows(session, today, QualificationCondition.id == condition_id)
    return found[0] if found else None


def source_of_condition(session: Session, condition_id: int) -> int | None:
    return session.scalar(
        select(QualificationCondition.qualification_id).where(
            QualificationCondition.id == condition_id
        )
    )


def list_condition_rows(session: Session, qualification_id: int, today: date) -> list[ConditionRow]:
    """Open ones first by their day, then those that are over."""
    found = _condition_rows(
        session, today, QualificationCondition.qualification_id == qualification_id
    )
    return sorted(found, key=lambda one: (not one.is_open, one.due_on or date.max, one.id))


def _condition_rows(
    session: Session, today: date, *conditions: ColumnElement[bool]
) -> list[ConditionRow]:
    found = session.execute(
        select(QualificationCondition, Person.full_name)
        .join(Person, Person.id == QualificationCondition.fulfilled_by_id, isouter=True)
        .where(*conditions)
    )
    return [
        ConditionRow(
            id=one.id,
            version=one.version,
            text=one.text,
            due_on=one.due_on,
            covers=one.covers,
            in_force_on=one.in_force_on,
            fulfilled_on=one.fulfilled_on,
            fulfilled_by_name=name,
            fulfilment=one.fulfilment,
            lapsed_on=one.lapsed_on,
            is_overdue=Condition(one.text, one.due_on).is_overdue(today),
        )
        for one, name in found
    ]


def _decisions(session: Session, qualification_id: int) -> list[DecisionRow]:
    author, signer = aliased(Person), aliased(Person)
    found = session.execute(
        select(QualificationDecision, author.full_name, signer.full_name)
        .join(author, author.id == QualificationDecision.proposed_by_id)
        .join(signer, signer.id == QualificationDecision.decided_by_id, isouter=True)
        .options(selectinload(QualificationDecision.conditions))
        .where(QualificationDecision.qualification_id == qualification_id)
        .order_by(QualificationDecision.id.desc())
    ).all()
    return [
        DecisionRow(
            id=one.id,
            kind=one.kind,
            proposed=one.proposed,
            justification=one.justification,
            proposed_by_id=one.proposed_by_id,
            proposed_by_name=author_name,
            proposed_at=one.proposed_at,
            outcome=one.outcome,
            decided=one.decided,
            decided_by_name=signer_name,
            decided_at=one.decided_at,
            reason=one.reason,
            conditions=tuple(Condition(row.text, row.due_on, row.covers) for row in one.conditions),
        )
        for one, author_name, signer_name in found
    ]
