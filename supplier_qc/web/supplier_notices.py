"""Notices of suppliers: the list, one with who is hit by it, and its signed assessment."""

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    PasswordField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from supplier_qc.domain.evidence_files import EvidenceFile
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.domain.supplier_notices import NoticeImpact, SupplierNoticeKind
from supplier_qc.queries.supplier_notices import (
    SupplierNoticeRow,
    get_supplier_notice,
    list_lots_of_vendor,
    list_supplier_notices,
    notice_effects,
    supplier_notice_document,
)
from supplier_qc.queries.vendors import VendorRow, get_vendor, list_items_of_vendor
from supplier_qc.services import supplier_notices as services
from supplier_qc.services.evidence import read_document
from supplier_qc.services.supplier_notices import NoticeAssessment, SupplierNoticeDraft
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import (
    FilterForm,
    choice_field,
    reason_field,
    ticked_field,
    version_field,
)
from supplier_qc.web.pages import form_page, refused_page

blueprint = Blueprint("supplier_notices", __name__, url_prefix="/supplier-notices")

_IMPACTS = {
    NoticeImpact.NONE: "It does not concern us",
    NoticeImpact.ACCEPTED: "It concerns us and is accepted, for the reasons below",
    NoticeImpact.LOTS_STOPPED: "The lots it names are not to be released",
}


class StateForm(FilterForm):
    state = SelectField(
        "State",
        choices=[SelectChoice("open", "To assess"), SelectChoice("all", "All")],
        default="open",
    )


class SupplierNoticeForm(FlaskForm):
    kind = choice_field("Kind", SupplierNoticeKind)
    title = StringField("Title", [DataRequired("Say what it is about."), Length(max=200)])
    reference = StringField("Supplier's number", [Length(max=120)])
    received_on = DateField("Received on", [InputRequired("Say when it reached us.")])
    effective_on = DateField(
        "In effect from", [Optional()], description="For a change: lots made from this day on."
    )
    items = ticked_field("Items", "With all their lots, those to come as well.")
    lots = ticked_field("Single lots", "Where the notice names lots and not the item as a whole.")
    details = TextAreaField("What it says", [Length(max=8000)], render_kw={"rows": 5})
    file = FileField("The supplier's letter", description="A PDF, or a PNG or JPEG image.")


class EditSupplierNoticeForm(SupplierNoticeForm):
    version = version_field()
    reason = reason_field()


class AssessmentForm(FlaskForm):
    version = version_field()
    impact = SelectField(
        "Conclusion",
        [InputRequired("Choose one.")],
        choices=[
            SelectChoice("", "Choose …"),
            *(SelectChoice(impact.value, words) for impact, words in _IMPACTS.items()),
        ],
    )
    reason = TextAreaField(
        "Assessment", [DataRequired("Write what it means for us."), Length(max=8000)]
    )
    requalify = BooleanField(
        "Qualify the sources again, for cause",
        description="Each source in use below is due for review until it is decided on again.",
    )
    password = PasswordField("Password", [InputRequired("Type your password to sign.")])


class ReopenForm(FlaskForm):
    version = version_field()
    reason = reason_field()


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    form = StateForm(request.args)
    only_open = form.state.data != "all"
    rows = list_supplier_notices(context.reading(), only_open=only_open)
    return render_template(
        "supplier_notices/index.html", rows=rows, form=form, only_open=only_open, impacts=_IMPACTS
    )


