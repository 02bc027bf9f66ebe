"""Writing a dossier table out: the file, and the entry that it was written."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.people import Actor
from supplier_qc.exports.dossier_docx import dossier_docx
from supplier_qc.exports.dossier_xlsx import dossier_xlsx
from supplier_qc.exports.origin_xlsx import origin_xlsx
from supplier_qc.persistence.tables import DossierExport
from supplier_qc.queries.dossier import raw_material_table
from supplier_qc.queries.dossier_records import DossierScope
from supplier_qc.queries.origin_tables import origin_tables
from supplier_qc.services.transaction import Change, changing


class ExportForm(StrEnum):
    DOCX = "docx"
    XLSX = "xlsx"


ORIGIN_SECTION = "3.2.A.2"
"""Where adventitious-agents data stand; Tables A to C go with them (usual practice)."""

_WRITERS = {ExportForm.DOCX: dossier_docx, ExportForm.XLSX: dossier_xlsx}

MEDIA_TYPES = {
    ExportForm.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ExportForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class ExportedFile:
    filename: str
    media_type: str
    content: bytes


def export_raw_material_table(
    sessions: sessionmaker[Session],
    scope: DossierScope,
    form: ExportForm,
    *,
    actor: Actor,
    now: datetime,
) -> ExportedFile:
    """The 3.2.S.2.3 table as a file, as the data stand in this transaction."""
    with changing(sessions, AuditAction.DOSSIER_EXPORTED, actor=actor, now=now) as change:
        table = raw_material_table(change.session, scope, now=now, author=actor.full_name)
        content = _WRITERS[form](table)
        name = f"{table.section.replace('.', '').lower()}-materials"
        filename = _filename(name, scope, form, now)
        file = ExportedFile(filename, MEDIA_TYPES[form], content)
        _record(change, file, scope, form, section=table.section, rows=len(table.rows))
    return file


def export_origin_tables(
    sessions: sessionmaker[Session], scope: DossierScope, *, actor: Actor, now: datetime
) -> ExportedFile:
    """Tables A, B and C, adventitious agents and open questions as one workbook."""
    with changing(sessions, AuditAction.DOSSIER_EXPORTED, actor=actor, now=now) as change:
        tables = origin_tables(change.session, scope, now=now, author=actor.full_name)
        filename = _filename("origin-tables", scope, ExportForm.XLSX, now)
        file = ExportedFile(filename, MEDIA_TYPES[ExportForm.XLSX], origin_xlsx(tables))
        rows = sum(len(table.rows) for table in tables)
        _record(change, file, scope, ExportForm.XLSX, section=ORIGIN_SECTION, rows=rows)
    return file


def _record(
    change: Change,
    file: ExportedFile,
    scope: DossierScope,
    form: ExportForm,
    *,
    section: str,
    rows: int,
) -> None:
    export = DossierExport(
        section=section,
        scope={
            "authority": scope.authority.value,
            "use": scope.use.value,
            "include_not_approved": scope.include_not_approved,
        },
        form=form.value,
        filename=file.filename,
        sha256=hashlib.sha256(file.content).hexdigest(),
        number_of_rows=rows,
        cut_off_at=change.now,
        exported_by_id=change.actor.person_id,
    )
    change.session.add(export)
    change.session.flush()  # the number goes into the audit entry
    change.about(export, f"{section} for {scope.authority.value}, {file.filename}")


def _filename(name: str, scope: DossierScope, form: ExportForm, now: datetime) -> str:
    """Lower case, digits and hyphens, at most 64 characters (usual for eCTD, unverified)."""
    use = scope.use.value.replace("_", "-")
    moment = now.strftime("%Y%m%d-%H%M")
    return f"{name}-{scope.authority.value}-{use}-{moment}.{form.value}"
