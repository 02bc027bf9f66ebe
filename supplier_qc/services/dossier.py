"""Writing a dossier table out: the file, and the entry that it was written."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.people import Actor
from supplier_qc.exports.dossier_docx import dossier_docx
from supplier_qc.exports.dossier_table import DossierTable
from supplier_qc.exports.dossier_xlsx import dossier_xlsx
from supplier_qc.persistence.tables import DossierExport
from supplier_qc.queries.dossier import raw_material_table
from supplier_qc.queries.dossier_records import DossierScope
from supplier_qc.services.transaction import changing


class ExportForm(StrEnum):
    DOCX = "docx"
    XLSX = "xlsx"


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
        filename = _filename(table, scope, form, now)
        export = DossierExport(
            section=table.section,
            scope={
                "authority": scope.authority.value,
                "use": scope.use.value,
                "include_not_approved": scope.include_not_approved,
            },
            form=form.value,
            filename=filename,
            sha256=hashlib.sha256(content).hexdigest(),
            number_of_rows=len(table.rows),
            cut_off_at=now,
            exported_by_id=actor.person_id,
        )
        change.session.add(export)
        change.session.flush()  # the number goes into the audit entry
        change.about(export, f"{table.section} for {scope.authority.value}, {filename}")
    return ExportedFile(filename, MEDIA_TYPES[form], content)


def _filename(table: DossierTable, scope: DossierScope, form: ExportForm, now: datetime) -> str:
    """Lower case, digits and hyphens, at most 64 characters (usual for eCTD, unverified)."""
    section = table.section.replace(".", "").lower()
    use = scope.use.value.replace("_", "-")
    moment = now.strftime("%Y%m%d-%H%M")
    return f"{section}-materials-{scope.authority.value}-{use}-{moment}.{form.value}"
