"""Rows that nobody has read in their primary source, and who read the others here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.origin.editions import UNVERIFIED, EditionState
from supplier_qc.domain.origin.reference import DatedRow
from supplier_qc.domain.origin.reference_kinds import ReferenceListKind
from supplier_qc.domain.origin.vocabulary import Mark
from supplier_qc.persistence.reference_files import row_of_cells
from supplier_qc.persistence.tables.people import Person
from supplier_qc.persistence.tables.reference import (
    ListEdition,
    ReferenceRow,
    ReferenceVerification,
)
from supplier_qc.queries.reference_editions import row_name, row_pairs


@dataclass(frozen=True, slots=True)
class VerificationRow:
    """Who read the row in its source; `note` says what was read."""

    verified_by: str
    verified_at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class RowToVerify:
    """One row of an edition in force whose mark is V2 or K; `pairs` are column and words."""

    row_id: int
    kind: ReferenceListKind
    position: int
    name: str
    pairs: tuple[tuple[str, str], ...]
    dated: DatedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    kind: ReferenceListKind | None = None
    mark: Mark | None = None
    text: str = ""


def list_verifications(session: Session) -> dict[str, VerificationRow]:
    """All verifications by the checksum of their row."""
    table = ReferenceVerification
    found = session.execute(
        select(table.row_sha256, Person.full_name, table.verified_at, table.note).join(
            Person, Person.id == table.verified_by_id
        )
    )
    return {sha256: VerificationRow(name, at, note) for sha256, name, at, note in found}


def list_rows_to_verify(session: Session, wanted: QueueFilter) -> list[RowToVerify]:
    """Rows in force marked V2 or K that nobody has verified here, in the order of the lists."""
    return [row for row in _waiting(session) if _fits(row, wanted)]


def _waiting(session: Session) -> Iterator[RowToVerify]:
    row, edition, known = ReferenceRow, ListEdition, ReferenceVerification
    found = session.execute(
        select(row.id, row.position, row.payload, edition.kind)
        .join(edition, edition.id == row.edition_id)
        .outerjoin(known, known.row_sha256 == row.sha256)
        .where(edition.state == EditionState.IN_FORCE, known.id.is_(None))
        .order_by(edition.kind, row.position)
    )
    for number, position, payload, kind in found:
        if payload["mark"] in UNVERIFIED:
            dated = row_of_cells(kind, payload)
            pairs = row_pairs(kind, dated)
            yield RowToVerify(number, kind, position, row_name(kind, dated), pairs, dated)


def _fits(row: RowToVerify, wanted: QueueFilter) -> bool:
    text = " ".join(wanted.text.split()).casefold()
    cells = (row.name, *(words for _, words in row.pairs))
    return (
        (wanted.kind is None or row.kind is wanted.kind)
        and (wanted.mark is None or row.dated.mark is wanted.mark)
        and any(text in cell.casefold() for cell in cells)
    )
