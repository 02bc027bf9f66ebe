"""Requests for evidence: asking a vendor, naming the answer, and the letter to copy."""

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from supplier_qc.domain.catalogue import label
from supplier_qc.domain.evidence_requests import (
    ASKED_OF_SUPPLIERS,
    LONGEST_TEXT,
    USUAL_DAYS,
    usual_text,
)
from supplier_qc.domain.people import Permission
from supplier_qc.domain.qualification.evidence_policy import RequirementKind
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries.evidence_requests import (
    RequestRow,
    get_evidence_request,
    letter_for,
    list_evidence_requests,
    list_papers_that_answer,
)
from supplier_qc.queries.source_facts import get_source_row
from supplier_qc.queries.vendors import VendorRow, get_vendor, list_items_of_vendor
from supplier_qc.services import evidence_requests as services
from supplier_qc.services.evidence_requests import RequestDraft
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import (
    FilterForm,
    choice_field,
    number_choice_field,
    number_choices,
    reason_field,
    version_field,
)
from supplier_qc.web.pages import form_page, refused_page
from supplier_qc.web.request_bounds import record_number

blueprint = Blueprint("evidence_requests", __name__, url_prefix="/evidence-requests")

ROWS = 100


class StateForm(FilterForm):
    state = SelectField(
        "State",
        choices=[SelectChoice("open", "Open"), SelectChoice("all", "All")],
        default="open",
        validate_choice=False,
    )


class RequestForm(FlaskForm):
    kind = choice_field("What is lacking", RequirementKind)
    item_id = number_choice_field("Item")
    site_id = number_choice_field("Site")
    text = TextAreaField(
        "What is asked for",
        [DataRequired("Say what the vendor is asked for."), Length(max=LONGEST_TEXT)],
        description="It stands like this in the letter to the vendor.",
        render_kw={"rows": 3},
    )
    due_on = DateField("By", [InputRequired("Say by which day.")])


class AnswerForm(FlaskForm):
    version = version_field()
    evidence_id = number_choice_field("Paper on file", "Choose the paper.")


