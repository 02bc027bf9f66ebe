"""Rounds of questionnaires: the list, sending one, its page, and the workbook for the supplier."""

from datetime import timedelta
from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from supplier_qc.domain.catalogue import ContactFunction
from supplier_qc.domain.people import Permission
from supplier_qc.domain.questionnaires.answers import shown_value
from supplier_qc.domain.questionnaires.rounds import RoundState
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.exports.questionnaire_book import SentTo, workbook_to_fill_in
from supplier_qc.queries import questionnaire_rounds as queries
from supplier_qc.queries.questionnaire_rounds import RoundPage
from supplier_qc.queries.questionnaires import versions_in_force
from supplier_qc.queries.record_history import list_entries_about
from supplier_qc.queries.vendor_choices import list_vendor_choices
from supplier_qc.queries.vendors import VendorRow, get_vendor, list_items_of_vendor
from supplier_qc.services.evidence import read_document
from supplier_qc.services.questionnaire_rounds import (
    RoundDraft,
    send_questionnaire,
    withdraw_round,
)
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import (
    FilterForm,
    number_choice_field,
    number_choices,
    reason_field,
    version_field,
)
from supplier_qc.web.pages import form_page, refused_page
from supplier_qc.web.request_bounds import record_number

blueprint = Blueprint("questionnaires", __name__, url_prefix="/questionnaires")

ANSWERED_WITHIN = timedelta(days=30)
"""The day that a form proposes (convention)."""

ROUND_TABLE = "questionnaire_round"
OPEN, ALL = "open", "all"
STATE_WORDS = {
    RoundState.SENT: "Answers awaited",
    RoundState.ANSWERED: "To review",
    RoundState.REVIEWED: "Reviewed",
    RoundState.WITHDRAWN: "Withdrawn",
}


class RoundFilterForm(FilterForm):
    state = SelectField(
        "State",
        choices=[
            SelectChoice(OPEN, "Awaited or to review"),
            *(SelectChoice(state.value, words) for state, words in STATE_WORDS.items()),
            SelectChoice(ALL, "All"),
        ],
        default=OPEN,
    )
    vendor = SelectField("Vendor", default="", validate_choice=False)


class SendForm(FlaskForm):
    questionnaire_id = number_choice_field("Questionnaire", "Choose the questionnaire.")
    item_id = number_choice_field("About")
    site_id = number_choice_field("Site")
    sent_to = StringField(
        "Sent to", [Length(max=200)], description="The person, and the address or portal."
    )
    sent_on = DateField("Sent on", [InputRequired("Say when it was sent.")])
    due_on = DateField(
        "Answer due on",
        [InputRequired("Say until when.")],
        description="Reminders follow this day.",
    )


class WithdrawForm(FlaskForm):
    version = version_field()
    reason = reason_field()


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    form = RoundFilterForm(request.args)
    vendors = list_vendor_choices(context.reading())
    form.vendor.choices = [
        SelectChoice("", "All vendors"),
        *(SelectChoice(str(number), name) for number, name in vendors),
    ]
    state = form.state.data or OPEN
    found = queries.list_rounds(
        context.reading(),
        context.today(),
        state=RoundState(state) if state in set(RoundState) else None,
        only_open=state == OPEN,
        organisation_id=request.args.get("vendor", type=record_number),
        page=request.args.get("page", 1, type=int),
    )
    return render_template(
        "questionnaires/index.html",
        form=form,
        found=found,
        is_filtered=state != OPEN or bool(form.vendor.data),
        state_words=STATE_WORDS,
    )


