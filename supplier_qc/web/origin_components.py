"""Recording the origin facts of an item's components, by form or as JSON."""

import json
from typing import Any, cast

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import IntegerField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length
from wtforms.widgets import HiddenInput

from supplier_qc.domain.origin.as_json import facts_to_json
from supplier_qc.domain.origin.facts import OriginComponent, OriginFactsRefused
from supplier_qc.domain.origin.nesting import (
    ROOT,
    Position,
    part_at,
    position_from_text,
    position_text,
    walk,
    with_child,
    with_part,
    without_part,
)
from supplier_qc.domain.origin.recordable import recordable_component
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import ChangedMeanwhile, NotFound, Refused
from supplier_qc.queries import origin as queries
from supplier_qc.queries.origin import ComponentRow, OriginItemRow
from supplier_qc.services import origin as services
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.origin_form import ComponentForm, component_form

blueprint = Blueprint("origin_components", __name__, url_prefix="/origin")

_ITEM_ITSELF = SelectChoice("", "Nothing: it is a component of the item itself")


class WithdrawalForm(FlaskForm):
    version = IntegerField(widget=HiddenInput())
    reason = TextAreaField("Reason", [DataRequired("Say why."), Length(max=2000)])
    submit = SubmitField("Withdraw component")


class JsonForm(FlaskForm):
    """The whole record of a component, those beneath it included."""

    version = IntegerField(widget=HiddenInput())
    facts = TextAreaField(
        "Facts as JSON",
        [DataRequired("Paste the facts."), Length(max=100_000)],
        render_kw={"rows": 24, "spellcheck": "false"},
    )
    reason = TextAreaField("Reason for the change", [Length(max=2000)])
    submit = SubmitField("Save facts")


@blueprint.route("/items/<int:item_id>/components/new", methods=["GET", "POST"])
@requires(Permission.EDIT_ORIGIN)
def new(item_id: int) -> ResponseReturnValue:
    item = _item(item_id)
    form = component_form(None, is_change=False)
    form.parent.choices = _parents(item_id)
    if not form.is_submitted():
        form.parent.data = request.args.get("beneath", "")
    if not form.validate_on_submit():
        return _component_page(item, form)
    try:
        _add(item_id, form)
    except Refused as refusal:
        return _component_page(item, form, reasons=refusal.reasons)
    flash(f"{form.name.data} is recorded.", "success")
    return _back(item_id)


