"""CTD section 3.2.S.2.3: preview, and the table as DOCX and XLSX."""

from io import BytesIO

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from supplier_qc.domain.catalogue import UseScope, label
from supplier_qc.domain.origin.vocabulary import Authority, words
from supplier_qc.domain.people import Permission
from supplier_qc.exports.dossier_table import reference, source_lines
from supplier_qc.queries.dossier import raw_material_table
from supplier_qc.queries.dossier_exports import list_exports
from supplier_qc.queries.dossier_records import DossierScope
from supplier_qc.services.dossier import ExportForm, export_raw_material_table
from supplier_qc.web import context
from supplier_qc.web.access import requires

blueprint = Blueprint("dossier", __name__, url_prefix="/dossier")

_AUTHORITIES = [authority for authority in Authority if authority is not Authority.WOAH]


class ScopeForm(FlaskForm):
    """A form that is sent by GET and changes nothing."""

    class Meta:
        csrf = False

    authority = SelectField(
        "Target authority", choices=[SelectChoice(one.value, words(one)) for one in _AUTHORITIES]
    )
    use = SelectField("Use", choices=[SelectChoice(one.value, label(one)) for one in UseScope])
    include_not_approved = BooleanField("List proposed sources too")


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    form = _scope_form()
    table = raw_material_table(
        context.reading(), _scope(form), now=context.now(), author=context.actor().full_name
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
        _scope(_scope_form()),
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


def _scope_form() -> ScopeForm:
    form = ScopeForm(request.args)
    if form.authority.data not in {one.value for one in _AUTHORITIES}:
        form.authority.data = Authority.EU.value
    if form.use.data not in set(UseScope):
        form.use.data = UseScope.PHASE_1_2.value
    return form


def _scope(form: ScopeForm) -> DossierScope:
    return DossierScope(
        authority=Authority(form.authority.data),
        use=UseScope(form.use.data),
        include_not_approved=form.include_not_approved.data,
    )
