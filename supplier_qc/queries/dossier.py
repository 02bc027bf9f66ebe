"""The raw-material table of CTD section 3.2.S.2.3, each row with the records it rests on.

Columns follow the core of FDA's draft of April 2024 (FDA-2024-D-1244, secondary source): material,
grade, manufacturer, catalogue number, source, stage of use; the rest is usual practice.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from supplier_qc.domain.catalogue import label
from supplier_qc.domain.origin.findings import HumanVerdict
from supplier_qc.domain.origin.vocabulary import Level, words
from supplier_qc.exports.dossier_table import Column, DossierTable, Source, TableRow
from supplier_qc.persistence.tables import (
    CertificateField,
    Document,
    Evidence,
    ManufacturerItem,
    Qualification,
    Specification,
)
from supplier_qc.queries.dossier_records import (
    DossierItem,
    DossierScope,
    Paper,
    ReleasedLot,
    list_items,
    origin_evidence,
    released_lots,
)
from supplier_qc.queries.origin import TseSummaryRow, get_tse_summary

SECTION = "3.2.S.2.3"
TITLE = "Control of materials: raw and ancillary materials"
STATUS = "Draft for editing; not a signed snapshot"

_ABOUT_THE_LISTS = (
    "Country lists and rules are dated rows with a verification mark; rows marked K or C are not "
    "verified and are no requirement. They are listed under Reference data."
)

COLUMNS = (
    Column("Material and function", 2.0),
    Column("Stage of use", 1.4),
    Column("Grade", 1.4),
    Column("Manufacturer and site", 1.8),
    Column("Catalogue no.", 1.3),
    Column("Origin", 1.7),
    Column("TSE and human origin", 1.6),
    Column("Specification", 1.65),
    Column("Certificate of the latest released lot", 1.5),
    Column("Qualification", 1.65),
    Column("In final product", 1.05),
)


def raw_material_table(
    session: Session, scope: DossierScope, *, now: datetime, author: str
) -> DossierTable:
    """The table as the data stand at `now`; the number of statements does not grow with rows."""
    items = list_items(session, scope)
    numbers = [found.item.id for found in items]
    origins = get_tse_summary(session, numbers, scope.authority, now.date())
    lots = released_lots(session, numbers)
    evidence = origin_evidence(session, numbers)
    rows = [
        _row(found, origins[found.item.id], lots.get(found.item.id), evidence, scope)
        for found in items
    ]
    return DossierTable(
        section=SECTION,
        title=TITLE,
        status=STATUS,
        facts=(
            ("Target authority", words(scope.authority)),
            ("Use", label(scope.use)),
            ("Sources", "all proposed" if scope.include_not_approved else "approved only"),
            ("Rows", str(len(rows))),
        ),
        columns=COLUMNS,
        rows=rows,
        remarks=_remarks(items, origins),
        cut_off_at=now,
        author=author,
    )


def _row(
    found: DossierItem,
    origin: TseSummaryRow,
    lot: ReleasedLot | None,
    evidence: Mapping[int, Sequence[Paper]],
    scope: DossierScope,
) -> TableRow:
    material, item, site = found.material, found.item, found.site
    cells = (
        f"{material.name} ({material.code}). {material.function}",
        material.stage_of_use,
        label(item.grade),
        f"{found.manufacturer.name}, {site.name}, {_one_line(site.address)}, {site.country}",
        item.catalogue_number,
        origin.origin,
        _origin_conclusion(origin),
        _specification(found.specification),
        _certificate(lot),
        _qualification(found.qualification, scope),
        "yes" if material.in_final_product else "no",
    )
    sources = (
        *_specification_sources(found.specification),
        *_certificate_sources(lot),
        *_qualification_sources(found.qualification),
        *_origin_sources(item, origin),
        *(_evidence_source(paper, document) for paper, document in evidence.get(item.id, ())),
    )
    return TableRow(cells, sources)


def _origin_conclusion(origin: TseSummaryRow) -> str:
    parts = []
    if origin.level is Level.UNKNOWN:
        parts.append("TSE: unknown, cannot be judged.")
    elif origin.human_verdict is None or origin.level is not Level.NOT_APPLICABLE:
        parts.append(f"TSE risk: {words(origin.level)}.")
    if origin.human_verdict is HumanVerdict.COMPLETE:
        parts.append("Human origin: evidence complete.")
    elif origin.human_verdict is HumanVerdict.GAPS:
        parts.append("Human origin: evidence has gaps.")
    if origin.gaps:
        gaps = "1 evidence gap" if len(origin.gaps) == 1 else f"{len(origin.gaps)} evidence gaps"
        parts.append(f"{gaps} open.")
    return " ".join(parts)


def _specification(specification: Specification | None) -> str:
    if specification is None or specification.effective_on is None:
        return "none approved"
    return f"Version {specification.number}, in force since {specification.effective_on}"


def _certificate(lot: ReleasedLot | None) -> str:
    if lot is None:
        return "no lot released"
    expiry = f", expires {lot.lot.expires_on}" if lot.lot.expires_on else ""
    words = f"Lot {lot.lot.manufacturer_lot}{expiry}"
    if lot.document is None:
        return f"{words}; results entered by hand, no certificate on file"
    return f"{words}; {lot.document.filename}"


def _qualification(qualification: Qualification | None, scope: DossierScope) -> str:
    if qualification is None:
        return f"not proposed for {label(scope.use)}"
    words = label(qualification.status)
    if qualification.decided_on is not None:
        words += f" {qualification.decided_on} for {label(scope.use)}"
    if qualification.requalification_due_on is not None:
        words += f", requalification due {qualification.requalification_due_on}"
    if qualification.conditions:
        words += f". Conditions: {_one_line(qualification.conditions)}"
    return words


def _specification_sources(specification: Specification | None) -> list[Source]:
    if specification is None:
        return []
    record = f"Specification {specification.id}, version {specification.number}"
    return [_record_source("Specification", record, str(specification.effective_on or ""))]


def _certificate_sources(lot: ReleasedLot | None) -> list[Source]:
    if lot is None:
        return []
    record = f"Lot {lot.lot.id}, record version {lot.lot.version}"
    if lot.document is None or lot.certificate is None:
        return [_record_source("Lot", record, str(lot.lot.received_on or ""))]
    return [
        Source(
            supports="Certificate, lot",
            record=f"{record}; certificate {lot.certificate.id}",
            document=lot.document.filename,
            place=_place(lot.lot_field),
            checksum=lot.document.sha256,
            dated=lot.certificate.confirmed_at.date().isoformat()
            if lot.certificate.confirmed_at
            else "",
        )
    ]


def _place(field: CertificateField | None) -> str:
    if field is None or field.box is None:
        return "place not recorded"
    box = field.box
    return (
        f"page {box['page']}, {box['x0']:.0f}–{box['x1']:.0f} × "
        f"{box['top']:.0f}–{box['bottom']:.0f} pt"
    )


def _qualification_sources(qualification: Qualification | None) -> list[Source]:
    if qualification is None:
        return []
    record = f"Qualification {qualification.id}, record version {qualification.version}"
    return [_record_source("Qualification", record, str(qualification.decided_on or ""))]


def _origin_sources(item: ManufacturerItem, origin: TseSummaryRow) -> list[Source]:
    record = f"Origin facts of item {item.id}"
    return [
        Source(
            supports="Origin, TSE",
            record=record,
            document=origin.list_edition or "no list used",
            place="",
            checksum="",
            dated="",
        )
    ]


def _evidence_source(paper: Evidence, document: Document | None) -> Source:
    reference = f", {paper.reference}" if paper.reference else ""
    return Source(
        supports=label(paper.kind),
        record=f"Evidence {paper.id}, record version {paper.version}",
        document=document.filename if document else f"{paper.title}{reference}; no file",
        place="",
        checksum=document.sha256 if document else "",
        dated=str(paper.issued_on or ""),
    )


def _record_source(supports: str, record: str, dated: str) -> Source:
    return Source(supports, record, document="", place="", checksum="", dated=dated)


def _remarks(items: Sequence[DossierItem], origins: Mapping[int, TseSummaryRow]) -> tuple[str, ...]:
    blocked = [
        f"{found.material.name} ({found.item.catalogue_number})"
        for found in items
        if origins[found.item.id].blocks
    ]
    not_approved = [
        f"{found.material.name} ({found.item.catalogue_number})"
        for found in items
        if not found.is_approved
    ]
    remarks = [_ABOUT_THE_LISTS]
    if blocked:
        remarks.insert(0, f"Origin cannot be accepted or judged yet: {'; '.join(blocked)}.")
    if not_approved:
        remarks.insert(0, f"Not approved for this use: {'; '.join(not_approved)}.")
    return tuple(remarks)


def _one_line(text: str) -> str:
    return " ".join(text.split())
