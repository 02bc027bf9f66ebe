"""What a finding would say, from the record that a person raises it on."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.catalogue import EvidenceKind
from supplier_qc.domain.certificate_changes.findings import Standing
from supplier_qc.domain.specification.verdicts import Verdict
from supplier_qc.domain.supplier_findings import FindingOrigin
from supplier_qc.persistence.tables.certificate_changes import CertificateFinding
from supplier_qc.persistence.tables.certificates import Certificate
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.qualification import Evidence
from supplier_qc.queries.lot_review import LotReview, ResultRow, get_lot_review

_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class DraftOnRecord:
    """The first words of a finding, for a person to correct; how grave it is stays open."""

    vendor_id: int
    origin: FindingOrigin | None = None
    title: str = ""
    details: str = ""
    site_id: int | None = None
    item_id: int | None = None
    lot_id: int | None = None
    certificate_id: int | None = None
    evidence_id: int | None = None
    found_on: date | None = None


def draft_on_lot(session: Session, lot_id: int) -> DraftOnRecord | None:
    """With every result that fails our limits or could not be judged."""
    lot = get_lot_review(session, lot_id)
    if lot is None:
        return None
    wrong = [one for one in lot.results if _is_wrong(one)]
    certificates = {one.certificate_id for one in wrong if one.certificate_id is not None}
    return DraftOnRecord(
        vendor_id=lot.vendor_id,
        origin=FindingOrigin.LOT_RESULT,
        title=_title_of(lot),
        details="\n".join(_result_words(one) for one in wrong),
        item_id=lot.item_id,
        lot_id=lot.id,
        certificate_id=max(certificates, default=None),
    )


def draft_on_certificate(session: Session, certificate_id: int) -> DraftOnRecord | None:
    """With every question that its confirmation kept; None before an item is known."""
    certificate = session.get(Certificate, certificate_id)
    if certificate is None or certificate.item_id is None:
        return None
    item = session.get_one(ManufacturerItem, certificate.item_id)
    questions = session.scalars(
        select(CertificateFinding.sentence)
        .where(
            CertificateFinding.certificate_id == certificate_id,
            CertificateFinding.standing != Standing.WORDING,
        )
        .order_by(CertificateFinding.id)
    ).all()
    return DraftOnRecord(
        vendor_id=item.site.organisation_id,
        origin=FindingOrigin.CERTIFICATE,
        title=f"Certificate {certificate_id} of {item.name}"[:_LONGEST_TITLE],
        details="\n".join(questions),
        item_id=item.id,
        lot_id=certificate.lot_id,
        certificate_id=certificate_id,
    )


def draft_on_evidence(session: Session, evidence_id: int) -> DraftOnRecord | None:
    """From the report of an audit or the answers of a questionnaire, dated as the paper is."""
    paper = session.get(Evidence, evidence_id)
    if paper is None:
        return None
    origins = {
        EvidenceKind.AUDIT_REPORT: FindingOrigin.AUDIT,
        EvidenceKind.QUESTIONNAIRE: FindingOrigin.QUESTIONNAIRE,
    }
    return DraftOnRecord(
        vendor_id=paper.organisation_id,
        origin=origins.get(paper.kind),
        site_id=paper.site_id,
        item_id=paper.item_id,
        evidence_id=paper.id,
        found_on=paper.issued_on,
    )


def _is_wrong(result: ResultRow) -> bool:
    if result.withdrawn_at is not None or result.judgement is None:
        return False
    return result.judgement.verdict is not Verdict.PASS


def _title_of(lot: LotReview) -> str:
    failed = ", ".join(lot.standing.failed)
    words = f"{failed} out of our limits" if failed else "Results to settle with the supplier"
    return f"Lot {lot.manufacturer_lot}: {words}"[:_LONGEST_TITLE]


def _result_words(result: ResultRow) -> str:
    unit = f" {result.unit}" if result.unit else ""
    reasons = " ".join(result.judgement.reasons) if result.judgement else ""
    return f"{result.attribute}: {result.text}{unit}, our limit {result.limit}. {reasons}"
