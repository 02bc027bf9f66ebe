"""Qualification of an item of one manufacturing site for a use: proposed, then decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.catalogue import UseScope, label
from supplier_qc.domain.due_dates.policies import Requalification, due_on
from supplier_qc.domain.entered_text import one_line, paragraphs, text_problems
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.moves import Proposal, decision
from supplier_qc.domain.qualification.records import DecisionKind, DecisionOutcome
from supplier_qc.domain.qualification.requirements import Condition, requirements
from supplier_qc.domain.qualification.signed import conditions_text
from supplier_qc.domain.qualification.states import APPROVALS, OPENING
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.domain.signatures import SignatureMeaning
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.qualification import Qualification
from supplier_qc.persistence.tables.reference import RequalificationCause
from supplier_qc.persistence.tables.source_qualification import (
    QualificationCondition,
    QualificationDecision,
)
from supplier_qc.queries.evidence_policy import list_evidence_policies
from supplier_qc.queries.qualification_policy import list_policies
from supplier_qc.queries.source_facts import facts_of
from supplier_qc.services.signing import sign
from supplier_qc.services.source_records import (
    LONGEST_TEXT,
    DecisionDraft,
    condition_row,
    condition_text_problems,
    keep_state,
    label_of,
    open_decision,
    proposed_row,
    seen,
    signed_record,
    touch,
)
from supplier_qc.services.transaction import Change, changing


@dataclass(frozen=True, slots=True)
class Decision:
    """What the approver hands in: the outcome, why, and their password.

    `conditions` None: those that were proposed.
    """

    status: QualificationStatus
    version: int
    reason: str
    password: str
    conditions: Sequence[Condition] | None = None


def propose_qualification(
    sessions: sessionmaker[Session],
    item_id: int,
    use_scope: UseScope,
    justification: str,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Propose to approve a source for a use; returns the number of the qualification."""
    with changing(sessions, AuditAction.QUALIFICATION_PROPOSED, actor=actor, now=now) as change:
        item = change.get(ManufacturerItem, item_id, "Item")
        text = paragraphs(justification)
        problems = [
            *text_problems("The justification", text, longest=LONGEST_TEXT, required=True),
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
        draft = DecisionDraft(QualificationStatus.APPROVED, text, DecisionKind.INITIAL)
        change.session.add(proposed_row(change, qualification, draft, text))
        keep_state(change, qualification)
        change.about(qualification, label_of(qualification))
        return qualification.id


def decide_qualification(
    sessions: sessionmaker[Session],
    qualification_id: int,
    signed: Decision,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Sign a decision on a source. An approval sets the day it is qualified again, by policy.

    Suspension and disqualification clear that day, since nothing is in use any more. Raises
    Refused with every reason, NotPermitted or WrongPassword.
    """
    action = AuditAction.QUALIFICATION_DECIDED
    with changing(sessions, action, actor=actor, now=now, reason=signed.reason) as change:
        qualification = seen(change, qualification_id, signed.version)
        if not actor.may(Permission.DECIDE_QUALIFICATION) or actor.person_id is None:
            raise NotPermitted("Your roles do not include this signature.")
        proposal = open_decision(change.session, qualification.id)
        conditions = _conditions_of(signed, proposal)
        next_time = _next_time(change, qualification, signed.status, now)
        Refused.unless_empty(
            _decision_problems(change, qualification, signed, proposal, conditions, next_time)
        )
        taken = _take(change, qualification, signed, proposal, conditions)
        _record(qualification, signed.status, conditions, next_time, now)
        change.session.flush()  # the signature is bound to the version that results
        keep_state(change, qualification)
        sign(
            change,
            signed_record(qualification),
            meaning=_meaning(signed.status),
            password=signed.password,
            permission=Permission.DECIDE_QUALIFICATION,
        )
        taken.reason = change.reason
        _close_causes(change, qualification)


def decline_decision(
    sessions: sessionmaker[Session],
    qualification_id: int,
    *,
    version: int,
    reason: str,
    password: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Sign a "no" to what is proposed; the state of the source stays what it is."""
    action = AuditAction.QUALIFICATION_DECISION_DECLINED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        qualification = seen(change, qualification_id, version)
        proposal = open_decision(change.session, qualification.id)
        if proposal is None:
            raise Refused("No decision is proposed, so there is nothing to decline.")
        sign(
            change,
            signed_record(qualification),
            meaning=SignatureMeaning.REJECTED,
            password=password,
            permission=Permission.DECIDE_QUALIFICATION,
        )
        proposal.outcome = DecisionOutcome.DECLINED
        proposal.decided_by_id, proposal.decided_at = actor.person_id, now
        proposal.reason = change.reason
        touch(qualification)


def _conditions_of(
    signed: Decision, proposal: QualificationDecision | None
) -> tuple[Condition, ...]:
    """Those handed in, else those proposed, unless another decision is signed."""
    if signed.conditions is not None:
        return tuple(signed.conditions)
    if proposal is None or proposal.proposed is not signed.status:
        return ()
    return tuple(Condition(one.text, one.due_on, one.covers) for one in proposal.conditions)


def _decision_problems(
    change: Change,
    qualification: Qualification,
    signed: Decision,
    proposal: QualificationDecision | None,
    conditions: tuple[Condition, ...],
    next_time: Requalification | None,
) -> Iterator[str]:
    today = change.now.date()
    facts = facts_of(change.session, [qualification])[qualification.id]
    move = decision(
        facts,
        requirements(facts, list_evidence_policies(change.session), today),
        Proposal(proposal.proposed, proposal.proposed_by_id, conditions) if proposal else None,
        change.actor.person_id or 0,
        signed.status,
        conditions,
        today,
    )
    yield from move.blockers
    yield from condition_text_problems(conditions)
    if next_time is not None and next_time.due_on is None:
        yield next_time.reason


def _take(
    change: Change,
    qualification: Qualification,
    signed: Decision,
    proposal: QualificationDecision | None,
    conditions: tuple[Condition, ...],
) -> QualificationDecision:
    """Close the proposal with what was decided; a source is closed without one as well."""
    _lapse(change, qualification)
    taken = proposal
    if taken is None:
        draft = DecisionDraft(signed.status, signed.reason, DecisionKind.FOR_CAUSE)
        taken = proposed_row(change, qualification, draft, signed.reason)
        change.session.add(taken)
    taken.outcome, taken.decided = DecisionOutcome.SIGNED, signed.status
    taken.decided_by_id, taken.decided_at = change.actor.person_id, change.now
    _put_in_force(change, taken, qualification, conditions)
    return taken


def _lapse(change: Change, qualification: Qualification) -> None:
    """A new decision takes the place of the conditions of the one before."""
    standing = change.session.scalars(
        select(QualificationCondition).where(
            QualificationCondition.qualification_id == qualification.id,
            QualificationCondition.in_force_on.is_not(None),
            QualificationCondition.fulfilled_on.is_(None),
            QualificationCondition.lapsed_on.is_(None),
        )
    )
    for one in standing:
        one.lapsed_on = change.now.date()


def _put_in_force(
    change: Change,
    taken: QualificationDecision,
    qualification: Qualification,
    conditions: tuple[Condition, ...],
) -> None:
    """Those proposed as they are; what the approver altered becomes a row of its own."""
    proposed = {(one.text, one.due_on, one.covers): one for one in taken.conditions}
    for one in conditions:
        row = proposed.get((one_line(one.text), one.due_on, one.covers))
        if row is None:
            row = condition_row(qualification.id, one)
            taken.conditions.append(row)
        row.in_force_on = change.now.date()


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
    change: Change, qualification: Qualification, status: QualificationStatus, now: datetime
) -> Requalification | None:
    """When a source in use is qualified again; None where it is not in use afterwards."""
    if status not in APPROVALS:
        return None
    risk_class = qualification.item.material.risk_class
    return due_on(risk_class, now.date(), list_policies(change.session), now.date())


def _record(
    qualification: Qualification,
    status: QualificationStatus,
    conditions: tuple[Condition, ...],
    next_time: Requalification | None,
    now: datetime,
) -> None:
    """A probation never puts off the day that stood already."""
    due = next_time.due_on if next_time else None
    policy = next_time.policy if next_time else None
    stood = qualification.requalification_due_on
    keeps = status in APPROVALS and status not in OPENING and stood is not None
    if not keeps:
        qualification.requalification_due_on = due
        qualification.policy_row_id = policy.row_id if policy else None
    qualification.status, qualification.decided_on = status, now.date()
    qualification.conditions = conditions_text(conditions)


def _meaning(status: QualificationStatus) -> SignatureMeaning:
    if status in OPENING:
        return SignatureMeaning.APPROVED
    if status is QualificationStatus.ON_PROBATION:
        return SignatureMeaning.REVIEWED
    return SignatureMeaning.REJECTED
