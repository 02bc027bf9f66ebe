"""Materials: what the process needs, and from how many sources it can come."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, SearchField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from supplier_qc.domain.catalogue import MaterialCategory, RiskClass
from supplier_qc.domain.material_identity import Toxicity
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries import materials as queries
from supplier_qc.queries.item_identity import identities
from supplier_qc.queries.material_costs import material_costs, step_sums
from supplier_qc.queries.materials import MaterialFilter, MaterialRow
from supplier_qc.queries.media_suitability import suitability_of_material
from supplier_qc.queries.record_history import list_entries_about
from supplier_qc.services import materials as services
from supplier_qc.services.materials import MaterialDraft
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import (
    FilterForm,
    choice_field,
    filter_field,
    reason_field,
    stated_field,
    version_field,
)
from supplier_qc.web.pages import form_page, refused_page

blueprint = Blueprint("materials", __name__, url_prefix="/materials")


class MaterialFilterForm(FilterForm):
    q = SearchField("Code or name")
    category = filter_field("Category", MaterialCategory, everything="All categories")
    risk_class = filter_field("Risk class", RiskClass, everything="All risk classes")


class MaterialForm(FlaskForm):
    code = StringField(
        "Code",
        [DataRequired("Type your own number."), Length(max=40)],
        description="Your own number for the material; zeros in front are kept.",
    )
    name = StringField("Name", [DataRequired("Type the name."), Length(max=200)])
    category = choice_field("Category", MaterialCategory)
    risk_class = choice_field("Risk class", RiskClass)
    function = TextAreaField(
        "Function",
        [DataRequired("Say what it does in the process."), Length(max=2_000)],
        description="As it stands in the dossier, for example: growth supplement.",
        render_kw={"rows": 2},
    )
    stage_of_use = TextAreaField(
        "Stage of use",
        [DataRequired("Say where in the process it is used."), Length(max=2_000)],
        description="As it stands in the dossier, for example: expansion, passages 1 to 3.",
        render_kw={"rows": 2},
    )
    in_final_product = BooleanField("It is present in the final product")
    toxicity = stated_field("Known toxin", Toxicity, unknown=Toxicity.NOT_RECORDED)


class EditMaterialForm(MaterialForm):
    version = version_field()
    reason = reason_field()


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    form = MaterialFilterForm(formdata=request.args)
    wanted = MaterialFilter((form.q.data or "").strip(), form.category.data, form.risk_class.data)
    found = queries.list_materials(
        context.reading(), wanted, context.today(), page=request.args.get("page", 1, type=int)
    )
    return render_template(
        "materials/index.html", form=form, found=found, is_filtered=wanted != MaterialFilter()
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def new() -> ResponseReturnValue:
    form = MaterialForm()
    if not form.validate_on_submit():
        return form_page("materials/edit.html", form, material=None)
    try:
        material_id = services.add_material(
            context.sessions(), _draft(form), actor=context.actor(), now=context.now()
        )
    except Refused as refusal:
        return refused_page("materials/edit.html", form, refusal, material=None)
    flash("The material is added. Next, add the manufacturer's item that supplies it.", "success")
    return redirect(url_for("materials.detail", material_id=material_id))


@blueprint.get("/<int:material_id>")
@requires(Permission.READ_RECORDS)
def detail(material_id: int) -> ResponseReturnValue:
    material = _material(material_id)
    rows = queries.list_sources(context.reading(), material_id, context.today())
    costs = material_costs(context.reading(), material_id)
    return render_template(
        "materials/detail.html",
        material=material,
        rows=rows,
        sources=queries.sources_of(context.reading(), material),
        item_identities=identities(
            context.reading(), [row.item.id for row in rows], context.today()
        ),
        costs=costs,
        cost_sums=step_sums(costs.rows),
        suitabilities=suitability_of_material(context.reading(), material_id),
        entries=list_entries_about(
            context.reading(),
            {
                "material": [material_id],
                "manufacturer_item": [row.item.id for row in rows],
                "material_use": [use.id for use in costs.uses],
            },
        ),
    )


@blueprint.route("/<int:material_id>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def edit(material_id: int) -> ResponseReturnValue:
    material = _material(material_id)
    form = EditMaterialForm(obj=material)
    if not form.validate_on_submit():
        return form_page("materials/edit.html", form, material=material)
    try:
        services.change_material(
            context.sessions(),
            material_id,
            _draft(form),
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("materials/edit.html", form, refusal, material=material)
    flash("The material is saved.", "success")
    return redirect(url_for("materials.detail", material_id=material_id))


def _material(material_id: int) -> MaterialRow:
    material = queries.get_material(context.reading(), material_id)
    if material is None:
        raise NotFound("Material", material_id)
    return material


def _draft(form: MaterialForm) -> MaterialDraft:
    return MaterialDraft(
        code=form.code.data,
        name=form.name.data,
        category=form.category.data,
        risk_class=form.risk_class.data,
        function=form.function.data,
        stage_of_use=form.stage_of_use.data,
        in_final_product=form.in_final_product.data,
        toxicity=form.toxicity.data,
    )
