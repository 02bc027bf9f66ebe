"""Findings against suppliers: the list, one with its requests, raised from where it was seen."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.domain.supplier_findings import (
    FindingOrigin,
    FindingSeverity,
    finding_closing_problems,
    requesting_problems,
)
from supplier_qc.queries.corrective_actions import list_requests
from supplier_qc.queries.evidence import list_evidence_of_vendor
from supplier_qc.queries.finding_drafts import (
    DraftOnRecord,
    draft_on_certificate,
    draft_on_evidence,
    draft_on_lot,
)
from supplier_qc.queries.supplier_findings import (
    FindingFilter,
    FindingRow,
    get_finding,
    page_of_findings,
)
from supplier_qc.queries.supplier_notices import list_lots_of_vendor
from supplier_qc.queries.vendors import VendorRow, get_vendor, list_items_of_vendor
from supplier_qc.services import supplier_findings as services
from supplier_qc.services.supplier_findings import FindingDraft
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import (
    FilterForm,
    choice_field,
    filter_field,
    number_choice_field,
    number_choices,
    reason_field,
    ticked_field,
    version_field,
)
from supplier_qc.web.pages import form_page, refused_page
from supplier_qc.web.request_bounds import record_number

blueprint = Blueprint("supplier_findings", __name__, url_prefix="/findings")

ROWS = 100


class FindingFilterForm(FilterForm):
    state = SelectField(
        "State",
        choices=[SelectChoice("open", "Open"), SelectChoice("all", "All")],
        default="open",
        validate_choice=False,
    )
    severity = filter_field("Severity", FindingSeverity, everything="Any severity")
    origin = filter_field("Found by", FindingOrigin, everything="Anything")
    vendor = HiddenField("Vendor", filters=[record_number])


class FindingForm(FlaskForm):
    severity = choice_field("Severity", FindingSeverity)
    origin = choice_field("Found by", FindingOrigin)
    title = StringField("What was found", [DataRequired("Say it in a line."), Length(max=200)])
    found_on = DateField("Found on", [InputRequired("Say when it was found.")])
    details = TextAreaField("Details", [Length(max=8000)], render_kw={"rows": 5})
    site_id = number_choice_field("Site")
    item_id = number_choice_field("Item")
    lot_id = number_choice_field("Lot")
    lot_ids = ticked_field("Further lots", "Others that it concerns.")
    evidence_id = number_choice_field("Paper it stands in")


class EditFindingForm(FindingForm):
    version = version_field()
    reason = reason_field()


class CloseForm(FlaskForm):
    version = version_field()
    reason = TextAreaField(
        "How it is settled", [DataRequired("Say how it is settled."), Length(max=8000)]
    )
    password = PasswordField("Password", [InputRequired("Type your password to sign.")])


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    form = FindingFilterForm(request.args)
    wanted = FindingFilter(
        only_open=form.state.data != "all",
        severity=form.severity.data,
        origin=form.origin.data,
        organisation_id=form.vendor.data,
    )
    found = page_of_findings(
        context.reading(), wanted, page=request.args.get("page", 1, type=int), size=ROWS
    )
    return render_template("supplier_findings/index.html", form=form, found=found, wanted=wanted)


@blueprint.route("/new/of-vendor/<int:vendor_id>", methods=["GET", "POST"])
@requires(Permission.RECORD_FINDING)
def new(vendor_id: int) -> ResponseReturnValue:
    item_id = request.args.get("item", type=record_number)
    return _new(DraftOnRecord(_vendor(vendor_id).id, item_id=item_id))


@blueprint.route("/new/on-lot/<int:lot_id>", methods=["GET", "POST"])
@requires(Permission.RECORD_FINDING)
def new_on_lot(lot_id: int) -> ResponseReturnValue:
    return _new(_known(draft_on_lot(context.reading(), lot_id), "Lot", lot_id))


@blueprint.route("/new/on-certificate/<int:certificate_id>", methods=["GET", "POST"])
@requires(Permission.RECORD_FINDING)
def new_on_certificate(certificate_id: int) -> ResponseReturnValue:
    draft = draft_on_certificate(context.reading(), certificate_id)
    return _new(_known(draft, "Certificate with an item", certificate_id))


@blueprint.route("/new/on-evidence/<int:evidence_id>", methods=["GET", "POST"])
@requires(Permission.RECORD_FINDING)
def new_on_evidence(evidence_id: int) -> ResponseReturnValue:
    return _new(_known(draft_on_evidence(context.reading(), evidence_id), "Evidence", evidence_id))


@blueprint.get("/<int:finding_id>")
@requires(Permission.READ_RECORDS)
def detail(finding_id: int) -> ResponseReturnValue:
    finding = _finding(finding_id)
    return render_template(
        "supplier_findings/detail.html",
        finding=finding,
        requests=list_requests(context.reading(), finding_id, context.today()),
        closing_problems=finding_closing_problems(finding.facts),
        requesting_problems=requesting_problems(finding.facts),
    )


@blueprint.route("/<int:finding_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORD_FINDING)
def edit(finding_id: int) -> ResponseReturnValue:
    finding = _finding(finding_id)
    vendor = _vendor(finding.organisation_id)
    form = EditFindingForm(obj=finding, lot_ids=list(finding.further_lot_ids))
    _offer(form, vendor)
    values = {"vendor": vendor, "finding": finding}
    if not form.validate_on_submit():
        return form_page("supplier_findings/edit.html", form, **values)
    try:
        services.change_finding(
            context.sessions(),
            finding_id,
            _draft(form, finding.certificate_id),
            version=form.version.data or 0,
            reason=form.reason.data or "",
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("supplier_findings/edit.html", form, refusal, **values)
    flash("The finding is saved.", "success")
    return redirect(url_for("supplier_findings.detail", finding_id=finding_id))


@blueprint.route("/<int:finding_id>/close", methods=["GET", "POST"])
@requires(Permission.CLOSE_FINDING)
def close(finding_id: int) -> ResponseReturnValue:
    finding = _finding(finding_id)
    form = CloseForm(version=finding.version)
    if not form.validate_on_submit():
        return form_page("supplier_findings/close.html", form, finding=finding)
    try:
        services.close_finding(
            context.sessions(),
            finding_id,
            version=form.version.data or 0,
            reason=form.reason.data or "",
            password=form.password.data or "",
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("supplier_findings/close.html", form, refusal, finding=finding)
    flash("Signed: the finding is closed.", "success")
    return redirect(url_for("supplier_findings.detail", finding_id=finding_id))


def _new(drafted: DraftOnRecord) -> ResponseReturnValue:
    vendor = _vendor(drafted.vendor_id)
    form = FindingForm(obj=drafted)
    _offer(form, vendor)
    if not form.is_submitted() and form.found_on.data is None:
        form.found_on.data = context.today()
    values = {"vendor": vendor, "finding": None}
    if not form.validate_on_submit():
        return form_page("supplier_findings/edit.html", form, **values)
    try:
        number = services.record_finding(
            context.sessions(),
            vendor.id,
            _draft(form, drafted.certificate_id),
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("supplier_findings/edit.html", form, refusal, **values)
    flash("The finding is recorded.", "success")
    return redirect(url_for("supplier_findings.detail", finding_id=number))


def _draft(form: FindingForm, certificate_id: int | None) -> FindingDraft:
    return FindingDraft(
        origin=form.origin.data,
        severity=form.severity.data,
        title=form.title.data or "",
        found_on=form.found_on.data or context.today(),
        details=form.details.data,
        site_id=form.site_id.data,
        item_id=form.item_id.data,
        lot_id=form.lot_id.data,
        lot_ids=tuple(form.lot_ids.data or ()),
        certificate_id=certificate_id,
        evidence_id=form.evidence_id.data,
    )


def _offer(form: FindingForm, vendor: VendorRow) -> None:
    reading = context.reading()
    sites = [(one.id, one.name) for one in vendor.sites]
    items = [
        (one.id, f"{one.name} ({one.catalogue_number})")
        for one in list_items_of_vendor(reading, vendor.id)
    ]
    lots = list_lots_of_vendor(reading, vendor.id)
    papers = list_evidence_of_vendor(reading, vendor.id, context.today())
    form.site_id.choices = number_choices(sites, blank="The vendor as a whole")
    form.item_id.choices = number_choices(items, blank="No single item")
    form.lot_id.choices = number_choices(lots, blank="No single lot")
    form.lot_ids.choices = [SelectChoice(number, words) for number, words in lots]
    form.evidence_id.choices = number_choices(
        [(one.id, one.title) for one in papers], blank="None on file"
    )


def _known(drafted: DraftOnRecord | None, what: str, number: int) -> DraftOnRecord:
    if drafted is None:
        raise NotFound(what, number)
    return drafted


def _vendor(vendor_id: int) -> VendorRow:
    vendor = get_vendor(context.reading(), vendor_id)
    if vendor is None:
        raise NotFound("Vendor", vendor_id)
    return vendor


def _finding(finding_id: int) -> FindingRow:
    finding = get_finding(context.reading(), finding_id)
    if finding is None:
        raise NotFound("Finding", finding_id)
    return finding
