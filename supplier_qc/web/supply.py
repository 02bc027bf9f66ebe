"""How far the supply of each material reaches, and what a person records for it."""

from decimal import Decimal

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, SearchField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from supplier_qc.domain.catalogue import RiskClass
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.domain.supply.sources import Comparability
from supplier_qc.queries import supply as queries
from supplier_qc.queries.items import ItemRow, get_item
from supplier_qc.queries.material_costs import list_products, material_costs
from supplier_qc.queries.supply import SupplyFilter, SupplyRow
from supplier_qc.services import supply as services
from supplier_qc.services.supply import ItemSupplyDraft, PlanDraft, StockCountDraft
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import (
    FilterForm,
    NumberRequired,
    PlainDecimalField,
    filter_field,
    number_choice_field,
    number_choices,
    optional_choice_field,
    reason_field,
    version_field,
)
from supplier_qc.web.pages import form_page, refused_page

blueprint = Blueprint("supply", __name__, url_prefix="/supply")


class SupplyFilterForm(FilterForm):
    q = SearchField("Code or name")
    risk_class = filter_field("Risk class", RiskClass, everything="All risk classes")


class StockCountForm(FlaskForm):
    lot_id = number_choice_field("What was counted")
    quantity = PlainDecimalField("Quantity", [NumberRequired("Type what was found; 0 if none.")])
    unit = StringField(
        "Unit",
        [DataRequired("Type the unit."), Length(max=40)],
        description="One that converts into the unit of its uses.",
    )
    counted_on = DateField("Counted on", [InputRequired("Choose the day.")])
    note = TextAreaField("Note", [Length(max=2_000)], render_kw={"rows": 2})


class PlanForm(FlaskForm):
    product_id = number_choice_field("Product", "Choose the product.")
    batches_a_month = PlainDecimalField(
        "Batches a month", [NumberRequired("Type the batches; 0 if none are made.")]
    )
    valid_from = DateField("From", [InputRequired("Choose the first day.")])
    basis = StringField(
        "Basis",
        [DataRequired("Name the plan it stands in."), Length(max=2_000)],
        description="As in: campaign plan 2027, version 2.",
    )


class ItemSupplyForm(FlaskForm):
    version = version_field()
    upstream_site_id = number_choice_field("Plant that makes it")
    comparability = optional_choice_field(
        "Comparability",
        Comparability,
        blank="Not recorded",
        description="With the item the process was developed with.",
    )
    comparability_document = StringField(
        "Report or plan", [Length(max=300)], description="Its number and version, as in R-017 v2."
    )
    filing_needed = TextAreaField(
        "What has to be filed before it may be used",
        [Length(max=2_000)],
        description="As in: substantial amendment, section 3.2.S.2.3; blank while nobody has said.",
        render_kw={"rows": 2},
    )
    reason = reason_field()


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    form = SupplyFilterForm(formdata=request.args)
    wanted = SupplyFilter((form.q.data or "").strip(), form.risk_class.data)
    found = queries.list_supply(
        context.reading(), wanted, context.today(), page=request.args.get("page", 1, type=int)
    )
    return render_template(
        "supply/index.html", form=form, found=found, is_filtered=wanted != SupplyFilter()
    )


@blueprint.get("/materials/<int:material_id>")
@requires(Permission.READ_RECORDS)
def material(material_id: int) -> ResponseReturnValue:
    row = _material(material_id)
    session = context.reading()
    return render_template(
        "supply/material.html",
        row=row,
        supplies=queries.item_supplies(session, [one.item_id for one in row.sources]),
        costs=material_costs(session, material_id),
        counts=queries.list_counts(session, material_id),
    )


@blueprint.route("/materials/<int:material_id>/count", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def count(material_id: int) -> ResponseReturnValue:
    row = _material(material_id)
    form = StockCountForm(counted_on=context.today(), unit=row.demand.unit or row.stock.unit)
    lots = queries.list_lots_to_count(context.reading(), material_id)
    form.lot_id.choices = number_choices(lots, blank="The whole material")
    page = "supply/count.html"
    if not form.validate_on_submit():
        return form_page(page, form, row=row)
    draft = StockCountDraft(
        quantity=form.quantity.data or Decimal(0),
        unit=form.unit.data or "",
        counted_on=form.counted_on.data,
        lot_id=form.lot_id.data,
        note=form.note.data,
    )
    try:
        services.count_stock(
            context.sessions(), material_id, draft, actor=context.actor(), now=context.now()
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, row=row)
    flash("The count is added; the one before it is kept.", "success")
    return redirect(url_for("supply.material", material_id=material_id))


@blueprint.route("/items/<int:item_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def item(item_id: int) -> ResponseReturnValue:
    found = _item(item_id)
    form = ItemSupplyForm(obj=queries.get_item_supply(context.reading(), item_id))
    plants = queries.list_plants(context.reading())
    form.upstream_site_id.choices = number_choices(
        plants, blank=f"As on the label: {found.vendor_name}, {found.site_name}"
    )
    page = "supply/item.html"
    if not form.validate_on_submit():
        return form_page(page, form, item=found)
    draft = ItemSupplyDraft(
        upstream_site_id=form.upstream_site_id.data,
        comparability=form.comparability.data,
        comparability_document=form.comparability_document.data,
        filing_needed=form.filing_needed.data,
    )
    try:
        services.record_item_supply(
            context.sessions(),
            item_id,
            draft,
            version=form.version.data,
            reason=form.reason.data or "",
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, item=found)
    flash("The source is saved.", "success")
    return redirect(url_for("supply.material", material_id=found.material_id))


@blueprint.get("/plans")
@requires(Permission.READ_RECORDS)
def plans() -> ResponseReturnValue:
    return form_page(_PLANS, _plan_form(), **_plans_shown())


@blueprint.post("/plans")
@requires(Permission.EDIT_CATALOGUE)
def plan() -> ResponseReturnValue:
    form = _plan_form()
    if not form.validate_on_submit():
        return form_page(_PLANS, form, **_plans_shown())
    draft = PlanDraft(
        batches_a_month=form.batches_a_month.data or Decimal(0),
        valid_from=form.valid_from.data,
        basis=form.basis.data or "",
    )
    try:
        services.plan_production(
            context.sessions(),
            form.product_id.data,
            draft,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(_PLANS, form, refusal, **_plans_shown())
    flash("The plan is added; it takes over on its first day.", "success")
    return redirect(url_for("supply.plans"))


_PLANS = "supply/plans.html"


def _plan_form() -> PlanForm:
    form = PlanForm(valid_from=context.today())
    form.product_id.choices = number_choices(list_products(context.reading()), blank="Choose …")
    return form


def _plans_shown() -> dict[str, object]:
    return {"plans": queries.list_plans(context.reading(), context.today())}


def _material(material_id: int) -> SupplyRow:
    row = queries.get_supply(context.reading(), material_id, context.today())
    if row is None:
        raise NotFound("Material", material_id)
    return row


def _item(item_id: int) -> ItemRow:
    found = get_item(context.reading(), item_id)
    if found is None:
        raise NotFound("Item", item_id)
    return found
