"""Deliveries: ordered, received with the answer of the policy, withdrawn."""

from decimal import Decimal

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.deliveries import (
    LONGEST_NOTE,
    LONGEST_NUMBER,
    LONGEST_UNIT,
    DeliveryStanding,
    Observation,
    Receipt,
    lots_of,
)
from supplier_qc.domain.entered_text import optional_paragraphs
from supplier_qc.domain.people import Permission
from supplier_qc.domain.qualification.evidence_policy import Step
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries.buying import answers_for_item
from supplier_qc.queries.deliveries import DeliveryRow, get_delivery, list_deliveries
from supplier_qc.queries.distributor_items import list_of_item
from supplier_qc.queries.items import ItemRow, get_item
from supplier_qc.services import deliveries as services
from supplier_qc.services.deliveries import DeliveryDraft
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import (
    FilterForm,
    NumberRequired,
    PlainDecimalField,
    choice_field,
    number_choice_field,
    number_choices,
    reason_field,
    stated_field,
    version_field,
)
from supplier_qc.web.pages import form_page, refused_page

blueprint = Blueprint("deliveries", __name__, url_prefix="/deliveries")

ROWS = 100
STANDING_WORDS = {
    DeliveryStanding.RECEIVED: "Received",
    DeliveryStanding.QUARANTINED: "Received into quarantine",
}


class StateForm(FilterForm):
    state = SelectField(
        "State",
        choices=[SelectChoice("open", "On the way"), SelectChoice("all", "All")],
        default="all",
        validate_choice=False,
    )


class DeliveryForm(FlaskForm):
    use_scope = choice_field("Bought for", UseScope)
    distributor_item_id = number_choice_field("Bought as")
    purchase_order = StringField("Order and line", [Length(max=LONGEST_NUMBER)])
    quantity = PlainDecimalField("Quantity", [NumberRequired("Type the quantity.")])
    unit = StringField(
        "Unit",
        [InputRequired("Type the unit."), Length(max=LONGEST_UNIT)],
        description="As on the order: bottles, packs, L.",
    )
    ordered_on = DateField("Ordered on", [InputRequired("Say when it was ordered.")])
    promised_on = DateField(
        "Promised for", [Optional()], description="Without it, nothing can be said to be in time."
    )


class ReceiptForm(FlaskForm):
    version = version_field()
    received_on = DateField("Received on", [InputRequired("Say when it came.")])
    lots = TextAreaField(
        "Lots",
        [DataRequired("Name the lots that came, as printed on them.")],
        description="As printed on the goods, one a line.",
        render_kw={"rows": 3},
    )
    excursion = stated_field("Temperature excursion", Observation, unknown=Observation.NOT_RECORDED)
    excursion_note = TextAreaField(
        "What the logger showed", [Length(max=LONGEST_NOTE)], render_kw={"rows": 2}
    )
    damage = stated_field("Damage", Observation, unknown=Observation.NOT_RECORDED)
    damage_note = TextAreaField(
        "What is damaged", [Length(max=LONGEST_NOTE)], render_kw={"rows": 2}
    )
    standing = SelectField(
        "Taken in as",
        [InputRequired("Choose one.")],
        choices=[
            SelectChoice("", "Choose …"),
            *(SelectChoice(one.value, words) for one, words in STANDING_WORDS.items()),
        ],
    )


class WithdrawForm(FlaskForm):
    version = version_field()
    reason = reason_field()


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    form = StateForm(request.args)
    open_only = form.state.data == "open"
    found = list_deliveries(
        context.reading(),
        context.today(),
        open_only=open_only,
        page=request.args.get("page", 1, type=int),
        size=ROWS,
    )
    return render_template("deliveries/index.html", form=form, found=found, open_only=open_only)


@blueprint.route("/new/for-item/<int:item_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def new(item_id: int) -> ResponseReturnValue:
    item = _item(item_id)
    form = DeliveryForm()
    form.distributor_item_id.choices = _packs(item)
    if not form.is_submitted():
        form.ordered_on.data = context.today()
    if not form.validate_on_submit():
        return form_page("deliveries/new.html", form, item=item)
    draft = DeliveryDraft(
        use_scope=form.use_scope.data,
        ordered_on=form.ordered_on.data,
        promised_on=form.promised_on.data,
        quantity=form.quantity.data or Decimal(0),
        unit=form.unit.data,
        purchase_order=form.purchase_order.data,
        distributor_item_id=form.distributor_item_id.data,
    )
    try:
        number = services.record_delivery(
            context.sessions(), item_id, draft, actor=context.actor(), now=context.now()
        )
    except Refused as refusal:
        return refused_page("deliveries/new.html", form, refusal, item=item)
    flash("The order is recorded; record the receipt when it is here.", "success")
    return redirect(url_for("deliveries.detail", delivery_id=number))


@blueprint.get("/<int:delivery_id>")
@requires(Permission.READ_RECORDS)
def detail(delivery_id: int) -> ResponseReturnValue:
    row = _delivery(delivery_id)
    answers = answers_for_item(context.reading(), row.item_id, context.today(), Step.RECEIPT)
    return render_template("deliveries/detail.html", row=row, answer=answers[row.use_scope])


@blueprint.route("/<int:delivery_id>/receipt", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def receive(delivery_id: int) -> ResponseReturnValue:
    row = _delivery(delivery_id)
    form = ReceiptForm(version=row.version)
    if not form.is_submitted():
        form.received_on.data = context.today()
    answers = answers_for_item(context.reading(), row.item_id, context.today(), Step.RECEIPT)
    if not form.validate_on_submit():
        return form_page("deliveries/receive.html", form, row=row, answers=answers)
    try:
        services.receive_delivery(
            context.sessions(),
            delivery_id,
            _receipt(form),
            version=form.version.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("deliveries/receive.html", form, refusal, row=row, answers=answers)
    flash("The receipt is recorded.", "success")
    return redirect(url_for("deliveries.detail", delivery_id=delivery_id))


@blueprint.route("/<int:delivery_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def withdraw(delivery_id: int) -> ResponseReturnValue:
    row = _delivery(delivery_id)
    form = WithdrawForm(version=row.version)
    if not form.validate_on_submit():
        return form_page("deliveries/withdraw.html", form, row=row)
    try:
        services.withdraw_delivery(
            context.sessions(),
            delivery_id,
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("deliveries/withdraw.html", form, refusal, row=row)
    flash("The delivery is withdrawn; it is kept and counts for nothing.", "success")
    return redirect(url_for("deliveries.detail", delivery_id=delivery_id))


def _receipt(form: ReceiptForm) -> Receipt:
    return Receipt(
        received_on=form.received_on.data,
        standing=DeliveryStanding(form.standing.data),
        lots=lots_of(form.lots.data),
        excursion=form.excursion.data,
        excursion_note=optional_paragraphs(form.excursion_note.data),
        damage=form.damage.data,
        damage_note=optional_paragraphs(form.damage_note.data),
    )


def _item(item_id: int) -> ItemRow:
    item = get_item(context.reading(), item_id)
    if item is None:
        raise NotFound("Item", item_id)
    return item


def _delivery(delivery_id: int) -> DeliveryRow:
    row = get_delivery(context.reading(), delivery_id, context.today())
    if row is None:
        raise NotFound("Delivery", delivery_id)
    return row


def _packs(item: ItemRow) -> list[SelectChoice]:
    packs = list_of_item(context.reading(), item.id)
    named = (
        (pack.id, f"{pack.distributor_name}, {pack.sku} ({pack.pack_words})")
        for pack in packs
        if not pack.is_retired
    )
    return number_choices(named, blank="From the manufacturer itself")
