"""Residual reagents: products, the steps that clear a reagent, and what remains in a dose."""

from decimal import Decimal

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.domain.residuals.figures import shown
from supplier_qc.domain.residuals.kinds import StepKind
from supplier_qc.queries import residuals as queries
from supplier_qc.queries.material_costs import cost_of_product
from supplier_qc.queries.residuals import ProductRow, ReagentRow, StepRow
from supplier_qc.services import residuals as services
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import number_choices
from supplier_qc.web.pages import form_page, refused_page
from supplier_qc.web.residual_forms import (
    EDIT_STEP_FORMS,
    STEP_FORMS,
    EditProductForm,
    EditReagentForm,
    LimitForm,
    ProductForm,
    ReagentForm,
)

blueprint = Blueprint("residuals", __name__, url_prefix="/residuals")


@blueprint.app_template_filter("three_figures")
def three_figures(value: Decimal) -> str:
    """A computed quantity as pages print it; never zero where it is not."""
    return shown(value, 3)


@blueprint.app_template_filter("exact")
def exact(value: Decimal) -> str:
    """The same quantity with every digit that was computed."""
    return f"{value.normalize():f}"


@blueprint.app_template_filter("grouped")
def grouped(value: Decimal) -> str:
    """A large count with its digits in groups of three, by no-break spaces (ISO 80000-1)."""
    return f"{value:,f}".replace(",", "\u00a0")


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    rows = queries.list_products(context.reading(), context.today())
    return render_template("residuals/index.html", rows=rows)


@blueprint.get("/products/<int:product_id>")
@requires(Permission.READ_RECORDS)
def product(product_id: int) -> ResponseReturnValue:
    found = queries.get_product_residuals(context.reading(), product_id, context.today())
    if found is None:
        raise NotFound("Product", product_id)
    uses, cost = cost_of_product(context.reading(), product_id, found.product.doses_per_batch)
    return render_template("residuals/product.html", found=found, uses=uses, cost=cost)


@blueprint.route("/products/new", methods=["GET", "POST"])
@requires(Permission.EDIT_RESIDUALS)
def new_product() -> ResponseReturnValue:
    form, page = ProductForm(), "residuals/product_edit.html"
    if not form.validate_on_submit():
        return form_page(page, form, product=None)
    try:
        number = services.add_product(
            context.sessions(), form.draft(), actor=context.actor(), now=context.now()
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, product=None)
    flash("The product is added. Next, add the steps of its process in order.", "success")
    return redirect(url_for("residuals.product", product_id=number))


