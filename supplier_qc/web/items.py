"""Manufacturers' items: one page that says where an item stands today, and what made it so."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from supplier_qc.domain.catalogue import Grade
from supplier_qc.domain.material_identity import PREPARATION_WORDS, IntendedUse, Preparation
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries import items as queries
from supplier_qc.queries.deliveries import latest_of_item
from supplier_qc.queries.distributor_items import list_of_item
from supplier_qc.queries.evidence import list_evidence_of_item
from supplier_qc.queries.item_identity import identities
from supplier_qc.queries.items import ItemRow
from supplier_qc.queries.materials import get_material
from supplier_qc.queries.media_suitability import suitability_of_item
from supplier_qc.queries.qualifications import list_qualifications
from supplier_qc.queries.reference_effects import list_causes
from supplier_qc.queries.specifications import get_specification_in_force, list_versions
from supplier_qc.queries.vendors import list_manufacturing_sites
from supplier_qc.services import materials as services
from supplier_qc.services.materials import ItemDraft
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import (
    choice_field,
    number_choice_field,
    number_choices,
    reason_field,
    stated_field,
    version_field,
)
from supplier_qc.web.pages import form_page, refused_page

blueprint = Blueprint("items", __name__, url_prefix="/items")


class ItemForm(FlaskForm):
    site_id = number_choice_field("Manufacturing site", "Choose the site that makes the item.")
    name = StringField(
        "Name",
        [DataRequired("Type the manufacturer's name for it."), Length(max=200)],
        description="As the manufacturer calls it, with the pack size.",
    )
    catalogue_number = StringField(
        "Catalogue number", [DataRequired("Type the catalogue number."), Length(max=60)]
    )
    grade = choice_field("Grade", Grade)
    intended_use = stated_field("Stated use", IntendedUse, unknown=IntendedUse.NOT_STATED)
    preparation = stated_field(
        "Preparation", Preparation, unknown=Preparation.NOT_RECORDED, words=PREPARATION_WORDS
    )
    storage = StringField(
        "Storage", [Length(max=200)], description="As on the label, for example: -20 °C or below."
    )
    shelf_life_months = IntegerField(
        "Shelf life", [Optional(), NumberRange(1, 600, "Between 1 and 600 months.")]
    )
    is_double_entry = BooleanField(
        "Type its results twice, the second time without seeing the first"
    )


class EditItemForm(ItemForm):
    version = version_field()
    reason = reason_field()


@blueprint.route("/new/for-material/<int:material_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def new(material_id: int) -> ResponseReturnValue:
    material = get_material(context.reading(), material_id)
    if material is None:
        raise NotFound("Material", material_id)
    form = ItemForm()
    form.site_id.choices = _site_choices()
    if not form.validate_on_submit():
        return form_page("items/edit.html", form, material=material, item=None)
    try:
        item_id = services.add_item(
            context.sessions(), material_id, _draft(form), actor=context.actor(), now=context.now()
        )
    except Refused as refusal:
        return refused_page("items/edit.html", form, refusal, material=material, item=None)
    flash("The item is added.", "success")
    return redirect(url_for("items.detail", item_id=item_id))


@blueprint.get("/<int:item_id>")
@requires(Permission.READ_RECORDS)
def detail(item_id: int) -> ResponseReturnValue:
    session, today = context.reading(), context.today()
    item = _item(item_id)
    versions = list_versions(session, item_id)
    return render_template(
        "items/detail.html",
        item=item,
        identity=identities(session, [item_id], today)[item_id],
        packs=list_of_item(session, item_id),
        suitability=suitability_of_item(session, item_id, item.name),
        qualifications=list_qualifications(session, [item_id], today),
        causes=[one for one in list_causes(session, item_id=item_id) if one.closed_on is None],
        specification=get_specification_in_force(session, item_id),
        draft=next((one for one in versions if one.status.value == "draft"), None),
        versions=versions,
        lot_count=queries.count_lots(session, item_id),
        lots=queries.list_latest_lots(session, item_id),
        certificates=queries.list_latest_certificates(session, item_id),
        evidence=list_evidence_of_item(session, item_id, today),
        deliveries=latest_of_item(session, item_id, today),
        entries=queries.list_entries_about_item(session, item_id),
    )


@blueprint.route("/<int:item_id>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def edit(item_id: int) -> ResponseReturnValue:
    item = _item(item_id)
    form = EditItemForm(obj=item)
    form.site_id.choices = _site_choices()
    material = get_material(context.reading(), item.material_id)
    if not form.validate_on_submit():
        return form_page("items/edit.html", form, material=material, item=item)
    try:
        services.change_item(
            context.sessions(),
            item_id,
            _draft(form),
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("items/edit.html", form, refusal, material=material, item=item)
    flash("The item is saved.", "success")
    return redirect(url_for("items.detail", item_id=item_id))


def _item(item_id: int) -> ItemRow:
    item = queries.get_item(context.reading(), item_id)
    if item is None:
        raise NotFound("Item", item_id)
    return item


def _site_choices() -> list[SelectChoice]:
    sites = list_manufacturing_sites(context.reading())
    named = ((site.id, f"{site.organisation_name}: {site.name}, {site.country}") for site in sites)
    return number_choices(named, blank="Choose …")


def _draft(form: ItemForm) -> ItemDraft:
    return ItemDraft(
        site_id=form.site_id.data,
        catalogue_number=form.catalogue_number.data,
        name=form.name.data,
        grade=form.grade.data,
        storage=form.storage.data,
        shelf_life_months=form.shelf_life_months.data,
        is_double_entry=form.is_double_entry.data,
        intended_use=form.intended_use.data,
        preparation=form.preparation.data,
    )
