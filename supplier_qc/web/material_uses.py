"""Where a material is used: product, process step and amount a batch."""

from decimal import Decimal

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries.material_costs import MaterialUseRow, get_use, list_products
from supplier_qc.queries.materials import MaterialRow, get_material
from supplier_qc.queries.media_suitability import suitability_of_material
from supplier_qc.services import material_uses as services
from supplier_qc.services.material_uses import MaterialUseDraft
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

blueprint = Blueprint("material_uses", __name__, url_prefix="/material-uses")


class MaterialUseForm(FlaskForm):
    product_id = number_choice_field("Product", "Choose the product.")
    process_step = StringField(
        "Process step",
        [DataRequired("Type the step it is used in."), Length(max=200)],
        description="As in the batch record, for example: expansion, passage 2.",
    )
    amount_per_batch = PlainDecimalField(
        "Amount a batch", [NumberRequired("Type how much one batch takes, more than nothing.")]
    )
    unit = StringField(
        "Unit",
        [DataRequired("Type the unit."), Length(max=40)],
        description="One that the packs convert into: mL, mg, IU, bags …",
    )


class EditMaterialUseForm(MaterialUseForm):
    version = version_field()
    reason = reason_field()


class RemoveMaterialUseForm(FlaskForm):
    version = version_field()
    reason = reason_field()


@blueprint.route("/new/for-material/<int:material_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def new(material_id: int) -> ResponseReturnValue:
    material = get_material(context.reading(), material_id)
    if material is None:
        raise NotFound("Material", material_id)
    form = MaterialUseForm()
    form.product_id.choices = number_choices(list_products(context.reading()), blank="Choose …")
    page, shown = "material_uses/edit.html", _shown(material)
    if not form.validate_on_submit():
        return form_page(page, form, **shown)
    try:
        services.add_material_use(
            context.sessions(), material_id, _draft(form), actor=context.actor(), now=context.now()
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, **shown)
    flash("The use is added.", "success")
    return redirect(url_for("materials.detail", material_id=material_id, _anchor="uses-title"))


@blueprint.route("/<int:use_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def edit(use_id: int) -> ResponseReturnValue:
    use = _use(use_id)
    form = EditMaterialUseForm(obj=use)
    form.product_id.choices = number_choices(list_products(context.reading()), blank="Choose …")
    material = get_material(context.reading(), use.material_id)
    page, shown = "material_uses/edit.html", _shown(material, use)
    if not form.validate_on_submit():
        return form_page(page, form, **shown)
    try:
        services.change_material_use(
            context.sessions(),
            use_id,
            _draft(form),
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, **shown)
    flash("The use is saved.", "success")
    return redirect(url_for("materials.detail", material_id=use.material_id, _anchor="uses-title"))


@blueprint.route("/<int:use_id>/removal", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def remove(use_id: int) -> ResponseReturnValue:
    use = _use(use_id)
    form = RemoveMaterialUseForm(obj=use)
    page = "material_uses/remove.html"
    if not form.validate_on_submit():
        return form_page(page, form, use=use)
    try:
        services.remove_material_use(
            context.sessions(),
            use_id,
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, use=use)
    flash("The use is taken out; the audit trail keeps it.", "success")
    return redirect(url_for("materials.detail", material_id=use.material_id, _anchor="uses-title"))


def _shown(material: MaterialRow | None, use: MaterialUseRow | None = None) -> dict[str, object]:
    """With what is known of the material's items for cells and process, where one is chosen."""
    number = material.id if material is not None else 0
    suitabilities = suitability_of_material(context.reading(), number)
    return {"use": use, "material": material, "suitabilities": suitabilities}


def _use(use_id: int) -> MaterialUseRow:
    use = get_use(context.reading(), use_id)
    if use is None:
        raise NotFound("Use", use_id)
    return use


def _draft(form: MaterialUseForm) -> MaterialUseDraft:
    return MaterialUseDraft(
        product_id=form.product_id.data,
        process_step=form.process_step.data,
        amount_per_batch=form.amount_per_batch.data or Decimal(0),
        unit=form.unit.data,
    )
