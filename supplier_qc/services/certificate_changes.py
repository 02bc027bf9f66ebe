"""Findings are frozen when a certificate is confirmed; a person then says what they mean."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.certificate_changes.assessment import ChangeDecision, NoteState
from supplier_qc.domain.certificate_changes.findings import Finding, Severity
from supplier_qc.domain.entered_text import optional_line, paragraphs, text_problems
from supplier_qc.domain.evidence_files import EvidenceFile
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.refusals import NotFound, NotPermitted, Refused
from supplier_qc.domain.signatures import SignatureMeaning
from supplier_qc.persistence.document_store import DocumentStore
from supplier_qc.persistence.tables.certificate_changes import CertificateFinding, ChangeNote
from supplier_qc.persistence.tables.certificates import Certificate
from supplier_qc.queries.certificate_changes import find_changes
from supplier_qc.queries.change_notes import signed_note
from supplier_qc.queries.recorded_findings import as_evidence
from supplier_qc.services.certificates import certificate_label
from supplier_qc.services.filed_documents import document_of, store_file
from supplier_qc.services.signing import sign
from supplier_qc.services.transaction import Change, changing, check_version

LONGEST_ASSESSMENT = 4000


@dataclass(frozen=True, slots=True)
class ChangeAssessment:
    """One decision for the notes chosen, each by number with the version that was seen.

    `password` signs the critical ones. The supplier's notice is named as on their paper.
    """

    notes: Mapping[int, int]
    decision: ChangeDecision | None
    text: str
    touches_specification: bool = False
    touches_origin: bool = False
    touches_dossier: bool = False
    supplier_reference: str | None = None
    supplier_notice_on: date | None = None
    file: EvidenceFile | None = None
    password: str = ""


def record_findings(change: Change, certificate: Certificate) -> None:
    """Freeze what was found, with a note for each finding that asks for an assessment.

    Part of the confirmation; call it once the certificate is confirmed.
    """
    found = find_changes(change.session, certificate, change.now.date())
    for one in found.findings:
        record = _record(one, certificate, found.last.id if found.last else None, change.now)
        if one.asks_for_assessment:
            record.note = ChangeNote(state=NoteState.OPEN)
        change.session.add(record)
    certificate.compared_at = change.now


def assess_changes(
    sessions: sessionmaker[Session],
    documents: DocumentStore,
    certificate_id: int,
    assessment: ChangeAssessment,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Say what changes of a certificate mean; a critical one is signed by an approver.

    An assessment may be replaced by a later one, for example once the supplier has answered.
    Raises Refused with every problem, NotPermitted, ChangedMeanwhile or WrongPassword.
    """
    stored = store_file(documents, assessment.file)
    reason = paragraphs(assessment.text) or "No assessment was given."
    action = AuditAction.CHANGE_ASSESSED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        if not actor.may(Permission.REVIEW_CERTIFICATE):
            raise NotPermitted("Your roles do not include the assessment of changes.")
        certificate = change.get(Certificate, certificate_id, "Certificate")
        change.about(certificate, certificate_label(certificate))
        notes = _chosen(change.session, certificate, assessment.notes)
        _refuse_unsigned(actor, notes)
        Refused.unless_empty(_problems(assessment, now.date()))
        for note in notes:
            _fill(note, assessment, change)
        if assessment.file is not None and stored is not None:
            document = document_of(change, assessment.file, stored)
            change.session.add(document)
            change.session.flush()  # its number stands on the notes
            for note in notes:
                note.supplier_document_id = document.id
        change.session.flush()  # the signature is bound to the version that results
        for note in notes:
            if note.finding.severity is Severity.CRITICAL:
                sign(
                    change,
                    signed_note(note, note.finding),
                    meaning=SignatureMeaning.REVIEWED,
                    password=assessment.password,
                    permission=Permission.DISPOSE_LOT,
                )


def _record(
    found: Finding, certificate: Certificate, last_id: int | None, now: datetime
) -> CertificateFinding:
    return CertificateFinding(
        certificate_id=certificate.id,
        compared_with_id=last_id,
        kind=found.kind,
        rule=found.rule,
        severity=found.severity,
        standing=found.standing,
        subject=found.subject,
        before=found.before,
        after=found.after,
        sentence=found.sentence,
        history=found.history,
        evidence=as_evidence(found),
        found_at=now,
    )


def _chosen(
    session: Session, certificate: Certificate, seen: Mapping[int, int]
) -> Sequence[ChangeNote]:
    if not seen:
        raise Refused("Choose at least one change to assess.")
    notes = session.scalars(
        select(ChangeNote)
        .join(CertificateFinding)
        .where(ChangeNote.id.in_(seen), CertificateFinding.certificate_id == certificate.id)
        .options(joinedload(ChangeNote.finding))
        .order_by(ChangeNote.id)
    ).all()
    missing = set(seen) - {note.id for note in notes}
    if missing:
        raise NotFound("Change", min(missing))
    for note in notes:
        check_version(note, seen[note.id])
    return notes


def _refuse_unsigned(actor: Actor, notes: Sequence[ChangeNote]) -> None:
    critical = [note for note in notes if note.finding.severity is Severity.CRITICAL]
    if critical and not actor.may(Permission.DISPOSE_LOT):
        raise NotPermitted(
            "A critical change is assessed and signed by a QA approver: "
            + " ".join(note.finding.sentence for note in critical)
        )


def _problems(assessment: ChangeAssessment, today: date) -> Iterator[str]:
    if assessment.decision is None:
        yield "Choose what follows from the change."
    text = paragraphs(assessment.text)
    if not text:
        yield "Say why: the assessment is kept with the change."
    if len(text) > LONGEST_ASSESSMENT:
        yield f"The assessment has at most {LONGEST_ASSESSMENT} characters."
    reference = optional_line(assessment.supplier_reference)
    yield from text_problems("The supplier's reference", reference, longest=120)
    if not reference and (assessment.supplier_notice_on or assessment.file):
        yield "Name the supplier's notice by its reference or title."
    if assessment.supplier_notice_on and assessment.supplier_notice_on > today:
        yield "The supplier's notice is dated in the future."


def _fill(note: ChangeNote, assessment: ChangeAssessment, change: Change) -> None:
    note.state = NoteState.ASSESSED
    note.decision = assessment.decision
    note.assessment = paragraphs(assessment.text)
    note.touches_specification = assessment.touches_specification
    note.touches_origin = assessment.touches_origin
    note.touches_dossier = assessment.touches_dossier
    note.assessed_by_id = change.actor.person_id
    note.assessed_at = change.now
    reference = optional_line(assessment.supplier_reference)
    if reference:
        note.supplier_reference = reference
        note.supplier_notice_on = assessment.supplier_notice_on
