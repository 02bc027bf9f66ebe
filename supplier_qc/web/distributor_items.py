"""Distributors' numbers of an item: pack, price and lead time."""

from decimal import Decimal

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from supplier_qc.domain.currencies import CURRENCIES
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries.distributor_items import get_distributor_item, list_sellers
from supplier_qc.queries.items import ItemRow, get_item
from supplier_qc.services import distributor_items as services
from supplier_qc.services.distributor_items import LONGEST_LEAD_TIME_DAYS, DistributorItemDraft
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import (
    NumberRequired,
    PlainDecimalField,
    number_choice_field,
    number_choices,
    reason_field,
    version_field,
)
from supplier_qc.web.pages import form_page, refused_page

blueprint = Blueprint("distributor_items", __name__, url_prefix="/distributor-items")


class DistributorItemForm(FlaskForm):
    distributor_id = number_choice_field("Sold by", "Choose who sells it.")
    sku = StringField(
        "Their number",
        [DataRequired("Type the number they list it under."), Length(max=60)],
        description="As printed; zeros in front are kept.",
    )
    pack_quantity = PlainDecimalField(
        "One pack holds", [NumberRequired("Type how much one pack holds, more than nothing.")]
    )
    pack_unit = StringField(
        "Unit",
        [DataRequired("Type the unit."), Length(max=40)],
        description="mL, mg, IU, bags …",
    )
    price = PlainDecimalField("Price of one pack")
    currency = SelectField(
        "Currency",
        choices=[
            SelectChoice("", "None"),
            *(SelectChoice(code, code) for code in sorted(CURRENCIES)),
        ],
    )
    priced_on = DateField("Price as of", [Optional()], description="The day of the quotation.")
    lead_time_days = IntegerField(
        "Lead time",
        [Optional(), NumberRange(0, LONGEST_LEAD_TIME_DAYS, "Between 0 and 3650 days.")],
        description="From order to dock.",
    )


class EditDistributorItemForm(DistributorItemForm):
    is_retired = BooleanField("No longer bought under this number")
    version = version_field()
    reason = reason_field()


@blueprint.route("/new/for-item/<int:item_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def new(item_id: int) -> ResponseReturnValue:
    item = _item(item_id)
    form = DistributorItemForm()
    form.distributor_id.choices = number_choices(list_sellers(context.reading()), blank="Choose …")
    page = "distributor_items/edit.html"
    if not form.validate_on_submit():
        return form_page(page, form, item=item, pack=None)
    try:
        services.add_distributor_item(
            context.sessions(), item_id, _draft(form), actor=context.actor(), now=context.now()
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, item=item, pack=None)
    flash("The distributor's number is added.", "success")
    return redirect(url_for("items.detail", item_id=item_id, _anchor="sellers-title"))


@blueprint.route("/<int:distributor_item_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def edit(distributor_item_id: int) -> ResponseReturnValue:
    pack = get_distributor_item(context.reading(), distributor_item_id)
    if pack is None:
        raise NotFound("Distributor's number", distributor_item_id)
    item = _item(pack.item_id)
    form = EditDistributorItemForm(obj=pack)
    form.distributor_id.choices = number_choices(list_sellers(context.reading()), blank="Choose …")
    page = "distributor_items/edit.html"
    if not form.validate_on_submit():
        return form_page(page, form, item=item, pack=pack)
    try:
        services.change_distributor_item(
            context.sessions(),
            distributor_item_id,
            _draft(form),
            is_retired=form.is_retired.data,
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, item=item, pack=pack)
    flash("The distributor's number is saved.", "success")
    return redirect(url_for("items.detail", item_id=pack.item_id, _anchor="sellers-title"))


def _item(item_id: int) -> ItemRow:
    item = get_item(context.reading(), item_id)
    if item is None:
        raise NotFound("Item", item_id)
    return item


def _draft(form: DistributorItemForm) -> DistributorItemDraft:
    return DistributorItemDraft(
        distributor_id=form.distributor_id.data,
        sku=form.sku.data,
        pack_quantity=form.pack_quantity.data or Decimal(0),
        pack_unit=form.pack_unit.data,
        price=form.price.data,
        currency=form.currency.data or None,
        priced_on=form.priced_on.data,
        lead_time_days=form.lead_time_days.data,
    )
