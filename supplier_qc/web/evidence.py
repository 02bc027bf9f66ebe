"""Evidence of a vendor: what the paper is, until when it holds, and the file itself."""

from dataclasses import asdict, replace
from io import BytesIO

from flask import Blueprint, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from supplier_qc.domain.catalogue import (
    AuditManner,
    EvidenceKind,
    EvidenceResult,
    Region,
    label,
)
from supplier_qc.domain.evidence_details import EvidenceDetails
from supplier_qc.domain.evidence_files import EvidenceFile
from supplier_qc.domain.people import Permission
from supplier_qc.domain.qualification.evidence_policy import ANSWERED_BY
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries.evidence import EvidenceRow, get_evidence
from supplier_qc.queries.evidence_requests import RequestRow, list_evidence_requests
from supplier_qc.queries.statements import get_statement_of_evidence
from supplier_qc.queries.vendors import VendorRow, get_vendor, list_items_of_vendor
from supplier_qc.services import evidence as services
from supplier_qc.services.evidence import EvidenceDraft
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import (
    choice_field,
    number_choice_field,
    number_choices,
    optional_choice_field,
    reason_field,
    version_field,
)
from supplier_qc.web.pages import form_page, refused_page
from supplier_qc.web.request_bounds import record_number

blueprint = Blueprint("evidence", __name__, url_prefix="/evidence")


class EvidenceForm(FlaskForm):
    kind = choice_field("Kind", EvidenceKind)
    title = StringField("Title", [DataRequired("Type what the paper is."), Length(max=200)])
    item_id = number_choice_field("Covers")
    site_id = number_choice_field("Site")
    scope = TextAreaField(
        "Scope in its own words",
        [Length(max=2_000)],
        description="What it covers: products, processes, standard, areas visited.",
        render_kw={"rows": 2},
    )
    result = optional_choice_field("Result", EvidenceResult, blank="Not recorded")
    manner = optional_choice_field("Manner of the audit", AuditManner, blank="Not recorded")
    consent = StringField(
        "Consent to a shared audit",
        [Length(max=200)],
        description="Who consented to its use here, and where that is written.",
    )
    region = optional_choice_field("Region", Region, blank="Not recorded")
    change_notice_months = IntegerField(
        "Notice of changes, months", [Optional()], description="Agreed period before a change."
    )
    lots = IntegerField("Lots tested", [Optional()])
    reference = StringField(
        "Reference", [Length(max=120)], description="The paper's own number, as printed."
    )
    issued_by = StringField("Issuing body", [Length(max=200)])
    issued_on = DateField("Issued on", [Optional()])
    expires_on = DateField(
        "Expires on", [Optional()], description="The last day it holds; reminders follow it."
    )
    file = FileField("File", description="A PDF, or a PNG or JPEG image.")


class NewEvidenceForm(EvidenceForm):
    answers = number_choice_field("Answers the request")


class EditEvidenceForm(EvidenceForm):
    version = version_field()
    reason = reason_field()


