"""Corrective action requests: issued with their days, done step by step, closed by QA."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.corrective_actions import (
    CorrectiveActionStep,
    StepTerm,
    clock,
    closing_problems,
    step_problems,
    term_problems,
)
from supplier_qc.domain.entered_text import (
    one_line,
    optional_line,
    paragraphs,
    text_problems,
)
from supplier_qc.domain.evidence_files import EvidenceFile
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.qualification.records import CauseKind
from supplier_qc.domain.qualification.states import APPROVALS
from supplier_qc.domain.refusals import NotFound, NotPermitted, Refused
from supplier_qc.domain.signatures import SignatureMeaning, SignedRecord
from supplier_qc.domain.supplier_findings import requesting_problems
from supplier_qc.persistence.document_store import DocumentStore
from supplier_qc.persistence.tables import (
    CorrectiveActionPolicyRow,
    CorrectiveActionRequest,
    CorrectiveActionStepRow,
    ManufacturerItem,
    Qualification,
    RequalificationCause,
    SupplierFinding,
)
from supplier_qc.queries.corrective_actions import list_terms, lots_since
from supplier_qc.queries.source_events import concerns, request_facts
from supplier_qc.queries.supplier_findings import finding_facts
from supplier_qc.services.filed_documents import document_of, store_file
from supplier_qc.services.signing import sign
from supplier_qc.services.supplier_findings import (
    LONGEST_TEXT,
    label_of,
    recorder_of,
    settle,
)
from supplier_qc.services.transaction import Change, changing, check_version

MOST_LOTS = 50


@dataclass(frozen=True, slots=True)
class RequestDraft:
    """What the supplier is asked; `effectiveness_lots` None: days alone end the check."""

    request: str
    version: int
    reference: str | None = None
    effectiveness_lots: int | None = None


@dataclass(frozen=True, slots=True)
class StepDone:
    step: CorrectiveActionStep
    done_on: date
    done: str
    version: int
    file: EvidenceFile | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    is_effective: bool
    conclusion: str
    version: int
    password: str


def issue_request(
    sessions: sessionmaker[Session],
    finding_id: int,
    draft: RequestDraft,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Ask the supplier for corrective action; `draft.version` is the finding's. Its number."""
    person_id = recorder_of(actor)
    with changing(sessions, AuditAction.CORRECTIVE_ACTION_ISSUED, actor=actor, now=now) as change:
        finding = change.get(SupplierFinding, finding_id, "Finding")
        check_version(finding, draft.version)
        Refused.unless_empty(
            [*_draft_problems(draft), *requesting_problems(finding_facts(finding))]
        )
        request = _new_request(change, finding, draft, person_id)
        change.session.flush()  # the number is the audit entry's subject
        change.about(request, _label(request))
        return request.id


