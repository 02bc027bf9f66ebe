"""Lot statistics: individuals charts against a frozen baseline."""

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectMultipleField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.domain.statistics.individuals import CONVENTION
from supplier_qc.domain.statistics.run_rules import WORDS, NelsonRule
from supplier_qc.exports.individuals_chart import individuals_chart_svg
from supplier_qc.queries import statistics as queries
from supplier_qc.queries.statistics import AttributeStatistics
from supplier_qc.services.baselines import freeze_baseline
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.request_bounds import record_number

blueprint = Blueprint("statistics", __name__, url_prefix="/statistics")


class BaselineForm(FlaskForm):
    lots = SelectMultipleField(
        "Lots of the baseline",
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    reason = TextAreaField("Why these lots", [InputRequired("Say why these lots.")])
    submit = SubmitField("Freeze baseline")


class RulesForm(FlaskForm):
    """A form that is sent by GET and changes nothing."""

    class Meta:
        csrf = False

    attribute = HiddenField()
    rule = SelectMultipleField(
        "Run rules (Nelson 1984)",
        choices=[SelectChoice(r.number, f"Rule {r.number}: {WORDS[r]}") for r in NelsonRule],
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    items = queries.list_charted_items(context.reading())
    return render_template("statistics/index.html", items=items)


@blueprint.get("/items/<int:item_id>")
@requires(Permission.READ_RECORDS)
def item(item_id: int) -> ResponseReturnValue:
    charted = _charted(item_id)
    found = queries.list_attribute_statistics(context.reading(), item_id)
    return render_template("statistics/item.html", item=charted, attributes=found)


@blueprint.get("/items/<int:item_id>/attribute")
@requires(Permission.READ_RECORDS)
def attribute(item_id: int) -> ResponseReturnValue:
    found = _statistics(item_id)
    form = _baseline_form(found)
    return _attribute_page(item_id, found, form)


@blueprint.post("/items/<int:item_id>/baseline")
@requires(Permission.FREEZE_BASELINE)
def freeze(item_id: int) -> ResponseReturnValue:
    found = _statistics(item_id)
    form = _baseline_form(found)
    if not form.validate_on_submit():
        return _attribute_page(item_id, found, form), 422
    try:
        number = freeze_baseline(
            context.sessions(),
            item_id,
            found.series.attribute,
            form.lots.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return _attribute_page(item_id, found, form, reasons=refusal.reasons), 409
    flash(f"Baseline {number} is frozen; its limits are in force.", "success")
    return redirect(
        url_for("statistics.attribute", item_id=item_id, attribute=found.series.attribute)
    )


@blueprint.get("/items/<int:item_id>/chart.svg")
@requires(Permission.READ_RECORDS)
def chart(item_id: int) -> ResponseReturnValue:
    picture = individuals_chart_svg(queries.chart_of(_statistics(item_id)))
    response = Response(picture, mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "no-store"
    # matplotlib's picture carries its own style element; as an image it may use it.
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


def _charted(item_id: int) -> queries.ChartedItemRow:
    for row in queries.list_charted_items(context.reading()):
        if row.item_id == item_id:
            return row
    raise NotFound("An item with lots and the number", item_id)


def _statistics(item_id: int) -> AttributeStatistics:
    name = request.args.get("attribute", "")
    found = queries.get_attribute_statistics(
        context.reading(),
        item_id,
        name,
        rules=_chosen_rules(),
        new_lot_id=request.args.get("lot", type=record_number),
    )
    if found is None:
        raise NotFound("A lot of this item with a number for the attribute", name or "(none)")
    return found


def _chosen_rules() -> tuple[NelsonRule, ...]:
    chosen = request.args.getlist("rule", type=int)
    return tuple(r for r in NelsonRule if r.number in chosen) or queries.DEFAULT_RULES


def _baseline_form(found: AttributeStatistics) -> BaselineForm:
    form = BaselineForm()
    with_value = [point for point in found.series.points if point.value is not None]
    form.lots.choices = [
        SelectChoice(p.lot_id, f"{p.lot_number} ({p.literal})") for p in with_value
    ]
    if not form.is_submitted():
        form.lots.data = list(found.baseline.lot_ids) if found.baseline else []
    return form


def _attribute_page(
    item_id: int,
    found: AttributeStatistics,
    form: BaselineForm,
    reasons: tuple[str, ...] = (),
) -> str:
    chosen = [rule.number for rule in _chosen_rules()]
    return render_template(
        "statistics/attribute.html",
        item=_charted(item_id),
        found=found,
        form=form,
        reasons=reasons,
        rules_form=RulesForm(None, attribute=found.series.attribute, rule=chosen),
        chosen=chosen,
        lot_page="lots.detail" in current_app.view_functions,
        convention=CONVENTION,
    )