@blueprint.route("/new/of-vendor/<int:vendor_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def new(vendor_id: int) -> ResponseReturnValue:
    vendor = _vendor(vendor_id)
    form = SupplierNoticeForm()
    _offer(form, vendor_id)
    if not form.is_submitted():
        form.received_on.data = context.today()
    if not form.validate_on_submit():
        return form_page("supplier_notices/edit.html", form, vendor=vendor, notice=None)
    try:
        number = services.record_supplier_notice(
            context.sessions(),
            context.installation().documents,
            vendor_id,
            _draft(form),
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("supplier_notices/edit.html", form, refusal, vendor=vendor, notice=None)
    flash("The notice is recorded and waits for its assessment.", "success")
    return redirect(url_for("supplier_notices.detail", notice_id=number))


@blueprint.route("/<int:notice_id>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def edit(notice_id: int) -> ResponseReturnValue:
    notice = _notice(notice_id)
    vendor = _vendor(notice.organisation_id)
    form = EditSupplierNoticeForm(
        obj=notice, items=list(notice.item_ids), lots=list(notice.lot_ids)
    )
    del form.file
    _offer(form, vendor.id)
    if not form.validate_on_submit():
        return form_page("supplier_notices/edit.html", form, vendor=vendor, notice=notice)
    try:
        services.change_supplier_notice(
            context.sessions(),
            notice_id,
            _draft(form),
            version=form.version.data or 0,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(
            "supplier_notices/edit.html", form, refusal, vendor=vendor, notice=notice
        )
    flash("The notice is saved.", "success")
    return redirect(url_for("supplier_notices.detail", notice_id=notice_id))


@blueprint.get("/<int:notice_id>")
@requires(Permission.READ_RECORDS)
def detail(notice_id: int) -> ResponseReturnValue:
    return _detail_page(_notice(notice_id))


@blueprint.post("/<int:notice_id>/assess")
@requires(Permission.ASSESS_SUPPLIER_NOTICE)
def assess(notice_id: int) -> ResponseReturnValue:
    notice = _notice(notice_id)
    form = AssessmentForm()
    if not form.validate_on_submit():
        return _detail_page(notice, form, status=422)
    assessed = NoticeAssessment(
        NoticeImpact(form.impact.data),
        form.reason.data,
        form.version.data or 0,
        form.password.data,
        requalify=form.requalify.data,
    )
    try:
        services.assess_supplier_notice(
            context.sessions(), notice_id, assessed, actor=context.actor(), now=context.now()
        )
    except Refused as refusal:
        return _detail_page(notice, form, reasons=refusal.reasons, status=409)
    flash("The assessment is signed.", "success")
    return redirect(url_for("supplier_notices.detail", notice_id=notice_id))


@blueprint.route("/<int:notice_id>/reopen", methods=["GET", "POST"])
@requires(Permission.ASSESS_SUPPLIER_NOTICE)
def reopen(notice_id: int) -> ResponseReturnValue:
    notice = _notice(notice_id)
    form = ReopenForm(version=notice.version)
    if not form.validate_on_submit():
        return form_page("supplier_notices/reopen.html", form, notice=notice)
    try:
        services.reopen_supplier_notice(
            context.sessions(),
            notice_id,
            version=form.version.data or 0,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("supplier_notices/reopen.html", form, refusal, notice=notice)
    flash("The notice is open again.", "success")
    return redirect(url_for("supplier_notices.detail", notice_id=notice_id))


@blueprint.get("/<int:notice_id>/file")
@requires(Permission.READ_RECORDS)
def document(notice_id: int) -> ResponseReturnValue:
    """The letter as it was stored, to be saved and never shown inside these pages."""
    found = supplier_notice_document(context.reading(), notice_id)
    if found is None:
        raise NotFound("The file of supplier notice", notice_id)
    return send_file(
        BytesIO(read_document(context.installation().documents, found.sha256)),
        mimetype=found.media_type,
        as_attachment=True,
        download_name=found.filename,
    )


def _vendor(vendor_id: int) -> VendorRow:
    vendor = get_vendor(context.reading(), vendor_id)
    if vendor is None:
        raise NotFound("Vendor", vendor_id)
    return vendor


def _notice(notice_id: int) -> SupplierNoticeRow:
    notice = get_supplier_notice(context.reading(), notice_id)
    if notice is None:
        raise NotFound("Supplier notice", notice_id)
    return notice


def _offer(form: SupplierNoticeForm, vendor_id: int) -> None:
    reading = context.reading()
    form.items.choices = [
        SelectChoice(item.id, f"{item.name} ({item.catalogue_number})")
        for item in list_items_of_vendor(reading, vendor_id)
    ]
    form.lots.choices = [
        SelectChoice(number, words) for number, words in list_lots_of_vendor(reading, vendor_id)
    ]


def _draft(form: SupplierNoticeForm) -> SupplierNoticeDraft:
    upload = form.file.data if "file" in form else None
    filename = getattr(upload, "filename", "")
    return SupplierNoticeDraft(
        kind=form.kind.data,
        title=form.title.data,
        received_on=form.received_on.data,
        item_ids=tuple(form.items.data or ()),
        lot_ids=tuple(form.lots.data or ()),
        effective_on=form.effective_on.data,
        reference=form.reference.data,
        details=form.details.data,
        file=EvidenceFile(filename, upload.read()) if upload and filename else None,
    )


def _detail_page(
    notice: SupplierNoticeRow,
    form: AssessmentForm | None = None,
    *,
    reasons: tuple[str, ...] = (),
    status: int = 200,
) -> ResponseReturnValue:
    page = render_template(
        "supplier_notices/detail.html",
        notice=notice,
        effects=notice_effects(context.reading(), notice),
        form=form or AssessmentForm(formdata=None, version=notice.version),
        reasons=reasons,
        impacts=_IMPACTS,
    )
    return page, status
