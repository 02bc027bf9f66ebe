"""Runs of imports, latest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.persistence.tables import ImportRun, Person

MOST_RUNS = 100


@dataclass(frozen=True, slots=True)
class SheetCount:
    sheet: str
    new: int
    changed: int
    same: int


@dataclass(frozen=True, slots=True)
class ImportRunRow:
    id: int
    at: datetime
    person_name: str
    filename: str
    sha256: str
    size_bytes: int
    counts: tuple[SheetCount, ...]


def list_runs(session: Session) -> list[ImportRunRow]:
    found = session.execute(
        select(ImportRun, Person.full_name)
        .join(Person, Person.id == ImportRun.person_id)
        .order_by(ImportRun.id.desc())
        .limit(MOST_RUNS)
    )
    return [
        ImportRunRow(
            id=run.id,
            at=run.at,
            person_name=name,
            filename=run.filename,
            sha256=run.sha256,
            size_bytes=run.size_bytes,
            counts=tuple(
                SheetCount(sheet, one["new"], one["changed"], one["same"])
                for sheet, one in run.counts.items()
            ),
        )
        for run, name in found
    ]