@blueprint.route("/products/<int:product_id>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_RESIDUALS)
def edit_product(product_id: int) -> ResponseReturnValue:
    row = _product(product_id)
    form, page = EditProductForm(obj=row), "residuals/product_edit.html"
    if not form.validate_on_submit():
        return form_page(page, form, product=row)
    try:
        services.change_product(
            context.sessions(),
            product_id,
            form.draft(),
            seen_version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, product=row)
    flash("The product is saved; what remains in a dose is computed anew.", "success")
    return redirect(url_for("residuals.product", product_id=product_id))


@blueprint.route("/products/<int:product_id>/steps/new", methods=["GET", "POST"])
@requires(Permission.EDIT_RESIDUALS)
def new_step(product_id: int) -> ResponseReturnValue:
    row = _product(product_id)
    kind = _chosen_kind(StepKind.BATCH_WASH)
    form, page = STEP_FORMS[kind](), "residuals/step_edit.html"
    shown_with = {"product": row, "step": None, "kind": kind, "kinds": tuple(StepKind)}
    if not form.validate_on_submit():
        return form_page(page, form, **shown_with)
    try:
        services.add_step(
            context.sessions(),
            product_id,
            form.draft(),
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, **shown_with)
    flash("The step is added at the end of the process.", "success")
    return redirect(url_for("residuals.product", product_id=product_id))


@blueprint.route("/steps/<int:step_id>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_RESIDUALS)
def edit_step(step_id: int) -> ResponseReturnValue:
    row = _step(step_id)
    kind = _chosen_kind(row.kind)
    form, page = EDIT_STEP_FORMS[kind](obj=row), "residuals/step_edit.html"
    owner = _product(row.product_id)
    shown_with = {"product": owner, "step": row, "kind": kind, "kinds": tuple(StepKind)}
    if not form.validate_on_submit():
        return form_page(page, form, **shown_with)
    try:
        services.change_step(
            context.sessions(),
            step_id,
            form.draft(),
            seen_version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, **shown_with)
    flash("The step is saved; what remains in a dose is computed anew.", "success")
    return redirect(url_for("residuals.product", product_id=row.product_id))


@blueprint.route("/products/<int:product_id>/reagents/new", methods=["GET", "POST"])
@requires(Permission.EDIT_RESIDUALS)
def new_reagent(product_id: int) -> ResponseReturnValue:
    row = _product(product_id)
    form, page = ReagentForm(), "residuals/reagent_edit.html"
    _offer_choices(form, product_id)
    if not form.validate_on_submit():
        return form_page(page, form, product=row, reagent=None)
    try:
        number = services.add_residual(
            context.sessions(),
            product_id,
            form.draft(),
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, product=row, reagent=None)
    flash("The reagent is added. Next, set the limit it is judged by.", "success")
    return redirect(url_for("residuals.new_limit", reagent_id=number))


@blueprint.route("/reagents/<int:reagent_id>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_RESIDUALS)
def edit_reagent(reagent_id: int) -> ResponseReturnValue:
    row = _reagent(reagent_id)
    form, page = EditReagentForm(obj=row), "residuals/reagent_edit.html"
    _offer_choices(form, row.product_id)
    owner = _product(row.product_id)
    if not form.validate_on_submit():
        return form_page(page, form, product=owner, reagent=row)
    try:
        services.change_residual(
            context.sessions(),
            reagent_id,
            form.draft(),
            seen_version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, product=owner, reagent=row)
    flash(f"{form.name.data} is saved.", "success")
    return redirect(_derivation(row))


@blueprint.route("/reagents/<int:reagent_id>/limit", methods=["GET", "POST"])
@requires(Permission.EDIT_RESIDUALS)
def new_limit(reagent_id: int) -> ResponseReturnValue:
    row = _reagent(reagent_id)
    form, page = LimitForm(), "residuals/limit.html"
    if not form.is_submitted():
        form.valid_from.data = context.today()
    if not form.validate_on_submit():
        return form_page(page, form, reagent=row)
    try:
        services.set_limit(
            context.sessions(),
            reagent_id,
            form.draft(),
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, reagent=row)
    flash(f"The limit of {row.name} is set from {form.valid_from.data} on.", "success")
    return redirect(_derivation(row))


def _product(product_id: int) -> ProductRow:
    row = queries.get_product(context.reading(), product_id)
    if row is None:
        raise NotFound("Product", product_id)
    return row


def _step(step_id: int) -> StepRow:
    row = queries.get_step(context.reading(), step_id)
    if row is None:
        raise NotFound("Process step", step_id)
    return row


def _reagent(reagent_id: int) -> ReagentRow:
    row = queries.get_reagent(context.reading(), reagent_id)
    if row is None:
        raise NotFound("Residual reagent", reagent_id)
    return row


def _chosen_kind(usual: StepKind) -> StepKind:
    chosen = request.args.get("kind")
    return StepKind(chosen) if chosen in set(StepKind) else usual


def _offer_choices(form: ReagentForm, product_id: int) -> None:
    session = context.reading()
    names = queries.list_material_names(session)
    form.material_id.choices = number_choices(names, blank="None of ours")
    steps = queries.list_steps(session, product_id)
    after_all = max((step.position for step in steps), default=0) + 1
    form.from_position.choices = [
        *(SelectChoice(s.position, f"Before step {s.position}, {s.name}") for s in steps),
        SelectChoice(after_all, "After all steps: nothing clears it"),
    ]


def _derivation(row: ReagentRow) -> str:
    address = url_for("residuals.product", product_id=row.product_id)
    return f"{address}#derivation-{row.id}"
