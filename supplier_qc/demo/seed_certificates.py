"""Certificates of the story: one reviewed long ago, four that wait for a reviewer today."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from supplier_qc.demo import records
from supplier_qc.demo.certificates import DrawnCertificate
from supplier_qc.demo.seed_context import Event, Seeding
from supplier_qc.demo.seed_lots import dispose, identity_tests
from supplier_qc.domain.refusals import NotFound
from supplier_qc.domain.specification.matching import match_tests, normalised_name
from supplier_qc.extraction.claims import HeaderField
from supplier_qc.persistence.tables import Certificate, SpecificationLine
from supplier_qc.queries.reading_policy import demand_of_item
from supplier_qc.services.certificate_confirmation import confirm_certificate
from supplier_qc.services.certificate_proposal import RowValues
from supplier_qc.services.certificate_review import (
    RowDecision,
    add_row,
    choose_item,
    decide_field,
    decide_row,
    reject_row,
)
from supplier_qc.services.certificates import upload_certificate
from supplier_qc.services.file_reading import read_stored_file
from supplier_qc.services.reading_queue import claim_next, record_reading
from supplier_qc.services.second_reading import hand_over_certificate

REVIEWED_LOT = "S2311"
WAITING_LOTS = ("S2418", "0026008", "12", "0007802")
"""Uploaded, and read when the clock starts: a serum whose maker widened a limit without a word
since the reviewed lot, the German certificate, the scan, and a trypsin that is said to conform
though a result lies outside its maker's own limit."""

_HEADER = {
    HeaderField.ISSUER: "issuer",
    HeaderField.PRODUCT_NAME: "product_name",
    HeaderField.CATALOG_NUMBER: "catalog_number",
    HeaderField.LOT_NUMBER: "lot_number",
    HeaderField.MANUFACTURE_DATE: "manufacture_date",
    HeaderField.RELEASE_DATE: "release_date",
    HeaderField.EXPIRY_DATE: "expiry_or_retest_date",
    HeaderField.COUNTRY_OF_ORIGIN: "country_of_origin",
    HeaderField.STORAGE: "storage",
}


def events(
    seeding: Seeding, story: records.Story, drawn: Sequence[DrawnCertificate]
) -> Iterator[Event]:
    for certificate in drawn:
        if certificate.lot_number == REVIEWED_LOT:
            yield from _reviewed(seeding, story, certificate)
        if certificate.lot_number in WAITING_LOTS:
            yield Event(seeding.today, partial(_upload, seeding, certificate), hour=7)


def _reviewed(seeding: Seeding, story: records.Story, drawn: DrawnCertificate) -> Iterator[Event]:
    lot = next(lot for lot in story.lots if lot.lot_number == REVIEWED_LOT)
    identity = identity_tests(story).get(lot.item, [])
    yield Event(lot.received_on, partial(_review, seeding, lot, drawn), hour=10)
    yield Event(lot.received_on + timedelta(days=4), partial(dispose, seeding, lot, identity))


def _upload(seeding: Seeding, drawn: DrawnCertificate, now: datetime) -> int:
    return upload_certificate(
        seeding.sessions,
        seeding.installation.documents,
        drawn.path.name,
        drawn.path.read_bytes(),
        actor=seeding.actor("ana"),
        now=now,
    )


def _review(seeding: Seeding, lot: records.Lot, drawn: DrawnCertificate, now: datetime) -> None:
    """Upload, read and decide as a reviewer who has the paper beside them."""
    number = _upload(seeding, drawn, now)
    claim = claim_next(seeding.sessions, now)
    if claim is None:
        raise NotFound("A waiting certificate", number)
    reading = read_stored_file(seeding.installation, claim.sha256)
    record_reading(seeding.sessions, claim, reading, now=now)
    _choose_item(seeding, number, seeding.items[lot.item], now)
    _decide_fields(seeding, number, drawn.expected, now)
    _decide_rows(seeding, number, drawn.expected["tests"], now)
    seeding.lots[lot.item, lot.lot_number] = _finish(seeding, number, now)


def _finish(seeding: Seeding, number: int, now: datetime) -> int:
    """Ben confirms, or hands over to Bea where two persons read the item's certificates."""
    reason, reader = "Checked against the page image line by line.", "ben"
    with seeding.installation.reading() as session:
        item = session.get_one(Certificate, number).item
        demand = demand_of_item(session, item, now.date())
    if demand.needs_second:
        hand_over_certificate(
            seeding.sessions,
            number,
            version=_certificate(seeding, number).version,
            reason=reason,
            actor=seeding.actor(reader),
            now=now,
        )
        reader = "bea"
    return confirm_certificate(
        seeding.sessions,
        number,
        version=_certificate(seeding, number).version,
        reason=reason,
        actor=seeding.actor(reader),
        now=now,
    )


def _choose_item(seeding: Seeding, number: int, item_id: int, now: datetime) -> None:
    certificate = _certificate(seeding, number)
    if certificate.item_id != item_id:
        choose_item(
            seeding.sessions,
            number,
            item_id,
            version=certificate.version,
            actor=seeding.actor("ben"),
            now=now,
        )


def _decide_fields(seeding: Seeding, number: int, expected: dict[str, Any], now: datetime) -> None:
    for field in _certificate(seeding, number).fields:
        key = _HEADER.get(HeaderField(field.field))
        value = expected.get(key) if key else field.value
        decide_field(
            seeding.sessions,
            number,
            field.id,
            value,
            version=field.version,
            actor=seeding.actor("ben"),
            now=now,
        )


def _decide_rows(
    seeding: Seeding, number: int, tests: Sequence[dict[str, Any]], now: datetime
) -> None:
    """Confirm what was read, correct what was misread, set the rest aside, add what is missing."""
    ben = seeding.actor("ben")
    certificate = _certificate(seeding, number)
    lines = _lines(seeding, certificate, [test["name"] for test in tests])
    open_rows = {normalised_name(row.name): row for row in certificate.rows}
    for test in tests:
        row = open_rows.pop(normalised_name(test["name"]), None)
        decision = RowDecision(_values(test), lines.get(test["name"]))
        if row is None:
            add_row(seeding.sessions, number, decision, actor=ben, now=now)
        else:
            decide_row(
                seeding.sessions, number, row.id, decision, version=row.version, actor=ben, now=now
            )
    for row in open_rows.values():
        note = "Not a result of this lot."
        reject_row(seeding.sessions, number, row.id, note, version=row.version, actor=ben, now=now)


def _values(test: dict[str, Any]) -> RowValues:
    return RowValues(
        name=test["name"],
        method=test.get("method"),
        supplier_limit=test.get("specification"),
        result=test["result"],
        unit=test.get("unit"),
        supplier_verdict=None,
    )


def _lines(seeding: Seeding, certificate: Certificate, names: Sequence[str]) -> dict[str, int]:
    """Our specification line for each printed test name that answers one."""
    with seeding.installation.reading() as session:
        lines = session.scalars(
            select(SpecificationLine).where(
                SpecificationLine.specification_id == certificate.specification_id
            )
        ).all()
    matching = match_tests([line.attribute for line in lines], names)
    numbers = {line.attribute: line.id for line in lines}
    return {match.row_name: numbers[match.attribute] for match in matching.matches}


def _certificate(seeding: Seeding, number: int) -> Certificate:
    with seeding.installation.reading() as session:
        certificate = session.scalar(
            select(Certificate)
            .where(Certificate.id == number)
            .options(selectinload(Certificate.fields), selectinload(Certificate.rows))
        )
    if certificate is None:
        raise NotFound("Certificate", number)
    return certificate
