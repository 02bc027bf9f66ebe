"""A paper that came as a certificate and is none: filed as evidence, and set aside here."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.catalogue import EvidenceKind
from supplier_qc.domain.certificates import CertificateState
from supplier_qc.domain.entered_text import one_line, text_problems
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.domain.uploads import STRUCTURED
from supplier_qc.persistence.tables.parties import Organisation
from supplier_qc.persistence.tables.qualification import Evidence
from supplier_qc.services.certificates import certificate_under_review
from supplier_qc.services.transaction import changing, check_version


@dataclass(frozen=True, slots=True)
class FilingDraft:
    vendor_id: int
    kind: EvidenceKind
    title: str


def file_as_evidence(
    sessions: sessionmaker[Session],
    certificate_id: int,
    draft: FilingDraft,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> int:
    """File the same document as evidence of a vendor and reject the certificate, in one change.

    Returns the evidence's number; its dates and coverage are completed on its own page.
    """
    action = AuditAction.CERTIFICATE_FILED_AS_EVIDENCE
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        certificate = certificate_under_review(change, certificate_id)
        check_version(certificate, version)
        if not actor.may(Permission.EDIT_CATALOGUE):
            raise NotPermitted("Your roles do not include filing evidence.")
        title = one_line(draft.title)
        problems = list(text_problems("The title", title, longest=200, required=True))
        if certificate.lot_part:
            problems.append("This is one lot of a file that was split; it is a certificate.")
        if certificate.document.media_type in STRUCTURED:
            problems.append("Results sent as data are no evidence.")
        Refused.unless_empty(problems)
        evidence = Evidence(
            organisation=change.get(Organisation, draft.vendor_id, "Vendor"),
            kind=draft.kind,
            title=title,
            document=certificate.document,
        )
        change.session.add(evidence)
        certificate.state = CertificateState.REJECTED
        change.session.flush()  # the number is the answer
        return evidence.id
