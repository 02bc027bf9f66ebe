"""Batches of products with the lots that went into them."""

from collections.abc import Mapping
from dataclasses import asdict

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, SearchField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries.material_costs import list_products
from supplier_qc.queries.product_batches import (
    BatchRow,
    get_batch,
    list_batches,
    list_lots_of_batch,
    lot_as_typed,
)
from supplier_qc.services import product_batches as services
from supplier_qc.services.product_batches import BatchDraft
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

blueprint = Blueprint("product_batches", __name__, url_prefix="/batches")
_EDIT = "product_batches/edit.html"


class BatchFilterForm(FilterForm):
    q = SearchField("Batch or product")


class BatchForm(FlaskForm):
    product_id = number_choice_field("Product", "Choose the product.")
    number = StringField("Batch number", [DataRequired("Type the number."), Length(max=80)])
    use_scope = choice_field("Made for", UseScope)
    manufactured_on = DateField("Manufactured on", [InputRequired("Type the day.")])
    lots = TextAreaField(
        "Lots that went into it",
        [Length(max=20_000)],
        description="One a line: the manufacturer's lot or our number. Where two items share a "
        "lot number, the catalogue number, a stroke and the lot.",
        render_kw={"rows": 8},
    )
    note = TextAreaField("Note", [Length(max=4_000)], render_kw={"rows": 2})


class EditBatchForm(BatchForm):
    version = version_field()
    reason = reason_field()


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    form = BatchFilterForm(request.args)
    found = list_batches(
        context.reading(),
        product_id=request.args.get("product", type=record_number),
        words=(form.q.data or "").strip(),
        page=request.args.get("page", 1, type=int),
    )
    return render_template("product_batches/index.html", form=form, found=found)


@blueprint.get("/<int:batch_id>")
@requires(Permission.READ_RECORDS)
def detail(batch_id: int) -> ResponseReturnValue:
    batch = _batch(batch_id)
    lots = list_lots_of_batch(context.reading(), batch)
    return render_template("product_batches/detail.html", batch=batch, lots=lots)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.REVIEW_CERTIFICATE)
def new() -> ResponseReturnValue:
    form = BatchForm(data=_asked_for()) if request.method == "GET" else BatchForm()
    form.product_id.choices = number_choices(list_products(context.reading()), blank="Choose …")
    if not form.validate_on_submit():
        return form_page(_EDIT, form, batch=None)
    try:
        number = services.record_batch(
            context.sessions(), _draft(form), actor=context.actor(), now=context.now()
        )
    except Refused as refusal:
        return refused_page(_EDIT, form, refusal, batch=None)
    flash("The batch is recorded.", "success")
    return redirect(url_for("product_batches.detail", batch_id=number))


@blueprint.route("/<int:batch_id>/edit", methods=["GET", "POST"])
@requires(Permission.REVIEW_CERTIFICATE)
def edit(batch_id: int) -> ResponseReturnValue:
    batch = _batch(batch_id)
    lots = list_lots_of_batch(context.reading(), batch)
    form = EditBatchForm(data=asdict(batch) | {"lots": "\n".join(lot.typed for lot in lots)})
    form.product_id.choices = number_choices(list_products(context.reading()), blank="Choose …")
    if not form.validate_on_submit():
        return form_page(_EDIT, form, batch=batch)
    try:
        services.change_batch(
            context.sessions(),
            batch_id,
            _draft(form),
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(_EDIT, form, refusal, batch=batch)
    flash("The batch is saved.", "success")
    return redirect(url_for("product_batches.detail", batch_id=batch_id))


def _asked_for() -> Mapping[str, object]:
    """A lot or a product that the page before named."""
    lot_id = request.args.get("lot", type=record_number)
    typed = lot_as_typed(context.reading(), lot_id) if lot_id else None
    return {"lots": typed or "", "product_id": request.args.get("product", type=record_number)}


def _batch(batch_id: int) -> BatchRow:
    batch = get_batch(context.reading(), batch_id)
    if batch is None:
        raise NotFound("Batch", batch_id)
    return batch


def _draft(form: BatchForm) -> BatchDraft:
    return BatchDraft(
        product_id=form.product_id.data,
        number=form.number.data,
        use_scope=form.use_scope.data,
        manufactured_on=form.manufactured_on.data,
        lots=form.lots.data or "",
        note=form.note.data,
    )
