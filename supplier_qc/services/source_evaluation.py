"""Before and after the signature: the evaluation, the decision proposed, conditions fulfilled."""

from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.entered_text import paragraphs, text_problems
from supplier_qc.domain.people import Actor
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.moves import condition_problems, move_blockers
from supplier_qc.domain.refusals import Refused
from supplier_qc.persistence.tables.qualification import Qualification
from supplier_qc.persistence.tables.source_qualification import QualificationCondition
from supplier_qc.services.source_records import (
    LONGEST_TEXT,
    DecisionDraft,
    condition_text_problems,
    keep_state,
    label_of,
    open_decision,
    proposed_row,
    seen,
    touch,
)
from supplier_qc.services.transaction import changing, check_version


def begin_evaluation(
    sessions: sessionmaker[Session],
    qualification_id: int,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Evidence is being gathered; a retired source begins again here."""
    action = AuditAction.QUALIFICATION_EVALUATION_BEGUN
    with changing(sessions, action, actor=actor, now=now) as change:
        qualification = seen(change, qualification_id, version)
        target = QualificationStatus.UNDER_EVALUATION
        Refused.unless_empty(move_blockers(qualification.status, target))
        qualification.status = target
        keep_state(change, qualification)


def propose_decision(
    sessions: sessionmaker[Session],
    qualification_id: int,
    draft: DecisionDraft,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> int:
    """Propose a decision on a source on file; its state stays what it is until QA signs.

    Requirements may be open: they are judged when the decision is signed. Returns the number of
    the decision.
    """
    action = AuditAction.QUALIFICATION_DECISION_PROPOSED
    with changing(sessions, action, actor=actor, now=now) as change:
        qualification = seen(change, qualification_id, version)
        text = paragraphs(draft.justification)
        problems = [
            *text_problems("The justification", text, longest=LONGEST_TEXT, required=True),
            *move_blockers(qualification.status, draft.status),
            *condition_text_problems(draft.conditions),
            *condition_problems(draft.status, draft.conditions, now.date()),
        ]
        if open_decision(change.session, qualification.id) is not None:
            problems.append("A decision is proposed already; it is signed or declined first.")
        Refused.unless_empty(problems)
        proposed = proposed_row(change, qualification, draft, text)
        touch(qualification)
        change.session.add(proposed)
        change.session.flush()  # the number is handed back
        return proposed.id


def fulfil_condition(
    sessions: sessionmaker[Session],
    condition_id: int,
    *,
    version: int,
    fulfilment: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Say how a condition was fulfilled; `fulfilment` is the reason in the audit trail."""
    action = AuditAction.QUALIFICATION_CONDITION_FULFILLED
    with changing(sessions, action, actor=actor, now=now, reason=fulfilment) as change:
        condition = change.get(QualificationCondition, condition_id, "Condition")
        qualification = change.get(Qualification, condition.qualification_id, "Qualification")
        change.about(qualification, label_of(qualification))
        check_version(condition, version)
        text = paragraphs(fulfilment)
        problems = list(text_problems("How it was fulfilled", text, longest=LONGEST_TEXT))
        if condition.in_force_on is None or condition.lapsed_on is not None:
            problems.append("The condition is not in force.")
        if condition.fulfilled_on is not None:
            problems.append(f"It was fulfilled on {condition.fulfilled_on.isoformat()} already.")
        Refused.unless_empty(problems)
        condition.fulfilled_on, condition.fulfilment = now.date(), text
        condition.fulfilled_by_id = actor.person_id
        touch(qualification)