@blueprint.route("/new/of-vendor/<int:vendor_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def send(vendor_id: int) -> ResponseReturnValue:
    vendor, form, page = _vendor(vendor_id), SendForm(), "questionnaires/send.html"
    _offer(form, vendor)
    if not form.is_submitted():
        form.sent_on.data = context.today()
        form.due_on.data = context.today() + ANSWERED_WITHIN
        form.item_id.data = request.args.get("item", type=record_number)
        form.sent_to.data = _quality_contact(vendor)
    if not form.validate_on_submit():
        return form_page(page, form, vendor=vendor)
    draft = RoundDraft(
        questionnaire_id=form.questionnaire_id.data,
        sent_on=form.sent_on.data,
        due_on=form.due_on.data,
        item_id=form.item_id.data,
        site_id=form.site_id.data,
        sent_to=form.sent_to.data,
    )
    try:
        number = send_questionnaire(
            context.sessions(), vendor_id, draft, actor=context.actor(), now=context.now()
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, vendor=vendor)
    flash("The round is recorded. Download the workbook and send it to the supplier.", "success")
    return redirect(url_for("questionnaires.detail", round_id=number))


@blueprint.get("/<int:round_id>")
@requires(Permission.READ_RECORDS)
def detail(round_id: int) -> ResponseReturnValue:
    entries = list_entries_about(context.reading(), {ROUND_TABLE: [round_id]})
    return render_template("questionnaires/detail.html", **page_values(round_id), entries=entries)


@blueprint.get("/<int:round_id>/to-fill-in.xlsx")
@requires(Permission.READ_RECORDS)
def workbook(round_id: int) -> ResponseReturnValue:
    """The workbook for the supplier, with the answers that are on file already."""
    found = round_page(round_id)
    sent = SentTo(round_id, found.row.vendor, found.row.scope, found.row.dates.due_on)
    content = workbook_to_fill_in(found.questionnaire, sent, found.given, made_at=context.now())
    name = f"questionnaire-{found.questionnaire.key}-round-{round_id}.xlsx"
    return send_file(BytesIO(content), as_attachment=True, download_name=name)


@blueprint.get("/<int:round_id>/as-received")
@requires(Permission.READ_RECORDS)
def as_received(round_id: int) -> ResponseReturnValue:
    """The workbook as the supplier sent it back."""
    found = queries.filled_document(context.reading(), round_id)
    if found is None:
        raise NotFound("The filled workbook of round", round_id)
    return send_file(
        BytesIO(read_document(context.installation().documents, found.sha256)),
        mimetype=found.media_type,
        as_attachment=True,
        download_name=found.filename,
    )


@blueprint.route("/<int:round_id>/withdrawal", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def withdraw(round_id: int) -> ResponseReturnValue:
    found, page = round_page(round_id), "questionnaires/withdraw.html"
    form = WithdrawForm(version=found.row.version)
    if not form.validate_on_submit():
        return form_page(page, form, found=found)
    try:
        withdraw_round(
            context.sessions(),
            round_id,
            version=form.version.data or 0,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, found=found)
    flash("The round is withdrawn.", "success")
    return redirect(url_for("questionnaires.detail", round_id=round_id))


def round_page(round_id: int) -> RoundPage:
    found = queries.get_round_page(context.reading(), round_id, context.today())
    if found is None:
        raise NotFound("Round of a questionnaire", round_id)
    return found


def ended_page(found: RoundPage) -> ResponseReturnValue | None:
    """Away from a form for answers that are closed; None while they are open."""
    if found.row.state is RoundState.SENT:
        return None
    flash("The answers are closed: they wait for their review, or the round has ended.", "warning")
    return redirect(url_for("questionnaires.detail", round_id=found.row.id))


def page_values(round_id: int) -> dict[str, object]:
    """What the pages of one round show."""
    found = round_page(round_id)
    return {
        "found": found,
        "notes": queries.origin_notes_of_round(context.reading(), found),
        "state_words": STATE_WORDS,
        "shown_value": shown_value,
        "has_typed": context.actor().person_id in found.typed_by,
    }


def _vendor(vendor_id: int) -> VendorRow:
    vendor = get_vendor(context.reading(), vendor_id)
    if vendor is None:
        raise NotFound("Vendor", vendor_id)
    return vendor


def _quality_contact(vendor: VendorRow) -> str:
    """The first contact for questions of quality, where there is one."""
    found = [one for one in vendor.contacts if one.function is ContactFunction.QUALITY]
    return ", ".join(part for one in found[:1] for part in (one.full_name, one.email) if part)


def _offer(form: SendForm, vendor: VendorRow) -> None:
    reading = context.reading()
    in_force = versions_in_force(reading, context.today())
    form.questionnaire_id.choices = number_choices(in_force.items(), blank="Choose …")
    items = list_items_of_vendor(reading, vendor.id)
    form.item_id.choices = number_choices(
        ((item.id, f"{item.name} ({item.catalogue_number})") for item in items),
        blank="The whole vendor",
    )
    form.site_id.choices = number_choices(
        ((site.id, site.name) for site in vendor.sites), blank="All sites"
    )
