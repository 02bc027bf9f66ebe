"""Tables A, B and C and adventitious agents: on the page, and as a workbook."""

from io import BytesIO

from flask import Blueprint, render_template, send_file
from flask.typing import ResponseReturnValue

from supplier_qc.domain.people import Permission
from supplier_qc.queries.origin_tables import origin_tables
from supplier_qc.services.dossier import export_origin_tables
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.dossier_scope import ScopeForm

blueprint = Blueprint("origin_tables", __name__, url_prefix="/origin/tables")


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    form = ScopeForm.of_request()
    tables = origin_tables(
        context.reading(), form.scope, now=context.now(), author=context.actor().full_name
    )
    return render_template("origin/tables.html", form=form, tables=tables, first=tables[0])


@blueprint.post("/export")
@requires(Permission.EXPORT_DOSSIER)
def export() -> ResponseReturnValue:
    exported = export_origin_tables(
        context.sessions(),
        ScopeForm.of_request().scope,
        actor=context.actor(),
        now=context.now(),
    )
    return send_file(
        BytesIO(exported.content),
        mimetype=exported.media_type,
        as_attachment=True,
        download_name=exported.filename,
    )
