"""One file with several lots becomes a certificate for each of them, each confirmed alone."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.certificates import CertificateState, ClaimState
from supplier_qc.domain.lot_parts import LotPart, is_of_another_lot, split_problems
from supplier_qc.domain.people import Actor
from supplier_qc.domain.refusals import Refused
from supplier_qc.extraction.claims import DATE_FIELDS, HeaderField
from supplier_qc.persistence.tables.certificates import (
    Certificate,
    CertificateField,
    CertificateRow,
)
from supplier_qc.services.certificate_proposal import take_item
from supplier_qc.services.certificates import certificate_under_review
from supplier_qc.services.transaction import changing, check_version

_OWN_OF_A_LOT = frozenset({*DATE_FIELDS, HeaderField.LOT_NUMBER})
"""Header fields that may differ from lot to lot, so that a person decides on each anew."""

_AS_READ = (
    "document",
    "arrival",
    "uploaded_at",
    "uploaded_by_id",
    "api_token_id",
    "reading_attempts",
    "read_at",
    "reader_version",
    "text_layer",
    "pdf_producer",
    "page_sizes",
    "decimal_comma",
    "reader_notes",
    "page_marks",
    "is_conformity_statement",
    "document_kind",
    "kind_evidence",
)
_ROW = (
    "position",
    "literals",
    "confidence",
    "name",
    "method",
    "supplier_limit",
    "result",
    "unit",
    "supplier_verdict",
    "line_id",
    "state",
    "decided_by_id",
    "decided_at",
    "note",
)
_FIELD = ("field", "literal", "box", "confidence", "rule", "value", "state")


def split_by_lot(
    sessions: sessionmaker[Session],
    certificate_id: int,
    parts: Sequence[LotPart],
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> list[int]:
    """Make a certificate for each lot from one file; returns their numbers, the present one first.

    A row moves to its lot, or is copied where it stands for several. Rows that were confirmed are
    matched and confirmed again, and so are lot number and dates. Refused with every problem.
    """
    with changing(sessions, AuditAction.CERTIFICATE_SPLIT, actor=actor, now=now) as change:
        certificate = certificate_under_review(change, certificate_id)
        check_version(certificate, version)
        Refused.unless_empty(_problems(certificate, parts))
        rows = {row.id: row for row in certificate.rows}
        first, *others = parts
        certificate.replaces_id, certificate.issue = None, 1
        made = [_part(change.session, certificate, part) for part in others]
        for one, part in zip([certificate, *made], parts, strict=True):
            _leave_out_dates_of_others(one, part, rows, keep_literal=one is certificate)
        for number, row in rows.items():
            homes = [one for one, part in zip(made, others, strict=True) if number in part.row_ids]
            _settle(row, homes, stays=number in first.row_ids or not homes)
        for one, part in zip([certificate, *made], parts, strict=True):
            _name_lot(one, part.lot, [rows[number] for number in part.row_ids])
            take_item(change.session, one, one.item_id)
        change.session.flush()  # the numbers are the answer
        return [certificate.id, *(one.id for one in made)]


def _problems(certificate: Certificate, parts: Sequence[LotPart]) -> list[str]:
    if certificate.lot_part:
        return [f"This certificate is lot {certificate.lot_part} of its file already."]
    rows = {row.id: row.name for row in certificate.rows}
    rejected = {row.id for row in certificate.rows if row.state is ClaimState.REJECTED}
    return list(split_problems(parts, rows, rejected))


def _part(session: Session, certificate: Certificate, part: LotPart) -> Certificate:
    made = Certificate(
        state=CertificateState.PROPOSED,
        item_id=certificate.item_id,
        lot_part=part.lot,
        **{name: getattr(certificate, name) for name in _AS_READ},
    )
    for field in certificate.fields:
        if field.field != HeaderField.LOT_NUMBER:
            copied = CertificateField(**{name: getattr(field, name) for name in _FIELD})
            copied.state = ClaimState.PROPOSED
            made.fields.append(copied)
    session.add(made)
    return made


def _settle(row: CertificateRow, homes: Sequence[Certificate], *, stays: bool) -> None:
    """Leave, move or copy one row; nothing that was read is lost."""
    movers = list(homes)
    if not stays:
        row.certificate = movers.pop(0)
    for home in movers:
        home.rows.append(CertificateRow(**{name: getattr(row, name) for name in _ROW}))


def _name_lot(certificate: Certificate, lot: str, rows: Sequence[CertificateRow]) -> None:
    certificate.lot_part = lot
    certificate.lots_seen = [lot]
    own = {field.field: field for field in certificate.fields}
    number = own.get(HeaderField.LOT_NUMBER)
    if number is None:
        number = _lot_field(lot, rows)
        certificate.fields.append(number)
    number.value = lot
    for field in certificate.fields:
        if field.field in _OWN_OF_A_LOT:
            field.state = ClaimState.PROPOSED


def _leave_out_dates_of_others(
    certificate: Certificate,
    part: LotPart,
    rows: Mapping[int, CertificateRow],
    *,
    keep_literal: bool,
) -> None:
    """A date that stands beside the rows of another lot is none of this one: it is asked for.

    What an earlier record was read as stays for good.
    """
    own = _pages(rows[number] for number in part.row_ids)
    others = _pages(row for number, row in rows.items() if number not in part.row_ids)
    for field in certificate.fields:
        page = (field.box or {}).get("page")
        if field.field in DATE_FIELDS and is_of_another_lot(page, own, others):
            field.value = None
            if not keep_literal:
                field.literal = field.box = field.confidence = field.rule = None


def _pages(rows: Iterable[CertificateRow]) -> set[int]:
    boxes = ((row.literals.get("name") or {}).get("box") for row in rows)
    return {box["page"] for box in boxes if box}


def _lot_field(lot: str, rows: Sequence[CertificateRow]) -> CertificateField:
    """The lot number as its rows carry it, or as the person who split the file typed it."""
    printed = next((row.literals["lot"] for row in rows if row.literals.get("lot")), None) or {}
    return CertificateField(
        field=HeaderField.LOT_NUMBER.value,
        literal=printed.get("literal"),
        box=printed.get("box"),
        confidence=printed.get("confidence"),
        rule=(printed.get("rule") or "")[:60] or None,
        value=lot,
        state=ClaimState.PROPOSED,
    )
