"""Changes that wait for an assessment or have one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from supplier_qc.domain.certificate_changes.assessment import (
    DECISION_WORDS,
    ChangeDecision,
    NoteFacts,
    NoteState,
    change_blockers,
)
from supplier_qc.domain.certificate_changes.findings import FindingKind, Severity
from supplier_qc.domain.signatures import SignedRecord
from supplier_qc.persistence.tables.certificate_changes import CertificateFinding, ChangeNote
from supplier_qc.persistence.tables.certificates import Certificate
from supplier_qc.persistence.tables.documents import Document
from supplier_qc.persistence.tables.lots import Lot
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Organisation, Site
from supplier_qc.persistence.tables.people import Person
from supplier_qc.queries.paging import Page, page_of
from supplier_qc.queries.record_history import SignatureRow, list_signatures


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note with its assessment; `document_sha256` is the supplier's own paper, if any."""

    id: int
    version: int
    state: NoteState
    severity: Severity
    decision: ChangeDecision | None
    assessment: str | None
    touches: tuple[str, ...]
    assessed_by: str | None
    assessed_at: datetime | None
    supplier_reference: str | None
    supplier_notice_on: date | None
    document_filename: str | None
    document_sha256: str | None
    signatures: tuple[SignatureRow, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state is NoteState.OPEN

    @property
    def decision_words(self) -> str:
        return DECISION_WORDS[self.decision] if self.decision else "Not assessed"


@dataclass(frozen=True, slots=True)
class ListedNote:
    id: int
    certificate_id: int
    kind: FindingKind
    severity: Severity
    sentence: str
    found_at: datetime
    item_id: int
    item: str
    catalogue_number: str
    vendor: str
    lot_id: int
    lot: str
    decision: ChangeDecision | None

    @property
    def decision_words(self) -> str:
        return DECISION_WORDS[self.decision] if self.decision else "Not assessed"


@dataclass(frozen=True, slots=True)
class NoteChoices:
    """Vendors and items with at least one change, by number and in words."""

    vendors: tuple[tuple[int, str], ...]
    items: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class NoteFilter:
    """None lists all of them."""

    state: NoteState | None = NoteState.OPEN
    vendor_id: int | None = None
    item_id: int | None = None
    lot_id: int | None = None


def signed_note(note: ChangeNote, finding: CertificateFinding) -> SignedRecord:
    """All that a signature on an assessment stands for."""
    return SignedRecord(
        "change_note",
        note.id,
        note.version,
        {
            "finding": finding.sentence,
            "before": finding.before,
            "after": finding.after,
            "severity": finding.severity.value,
            "decision": note.decision.value if note.decision else None,
            "assessment": note.assessment,
            "touches": list(touched(note)),
            "supplier_reference": note.supplier_reference,
            "supplier_notice_on": note.supplier_notice_on,
            "supplier_document": note.supplier_document_id,
        },
    )


def touched(note: ChangeNote) -> tuple[str, ...]:
    stated = (
        ("specification", note.touches_specification),
        ("origin assessment", note.touches_origin),
        ("dossier", note.touches_dossier),
    )
    return tuple(words for words, is_touched in stated if is_touched)


def notes_of_findings(session: Session, finding_ids: Collection[int]) -> dict[int, NoteRow]:
    """By the finding's number, in two statements."""
    found = session.execute(
        select(ChangeNote, CertificateFinding, Person.full_name, Document)
        .join(CertificateFinding, CertificateFinding.id == ChangeNote.finding_id)
        .outerjoin(Person, Person.id == ChangeNote.assessed_by_id)
        .outerjoin(Document, Document.id == ChangeNote.supplier_document_id)
        .where(ChangeNote.finding_id.in_(finding_ids))
    ).all()
    prints = {note.id: signed_note(note, finding).fingerprint for note, finding, _, _ in found}
    signatures = list_signatures(session, "change_note", prints)
    return {
        finding.id: _note(note, finding, name, document, tuple(signatures[note.id]))
        for note, finding, name, document in found
    }


def _note(
    note: ChangeNote,
    finding: CertificateFinding,
    assessed_by: str | None,
    document: Document | None,
    signatures: tuple[SignatureRow, ...],
) -> NoteRow:
    return NoteRow(
        id=note.id,
        version=note.version,
        state=note.state,
        severity=finding.severity,
        decision=note.decision,
        assessment=note.assessment,
        touches=touched(note),
        assessed_by=assessed_by,
        assessed_at=note.assessed_at,
        supplier_reference=note.supplier_reference,
        supplier_notice_on=note.supplier_notice_on,
        document_filename=document.filename if document else None,
        document_sha256=document.sha256 if document else None,
        signatures=signatures,
    )


def list_notes(
    session: Session, wanted: NoteFilter, *, page: int, size: int = 50
) -> Page[ListedNote]:
    """The worst first, then the newest."""
    return page_of(session, _listed(wanted), _listed_row, page, size)


def list_note_choices(session: Session) -> NoteChoices:
    found = session.execute(
        select(Organisation.id, Organisation.name, ManufacturerItem.id, ManufacturerItem.name)
        .distinct()
        .join(Site, Site.organisation_id == Organisation.id)
        .join(ManufacturerItem, ManufacturerItem.site_id == Site.id)
        .join(Certificate, Certificate.item_id == ManufacturerItem.id)
        .join(CertificateFinding, CertificateFinding.certificate_id == Certificate.id)
        .join(ChangeNote, ChangeNote.finding_id == CertificateFinding.id)
        .order_by(Organisation.name, ManufacturerItem.name)
    ).all()
    return NoteChoices(
        vendors=tuple({vendor: name for vendor, name, _, _ in found}.items()),
        items=tuple({item: f"{name} · {vendor}" for _, vendor, item, name in found}.items()),
    )


def lot_change_blockers(session: Session, lot_id: int) -> tuple[str, ...]:
    """What stands against the lot's release among the changes on its certificates."""
    found = session.execute(
        select(CertificateFinding.sentence, CertificateFinding.severity, ChangeNote.decision)
        .join(ChangeNote, ChangeNote.finding_id == CertificateFinding.id)
        .join(Certificate, Certificate.id == CertificateFinding.certificate_id)
        .where(Certificate.lot_id == lot_id)
        .order_by(CertificateFinding.id)
    )
    return change_blockers([NoteFacts(*one) for one in found])


def _listed(wanted: NoteFilter) -> Select[*tuple[object, ...]]:
    statement = (
        select(ChangeNote, CertificateFinding, ManufacturerItem, Organisation.name, Lot)
        .join(CertificateFinding, CertificateFinding.id == ChangeNote.finding_id)
        .join(Certificate, Certificate.id == CertificateFinding.certificate_id)
        .join(ManufacturerItem, ManufacturerItem.id == Certificate.item_id)
        .join(Site, Site.id == ManufacturerItem.site_id)
        .join(Organisation, Organisation.id == Site.organisation_id)
        .join(Lot, Lot.id == Certificate.lot_id)
        .order_by(
            CertificateFinding.severity, CertificateFinding.found_at.desc(), CertificateFinding.id
        )  # "critical" stands before "major" in the alphabet too
    )
    conditions = (
        (ChangeNote.state, wanted.state),
        (Organisation.id, wanted.vendor_id),
        (ManufacturerItem.id, wanted.item_id),
        (Lot.id, wanted.lot_id),
    )
    for column, value in conditions:
        if value is not None:
            statement = statement.where(column == value)
    return statement


def _listed_row(
    record: tuple[ChangeNote, CertificateFinding, ManufacturerItem, str, Lot],
) -> ListedNote:
    note, finding, item, vendor, lot = record
    return ListedNote(
        id=note.id,
        certificate_id=finding.certificate_id,
        kind=finding.kind,
        severity=finding.severity,
        sentence=finding.sentence,
        found_at=finding.found_at,
        item_id=item.id,
        item=item.name,
        catalogue_number=item.catalogue_number,
        vendor=vendor,
        lot_id=lot.id,
        lot=lot.manufacturer_lot,
        decision=note.decision,
    )