@blueprint.route("/components/<int:component_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_ORIGIN)
def edit(component_id: int) -> ResponseReturnValue:
    row, position, part = _part(component_id)
    item = _item(row.item_id)
    form = component_form(_json_of(part), is_change=True, version=row.version)
    if not form.validate_on_submit():
        return _component_page(item, form, row, position)
    try:
        # What is beneath the part is kept as it stands; the form is about the part alone.
        beneath = [_json_of(child) for child in part.components]
        changed = recordable_component({**form.facts(), "components": beneath})
        _change(row, with_part(row.facts, position, changed), form.version.data, form.reason.data)
    except Refused as refusal:
        return _component_page(item, form, row, position, refusal.reasons)
    flash(f"{form.name.data} is saved.", "success")
    return _back(row.item_id, row.lot_id)


@blueprint.route("/components/<int:component_id>/withdrawal", methods=["GET", "POST"])
@requires(Permission.EDIT_ORIGIN)
def withdraw(component_id: int) -> ResponseReturnValue:
    row, position, part = _part(component_id)
    form = WithdrawalForm(data={"version": row.version})
    if not form.validate_on_submit():
        return _withdrawal_page(form, row, part), 422 if form.is_submitted() else 200
    try:
        _withdraw(row, position, form)
    except Refused as refusal:
        return _withdrawal_page(form, row, part, refusal.reasons), 409
    flash(f"{part.name} is withdrawn.", "success")
    return _back(row.item_id, row.lot_id)


@blueprint.route("/items/<int:item_id>/components/json", methods=["GET", "POST"])
@requires(Permission.EDIT_ORIGIN)
def new_as_json(item_id: int) -> ResponseReturnValue:
    item = _item(item_id)
    form = JsonForm()
    del form.reason, form.version
    if not form.validate_on_submit():
        return _json_page(item, form)
    try:
        services.add_component(
            context.sessions(),
            item_id,
            _loaded(form.facts.data),
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return _json_page(item, form, reasons=refusal.reasons)
    flash("The component is recorded.", "success")
    return _back(item_id)


@blueprint.route("/components/<int:component_id>/json", methods=["GET", "POST"])
@requires(Permission.EDIT_ORIGIN)
def edit_as_json(component_id: int) -> ResponseReturnValue:
    row = _component(component_id)
    standing = json.dumps(_json_of(row.facts), indent=2, ensure_ascii=False)
    form = JsonForm(data={"facts": standing, "version": row.version})
    if not form.validate_on_submit():
        return _json_page(_item(row.item_id), form, row)
    try:
        _change(row, _loaded(form.facts.data), form.version.data, form.reason.data)
    except Refused as refusal:
        return _json_page(_item(row.item_id), form, row, refusal.reasons)
    flash("The facts are saved.", "success")
    return _back(row.item_id, row.lot_id)


# --- what stands ---------------------------------------------------------------------------------


def _item(item_id: int) -> OriginItemRow:
    item = queries.get_origin_item(context.reading(), item_id)
    if item is None:
        raise NotFound("Item", item_id)
    return item


def _component(component_id: int) -> ComponentRow:
    row = queries.get_component(context.reading(), component_id)
    if row is None or row.is_withdrawn:
        raise NotFound("Component", component_id)
    return row


def _part(component_id: int) -> tuple[ComponentRow, Position, OriginComponent]:
    """The record, and the part of it that the address names; the record itself by default."""
    row = _component(component_id)
    text = request.args.get("part", "")
    position = position_from_text(text)
    part = None if position is None else part_at(row.facts, position)
    if position is None or part is None:
        raise NotFound("Component", f"{component_id}, part {text},")
    return row, position, part


def _parents(item_id: int) -> list[SelectChoice]:
    """Every component beneath which another can be put, with the version of its record."""
    rows = queries.list_components(context.reading(), item_id)
    return [_ITEM_ITSELF] + [
        SelectChoice(parent_key(row, position), "– " * len(position) + part.name)
        for row in rows
        for position, part in walk(row.facts)
    ]


def parent_key(row: ComponentRow, position: Position) -> str:
    return f"{row.id}:{row.version}:{position_text(position)}"


# --- what is changed -----------------------------------------------------------------------------


def _add(item_id: int, form: ComponentForm) -> None:
    if not form.parent_choice:
        services.add_component(
            context.sessions(),
            item_id,
            form.facts(),
            actor=context.actor(),
            now=context.now(),
        )
        return
    component_id, version, position = form.parent_choice.split(":")
    row = _component(int(component_id))
    child = recordable_component(form.facts())
    root = with_child(row.facts, position_from_text(position) or ROOT, child)
    _change(row, root, int(version), form.reason.data)


def _change(row: ComponentRow, facts: object, version: int | None, reason: str) -> None:
    if version is None:
        raise ChangedMeanwhile
    services.change_component(
        context.sessions(),
        row.id,
        _json_of(facts) if isinstance(facts, OriginComponent) else facts,
        version=version,
        reason=reason,
        actor=context.actor(),
        now=context.now(),
    )


def _withdraw(row: ComponentRow, position: Position, form: WithdrawalForm) -> None:
    """A part beneath another is taken out of its record; the record itself is withdrawn."""
    if position:
        root = without_part(row.facts, position)
        _change(row, root, form.version.data, form.reason.data)
        return
    services.withdraw_component(
        context.sessions(),
        row.id,
        version=form.version.data or 0,
        reason=form.reason.data,
        actor=context.actor(),
        now=context.now(),
    )


def _loaded(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise OriginFactsRefused(
            f"This is not JSON: {error.msg} in line {error.lineno}, column {error.colno}."
        ) from error
    except ValueError as error:  # Python reads no integer of more than 4300 digits
        raise OriginFactsRefused("There is a number with more digits than any fact has.") from error
    except RecursionError as error:
        raise OriginFactsRefused("The facts are nested more deeply than any component is.") from (
            error
        )


def _json_of(component: OriginComponent) -> dict[str, Any]:
    return cast("dict[str, Any]", facts_to_json(component))


# --- pages ---------------------------------------------------------------------------------------


def _back(item_id: int, lot_id: int | None = None) -> Response:
    if lot_id is not None:
        return redirect(url_for("origin_lots.detail", lot_id=lot_id))
    return redirect(url_for("origin.item", item_id=item_id))


def _component_page(
    item: OriginItemRow,
    form: ComponentForm,
    row: ComponentRow | None = None,
    position: Position = ROOT,
    reasons: tuple[str, ...] = (),
) -> ResponseReturnValue:
    page = render_template(
        "origin_components/form.html",
        item=item,
        lot=None,
        form=form,
        row=row,
        part=position_text(position),
        beneath=part_at(row.facts, position[:-1]) if row and position else None,
        reasons=reasons,
    )
    return page, _status(form, reasons)


def _withdrawal_page(
    form: WithdrawalForm,
    row: ComponentRow,
    part: OriginComponent,
    reasons: tuple[str, ...] = (),
) -> str:
    return render_template(
        "origin_components/withdraw.html",
        form=form,
        item=_item(row.item_id),
        row=row,
        part=part,
        reasons=reasons,
    )


def _json_page(
    item: OriginItemRow,
    form: JsonForm,
    row: ComponentRow | None = None,
    reasons: tuple[str, ...] = (),
) -> ResponseReturnValue:
    page = render_template(
        "origin_components/as_json.html", item=item, form=form, row=row, reasons=reasons
    )
    return page, _status(form, reasons)


def _status(form: FlaskForm, reasons: tuple[str, ...]) -> int:
    if reasons:
        return 409
    return 422 if form.errors else 200
