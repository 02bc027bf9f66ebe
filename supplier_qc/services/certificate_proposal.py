"""From a reading to a proposal: header fields, rows, the item, and our lines beside the rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from supplier_qc.domain.certificates import ClaimState
from supplier_qc.domain.item_matching import ItemFacts, ItemProposal, propose_item
from supplier_qc.domain.learned_names import NameKind, PrintedRow, propose_rows
from supplier_qc.domain.measurement.dates import as_expiry, decide_day_order, read_date
from supplier_qc.domain.measurement.values import ValueKind, read_value
from supplier_qc.domain.reported_results import proposed_result, reading
from supplier_qc.domain.specification.limits import read_limit
from supplier_qc.extraction.claims import (
    DATE_FIELDS,
    READABLE,
    Claim,
    DocumentReading,
    HeaderField,
    RowClaim,
)
from supplier_qc.persistence.tables.certificates import (
    Certificate,
    CertificateField,
    CertificateRow,
)
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Site
from supplier_qc.queries.limit_lines import effective_specification
from supplier_qc.queries.taught_names import letterheads, names_of_item
from supplier_qc.services.name_uses import note_uses

CORE_FIELDS = (
    HeaderField.ISSUER,
    HeaderField.PRODUCT_NAME,
    HeaderField.CATALOG_NUMBER,
    HeaderField.LOT_NUMBER,
    HeaderField.MANUFACTURE_DATE,
    HeaderField.EXPIRY_DATE,
    HeaderField.RETEST_DATE,
    HeaderField.RELEASE_DATE,
    HeaderField.COUNTRY_OF_ORIGIN,
    HeaderField.STORAGE,
)
"""Asked for on every certificate, read or not; the others only where they were read."""

_LAST_DAY_COUNTS = frozenset({HeaderField.EXPIRY_DATE, HeaderField.RETEST_DATE})
_LONGEST_UNIT = 60


@dataclass(frozen=True, slots=True)
class RowValues:
    """What the reviewer is offered, or decided, for one row; a blank is None."""

    name: str
    method: str | None
    supplier_limit: str | None
    result: str | None
    unit: str | None
    supplier_verdict: str | None


def write_proposal(session: Session, certificate: Certificate, found: DocumentReading) -> None:
    """Put what was read on the certificate; an earlier reading gives way to it."""
    _clear(session, certificate)
    certificate.reader_version = found.reader_version
    certificate.text_layer = found.text_layer.value
    certificate.pdf_producer = found.producer[:200] or None
    certificate.page_sizes = [[page.width, page.height] for page in found.pages]
    certificate.decimal_comma = found.decimal_comma
    certificate.reader_notes = _notes(found)
    certificate.lots_seen = list(found.lots_seen)
    certificate.page_marks = list(found.page_marks)
    certificate.document_kind = found.kind.value
    certificate.kind_evidence = "; ".join(found.kind_evidence) or None
    certificate.fields.extend(_fields(found.fields))
    certificate.rows.extend(
        _row(position, row, decimal_comma=found.decimal_comma)
        for position, row in enumerate(found.rows, start=1)
    )


def write_blank_proposal(session: Session, certificate: Certificate, note: str) -> None:
    """Leave everything to be entered by hand, and say why."""
    _clear(session, certificate)
    certificate.reader_notes = [note]
    certificate.fields.extend(_fields({}))


def proposed_field_value(field: str, literal: str | None, *, day_first: bool | None) -> str | None:
    """The text as printed, a date as ISO; None where a person has to decide what was meant."""
    if literal is None or HeaderField(field) not in DATE_FIELDS:
        return " ".join(literal.split()) if literal else None
    read = read_date(literal, day_first=day_first)
    day = as_expiry(read) if HeaderField(field) in _LAST_DAY_COUNTS else read.day
    return day.isoformat() if day is not None else None


def day_order(literals: Mapping[str, str | None]) -> bool | None:
    """Whether the document prints the day first, proved by its own dates; None while open."""
    dates = [
        literal
        for field, literal in literals.items()
        if literal and HeaderField(field) in DATE_FIELDS
    ]
    return decide_day_order(dates).day_first


def proposed_row_values(literals: Mapping[str, Any], *, decimal_comma: bool | None) -> RowValues:
    """What a row proposes; the result is None where its literal can be read in two ways."""
    printed = {column: _literal(part) for column, part in literals.items()}
    result = proposed_result(
        printed.get("result") or "", printed.get("unit"), decimal_comma=decimal_comma
    )
    limit = _supplier_limit(printed)
    unit = result.unit or _unit_of_the_limit(result.text, limit, decimal_comma=decimal_comma)
    return RowValues(
        name=printed.get("name") or "",
        method=printed.get("method"),
        supplier_limit=limit,
        result=result.text or None,
        unit=(unit or "")[:_LONGEST_UNIT] or None,
        supplier_verdict=(printed.get("supplier_verdict") or "")[:60] or None,
    )


def propose_for(session: Session, certificate: Certificate) -> ItemProposal:
    """The item the header leads to, among all items of the catalogue."""
    values = {field.field: field.value for field in certificate.fields}
    return propose_item(
        _item_facts(session),
        catalogue_number=values.get(HeaderField.CATALOG_NUMBER),
        product_name=values.get(HeaderField.PRODUCT_NAME),
        issuer=values.get(HeaderField.ISSUER),
    )


def take_item(session: Session, certificate: Certificate, item_id: int | None) -> None:
    """Set the item with its specification in force, and match the rows to its lines anew.

    Readings that a person confirmed against other lines are to be confirmed again; what was
    typed or rejected stays.
    """
    specification = effective_specification(session, item_id)
    certificate.item_id = item_id
    certificate.specification_id = specification.id if specification else None
    lines = {line.attribute: line.id for line in specification.lines} if specification else {}
    rows = [row for row in certificate.rows if row.state is not ClaimState.REJECTED]
    propose_for_rows(session, certificate, rows, lines)
    for row in rows:
        if row.state in {ClaimState.CONFIRMED, ClaimState.CORRECTED}:
            row.state = ClaimState.PROPOSED


def propose_for_rows(
    session: Session,
    certificate: Certificate,
    rows: Sequence[CertificateRow],
    lines: Mapping[str, int],
) -> None:
    """Match the rows to `lines` (attribute to number) by name, as taught, and by likeness.

    Method and unit follow what was taught only where no person has decided the row.
    """
    names = names_of_item(session, certificate.item_id)
    printed = [_as_printed(row, decimal_comma=certificate.decimal_comma) for row in rows]
    proposals = propose_rows(list(lines), printed, names)
    used = {}
    for row, proposal in zip(rows, proposals, strict=True):
        row.line_id = lines[proposal.attribute] if proposal.attribute else None
        used[row] = dict(proposal.used)
        if _is_undecided(row):
            row.method, row.unit = proposal.method, proposal.unit
        else:
            used[row] = {
                kind: name for kind, name in used[row].items() if kind is NameKind.TEST_NAME
            }
    note_uses(session, used)


def _is_undecided(row: CertificateRow) -> bool:
    return row.state is ClaimState.PROPOSED and row.decided_by_id is None


def _as_printed(row: CertificateRow, *, decimal_comma: bool | None) -> PrintedRow:
    """The row before anything taught; of a decided one what a person made of it."""
    if not _is_undecided(row):
        return PrintedRow(row.name, row.method, row.unit)
    values = proposed_row_values(row.literals, decimal_comma=decimal_comma)
    return PrintedRow(row.name, values.method, values.unit)


def _clear(session: Session, certificate: Certificate) -> None:
    note_uses(session, {row: {} for row in certificate.rows})
    certificate.fields.clear()
    certificate.rows.clear()
    session.flush()  # the old ones leave first: a field stands once on a certificate


def _item_facts(session: Session) -> list[ItemFacts]:
    taught = letterheads(session)
    items = session.scalars(
        select(ManufacturerItem)
        .options(
            joinedload(ManufacturerItem.material),
            joinedload(ManufacturerItem.site).joinedload(Site.organisation),
        )
        .order_by(ManufacturerItem.id)
    )
    return [
        ItemFacts(
            id=item.id,
            catalogue_number=item.catalogue_number,
            names=(item.name, item.material.name),
            maker=item.site.organisation.name,
            letterheads=taught.get(item.site.organisation_id, ()),
        )
        for item in items
    ]


def _notes(found: DocumentReading) -> list[str]:
    notes = list(found.notes)
    if found.text_layer not in READABLE and not notes:
        notes.append("No usable text layer; enter the values by hand beside the page.")
    if found.decimal_evidence:
        notes.append(found.decimal_evidence)
    return notes


def _fields(read: Mapping[HeaderField, Claim]) -> Iterable[CertificateField]:
    wanted = [*CORE_FIELDS, *(field for field in HeaderField if field not in CORE_FIELDS)]
    day_first = day_order({field.value: claim.literal for field, claim in read.items()})
    for field in wanted:
        claim = read.get(field)
        if claim is not None or field in CORE_FIELDS:
            yield _field(field, claim, day_first=day_first)


def _field(field: HeaderField, claim: Claim | None, *, day_first: bool | None) -> CertificateField:
    literal = claim.literal if claim else None
    return CertificateField(
        field=field.value,
        literal=literal,
        box=claim.box.to_json() if claim and claim.box else None,
        confidence=claim.confidence if claim else None,
        rule=claim.rule[:60] if claim else None,
        value=proposed_field_value(field, literal, day_first=day_first),
        state=ClaimState.PROPOSED,
    )


def _row(position: int, read: RowClaim, *, decimal_comma: bool | None) -> CertificateRow:
    literals = {name: part for name, part in read.to_json().items() if part is not None}
    values = proposed_row_values(literals, decimal_comma=decimal_comma)
    told = [claim.confidence for claim in (read.name, read.result) if claim is not None]
    return CertificateRow(
        position=position,
        literals=literals,
        confidence=min(told) if told else None,
        name=values.name,
        method=values.method,
        supplier_limit=values.supplier_limit,
        result=values.result,
        unit=values.unit,
        supplier_verdict=values.supplier_verdict,
        state=ClaimState.PROPOSED,
    )


def _literal(part: Mapping[str, Any] | None) -> str | None:
    return (" ".join(part["literal"].split()) or None) if part else None


def _unit_of_the_limit(
    result: str | None, limit: str | None, *, decimal_comma: bool | None
) -> str | None:
    """The unit printed with the limit alone, as in "NMT 0.5 EU/mL" beside a bare "< 0.05"."""
    if not result or reading(result, None).value is None:
        return None
    return read_limit(limit, decimal_comma=decimal_comma).unit


def _supplier_limit(printed: Mapping[str, str | None]) -> str | None:
    """The limit as printed, or in words from a table's own minimum and maximum columns."""
    if printed.get("specification"):
        return printed["specification"]
    low, high = _bound(printed.get("spec_min")), _bound(printed.get("spec_max"))
    if low and high:
        return f"{low} to {high}"
    if low:
        return f"min. {low}"
    return f"max. {high}" if high else None


def _bound(printed: str | None) -> str | None:
    """None for a dash or "n/a" in a column of bounds."""
    return None if read_value(printed).kind is ValueKind.EMPTY else printed