@blueprint.route("/new/of-vendor/<int:vendor_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def new(vendor_id: int) -> ResponseReturnValue:
    vendor = _vendor(vendor_id)
    form = NewEvidenceForm()
    form.item_id.choices = _item_choices(vendor_id)
    form.site_id.choices = _site_choices(vendor)
    asked = list_evidence_requests(
        context.reading(), context.today(), open_only=True, vendor_id=vendor_id
    )
    form.answers.choices = _request_choices(asked)
    if not form.is_submitted():
        form.item_id.data = request.args.get("item", type=record_number)
        _begin(form, asked)
    if not asked:
        del form.answers
    if not form.validate_on_submit():
        return form_page("evidence/edit.html", form, vendor=vendor, evidence=None)
    try:
        services.add_evidence(
            context.sessions(),
            context.installation().documents,
            vendor_id,
            replace(_draft(form), answers_request_id=form.answers.data if asked else None),
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("evidence/edit.html", form, refusal, vendor=vendor, evidence=None)
    flash("The evidence is added.", "success")
    return redirect(_back(vendor_id, form.item_id.data))


@blueprint.route("/<int:evidence_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def edit(evidence_id: int) -> ResponseReturnValue:
    evidence = _evidence(evidence_id)
    vendor = _vendor(evidence.organisation_id)
    form = EditEvidenceForm(obj=evidence, **asdict(evidence.details))
    form.item_id.choices = _item_choices(vendor.id)
    form.site_id.choices = _site_choices(vendor)
    shown = {
        "vendor": vendor,
        "evidence": evidence,
        "statement_id": get_statement_of_evidence(context.reading(), evidence_id),
    }
    if not form.validate_on_submit():
        return form_page("evidence/edit.html", form, **shown)
    try:
        services.change_evidence(
            context.sessions(),
            context.installation().documents,
            evidence_id,
            _draft(form),
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("evidence/edit.html", form, refusal, **shown)
    flash("The evidence is saved.", "success")
    return redirect(_back(vendor.id, form.item_id.data))


@blueprint.get("/<int:evidence_id>/file")
@requires(Permission.READ_RECORDS)
def document(evidence_id: int) -> ResponseReturnValue:
    """The file as it was stored, to be saved and never shown inside these pages."""
    evidence = _evidence(evidence_id)
    if evidence.document is None:
        raise NotFound("The file of evidence", evidence_id)
    content = services.read_document(context.installation().documents, evidence.document.sha256)
    return send_file(
        BytesIO(content),
        mimetype=evidence.document.media_type,
        as_attachment=True,
        download_name=evidence.document.filename,
    )


def _vendor(vendor_id: int) -> VendorRow:
    vendor = get_vendor(context.reading(), vendor_id)
    if vendor is None:
        raise NotFound("Vendor", vendor_id)
    return vendor


def _evidence(evidence_id: int) -> EvidenceRow:
    evidence = get_evidence(context.reading(), evidence_id, context.today())
    if evidence is None:
        raise NotFound("Evidence", evidence_id)
    return evidence


def _item_choices(vendor_id: int) -> list[SelectChoice]:
    items = list_items_of_vendor(context.reading(), vendor_id)
    named = ((item.id, f"{item.name} ({item.catalogue_number})") for item in items)
    return number_choices(named, blank="The whole vendor")


def _site_choices(vendor: VendorRow) -> list[SelectChoice]:
    return number_choices(((site.id, site.name) for site in vendor.sites), blank="All sites")


def _request_choices(asked: list[RequestRow]) -> list[SelectChoice]:
    named = (
        (one.id, f"{label(one.kind)}: {one.about}, asked on {one.asked_on.isoformat()}")
        for one in asked
    )
    return number_choices(named, blank="No request")


def _begin(form: NewEvidenceForm, asked: list[RequestRow]) -> None:
    """As the request that the address names asks for it."""
    number = request.args.get("answers", type=record_number)
    named = next((one for one in asked if one.id == number), None)
    if named is None:
        return
    form.answers.data = named.id
    form.item_id.data, form.site_id.data = named.item_id, named.site_id
    kinds = ANSWERED_BY[named.kind]
    if len(kinds) == 1:
        form.kind.data = next(iter(kinds))


def _draft(form: EvidenceForm) -> EvidenceDraft:
    upload = form.file.data
    has_file = bool(upload and getattr(upload, "filename", ""))
    return EvidenceDraft(
        kind=form.kind.data,
        title=form.title.data,
        item_id=form.item_id.data,
        site_id=form.site_id.data,
        reference=form.reference.data,
        issued_by=form.issued_by.data,
        issued_on=form.issued_on.data,
        expires_on=form.expires_on.data,
        scope=form.scope.data,
        details=EvidenceDetails(
            result=form.result.data,
            manner=form.manner.data,
            consent=form.consent.data or None,
            region=form.region.data,
            change_notice_months=form.change_notice_months.data,
            lots=form.lots.data,
        ),
        file=EvidenceFile(upload.filename, upload.read()) if has_file else None,
    )


def _back(vendor_id: int, item_id: int | None) -> str:
    """To the item the paper covers, else to the vendor."""
    if item_id is not None:
        return url_for("items.detail", item_id=item_id)
    return url_for("vendors.detail", vendor_id=vendor_id)
