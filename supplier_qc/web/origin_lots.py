"""The origin of one lot, and recording what is otherwise for it than for its item."""

from typing import Any, cast

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from supplier_qc.domain.origin.as_json import facts_to_json
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.recordable import recordable_component
from supplier_qc.domain.origin.vocabulary import words
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries import origin as queries
from supplier_qc.queries.origin import ComponentRow
from supplier_qc.queries.origin_lots import LotOrigin, get_lot_origin
from supplier_qc.queries.reference_lists import reference_lists
from supplier_qc.services.origin import add_lot_component
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.origin_form import ComponentForm, component_form
from supplier_qc.web.request_bounds import record_number

blueprint = Blueprint("origin_lots", __name__, url_prefix="/origin/lots")


@blueprint.get("/<int:lot_id>")
@requires(Permission.READ_RECORDS)
def detail(lot_id: int) -> ResponseReturnValue:
    found = _lot_origin(lot_id)
    levels = {
        one.component: one.level
        for assessment in found.overall.by_authority
        for one in assessment.component_levels
    }
    return render_template("origin/lot.html", found=found, levels=levels, words=words)


@blueprint.route("/<int:lot_id>/components/new", methods=["GET", "POST"])
@requires(Permission.EDIT_ORIGIN)
def new(lot_id: int) -> ResponseReturnValue:
    """A component of this lot, begun with the item's facts where the address names one."""
    found = _lot_origin(lot_id)
    template = _component_of_item(found)
    form = component_form(_json_of(template.facts) if template else None, is_change=True)
    del form.version  # the record of the lot is a new one
    if not form.validate_on_submit():
        return _component_page(found, template, form)
    try:
        beneath = template.facts.components if template else ()
        component = recordable_component(
            {**form.facts(), "components": [_json_of(part) for part in beneath]}
        )
        add_lot_component(
            context.sessions(),
            lot_id,
            _json_of(component),
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return _component_page(found, template, form, refusal.reasons)
    flash(f"{component.name} is recorded for lot {found.manufacturer_lot} alone.", "success")
    return redirect(url_for("origin_lots.detail", lot_id=lot_id))


def _lot_origin(lot_id: int) -> LotOrigin:
    reading = context.reading()
    found = get_lot_origin(reading, lot_id, reference_lists(reading), context.today())
    if found is None:
        raise NotFound("Lot", lot_id)
    return found


def _component_of_item(found: LotOrigin) -> ComponentRow | None:
    number = request.args.get("component", type=record_number)
    if number is None:
        return None
    row = queries.get_component(context.reading(), number)
    if row is None or row.is_withdrawn or row.item_id != found.item.item_id or row.lot_id:
        raise NotFound("Component", number)
    return row


def _json_of(component: OriginComponent) -> dict[str, Any]:
    return cast("dict[str, Any]", facts_to_json(component))


def _component_page(
    found: LotOrigin,
    template: ComponentRow | None,
    form: ComponentForm,
    reasons: tuple[str, ...] = (),
) -> ResponseReturnValue:
    page = render_template(
        "origin_components/form.html",
        item=found.item,
        lot=found,
        form=form,
        row=template,
        part="",
        beneath=None,
        reasons=reasons,
    )
    if reasons:
        return page, 409
    return page, 422 if form.errors else 200