def record_step(
    sessions: sessionmaker[Session],
    documents: DocumentStore,
    request_id: int,
    done: StepDone,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Record that a step was done, on which day and what. Raises Refused with every reason."""
    person_id = recorder_of(actor)
    if done.step is CorrectiveActionStep.EFFECTIVENESS and not actor.may(Permission.CLOSE_FINDING):
        raise NotPermitted("Quality assurance checks whether corrective actions had an effect.")
    stored = store_file(documents, done.file)
    action = AuditAction.CORRECTIVE_ACTION_STEP_RECORDED
    with changing(sessions, action, actor=actor, now=now) as change:
        request = _seen(change, request_id, done.version)
        text = paragraphs(done.done)
        facts = request_facts(request, lots_since(change.session, request))
        Refused.unless_empty(
            [
                *text_problems("What was done", text, longest=LONGEST_TEXT, required=True),
                *step_problems(facts, done.step, done.done_on, person_id, now.date()),
            ]
        )
        row = _step_row(request, done.step)
        row.done_on, row.done = done.done_on, text
        row.recorded_by_id, row.recorded_at = person_id, now
        if done.file is not None and stored is not None:
            row.document = document_of(change, done.file, stored)
        _touch(request)


def take_step_back(
    sessions: sessionmaker[Session],
    request_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Open the last step that was done again; what was recorded stays in the audit trail."""
    recorder_of(actor)
    action = AuditAction.CORRECTIVE_ACTION_STEP_TAKEN_BACK
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        request = _seen(change, request_id, version)
        if request.closed_on is not None:
            raise Refused(f"The request was closed on {request.closed_on.isoformat()}.")
        done = [one for one in request.steps if one.done_on is not None]
        if not done:
            raise Refused("No step is done yet.")
        order = list(CorrectiveActionStep)
        last = max(done, key=lambda one: order.index(one.step))
        last.done_on = last.done = last.recorded_by_id = last.recorded_at = last.document_id = None
        _touch(request)


def close_request(
    sessions: sessionmaker[Session],
    request_id: int,
    closing: Closing,
    *,
    actor: Actor,
    now: datetime,
) -> int | None:
    """Sign the end of a request.

    Effective closes the finding as well. Not effective opens a requalification for cause of the
    sources concerned and issues a request that follows, whose number is returned.
    """
    text = paragraphs(closing.conclusion)
    action = AuditAction.CORRECTIVE_ACTION_CLOSED
    with changing(sessions, action, actor=actor, now=now, reason=text) as change:
        request = _seen(change, request_id, closing.version)
        Refused.unless_empty(
            [
                *text_problems("The conclusion", text, longest=LONGEST_TEXT, required=True),
                *closing_problems(request_facts(request), actor.person_id),
            ]
        )
        request.closed_on, request.closed_by_id = now.date(), actor.person_id
        request.is_effective, request.conclusion = closing.is_effective, text
        change.session.flush()  # the signature is bound to the version that results
        _sign_closing(change, request, closing)
        if closing.is_effective:
            settle(change, request.finding, f"Corrective action request {request.id}: {text}")
            return None
        return _lead_on(change, request, recorder_of(actor))


def supersede_term(
    sessions: sessionmaker[Session],
    term: StepTerm,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Put another number of days in force from a day on; requests that run keep theirs."""
    if not actor.may(Permission.CLOSE_FINDING):
        raise NotPermitted("Your roles do not include the days of corrective actions.")
    action = AuditAction.CORRECTIVE_ACTION_POLICY_SUPERSEDED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        problems = [
            *text_problems("The source", one_line(term.source), longest=500, required=True),
            *term_problems(term, list_terms(change.session), now.date()),
        ]
        Refused.unless_empty(problems)
        standing = change.session.scalars(
            select(CorrectiveActionPolicyRow).where(
                CorrectiveActionPolicyRow.severity == term.severity,
                CorrectiveActionPolicyRow.step == term.step,
                CorrectiveActionPolicyRow.valid_to.is_(None),
            )
        ).one()
        standing.valid_to = term.valid_from
        row = CorrectiveActionPolicyRow(
            severity=term.severity,
            step=term.step,
            days=term.days,
            valid_from=term.valid_from,
            mark=term.mark,
            source=one_line(term.source),
        )
        change.session.add(row)
        change.session.flush()  # the number is the audit entry's subject
        change.about(row, f"{term.step.words}, {term.severity.value} findings")


def _new_request(
    change: Change, finding: SupplierFinding, draft: RequestDraft, person_id: int
) -> CorrectiveActionRequest:
    """With the days of its steps, fixed by the rows in force today."""
    today = change.now.date()
    days = clock(list_terms(change.session), finding.severity, today)
    request = CorrectiveActionRequest(
        finding=finding,
        request=paragraphs(draft.request),
        reference=optional_line(draft.reference),
        issued_on=today,
        issued_by_id=person_id,
        effectiveness_lots=draft.effectiveness_lots,
        steps=[
            CorrectiveActionStepRow(step=term.step, policy_id=term.row_id, due_on=due_on)
            for term, due_on in days
        ],
    )
    change.session.add(request)
    return request


def _lead_on(change: Change, request: CorrectiveActionRequest, person_id: int) -> int:
    finding = request.finding
    for source in _sources_of(change.session, finding):
        change.session.add(
            RequalificationCause(
                qualification_id=source.id,
                kind=CauseKind.CORRECTIVE_ACTION,
                request_id=request.id,
                cause=f"Corrective action request {request.id} on “{finding.title}” was closed "
                "as not effective.",
                opened_on=change.now.date(),
            )
        )
    words = f"Request {request.id} was closed as not effective: {request.conclusion}"
    draft = RequestDraft(words, 0, request.reference, request.effectiveness_lots)
    following = _new_request(change, finding, draft, person_id)
    following.follows_id = request.id
    change.session.flush()
    return following.id


def _sources_of(session: Session, finding: SupplierFinding) -> Iterator[Qualification]:
    """Those in use that the finding concerns."""
    found = session.scalars(
        select(Qualification)
        .join(Qualification.item)
        .where(
            Qualification.status.in_(sorted(APPROVALS)),
            ManufacturerItem.site.has(organisation_id=finding.organisation_id),
        )
        .order_by(Qualification.id)
    )
    return (one for one in found if concerns(finding, one.item))


def _sign_closing(change: Change, request: CorrectiveActionRequest, closing: Closing) -> None:
    meaning = SignatureMeaning.APPROVED if closing.is_effective else SignatureMeaning.REJECTED
    sign(
        change,
        SignedRecord(request.__tablename__, request.id, request.version, signed_content(request)),
        meaning=meaning,
        password=closing.password,
        permission=Permission.CLOSE_FINDING,
    )


def signed_content(request: CorrectiveActionRequest) -> dict[str, object]:
    """All that the signer saw and concluded."""
    return {
        "finding_id": request.finding_id,
        "request": request.request,
        "reference": request.reference,
        "issued_on": request.issued_on,
        "effectiveness_lots": request.effectiveness_lots,
        "steps": [
            [one.step.value, one.due_on, one.done_on, one.done, one.recorded_by_id]
            for one in request.steps
        ],
        "closed_on": request.closed_on,
        "is_effective": request.is_effective,
        "conclusion": request.conclusion,
    }


def _draft_problems(draft: RequestDraft) -> Iterator[str]:
    text = paragraphs(draft.request)
    yield from text_problems("The request", text, longest=LONGEST_TEXT, required=True)
    yield from text_problems("The reference", optional_line(draft.reference), longest=120)
    lots = draft.effectiveness_lots
    if lots is not None and not 1 <= lots <= MOST_LOTS:
        yield f"The check of effectiveness rests on 1 to {MOST_LOTS} lots."


def _seen(change: Change, request_id: int, version: int) -> CorrectiveActionRequest:
    """The request as it stands, named as the subject; refused if it was changed meanwhile."""
    request = change.get(CorrectiveActionRequest, request_id, "Corrective action request")
    change.about(request, _label(request))
    check_version(request, version)
    return request


def _touch(request: CorrectiveActionRequest) -> None:
    """Count a version although only a step of it changed: what a signer saw is another now."""
    request.version += 1


def _step_row(
    request: CorrectiveActionRequest, step: CorrectiveActionStep
) -> CorrectiveActionStepRow:
    for one in request.steps:
        if one.step is step:
            return one
    raise NotFound("Step", 0)


def _label(request: CorrectiveActionRequest) -> str:
    return f"Corrective action request on {label_of(request.finding)}"
