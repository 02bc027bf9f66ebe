"""How far a certificate is, for a program that sent it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from supplier_qc.domain.certificates import CertificateState, ClaimState
from supplier_qc.persistence.tables.certificates import Certificate, CertificateRow
from supplier_qc.persistence.tables.documents import Document
from supplier_qc.persistence.tables.intake import CertificateReissue
from supplier_qc.persistence.tables.lots import Lot
from supplier_qc.persistence.tables.materials import ManufacturerItem


@dataclass(frozen=True, slots=True)
class CertificateStatus:
    """`notes` are the reader's sentences; `lot_number` stands once it is confirmed."""

    id: int
    state: CertificateState
    filename: str
    sha256: str
    arrived_at: datetime
    read_at: datetime | None
    reading_page: int | None
    reading_pages: int | None
    document_kind: str | None
    catalogue_number: str | None
    lot_number: str | None
    lot_part: str
    issue: int
    replaces_id: int | None
    superseded_by_id: int | None
    rows: int
    rows_open: int
    notes: tuple[str, ...]
    confirmed_at: datetime | None


def get_certificate_status(session: Session, certificate_id: int) -> CertificateStatus | None:
    """The certificate as it stands, or None; one statement."""
    rows = (
        select(func.count())
        .where(CertificateRow.certificate_id == Certificate.id)
        .correlate(Certificate)
    )
    found = session.execute(
        select(
            Certificate,
            Document,
            ManufacturerItem.catalogue_number,
            Lot.manufacturer_lot,
            CertificateReissue.certificate_id,
            rows.scalar_subquery(),
            rows.where(CertificateRow.state == ClaimState.PROPOSED).scalar_subquery(),
        )
        .join(Document, Document.id == Certificate.document_id)
        .outerjoin(ManufacturerItem, ManufacturerItem.id == Certificate.item_id)
        .outerjoin(Lot, Lot.id == Certificate.lot_id)
        .outerjoin(CertificateReissue, CertificateReissue.replaced_id == Certificate.id)
        .where(Certificate.id == certificate_id)
    ).first()
    if found is None:
        return None
    certificate, document, catalogue_number, lot, superseded_by, count, open_count = found
    return CertificateStatus(
        id=certificate.id,
        state=certificate.state,
        filename=document.filename,
        sha256=document.sha256,
        arrived_at=certificate.uploaded_at,
        read_at=certificate.read_at,
        reading_page=certificate.reading_page,
        reading_pages=certificate.reading_pages,
        document_kind=certificate.document_kind,
        catalogue_number=catalogue_number,
        lot_number=lot,
        lot_part=certificate.lot_part,
        issue=certificate.issue,
        replaces_id=certificate.replaces_id,
        superseded_by_id=superseded_by,
        rows=count,
        rows_open=open_count,
        notes=tuple(certificate.reader_notes),
        confirmed_at=certificate.confirmed_at,
    )
