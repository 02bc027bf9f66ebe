"""Dossier tables that left the product."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.persistence.tables import DossierExport, Person

_MOST = 20


@dataclass(frozen=True, slots=True)
class DossierExportRow:
    filename: str
    number_of_rows: int
    cut_off_at: datetime
    exported_by: str
    sha256: str


def list_exports(session: Session) -> list[DossierExportRow]:
    """The last twenty, newest first."""
    rows = session.execute(
        select(
            DossierExport.filename,
            DossierExport.number_of_rows,
            DossierExport.cut_off_at,
            Person.full_name,
            DossierExport.sha256,
        )
        .join(Person, Person.id == DossierExport.exported_by_id)
        .order_by(DossierExport.id.desc())
        .limit(_MOST)
    )
    return [DossierExportRow(*row) for row in rows]
