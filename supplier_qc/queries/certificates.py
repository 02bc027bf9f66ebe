"""The list of certificates, by state."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import Session

from supplier_qc.domain.arrivals import sender_words
from supplier_qc.domain.certificates import CertificateState, ClaimState
from supplier_qc.domain.document_kinds import kind_advice
from supplier_qc.extraction.claims import READABLE
from supplier_qc.persistence.tables.certificates import (
    Certificate,
    CertificateField,
    CertificateRow,
)
from supplier_qc.persistence.tables.documents import Document
from supplier_qc.persistence.tables.intake import ApiToken
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.people import Person
from supplier_qc.queries.paging import Page, page_of

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class ListedCertificate:
    id: int
    state: CertificateState
    filename: str
    item_name: str | None
    catalogue_number: str | None
    lot_number: str | None
    lot_id: int | None
    rows: int
    open_rows: int
    has_text: bool
    # Why nothing was read, in the reader's words; "" where something was.
    trouble: str
    reading_since_at: datetime | None
    reading_page: int | None
    reading_pages: int | None
    uploaded_at: datetime
    uploaded_by: str
    issue: int
    # What the paper seems to be where that is no certificate of analysis; "" where it is.
    other_kind: str


def list_certificates(
    session: Session, *, state: CertificateState | None = None, text: str = "", page: int = 1
) -> Page[ListedCertificate]:
    """Certificates, the newest first; `text` is part of a file name, a lot or an item."""
    numbers = _filtered(select(Certificate.id), state, text)
    return page_of(session, _rows().where(Certificate.id.in_(numbers)), _row, page, PAGE_SIZE)


def count_certificates(session: Session) -> dict[CertificateState, int]:
    """How many certificates stand in each state; a state without any counts 0."""
    counted = session.execute(select(Certificate.state, func.count()).group_by(Certificate.state))
    found = {state: number for state, number in counted}  # noqa: C416 -- rows, not pairs
    return {state: found.get(state, 0) for state in CertificateState}


def _rows() -> Select[*tuple[Any, ...]]:
    lot_number = (
        select(CertificateField.value)
        .where(
            CertificateField.certificate_id == Certificate.id,
            CertificateField.field == "lot_number",
        )
        .scalar_subquery()
    )
    rows = (
        select(func.count())
        .where(CertificateRow.certificate_id == Certificate.id)
        .correlate(Certificate)
    )
    return (
        select(
            Certificate.id,
            Certificate.state,
            Document.filename,
            ManufacturerItem.name.label("item_name"),
            ManufacturerItem.catalogue_number,
            lot_number.label("lot_number"),
            Certificate.lot_id,
            rows.scalar_subquery().label("rows"),
            rows.where(CertificateRow.state == ClaimState.PROPOSED)
            .scalar_subquery()
            .label("open_rows"),
            Certificate.text_layer,
            Certificate.reader_notes,
            Certificate.reading_since_at,
            Certificate.reading_page,
            Certificate.reading_pages,
            Certificate.uploaded_at,
            Certificate.arrival,
            Certificate.issue,
            Certificate.document_kind,
            Person.full_name.label("person"),
            ApiToken.name.label("token"),
        )
        .join(Document, Document.id == Certificate.document_id)
        .outerjoin(Person, Person.id == Certificate.uploaded_by_id)
        .outerjoin(ApiToken, ApiToken.id == Certificate.api_token_id)
        .outerjoin(ManufacturerItem, ManufacturerItem.id == Certificate.item_id)
        .order_by(Certificate.uploaded_at.desc(), Certificate.id.desc())
    )


def _filtered(
    numbers: Select[tuple[int]], state: CertificateState | None, text: str
) -> Select[tuple[int]]:
    if state is not None:
        numbers = numbers.where(Certificate.state == state)
    if text.strip():
        like = f"%{text.strip()}%"
        lots = select(CertificateField.certificate_id).where(
            CertificateField.field == "lot_number", CertificateField.value.ilike(like)
        )
        numbers = (
            numbers.join(Document, Document.id == Certificate.document_id)
            .outerjoin(ManufacturerItem, ManufacturerItem.id == Certificate.item_id)
            .where(
                or_(
                    Document.filename.ilike(like),
                    ManufacturerItem.name.ilike(like),
                    ManufacturerItem.catalogue_number.ilike(like),
                    Certificate.id.in_(lots),
                )
            )
        )
    return numbers


def _row(found: Row[Any]) -> ListedCertificate:
    return ListedCertificate(
        id=found.id,
        state=found.state,
        filename=found.filename,
        item_name=found.item_name,
        catalogue_number=found.catalogue_number,
        lot_number=found.lot_number,
        lot_id=found.lot_id,
        rows=found.rows,
        open_rows=found.open_rows,
        has_text=_has_text(found),
        trouble="" if _has_text(found) else next(iter(found.reader_notes), ""),
        reading_since_at=found.reading_since_at,
        reading_page=found.reading_page,
        reading_pages=found.reading_pages,
        uploaded_at=found.uploaded_at,
        uploaded_by=sender_words(found.arrival, found.person, found.token),
        issue=found.issue,
        other_kind=_other_kind(found.document_kind),
    )


def _other_kind(kind: str | None) -> str:
    advice = kind_advice(kind)
    return advice.name if advice else ""


def _has_text(found: Row[Any]) -> bool:
    return found.text_layer is None or found.text_layer in READABLE
