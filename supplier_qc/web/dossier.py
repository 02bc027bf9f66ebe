"""CTD section 3.2.S.2.3: preview, and the table as DOCX and XLSX."""

from io import BytesIO

from flask import Blueprint, render_template, send_file
from flask.typing import ResponseReturnValue

from supplier_qc.domain.people import Permission
from supplier_qc.exports.dossier_table import reference, source_lines
from supplier_qc.queries.dossier import raw_material_table
from supplier_qc.queries.dossier_exports import list_exports
from supplier_qc.services.dossier import ExportForm, export_raw_material_table
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.dossier_scope import ScopeForm

blueprint = Blueprint("dossier", __name__, url_prefix="/dossier")


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    form = ScopeForm.of_request()
    table = raw_material_table(
        context.reading(), form.scope, now=context.now(), author=context.actor().full_name
    )
    return render_template(
        "dossier/index.html",
        form=form,
        table=table,
        rows=list(zip(table.rows, map(reference, table.source_numbers()), strict=True)),
        sources=source_lines(table),
        exports=list_exports(context.reading()),
    )


@blueprint.post("/export/<form_name>")
@requires(Permission.EXPORT_DOSSIER)
def export(form_name: str) -> ResponseReturnValue:
    if form_name not in list(ExportForm):
        return render_template("errors/not_found.html", what="There is no such format."), 404
    exported = export_raw_material_table(
        context.sessions(),
        ScopeForm.of_request().scope,
        ExportForm(form_name),
        actor=context.actor(),
        now=context.now(),
    )
    return send_file(
        BytesIO(exported.content),
        mimetype=exported.media_type,
        as_attachment=True,
        download_name=exported.filename,
    )
