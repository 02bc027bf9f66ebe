"""Qualifications as pages show them: state, next date with its policy, and signatures."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.due_dates.policies import RequalificationPolicy
from supplier_qc.domain.due_dates.states import DueStanding, DueState, due_state
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.signed import decided_content
from supplier_qc.domain.qualification.states import APPROVALS
from supplier_qc.domain.signatures import fingerprint
from supplier_qc.persistence.tables.people import Person
from supplier_qc.persistence.tables.qualification import Qualification, RequalificationPolicyRow
from supplier_qc.queries.qualification_policy import requalification_policy
from supplier_qc.queries.record_history import SignatureRow, list_signatures


@dataclass(frozen=True, slots=True)
class QualificationRow:
    """An item for a use. `due` stands for the next qualification, None where none is due."""

    id: int
    version: int
    item_id: int
    item_name: str
    use_scope: UseScope
    status: QualificationStatus
    conditions: str | None
    justification: str | None
    proposed_by_id: int
    proposed_by_name: str
    proposed_at: datetime
    decided_on: date | None
    due_on: date | None
    due: DueStanding | None
    policy: RequalificationPolicy | None
    signatures: tuple[SignatureRow, ...]

    @property
    def is_approved(self) -> bool:
        return self.status in APPROVALS

    @property
    def is_overdue(self) -> bool:
        return self.due is not None and self.due.state is DueState.OVERDUE


def get_qualification(
    session: Session, qualification_id: int, today: date
) -> QualificationRow | None:
    found = _rows(session, Qualification.id == qualification_id, today)
    return found[0] if found else None


def list_qualifications(
    session: Session, item_ids: Collection[int], today: date
) -> list[QualificationRow]:
    """The qualifications of the items, in the order of the uses."""
    found = _rows(session, Qualification.item_id.in_(item_ids), today)
    return sorted(found, key=lambda row: (row.item_id, tuple(UseScope).index(row.use_scope)))


def _rows(session: Session, condition: ColumnElement[bool], today: date) -> list[QualificationRow]:
    found = session.execute(
        select(Qualification, Person.full_name, RequalificationPolicyRow)
        .join(Person, Person.id == Qualification.proposed_by_id)
        .join(
            RequalificationPolicyRow,
            RequalificationPolicyRow.id == Qualification.policy_row_id,
            isouter=True,
        )
        .options(joinedload(Qualification.item))
        .where(condition)
        .order_by(Qualification.id)
    ).all()
    prints = {one.id: fingerprint(_content(one)) for one, _, _ in found}
    signatures = list_signatures(session, Qualification.__tablename__, prints)
    return [_row(one, name, policy, signatures[one.id], today) for one, name, policy in found]


def _content(found: Qualification) -> dict[str, object]:
    return dict(
        decided_content(
            item_id=found.item_id,
            use_scope=found.use_scope,
            status=found.status,
            conditions=found.conditions,
            justification=found.justification,
            decided_on=found.decided_on,
            requalification_due_on=found.requalification_due_on,
        )
    )


def _row(
    found: Qualification,
    proposer: str,
    policy: RequalificationPolicyRow | None,
    signatures: tuple[SignatureRow, ...],
    today: date,
) -> QualificationRow:
    due = found.requalification_due_on
    return QualificationRow(
        id=found.id,
        version=found.version,
        item_id=found.item_id,
        item_name=f"{found.item.name} ({found.item.catalogue_number})",
        use_scope=found.use_scope,
        status=found.status,
        conditions=found.conditions,
        justification=found.justification,
        proposed_by_id=found.proposed_by_id,
        proposed_by_name=proposer,
        proposed_at=found.proposed_at,
        decided_on=found.decided_on,
        due_on=due,
        due=due_state(due, today) if found.status in APPROVALS else None,
        policy=requalification_policy(policy) if policy else None,
        signatures=signatures,
    )
