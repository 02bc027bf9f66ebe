"""Certificates: the list, the upload, and the stored file with its page images."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.file import FileRequired, MultipleFileField
from markupsafe import Markup, escape
from werkzeug.datastructures import FileStorage
from wtforms import SelectField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice

from supplier_qc.domain.catalogue import label
from supplier_qc.domain.certificates import CertificateState
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.domain.uploads import media_type_of, shown_filename
from supplier_qc.extraction.reading_process import PageNotRendered
from supplier_qc.queries.certificate_review import get_certificate_file
from supplier_qc.queries.certificates import count_certificates, list_certificates
from supplier_qc.services.certificates import DuplicateCertificate, upload_certificate
from supplier_qc.services.file_reading import stored_file
from supplier_qc.services.page_images import page_image
from supplier_qc.web import context
from supplier_qc.web.access import requires

blueprint = Blueprint("certificates", __name__, url_prefix="/certificates")

_STATES = {
    CertificateState.QUEUED: "Waiting to be read",
    CertificateState.READING: "Being read",
    CertificateState.PROPOSED: "To review",
    CertificateState.AWAITING_SECOND: "Waits for a second person",
    CertificateState.CONFIRMED: "Confirmed",
    CertificateState.REJECTED: "Rejected",
}


class UploadForm(FlaskForm):
    files = MultipleFileField(
        "Certificates as PDF, or results as JSON, XML or CSV",
        [FileRequired("Choose at least one file.")],
        render_kw={"accept": "application/pdf,.pdf,.json,.xml,.csv"},
    )
    submit = SubmitField("Upload")


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file: stored as a certificate, known as one, or refused by reasons."""

    name: str
    stored_id: int | None = None
    known_id: int | None = None
    reasons: tuple[str, ...] = ()


class CertificateFilter(FlaskForm):
    class Meta:
        csrf = False  # a filter changes nothing

    state = SelectField(
        "State",
        choices=[
            SelectChoice("", "All"),
            *(SelectChoice(state.value, words) for state, words in _STATES.items()),
        ],
    )
    text = StringField("File, lot or item")


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    return _list(UploadForm(formdata=None))


@blueprint.post("/")
@requires(Permission.UPLOAD_CERTIFICATE)
def upload() -> ResponseReturnValue:
    form = UploadForm()
    if not form.validate_on_submit():
        return _list(form), 422
    results = [_take(uploaded) for uploaded in form.files.data]
    if any(result.reasons for result in results):
        return _list(form, results), 409
    if len(results) > 1:
        flash(f"{len(results)} files are stored; they are read one after the other.", "success")
        return redirect(url_for("certificates.index"))
    return redirect(url_for("certificates.detail", certificate_id=results[0].stored_id))


@blueprint.get("/<int:certificate_id>/file")
@requires(Permission.READ_RECORDS)
def file(certificate_id: int) -> ResponseReturnValue:
    """The file as it came, as a download: active content never runs in this origin."""
    sha256, name = _file_of(certificate_id)
    content = stored_file(context.installation(), sha256)
    return send_file(
        BytesIO(content),
        mimetype=media_type_of(content),
        as_attachment=True,
        download_name=name,
    )


@blueprint.get("/<int:certificate_id>/pages/<int:page>.png")
@requires(Permission.READ_RECORDS)
def image(certificate_id: int, page: int) -> ResponseReturnValue:
    sha256, _name = _file_of(certificate_id)
    try:
        content = page_image(context.installation(), sha256, page)
    except PageNotRendered as reason:
        raise NotFound("Page", f"{page}: {reason}") from reason
    return send_file(BytesIO(content), mimetype="image/png", max_age=3600)


def _file_of(certificate_id: int) -> tuple[str, str]:
    found = get_certificate_file(context.reading(), certificate_id)
    if found is None:
        raise NotFound("Certificate", certificate_id)
    return found


def _take(uploaded: FileStorage) -> FileResult:
    """Store one file by itself; what is wrong with it keeps no other out."""
    name = shown_filename(uploaded.filename or "")
    try:
        number = upload_certificate(
            context.sessions(),
            context.installation().documents,
            name,
            uploaded.read(),
            actor=context.actor(),
            now=context.now(),
        )
    except DuplicateCertificate as refusal:
        return FileResult(name, known_id=refusal.first_id, reasons=(_with_link(refusal),))
    except Refused as refusal:
        return FileResult(name, reasons=refusal.reasons)
    return FileResult(name, stored_id=number)


def _with_link(refusal: DuplicateCertificate) -> Markup:
    url = url_for("certificates.detail", certificate_id=refusal.first_id)
    link = Markup('<a href="{}">Open certificate {}</a>').format(url, refusal.first_id)
    return escape(refusal.reasons[0]) + " " + link


def _list(form: UploadForm, results: Sequence[FileResult] = ()) -> str:
    filters = CertificateFilter(request.args)
    states = {state.value: state for state in CertificateState}
    state = states.get(str(filters.state.data or ""))
    counts = count_certificates(context.reading())
    found = list_certificates(
        context.reading(),
        state=state,
        text=filters.text.data or "",
        page=request.args.get("page", 1, int),
    )
    return render_template(
        "certificates/index.html",
        form=form,
        # Of several files each one's result stands in a table of its own.
        reasons=results[0].reasons if len(results) == 1 else (),
        results=results,
        filters=filters,
        found=found,
        counts={words: counts[one] for one, words in _STATES.items()},
        is_filtered=bool(state or filters.text.data),
        is_reading=bool(counts[CertificateState.QUEUED] + counts[CertificateState.READING]),
        limit_megabytes=context.installation().settings.upload_megabytes,
        state_label=label,
    )
