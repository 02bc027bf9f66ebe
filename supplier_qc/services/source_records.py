"""What the services on sources share: the record as seen, its proposal, its states in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.catalogue import label
from supplier_qc.domain.entered_text import one_line, text_problems
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.records import DecisionKind, DecisionOutcome
from supplier_qc.domain.qualification.requirements import Condition
from supplier_qc.domain.qualification.signed import decided_content
from supplier_qc.domain.signatures import SignedRecord
from supplier_qc.persistence.tables.qualification import Qualification
from supplier_qc.persistence.tables.source_qualification import (
    QualificationCondition,
    QualificationDecision,
    QualificationState,
)
from supplier_qc.services.transaction import Change, check_version

LONGEST_TEXT = 4_000
_LONGEST_CONDITION = 1_000


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """A decision to propose for a source that is on file."""

    status: QualificationStatus
    justification: str
    kind: DecisionKind = DecisionKind.PERIODIC
    conditions: Sequence[Condition] = ()


def open_decision(session: Session, qualification_id: int) -> QualificationDecision | None:
    """The proposal that waits for a signature."""
    return session.scalar(
        select(QualificationDecision).where(
            QualificationDecision.qualification_id == qualification_id,
            QualificationDecision.outcome == DecisionOutcome.OPEN,
        )
    )


def seen(change: Change, qualification_id: int, version: int) -> Qualification:
    """The source as it stands, named as the subject; refused if it was changed meanwhile."""
    qualification = change.get(Qualification, qualification_id, "Qualification")
    change.about(qualification, label_of(qualification))
    check_version(qualification, version)
    return qualification


def proposed_row(
    change: Change, qualification: Qualification, draft: DecisionDraft, text: str
) -> QualificationDecision:
    return QualificationDecision(
        qualification=qualification,
        kind=draft.kind,
        proposed=draft.status,
        justification=text,
        proposed_by_id=change.actor.person_id,
        proposed_at=change.now,
        outcome=DecisionOutcome.OPEN,
        conditions=[condition_row(qualification.id, one) for one in draft.conditions],
    )


def condition_row(qualification_id: int, one: Condition) -> QualificationCondition:
    return QualificationCondition(
        qualification_id=qualification_id,
        text=one_line(one.text),
        due_on=one.due_on,
        covers=one.covers,
    )


def condition_text_problems(conditions: Sequence[Condition]) -> Iterator[str]:
    for one in conditions:
        text = one_line(one.text)
        yield from text_problems("A condition", text, longest=_LONGEST_CONDITION, required=True)
        if one.covers is not None and one.due_on is None:
            yield f"The condition “{text}” covers a requirement, so it needs a due date."


def keep_state(change: Change, qualification: Qualification) -> None:
    change.session.add(
        QualificationState(
            qualification_id=qualification.id,
            status=qualification.status,
            conditions=qualification.conditions,
            decided_on=qualification.decided_on,
            requalification_due_on=qualification.requalification_due_on,
            since_at=change.now,
        )
    )


def signed_record(qualification: Qualification) -> SignedRecord:
    return SignedRecord(
        subject_type=qualification.__tablename__,
        subject_id=qualification.id,
        version=qualification.version,
        content=decided_content(
            item_id=qualification.item_id,
            use_scope=qualification.use_scope,
            status=qualification.status,
            conditions=qualification.conditions,
            justification=qualification.justification,
            decided_on=qualification.decided_on,
            requalification_due_on=qualification.requalification_due_on,
        ),
    )


def label_of(qualification: Qualification) -> str:
    item = qualification.item
    return f"{item.name} ({item.catalogue_number}) for {label(qualification.use_scope).lower()}"


def touch(qualification: Qualification) -> None:
    """Count a version although no column of its own changed: what a signer saw is another now."""
    qualification.version += 1
