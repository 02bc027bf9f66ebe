"""Which version of an item's specification is filed where."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.catalogue import label
from supplier_qc.domain.origin.vocabulary import words
from supplier_qc.domain.specification.filed import FiledVersion
from supplier_qc.persistence.tables.filings import SpecificationFiling
from supplier_qc.persistence.tables.people import Person
from supplier_qc.persistence.tables.specifications import Specification
from supplier_qc.queries.limit_lines import lines_by_specification


@dataclass(frozen=True, slots=True)
class FilingRow:
    """`stands` is False once another filing for the same authority and use took its place."""

    id: int
    specification_id: int
    number: int
    authority: str
    use: str
    reference: str
    filed_on: date
    recorded_by: str
    stands: bool

    @property
    def place(self) -> str:
        return f"{self.authority}, {self.use.lower()}: {self.reference}"


def list_filings(session: Session, item_id: int | None) -> list[FilingRow]:
    """All filings of the item's versions, the newest first."""
    found = session.execute(
        select(SpecificationFiling, Specification.number, Person.full_name)
        .join(Specification, Specification.id == SpecificationFiling.specification_id)
        .join(Person, Person.id == SpecificationFiling.recorded_by_id)
        .where(Specification.item_id == item_id)
        .order_by(SpecificationFiling.filed_on.desc(), SpecificationFiling.id.desc())
    )
    rows, seen = [], set()
    for filing, number, name in found:
        place = (filing.authority, filing.use_scope)
        rows.append(_row(filing, number, name, stands=place not in seen))
        seen.add(place)
    return rows


def _row(filing: SpecificationFiling, number: int, name: str, *, stands: bool) -> FilingRow:
    return FilingRow(
        id=filing.id,
        specification_id=filing.specification_id,
        number=number,
        authority=words(filing.authority),
        use=label(filing.use_scope),
        reference=filing.reference,
        filed_on=filing.filed_on,
        recorded_by=name,
        stands=stands,
    )


def list_filed_versions(session: Session, item_id: int | None) -> list[FiledVersion]:
    """The filings that stand, with their lines, in two statements."""
    standing = [row for row in list_filings(session, item_id) if row.stands]
    lines = lines_by_specification(session, [row.specification_id for row in standing])
    return [FiledVersion(row.place, lines[row.specification_id]) for row in standing]