class WithdrawForm(FlaskForm):
    version = version_field()
    reason = reason_field()


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    form = StateForm(request.args)
    open_only = form.state.data != "all"
    rows = list_evidence_requests(context.reading(), context.today(), open_only=open_only)
    pages = max(1, -(-len(rows) // ROWS))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    return render_template(
        "evidence_requests/index.html",
        form=form,
        rows=rows[(page - 1) * ROWS : page * ROWS],
        total=len(rows),
        page=page,
        pages=pages,
        open_only=open_only,
    )


@blueprint.route("/new/of-vendor/<int:vendor_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def new(vendor_id: int) -> ResponseReturnValue:
    vendor = _vendor(vendor_id)
    form = RequestForm()
    _offer(form, vendor)
    if not form.is_submitted():
        _begin(form)
    if not form.validate_on_submit():
        return form_page("evidence_requests/new.html", form, vendor=vendor)
    draft = RequestDraft(
        kind=form.kind.data,
        due_on=form.due_on.data,
        text=form.text.data,
        item_id=form.item_id.data,
        site_id=form.site_id.data,
    )
    try:
        number = services.request_evidence(
            context.sessions(), vendor_id, draft, actor=context.actor(), now=context.now()
        )
    except Refused as refusal:
        return refused_page("evidence_requests/new.html", form, refusal, vendor=vendor)
    flash("The request is recorded. Nothing is sent by itself: copy the letter.", "success")
    return redirect(url_for("evidence_requests.detail", request_id=number))


@blueprint.get("/<int:request_id>")
@requires(Permission.READ_RECORDS)
def detail(request_id: int) -> ResponseReturnValue:
    return _detail_page(_request(request_id))


@blueprint.post("/<int:request_id>/answer")
@requires(Permission.EDIT_CATALOGUE)
def answer(request_id: int) -> ResponseReturnValue:
    row, form = _request(request_id), AnswerForm()
    form.evidence_id.choices = _papers(row)
    if not form.validate_on_submit():
        return _detail_page(row, form, status=422)
    try:
        services.answer_request(
            context.sessions(),
            request_id,
            form.evidence_id.data,
            version=form.version.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return _detail_page(row, form, reasons=refusal.reasons, status=409)
    flash("The request is answered.", "success")
    return redirect(url_for("evidence_requests.detail", request_id=request_id))


@blueprint.route("/<int:request_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def withdraw(request_id: int) -> ResponseReturnValue:
    row = _request(request_id)
    form = WithdrawForm(version=row.version)
    if not form.validate_on_submit():
        return form_page("evidence_requests/withdraw.html", form, row=row)
    try:
        services.withdraw_request(
            context.sessions(),
            request_id,
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("evidence_requests/withdraw.html", form, refusal, row=row)
    flash("The request is withdrawn.", "success")
    return redirect(url_for("evidence_requests.index", state="all"))


@blueprint.get("/letter/of-vendor/<int:vendor_id>")
@requires(Permission.READ_RECORDS)
def letter(vendor_id: int) -> ResponseReturnValue:
    """All that the vendor's sources lack, or with `source` one of them, as a text to copy."""
    vendor = _vendor(vendor_id)
    return render_template(
        "evidence_requests/letter.html",
        vendor=vendor,
        text=_letter(vendor_id),
        source=request.args.get("source", type=record_number),
    )


@blueprint.get("/letter/of-vendor/<int:vendor_id>.txt")
@requires(Permission.READ_RECORDS)
def letter_file(vendor_id: int) -> ResponseReturnValue:
    vendor = _vendor(vendor_id)
    text = _letter(vendor_id)
    if text is None:
        raise NotFound("A letter to vendor", vendor_id)
    return send_file(
        BytesIO(text.encode()),
        mimetype="text/plain; charset=utf-8",
        as_attachment=True,
        download_name=f"evidence asked of {vendor.name}, {context.today().isoformat()}.txt",
    )


def _letter(vendor_id: int) -> str | None:
    source = request.args.get("source", type=record_number)
    person = context.actor().full_name
    return letter_for(context.reading(), vendor_id, context.today(), person, source)


def _vendor(vendor_id: int) -> VendorRow:
    vendor = get_vendor(context.reading(), vendor_id)
    if vendor is None:
        raise NotFound("Vendor", vendor_id)
    return vendor


def _request(request_id: int) -> RequestRow:
    row = get_evidence_request(context.reading(), request_id, context.today())
    if row is None:
        raise NotFound("Request for evidence", request_id)
    return row


def _offer(form: RequestForm, vendor: VendorRow) -> None:
    """Only what a supplier can send is offered."""
    form.kind.choices = [
        SelectChoice("", "Choose …"),
        *(SelectChoice(k.value, label(k)) for k in RequirementKind if k in ASKED_OF_SUPPLIERS),
    ]
    items = list_items_of_vendor(context.reading(), vendor.id)
    named = ((item.id, f"{item.name} ({item.catalogue_number})") for item in items)
    form.item_id.choices = number_choices(named, blank="The whole vendor")
    sites = ((site.id, site.name) for site in vendor.sites)
    form.site_id.choices = number_choices(sites, blank="All sites")


def _begin(form: RequestForm) -> None:
    """With the requirement of a source that the address names, and what is on file for it."""
    form.due_on.data = context.today() + USUAL_DAYS
    kind = request.args.get("kind", "")
    if kind not in {one.value for one in ASKED_OF_SUPPLIERS}:
        return
    form.kind.data = RequirementKind(kind)
    form.text.data = usual_text(form.kind.data)
    source = get_source_row(
        context.reading(), record_number(request.args.get("source")) or 0, context.today()
    )
    if source is not None:
        form.item_id.data = source.identity.item_id
        reasons = [one.reason for one in source.requirements if one.kind is form.kind.data]
        form.text.data = usual_text(form.kind.data, *reasons)


def _papers(row: RequestRow) -> list[SelectChoice]:
    return number_choices(list_papers_that_answer(context.reading(), row), blank="Choose …")


def _detail_page(
    row: RequestRow,
    form: AnswerForm | None = None,
    *,
    reasons: tuple[str, ...] = (),
    status: int = 200,
) -> ResponseReturnValue:
    form = form or AnswerForm(formdata=None, version=row.version)
    papers = _papers(row) if row.is_open else []
    form.evidence_id.choices = papers
    page = render_template(
        "evidence_requests/detail.html",
        row=row,
        form=form,
        reasons=reasons,
        has_papers=len(papers) > 1,
    )
    return page, status
