"""Asking a supplier for evidence; a paper answers the request, or a person withdraws it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.catalogue import label
from supplier_qc.domain.entered_text import paragraphs
from supplier_qc.domain.evidence_requests import RequestFacts, answer_problems, request_problems
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.qualification.evidence_policy import RequirementKind
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.persistence.tables.evidence_requests import EvidenceRequest
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Organisation, Site
from supplier_qc.persistence.tables.qualification import Evidence
from supplier_qc.services.transaction import Change, changing, check_version

REQUEST = "Request for evidence"


@dataclass(frozen=True, slots=True)
class RequestDraft:
    """Without `item_id` and `site_id` the whole vendor is asked."""

    kind: RequirementKind
    due_on: date
    text: str
    item_id: int | None = None
    site_id: int | None = None


def request_evidence(
    sessions: sessionmaker[Session],
    organisation_id: int,
    draft: RequestDraft,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Record that a vendor is asked for a paper; returns the number of the request.

    Nothing is sent: the letter of the vendor names it.
    """
    with changing(sessions, AuditAction.EVIDENCE_REQUESTED, actor=actor, now=now) as change:
        person_id = _require_right(actor)
        organisation = change.get(Organisation, organisation_id, "Vendor")
        text = paragraphs(draft.text)
        facts = RequestFacts(
            draft.kind, now.date(), draft.due_on, text, draft.item_id, draft.site_id
        )
        Refused.unless_empty(
            [*request_problems(facts), *_coverage_problems(change, organisation, draft)]
        )
        request = EvidenceRequest(
            organisation=organisation,
            item_id=draft.item_id,
            site_id=draft.site_id,
            kind=draft.kind,
            text=text,
            asked_on=facts.asked_on,
            asked_by_id=person_id,
            due_on=draft.due_on,
        )
        change.session.add(request)
        change.session.flush()  # the number is the audit entry's subject
        change.about(request, _label(request))
        return request.id


def answer_request(
    sessions: sessionmaker[Session],
    request_id: int,
    evidence_id: int,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Name a paper on file as the answer; it was answered today."""
    action = AuditAction.EVIDENCE_REQUEST_ANSWERED
    with changing(sessions, action, actor=actor, now=now) as change:
        _require_right(actor)
        request = change.get(EvidenceRequest, request_id, REQUEST)
        change.about(request, _label(request))
        check_version(request, version)
        take_as_answer(change, request, change.get(Evidence, evidence_id, "Evidence"))


def take_as_answer(change: Change, request: EvidenceRequest, evidence: Evidence) -> None:
    """Close an open request within the change that adds or names its paper."""
    facts = RequestFacts(
        request.kind,
        request.asked_on,
        request.due_on,
        request.text,
        request.item_id,
        request.site_id,
        site_of_item=request.item.site_id if request.item else None,
    )
    problems = list(_over(request))
    if evidence.organisation_id != request.organisation_id:
        problems.append("The paper is of another vendor.")
    problems += answer_problems(facts, evidence.kind, evidence.item_id, evidence.site_id)
    Refused.unless_empty(problems)
    request.answered_on, request.evidence_id = change.now.date(), evidence.id


def withdraw_request(
    sessions: sessionmaker[Session],
    request_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Ask no longer; the request is kept with the reason and counts for nothing."""
    action = AuditAction.EVIDENCE_REQUEST_WITHDRAWN
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        person_id = _require_right(actor)
        request = change.get(EvidenceRequest, request_id, REQUEST)
        change.about(request, _label(request))
        check_version(request, version)
        Refused.unless_empty(_over(request))
        request.withdrawn_at, request.withdrawn_by_id = now, person_id
        request.withdrawal_reason = change.reason


def _over(request: EvidenceRequest) -> Iterator[str]:
    if request.answered_on is not None:
        yield f"The request was answered on {request.answered_on.isoformat()} already."
    if request.withdrawn_at is not None:
        yield f"The request was withdrawn on {request.withdrawn_at.date().isoformat()}."


def _coverage_problems(
    change: Change, organisation: Organisation, draft: RequestDraft
) -> Iterator[str]:
    if draft.site_id is not None:
        site = change.session.get(Site, draft.site_id)
        if site is None or site.organisation_id != organisation.id:
            yield "The site is not one of this vendor."
    if draft.item_id is not None:
        item = change.session.get(ManufacturerItem, draft.item_id)
        if item is None or item.site.organisation_id != organisation.id:
            yield "The item is not made by this vendor."


def _require_right(actor: Actor) -> int:
    if actor.person_id is None or not actor.may(Permission.EDIT_CATALOGUE):
        raise NotPermitted("Your roles do not include asking suppliers for evidence.")
    return actor.person_id


def _label(request: EvidenceRequest) -> str:
    return f"{label(request.kind)}, asked of {request.organisation.name}"
