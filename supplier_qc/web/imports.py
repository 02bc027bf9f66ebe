"""Bring spreadsheets in: template, what a file would do, and the import with its progress."""

import re
from collections.abc import Iterator
from io import BytesIO

from flask import Blueprint, redirect, render_template, request, send_file, stream_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField
from wtforms.validators import DataRequired, Length

from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.domain.uploads import shown_filename
from supplier_qc.exports.import_template import import_template
from supplier_qc.queries.imports import list_runs
from supplier_qc.services.evidence import read_document
from supplier_qc.services.imports import ImportStep, Preview, apply_import, preview_import
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.pages import form_page, refused_page

blueprint = Blueprint("imports", __name__, url_prefix="/imports")

SHOWN = 200
"""Rows and errors on the page of a preview; the counts are of all."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


class UploadForm(FlaskForm):
    file = FileField(
        "Workbook or CSV file",
        [FileRequired("Choose the file.")],
        description=".xlsx or .csv, up to 20 MB and 60,000 rows.",
    )


class ApplyForm(FlaskForm):
    """`filename` is the name the file came with."""

    filename = HiddenField("File name", [DataRequired("Choose the file again."), Length(max=255)])


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    return form_page("imports/index.html", UploadForm(), runs=list_runs(context.reading()))


@blueprint.post("/")
@requires(Permission.EDIT_CATALOGUE)
def upload() -> ResponseReturnValue:
    """Keep the file and go to what it would do; nothing is imported yet."""
    form, page = UploadForm(), "imports/index.html"
    runs = list_runs(context.reading())
    if not form.validate_on_submit():
        return form_page(page, form, runs=runs)
    name = shown_filename(form.file.data.filename or "")
    content = form.file.data.read()
    try:
        _preview(content, name)
    except Refused as refusal:
        return refused_page(page, form, refusal, runs=runs)
    stored = context.installation().documents.put(content)
    return redirect(url_for("imports.preview", sha256=stored.sha256, name=name))


@blueprint.get("/template.xlsx")
@requires(Permission.READ_RECORDS)
def template() -> ResponseReturnValue:
    content = BytesIO(import_template(made_at=context.now()))
    return send_file(content, as_attachment=True, download_name="import-template.xlsx")


@blueprint.get("/files/<sha256>")
@requires(Permission.EDIT_CATALOGUE)
def preview(sha256: str) -> ResponseReturnValue:
    name = shown_filename(request.args.get("name", "")) or "file"
    found = _preview(_content(sha256), name)
    form = ApplyForm(filename=name)
    return render_template("imports/preview.html", form=form, found=found, name=name, shown=SHOWN)


@blueprint.post("/files/<sha256>")
@requires(Permission.EDIT_CATALOGUE)
def apply(sha256: str) -> ResponseReturnValue:
    """Carry it out; the page grows while it works, and the last line says how it ended."""
    form = ApplyForm()
    if not form.validate_on_submit():
        return redirect(url_for("imports.index"))
    name, content = form.filename.data, _content(sha256)
    steps = apply_import(
        context.sessions(), content, name, actor=context.actor(), now=context.now()
    )
    return stream_template("imports/applied.html", steps=_told(steps), name=name)


def _told(steps: Iterator[ImportStep]) -> Iterator[ImportStep | Refused]:
    """The steps, and a refusal as the last of them: the page has begun by then."""
    try:
        yield from steps
    except Refused as refusal:
        yield refusal


def _preview(content: bytes, name: str) -> Preview:
    return preview_import(context.sessions(), content, name, today=context.today())


def _content(sha256: str) -> bytes:
    if not _SHA256.fullmatch(sha256):
        raise NotFound("File", sha256[:12])
    return read_document(context.installation().documents, sha256)
