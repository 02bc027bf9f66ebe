"""Evidence behind a source: certificates, agreements, statements, with their file and dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.catalogue import EvidenceKind
from supplier_qc.domain.entered_text import (
    one_line,
    optional_line,
    optional_paragraphs,
    text_problems,
)
from supplier_qc.domain.evidence_details import NO_DETAILS, EvidenceDetails, detail_problems
from supplier_qc.domain.evidence_files import EvidenceFile
from supplier_qc.domain.people import Actor
from supplier_qc.domain.refusals import Refused
from supplier_qc.persistence.document_store import (
    DocumentDamaged,
    DocumentMissing,
    DocumentStore,
)
from supplier_qc.persistence.tables.documents import Document
from supplier_qc.persistence.tables.evidence_requests import EvidenceRequest
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Organisation, Site
from supplier_qc.persistence.tables.qualification import Evidence
from supplier_qc.services.evidence_requests import REQUEST, take_as_answer
from supplier_qc.services.filed_documents import document_of, store_file
from supplier_qc.services.transaction import Change, changing, check_version


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """Without `item_id` and `site_id` the paper covers the whole vendor.

    `reference` is its own number, `scope` what it covers in its own words. A new paper may answer
    the request for it.
    """

    kind: EvidenceKind
    title: str
    item_id: int | None = None
    site_id: int | None = None
    reference: str | None = None
    issued_by: str | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    scope: str | None = None
    details: EvidenceDetails = NO_DETAILS
    file: EvidenceFile | None = None
    answers_request_id: int | None = None


def add_evidence(
    sessions: sessionmaker[Session],
    documents: DocumentStore,
    organisation_id: int,
    draft: EvidenceDraft,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Add a piece of evidence of a vendor; returns its number."""
    stored = store_file(documents, draft.file)
    with changing(sessions, AuditAction.EVIDENCE_ADDED, actor=actor, now=now) as change:
        organisation = change.get(Organisation, organisation_id, "Vendor")
        document = document_of(change, draft.file, stored) if draft.file and stored else None
        evidence = file_evidence(change, organisation, draft, document)
        change.about(evidence, _label(evidence))
        return evidence.id


def file_evidence(
    change: Change, organisation: Organisation, draft: EvidenceDraft, document: Document | None
) -> Evidence:
    """A new paper within an open change; `draft.file` counts for nothing here, `document` does."""
    evidence = Evidence(organisation=organisation)
    _fill(change, evidence, draft)
    evidence.document = document
    change.session.add(evidence)
    change.session.flush()  # the number is what other records name
    if draft.answers_request_id is not None:
        request = change.get(EvidenceRequest, draft.answers_request_id, REQUEST)
        take_as_answer(change, request, evidence)
    return evidence


def change_evidence(
    sessions: sessionmaker[Session],
    documents: DocumentStore,
    evidence_id: int,
    draft: EvidenceDraft,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Change what is said about a paper; without a new file the old one stays."""
    stored = store_file(documents, draft.file)
    action = AuditAction.EVIDENCE_CHANGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        evidence = change.get(Evidence, evidence_id, "Evidence")
        check_version(evidence, version)
        _fill(change, evidence, draft)
        if draft.file is not None and stored is not None:
            evidence.document = document_of(change, draft.file, stored)
        change.about(evidence, _label(evidence))


def read_document(documents: DocumentStore, sha256: str) -> bytes:
    """The bytes of a stored file; Refused with what to do when they are gone or altered."""
    try:
        return documents.get(sha256)
    except (DocumentMissing, DocumentDamaged) as fault:
        raise Refused(str(fault)) from fault


def _fill(change: Change, evidence: Evidence, draft: EvidenceDraft) -> None:
    with change.session.no_autoflush:
        problems = list(_problems(change, evidence.organisation, draft))
    Refused.unless_empty(problems)
    evidence.kind, evidence.title = draft.kind, one_line(draft.title)
    evidence.item_id, evidence.site_id = draft.item_id, draft.site_id
    evidence.reference = optional_line(draft.reference)
    evidence.issued_by = optional_line(draft.issued_by)
    evidence.issued_on, evidence.expires_on = draft.issued_on, draft.expires_on
    evidence.scope = optional_paragraphs(draft.scope)
    details = draft.details
    evidence.result, evidence.region = details.result, details.region
    evidence.manner, evidence.consent = details.manner, optional_line(details.consent)
    evidence.change_notice_months, evidence.lots = details.change_notice_months, details.lots


def _problems(change: Change, organisation: Organisation, draft: EvidenceDraft) -> Iterator[str]:
    yield from text_problems("The title", one_line(draft.title), longest=200, required=True)
    yield from text_problems("The reference", optional_line(draft.reference), longest=120)
    yield from text_problems("The issuing body", optional_line(draft.issued_by), longest=200)
    if draft.issued_on and draft.expires_on and draft.expires_on < draft.issued_on:
        yield (
            f"It expires on {draft.expires_on.isoformat()}, before it was issued on "
            f"{draft.issued_on.isoformat()}."
        )
    yield from text_problems("The scope", optional_paragraphs(draft.scope), longest=2_000)
    yield from text_problems("The consent", optional_line(draft.details.consent), longest=200)
    yield from detail_problems(draft.kind, draft.details)
    yield from _coverage_problems(change, organisation, draft)


def _coverage_problems(
    change: Change, organisation: Organisation, draft: EvidenceDraft
) -> Iterator[str]:
    if draft.item_id is not None and draft.site_id is not None:
        yield "A paper covers an item or a site, not both; an item has one site."
    if draft.site_id is not None:
        site = change.session.get(Site, draft.site_id)
        if site is None or site.organisation_id != organisation.id:
            yield "The site is not one of this vendor."
    if draft.item_id is not None:
        item = change.session.get(ManufacturerItem, draft.item_id)
        if item is None or item.site.organisation_id != organisation.id:
            yield "The item is not made by this vendor."


def _label(evidence: Evidence) -> str:
    return f"{evidence.title}, {evidence.organisation.name}"
