"""Qualification of an item of one manufacturing site for a use: proposed, then decided."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.catalogue import UseScope, label
from supplier_qc.domain.due_dates.policies import Requalification, due_on
from supplier_qc.domain.entered_text import optional_paragraphs, paragraphs, text_problems
from supplier_qc.domain.people import Actor, Permission, separation_refusal
from supplier_qc.domain.qualification import QualificationStatus, decision_blockers
from supplier_qc.domain.qualification.signed import decided_content
from supplier_qc.domain.qualification.states import APPROVALS
from supplier_qc.domain.refusals import Refused
from supplier_qc.domain.signatures import SignatureMeaning, SignedRecord
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.qualification import Qualification
from supplier_qc.persistence.tables.reference import RequalificationCause
from supplier_qc.queries.qualification_policy import list_policies
from supplier_qc.services.signing import sign
from supplier_qc.services.transaction import Change, changing, check_version

_LONGEST_TEXT = 4_000


@dataclass(frozen=True, slots=True)
class Decision:
    """What the approver hands in: the outcome, why, and their password."""

    status: QualificationStatus
    version: int
    reason: str
    password: str
    conditions: str | None = None


def propose_qualification(
    sessions: sessionmaker[Session],
    item_id: int,
    use_scope: UseScope,
    justification: str,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Propose a source for a use; returns the number of the qualification."""
    with changing(sessions, AuditAction.QUALIFICATION_PROPOSED, actor=actor, now=now) as change:
        item = change.get(ManufacturerItem, item_id, "Item")
        text = paragraphs(justification)
        problems = [
            *text_problems("The justification", text, longest=_LONGEST_TEXT, required=True),
            *_standing_problems(change, item_id, use_scope),
        ]
        Refused.unless_empty(problems)
        qualification = Qualification(
            item=item,
            use_scope=use_scope,
            status=QualificationStatus.PROPOSED,
            justification=text,
            proposed_by_id=actor.person_id,
            proposed_at=now,
        )
        change.session.add(qualification)
        change.session.flush()  # the number is the audit entry's subject
        change.about(qualification, _label(qualification))
        return qualification.id


def decide_qualification(
    sessions: sessionmaker[Session],
    qualification_id: int,
    decision: Decision,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Sign a decision on a source. An approval sets the day it is qualified again, by policy.

    Suspension and disqualification clear that day, since nothing is in use any more. Raises
    Refused with every reason, NotPermitted or WrongPassword.
    """
    action = AuditAction.QUALIFICATION_DECIDED
    with changing(sessions, action, actor=actor, now=now, reason=decision.reason) as change:
        qualification = change.get(Qualification, qualification_id, "Qualification")
        check_version(qualification, decision.version)
        problems = list(
            decision_blockers(qualification.status, decision.status, decision.conditions)
        )
        next_time = _next_time(change, qualification, decision, now)
        if next_time is not None and next_time.due_on is None:
            problems.append(next_time.reason)
        separation = separation_refusal(qualification.proposed_by_id, actor, "proposal")
        if separation is not None:
            problems.append(separation)
        conditions = optional_paragraphs(decision.conditions)
        problems += text_problems("The conditions", conditions, longest=_LONGEST_TEXT)
        Refused.unless_empty(problems)
        _record(qualification, decision.status, conditions, next_time, now)
        change.session.flush()  # the signature is bound to the version that results
        change.about(qualification, _label(qualification))
        sign(
            change,
            _signed_record(qualification),
            meaning=_meaning(decision.status),
            password=decision.password,
            permission=Permission.DECIDE_QUALIFICATION,
        )
        _close_causes(change, qualification)


def _close_causes(change: Change, qualification: Qualification) -> None:
    """A decision, whatever it is, answers every cause that was open when it was taken."""
    open_causes = change.session.scalars(
        select(RequalificationCause).where(
            RequalificationCause.qualification_id == qualification.id,
            RequalificationCause.closed_on.is_(None),
        )
    )
    for cause in open_causes:
        cause.closed_on = change.now.date()


def _standing_problems(change: Change, item_id: int, use_scope: UseScope) -> list[str]:
    standing = change.session.scalar(
        select(Qualification).where(
            Qualification.item_id == item_id, Qualification.use_scope == use_scope
        )
    )
    if standing is None:
        return []
    words = standing.status.value.replace("_", " ")
    return [f"For {label(use_scope).lower()} the item is {words} already; decide on that record."]


def _next_time(
    change: Change, qualification: Qualification, decision: Decision, now: datetime
) -> Requalification | None:
    """When an approved source is qualified again; None where it is not in use afterwards."""
    if decision.status not in APPROVALS:
        return None
    risk_class = qualification.item.material.risk_class
    return due_on(risk_class, now.date(), list_policies(change.session), now.date())


def _record(
    qualification: Qualification,
    status: QualificationStatus,
    conditions: str | None,
    next_time: Requalification | None,
    now: datetime,
) -> None:
    qualification.status, qualification.decided_on = status, now.date()
    qualification.conditions = conditions
    policy = next_time.policy if next_time else None
    qualification.policy_row_id = policy.row_id if policy else None
    qualification.requalification_due_on = next_time.due_on if next_time else None


def _meaning(status: QualificationStatus) -> SignatureMeaning:
    return SignatureMeaning.APPROVED if status in APPROVALS else SignatureMeaning.REJECTED


def _signed_record(qualification: Qualification) -> SignedRecord:
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


def _label(qualification: Qualification) -> str:
    item = qualification.item
    return f"{item.name} ({item.catalogue_number}) for {label(qualification.use_scope).lower()}"
