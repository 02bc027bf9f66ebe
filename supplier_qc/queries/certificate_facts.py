"""Certificates as the rules of comparison take them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields as dataclass_fields
from datetime import date
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, joinedload, selectinload

from supplier_qc.domain.certificate_changes.document import columns_in_order, labels_in_order
from supplier_qc.domain.certificate_changes.facts import (
    CertificateFacts,
    DocumentFacts,
    Place,
    PrintedField,
    PrintedTest,
)
from supplier_qc.domain.certificate_changes.findings import Finding
from supplier_qc.domain.certificate_changes.inconsistencies import PageFacts, inconsistencies
from supplier_qc.domain.certificates import CertificateState, ClaimState
from supplier_qc.persistence.tables.certificates import (
    Certificate,
    CertificateField,
    CertificateRow,
)
from supplier_qc.persistence.tables.specifications import SpecificationLine

MOST_EARLIER = 100
"""Earlier certificates that are looked at; patterns and returns lie within them."""

_PLACE = tuple(part.name for part in dataclass_fields(Place))
_COLUMNS = ("name", "method", "specification", "spec_min", "spec_max", "result", "unit")


def facts_of(
    certificate: Certificate, on: date, attributes: Mapping[int, str] | None = None
) -> CertificateFacts:
    """A certificate with its places; `attributes` names our lines by their number."""
    lines = attributes or {}
    printed = {field.field: _field(field) for field in certificate.fields}
    rows = [row for row in certificate.rows if row.state is not ClaimState.REJECTED]
    return CertificateFacts(
        id=certificate.id,
        lot=printed["lot_number"].value if "lot_number" in printed else None,
        on=on,
        fields=printed,
        tests=tuple(_test(row, lines.get(row.line_id or 0)) for row in rows),
        document=DocumentFacts(
            text_layer=certificate.text_layer,
            producer=certificate.pdf_producer,
            page_sizes=tuple((width, height) for width, height in certificate.page_sizes),
            labels=labels_in_order(printed),
            columns=columns_in_order([_places(row) for row in rows]),
        ),
        decimal_comma=certificate.decimal_comma,
    )


def find_inconsistencies(
    certificate: Certificate, today: date, facts: CertificateFacts | None = None
) -> tuple[Finding, ...]:
    """What contradicts itself within the certificate as it stands."""
    pages = PageFacts(
        marks=tuple(certificate.page_marks),
        lots_seen=tuple(certificate.lots_seen),
        numbers=tuple(_numbers(certificate)),
        material_names=(certificate.item.name, certificate.item.material.name)
        if certificate.item
        else (),
    )
    return inconsistencies(facts or facts_of(certificate, today), pages, today)


def list_earlier(session: Session, certificate: Certificate) -> list[CertificateFacts]:
    """The confirmed certificates of the item before this one, newest first, at most a hundred.

    The last one has its paper and its places, the others what their history needs.
    """
    found = _earlier_certificates(session, certificate)
    if not found:
        return []
    numbers = [number for number, _, _ in found]
    tests, fields = _tests_of(session, numbers), _fields_of(session, numbers)
    earlier = [
        CertificateFacts(
            id=number,
            lot=fields[number]["lot_number"].value if "lot_number" in fields[number] else None,
            on=confirmed_at.date(),
            fields=fields[number],
            tests=tuple(tests[number]),
            decimal_comma=decimal_comma,
        )
        for number, confirmed_at, decimal_comma in found
    ]
    return [_whole(session, earlier[0]), *earlier[1:]]


def attributes_of(session: Session, certificate: Certificate) -> dict[int, str]:
    """Our lines that the rows answer, by number."""
    wanted = {row.line_id for row in certificate.rows if row.line_id is not None}
    found = session.execute(
        select(SpecificationLine.id, SpecificationLine.attribute).where(
            SpecificationLine.id.in_(wanted)
        )
    )
    return {number: attribute for number, attribute in found}  # noqa: C416 -- rows, not pairs


def _earlier_certificates(session: Session, certificate: Certificate) -> Sequence[Any]:
    if certificate.item_id is None:
        return []
    wanted = (
        select(Certificate.id, Certificate.confirmed_at, Certificate.decimal_comma)
        .where(
            Certificate.item_id == certificate.item_id,
            Certificate.state == CertificateState.CONFIRMED,
            Certificate.id != certificate.id,
        )
        .order_by(Certificate.confirmed_at.desc(), Certificate.id.desc())
        .limit(MOST_EARLIER)
    )
    if certificate.confirmed_at is not None:
        before = tuple_(Certificate.confirmed_at, Certificate.id)
        wanted = wanted.where(before < (certificate.confirmed_at, certificate.id))
    return session.execute(wanted).all()


def _tests_of(session: Session, numbers: Collection[int]) -> dict[int, list[PrintedTest]]:
    found = session.execute(
        select(
            CertificateRow.certificate_id,
            CertificateRow.name,
            SpecificationLine.attribute,
            CertificateRow.method,
            CertificateRow.supplier_limit,
            CertificateRow.result,
            CertificateRow.unit,
            CertificateRow.supplier_verdict,
        )
        .outerjoin(SpecificationLine, SpecificationLine.id == CertificateRow.line_id)
        .where(
            CertificateRow.certificate_id.in_(numbers), CertificateRow.state != ClaimState.REJECTED
        )
        .order_by(CertificateRow.position)
    )
    tests: dict[int, list[PrintedTest]] = defaultdict(list)
    for number, name, attribute, method, limit, result, unit, verdict in found:
        test = PrintedTest(name, attribute, method, limit, result, unit, verdict)
        tests[number].append(test)
    return tests


def _fields_of(
    session: Session, numbers: Collection[int]
) -> defaultdict[int, dict[str, PrintedField]]:
    found = session.execute(
        select(CertificateField.certificate_id, CertificateField.field, CertificateField.value)
        .where(CertificateField.certificate_id.in_(numbers))
        .where(CertificateField.state != ClaimState.REJECTED)
    )
    fields: defaultdict[int, dict[str, PrintedField]] = defaultdict(dict)
    for number, name, value in found:
        fields[number][name] = PrintedField(value)
    return fields


def _whole(session: Session, last: CertificateFacts) -> CertificateFacts:
    certificate = session.scalars(
        select(Certificate)
        .where(Certificate.id == last.id)
        .options(
            selectinload(Certificate.fields),
            selectinload(Certificate.rows),
            joinedload(Certificate.document),
        )
    ).one()
    return facts_of(certificate, last.on, attributes_of(session, certificate))


def _field(field: CertificateField) -> PrintedField:
    value = None if field.state is ClaimState.REJECTED else field.value
    return PrintedField(value or None, field.literal, _place(field.box))


def _test(row: CertificateRow, attribute: str | None) -> PrintedTest:
    return PrintedTest(
        name=row.name,
        attribute=attribute,
        method=row.method,
        limit=row.supplier_limit,
        result=row.result,
        unit=row.unit,
        supplier_verdict=row.supplier_verdict,
        row_id=row.id,
        place=_around(list(_places(row).values())),
    )


def _places(row: CertificateRow) -> dict[str, Place]:
    found = {name: _place((row.literals.get(name) or {}).get("box")) for name in _COLUMNS}
    return {name: place for name, place in found.items() if place is not None}


def _place(box: Mapping[str, Any] | None) -> Place | None:
    return Place(**{part: box[part] for part in _PLACE}) if box else None


def _around(places: Sequence[Place]) -> Place | None:
    """The rectangle around all places on the page of the first."""
    own = [place for place in places if place.page == places[0].page]
    if not own:
        return None
    return Place(
        own[0].page,
        min(place.x0 for place in own),
        min(place.top for place in own),
        max(place.x1 for place in own),
        max(place.bottom for place in own),
    )


def _numbers(certificate: Certificate) -> Iterator[str]:
    """Results and limits as printed."""
    for row in certificate.rows:
        for column in ("result", "specification", "spec_min", "spec_max"):
            part = row.literals.get(column)
            if part and row.state is not ClaimState.REJECTED:
                yield part["literal"]
