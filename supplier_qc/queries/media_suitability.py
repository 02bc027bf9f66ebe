"""Tests of media and supplements, and what they say of every combination."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from supplier_qc.domain.media_suitability import (
    PROCESS_WORDS,
    CultureProcess,
    SuitabilityCell,
    SuitabilityResult,
    SuitabilityTest,
    TissueSource,
    matrix,
)
from supplier_qc.persistence.tables import Evidence, ManufacturerItem, MediaSuitability


@dataclass(frozen=True, slots=True)
class SuitabilityRow:
    id: int
    version: int
    item_id: int
    item_name: str
    tissue: TissueSource
    process: CultureProcess
    result: SuitabilityResult
    tested_on: date
    report: str
    evidence_id: int | None
    evidence_title: str | None
    document_id: int | None
    note: str | None

    @property
    def process_words(self) -> str:
        return PROCESS_WORDS[self.process]


@dataclass(frozen=True, slots=True)
class ItemSuitability:
    """One item's tests, latest first, and the cell of every combination."""

    item_id: int
    item_name: str
    rows: tuple[SuitabilityRow, ...]
    cells: tuple[tuple[SuitabilityCell, ...], ...]


def get_suitability(session: Session, number: int) -> SuitabilityRow | None:
    found = _rows(session, MediaSuitability.id == number)
    return found[0] if found else None


def suitability_of_item(session: Session, item_id: int, item_name: str) -> ItemSuitability:
    return _of(item_id, item_name, _rows(session, MediaSuitability.item_id == item_id))


def suitability_of_material(session: Session, material_id: int) -> list[ItemSuitability]:
    """The items of the material that were tested for anything."""
    rows = _rows(session, ManufacturerItem.material_id == material_id)
    names = {row.item_id: row.item_name for row in rows}
    return [
        _of(item_id, name, [row for row in rows if row.item_id == item_id])
        for item_id, name in names.items()
    ]


def _of(item_id: int, item_name: str, rows: Sequence[SuitabilityRow]) -> ItemSuitability:
    tests = [SuitabilityTest(row.tissue, row.process, row.result, row.tested_on) for row in rows]
    cells = tuple(tuple(row) for row in matrix(tests))
    return ItemSuitability(item_id, item_name, tuple(rows), cells)


def _rows(session: Session, condition: ColumnElement[bool]) -> list[SuitabilityRow]:
    found = session.execute(
        select(MediaSuitability, ManufacturerItem.name, Evidence.title, Evidence.document_id)
        .join(ManufacturerItem, ManufacturerItem.id == MediaSuitability.item_id)
        .outerjoin(Evidence, Evidence.id == MediaSuitability.evidence_id)
        .where(condition)
        .order_by(
            ManufacturerItem.name, MediaSuitability.tested_on.desc(), MediaSuitability.id.desc()
        )
    )
    return [
        SuitabilityRow(
            id=record.id,
            version=record.version,
            item_id=record.item_id,
            item_name=name,
            tissue=record.tissue,
            process=record.process,
            result=record.result,
            tested_on=record.tested_on,
            report=record.report,
            evidence_id=record.evidence_id,
            evidence_title=title,
            document_id=document_id,
            note=record.note,
        )
        for record, name, title, document_id in found
    ]
