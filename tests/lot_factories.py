"""Certificates and lots for tests, made by the real services."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import RiskClass
from supplier_qc.domain.certificates import ClaimState
from supplier_qc.domain.people import Actor, Role
from supplier_qc.extraction.claims import (
    Box,
    Claim,
    DocumentReading,
    HeaderField,
    PageSize,
    RowClaim,
    TextLayer,
)
from supplier_qc.persistence.document_store import DocumentStore
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import (
    Certificate,
    CertificateRow,
    Lot,
    ManufacturerItem,
)
from supplier_qc.queries.reading_policy import demand_of_item
from supplier_qc.services.certificate_confirmation import confirm_certificate
from supplier_qc.services.certificate_proposal import RowValues
from supplier_qc.services.certificate_review import RowDecision, decide_field, decide_row
from supplier_qc.services.certificates import upload_certificate
from supplier_qc.services.installation import Installation
from supplier_qc.services.lots import LotDraft, ResultDraft, add_lot_with_results
from supplier_qc.services.reading_queue import claim_next, record_reading
from supplier_qc.services.second_reading import hand_over_certificate
from tests.conftest import NOW, actor_of
from tests.factories import make_item, make_material, make_specification

ANA, BEN, BEA = (
    actor_of(Role.PROCUREMENT),
    actor_of(Role.QA_REVIEWER),
    actor_of(Role.QA_APPROVER),
)

_numbers = count(1)

PASSING = (
    ("Endotoxin", "NMT 0.5 EU/mL", "< 0.05 EU/mL"),
    ("pH", "7.0 - 7.6", "7.3"),
    ("Sterility", "No growth", "No growth"),
)
"""Test, printed limit, printed result; they pass tests.factories.LINES."""

HEADER: Mapping[HeaderField, str] = {
    HeaderField.LOT_NUMBER: "L240917",
    HeaderField.MANUFACTURE_DATE: "2026-09-17",
    HeaderField.EXPIRY_DATE: "2028-09-16",
}


def claim(literal: str, *, page: int = 1, confidence: float = 0.97) -> Claim:
    return Claim(literal, Box(page, 100.0, 200.0, 180.0, 212.0), confidence, "ruled table")


def document_reading(
    rows: Sequence[tuple[str, str, str]] = PASSING,
    header: Mapping[HeaderField, str] = HEADER,
    **changes: Any,
) -> DocumentReading:
    """What a reader found; `changes` are fields of DocumentReading."""
    found: dict[str, Any] = {
        "text_layer": TextLayer.TEXT,
        "pages": (PageSize(595.0, 842.0),),
        "fields": {field: claim(literal) for field, literal in header.items()},
        "rows": tuple(
            RowClaim(name=claim(name), specification=claim(limit), result=claim(result))
            for name, limit, result in rows
        ),
        "decimal_comma": False,
        "producer": "Aspen Forms 3",
    }
    return DocumentReading(**(found | changes))


def pdf_bytes() -> bytes:
    """Bytes that are taken as a PDF and differ each time; not made for reading."""
    return b"%PDF-1.7\n% " + str(next(_numbers)).encode()


def make_upload(
    sessions: sessionmaker[Session],
    documents: DocumentStore,
    content: bytes | None = None,
    *,
    filename: str = "coa.pdf",
    actor: Actor = ANA,
    now: datetime = NOW,
) -> int:
    content = pdf_bytes() if content is None else content
    return upload_certificate(sessions, documents, filename, content, actor=actor, now=now)


def make_proposal(
    installation: Installation,
    found: DocumentReading | None = None,
    *,
    item_id: int | None = None,
    now: datetime = NOW,
) -> int:
    """A certificate under review; with `item_id` its header carries that catalogue number."""
    found = found or document_reading()
    if item_id is not None:
        number = item_number(installation.sessions, item_id)
        fields = {**found.fields, HeaderField.CATALOG_NUMBER: claim(number)}
        found = document_reading_with(found, fields)
    certificate_id = make_upload(installation.sessions, installation.documents, now=now)
    claimed = claim_next(installation.sessions, now)
    assert claimed is not None
    assert claimed.certificate_id == certificate_id
    assert record_reading(installation.sessions, claimed, found, now=now)
    return certificate_id


def document_reading_with(
    found: DocumentReading, fields: Mapping[HeaderField, Claim]
) -> DocumentReading:
    stored = found.to_json() | {"fields": {name.value: c.to_json() for name, c in fields.items()}}
    return DocumentReading.from_json(stored)


def decide_everything(
    sessions: sessionmaker[Session], certificate_id: int, *, actor: Actor = BEN
) -> None:
    """Confirm every header field and row as it is proposed."""
    certificate = get_certificate(sessions, certificate_id)
    for field in certificate.fields:
        if field.state is ClaimState.PROPOSED:
            decide_field(
                sessions,
                certificate_id,
                field.id,
                field.value,
                version=field.version,
                actor=actor,
                now=NOW,
            )
    for row in certificate.rows:
        if row.state is ClaimState.PROPOSED:
            decide_row(
                sessions,
                certificate_id,
                row.id,
                decision_of(row),
                version=row.version,
                actor=actor,
                now=NOW,
            )


def decision_of(row: CertificateRow, line_id: int | None = None, **changes: Any) -> RowDecision:
    """The row as it stands; `changes` are fields of RowValues."""
    values = {
        "name": row.name,
        "method": row.method,
        "supplier_limit": row.supplier_limit,
        "result": row.result,
        "unit": row.unit,
        "supplier_verdict": row.supplier_verdict,
    }
    return RowDecision(RowValues(**(values | changes)), line_id or row.line_id)


def make_confirmed_lot(
    installation: Installation,
    found: DocumentReading | None = None,
    *,
    item_id: int | None = None,
    actor: Actor = BEN,
) -> int:
    """The lot of a certificate that was reviewed by `actor`; item and specification are made."""
    if item_id is None:
        item_id = specified_item(installation.sessions)
    certificate_id = make_proposal(installation, found, item_id=item_id)
    decide_everything(installation.sessions, certificate_id, actor=actor)
    return finish_review(installation, certificate_id, actor=actor)


REASON = "Checked line by line against the page."


def finish_review(installation: Installation, certificate_id: int, *, actor: Actor = BEN) -> int:
    """Confirm what `actor` decided, through a second person where the item asks for one."""
    sessions = installation.sessions
    with reading(sessions) as session:
        certificate = session.get_one(Certificate, certificate_id)
        demand = demand_of_item(session, certificate.item, NOW.date())
    if demand.needs_second:
        make_handover(sessions, certificate_id, actor=actor)
        actor = BEA if actor == BEN else BEN
    version = get_certificate(sessions, certificate_id).version
    return confirm_certificate(
        sessions, certificate_id, version=version, reason=REASON, actor=actor, now=NOW
    )


def make_handover(
    sessions: sessionmaker[Session], certificate_id: int, *, actor: Actor = BEN
) -> None:
    """The first reader is done; the certificate waits for a second person."""
    version = get_certificate(sessions, certificate_id).version
    hand_over_certificate(
        sessions, certificate_id, version=version, reason=REASON, actor=actor, now=NOW
    )


def specified_item(sessions: sessionmaker[Session], **changes: Any) -> int:
    """An item of a major material with an approved specification; `changes` go to its making.

    One person reads its certificates by the shipped policy.
    """
    item_id = make_item(sessions, material_id=make_material(sessions, risk_class=RiskClass.MAJOR))
    make_specification(sessions, item_id, **changes)
    return item_id


def critical_item(sessions: sessionmaker[Session], **changes: Any) -> int:
    """An item whose certificates two persons read; `changes` are fields of ItemDraft."""
    item_id = make_item(sessions, **changes)
    make_specification(sessions, item_id)
    return item_id


def make_lot(
    sessions: sessionmaker[Session],
    item_id: int | None = None,
    results: Sequence[tuple[str, str, str | None]] = (
        ("Endotoxin", "< 0.05", "EU/mL"),
        ("pH", "7.3", None),
        ("Sterility", "No growth", None),
    ),
    *,
    now: datetime = NOW,
    **changes: Any,
) -> int:
    """A lot entered by hand; `changes` are fields of LotDraft."""
    today = now.date()
    values: dict[str, Any] = {
        "item_id": specified_item(sessions) if item_id is None else item_id,
        "manufacturer_lot": f"L{next(_numbers):05d}",
        "manufactured_on": today - timedelta(days=60),
        "expires_on": today + timedelta(days=365),
    }
    drafts = [ResultDraft(name, literal, unit) for name, literal, unit in results]
    draft = LotDraft(**(values | changes))
    return add_lot_with_results(sessions, draft, drafts, actor=BEN, now=now)


def get_certificate(sessions: sessionmaker[Session], certificate_id: int) -> Certificate:
    """The record with its fields and rows, cut off from its session."""
    with reading(sessions) as session:
        certificate = session.get_one(Certificate, certificate_id)
        _ = (certificate.fields, certificate.document, [row.line for row in certificate.rows])
        return certificate


def get_lot(sessions: sessionmaker[Session], lot_id: int) -> Lot:
    with reading(sessions) as session:
        lot = session.get_one(Lot, lot_id)
        _ = (lot.results, lot.item)
        return lot


def item_number(sessions: sessionmaker[Session], item_id: int) -> str:
    with reading(sessions) as session:
        return session.get_one(ManufacturerItem, item_id).catalogue_number
