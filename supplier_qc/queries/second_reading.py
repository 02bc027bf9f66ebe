"""The second person's reading of a certificate, beside the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.certificates import DECIDED
from supplier_qc.domain.double_entry import TypedReading, readings_agree
from supplier_qc.domain.second_person import ReviewFacts
from supplier_qc.persistence.tables.certificates import Certificate, CertificateRow
from supplier_qc.persistence.tables.people import Person
from supplier_qc.persistence.tables.second_person import CertificateSecondEntry
from supplier_qc.queries.reading_policy import demand_of_item


@dataclass(frozen=True, slots=True)
class SecondEntryRow:
    """One row read twice; `taken` is None while nobody settled a difference."""

    id: int
    row_id: int
    name: str
    first: TypedReading
    second: TypedReading
    entered_by_id: int
    entered_by: str
    taken: str | None
    settled_by: str | None
    settled_at: datetime | None
    reason: str | None

    @property
    def agrees(self) -> bool:
        return self.taken is not None or readings_agree(self.first, self.second)

    @property
    def is_open(self) -> bool:
        return not self.agrees


def list_second_entries(session: Session, certificate: Certificate) -> list[SecondEntryRow]:
    """In the order of the rows, in two statements."""
    found = session.execute(
        select(CertificateSecondEntry, CertificateRow)
        .join(CertificateRow, CertificateRow.id == CertificateSecondEntry.row_id)
        .where(CertificateRow.certificate_id == certificate.id)
        .order_by(CertificateRow.position)
    ).all()
    people = {entry.entered_by_id for entry, _row in found}
    people |= {entry.settled_by_id for entry, _row in found if entry.settled_by_id}
    named = session.execute(select(Person.id, Person.full_name).where(Person.id.in_(people)))
    names = {number: name for number, name in named}  # noqa: C416 -- rows, not pairs
    return [_entry_row(entry, row, names) for entry, row in found]


def _entry_row(
    entry: CertificateSecondEntry, row: CertificateRow, names: dict[int, str]
) -> SecondEntryRow:
    return SecondEntryRow(
        id=entry.id,
        row_id=row.id,
        name=row.name,
        first=TypedReading(row.result, row.unit),
        second=TypedReading(entry.result, entry.unit),
        entered_by_id=entry.entered_by_id,
        entered_by=names[entry.entered_by_id],
        taken=entry.taken,
        settled_by=names.get(entry.settled_by_id or 0),
        settled_at=entry.settled_at,
        reason=entry.settlement_reason,
    )


def rows_to_enter_again(certificate: Certificate) -> list[CertificateRow]:
    """The rows whose results go to the lot, in the order of the page."""
    return [row for row in certificate.rows if row.state in DECIDED]


def review_facts(
    session: Session,
    certificate: Certificate,
    today: date,
    entries: Sequence[SecondEntryRow] | None = None,
) -> ReviewFacts:
    """What decides who may take which step with the certificate."""
    if entries is None:
        entries = list_second_entries(session, certificate)
    return ReviewFacts(
        state=certificate.state,
        demand=demand_of_item(session, certificate.item, today),
        first_reader_id=certificate.first_read_by_id,
        is_double_entry=certificate.is_double_entry,
        second_reader_id=entries[0].entered_by_id if entries else None,
        open_differences=sum(entry.is_open for entry in entries),
    )
