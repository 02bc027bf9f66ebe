"""The way of a product to materials free of animal origin, and the plans for it."""

from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from supplier_qc.domain.origin.roadmap import TO_REPLACE, RoadClass
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.exports.roadmap_chart import Band, RoadmapChart, roadmap_chart_svg
from supplier_qc.queries.material_costs import list_products
from supplier_qc.queries.origin_roadmap import (
    PlanRow,
    Roadmap,
    get_plan,
    get_roadmap,
    uses_material,
)
from supplier_qc.services import replacement_plans as services
from supplier_qc.services.replacement_plans import ReplacementDraft
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

blueprint = Blueprint("origin_roadmap", __name__, url_prefix="/origin/roadmap")

_LOOK = {
    RoadClass.ANIMAL_IN_MATERIAL: ("#9c2f2a", "//"),
    RoadClass.ANIMAL_IN_MAKING: ("#d08a4b", "\\\\"),
    RoadClass.NOT_ANSWERED: ("#8a94a0", ".."),
    RoadClass.HUMAN: ("#4a6fa5", "xx"),
    RoadClass.ANIMAL_FREE: ("#2f7d5b", ""),
    RoadClass.PLANNED_FREE: ("#9fcfb8", "--"),
    RoadClass.NO_SOURCE: ("#dde2e7", "oo"),
}


class ProductForm(FilterForm):
    product = number_choice_field("Product")


class PlanForm(FlaskForm):
    planned_on = DateField("From which day on", [InputRequired("Type the day.")])
    replaced_by = TextAreaField(
        "By what it is replaced",
        [DataRequired("Say by what."), Length(max=2_000)],
        description="The material or item, and what has to be shown before.",
        render_kw={"rows": 3},
    )


class ChangedPlanForm(PlanForm):
    version = version_field()
    reason = reason_field()


class WithdrawPlanForm(FlaskForm):
    version = version_field()
    reason = reason_field()


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    products = list_products(context.reading())
    number = _chosen(products)
    form = ProductForm(formdata=None, data={"product": number})
    form.product.choices = number_choices(products, blank="Choose …")
    found = get_roadmap(context.reading(), number, context.today()) if number else None
    return render_template(
        "origin/roadmap.html",
        form=form,
        product_id=number,
        product=dict(products).get(number or 0),
        found=found,
        to_replace=found.count(*TO_REPLACE) if found else 0,
        unknown=found.count(RoadClass.NOT_ANSWERED) if found else 0,
        late=[one for one in found.materials if one.is_overdue] if found else [],
    )


@blueprint.get("/<int:product_id>/chart.svg")
@requires(Permission.READ_RECORDS)
def chart(product_id: int) -> ResponseReturnValue:
    name = dict(list_products(context.reading())).get(product_id)
    if name is None:
        raise NotFound("Product", product_id)
    found = get_roadmap(context.reading(), product_id, context.today())
    response = Response(roadmap_chart_svg(_chart(name, found)), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "no-store"
    # matplotlib's picture carries its own style element; as an image it may use it.
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


@blueprint.route("/<int:product_id>/<int:material_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_ORIGIN)
def plan(product_id: int, material_id: int) -> ResponseReturnValue:
    if not uses_material(context.reading(), product_id, material_id):
        raise NotFound("Material of the product", material_id)
    found = get_plan(context.reading(), product_id, material_id)
    form = ChangedPlanForm(obj=found) if found else PlanForm()
    shown = {"plan": found, "product_id": product_id, "material_id": material_id}
    if not form.validate_on_submit():
        return form_page("origin/roadmap_plan.html", form, **shown)
    try:
        _save(product_id, material_id, found, form)
    except Refused as refusal:
        return refused_page("origin/roadmap_plan.html", form, refusal, **shown)
    flash("The plan is saved.", "success")
    return redirect(url_for("origin_roadmap.index", product=product_id))


@blueprint.route("/<int:product_id>/<int:material_id>/withdrawal", methods=["GET", "POST"])
@requires(Permission.EDIT_ORIGIN)
def withdraw(product_id: int, material_id: int) -> ResponseReturnValue:
    found = get_plan(context.reading(), product_id, material_id)
    if found is None:
        raise NotFound("Plan for material", material_id)
    form = WithdrawPlanForm(obj=found)
    if not form.validate_on_submit():
        return form_page("origin/roadmap_withdraw.html", form, plan=found)
    try:
        services.withdraw_replacement(
            context.sessions(),
            found.id,
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("origin/roadmap_withdraw.html", form, refusal, plan=found)
    flash("The plan is given up; the audit trail keeps it.", "success")
    return redirect(url_for("origin_roadmap.index", product=product_id))


def _save(product_id: int, material_id: int, found: PlanRow | None, form: PlanForm) -> None:
    draft = ReplacementDraft(form.planned_on.data, form.replaced_by.data)
    sessions, actor, now = context.sessions(), context.actor(), context.now()
    if found is None:
        services.plan_replacement(sessions, product_id, material_id, draft, actor=actor, now=now)
        return
    services.change_replacement(
        sessions,
        found.id,
        draft,
        version=form.version.data,
        reason=form.reason.data,
        actor=actor,
        now=now,
    )


def _chosen(products: list[tuple[int, str]]) -> int | None:
    """The product of the address; the first one where it names none that exists."""
    known = [number for number, _ in products]
    named = request.args.get("product", type=record_number)
    return named if named in known else next(iter(known), None)


def _chart(product: str, found: Roadmap) -> RoadmapChart:
    bands = [
        Band(one.words, [point.counts[one] for point in found.points], *_LOOK[one])
        for one in found.used_classes
    ]
    first_plan = sum(not point.is_plan for point in found.points)
    days = [_day(point.on, context.today()) for point in found.points]
    return RoadmapChart(f"Materials of {product} by origin", days, bands, first_plan)


def _day(on: date, today: date) -> str:
    return "today" if on == today else on.isoformat()
