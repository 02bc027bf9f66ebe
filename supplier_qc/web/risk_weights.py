"""The points of the risk score: what stands, and what other points would change."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, StringField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from supplier_qc.domain.people import Permission
from supplier_qc.domain.qualification.risk import RiskFactor, RiskWeight, weight_problems
from supplier_qc.domain.refusals import Refused
from supplier_qc.queries.evidence_policy import list_risk_weights
from supplier_qc.queries.source_risk import preview_weight
from supplier_qc.services.evidence_policy import OWN_RULE, supersede_risk_weight
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import choice_field
from supplier_qc.web.pages import form_page, refused_page
from supplier_qc.web.request_bounds import record_number

blueprint = Blueprint("risk_weights", __name__, url_prefix="/risk-weights")

_NEW = "sources/risk_weight.html"


class WeightForm(FlaskForm):
    factor = choice_field("Factor", RiskFactor)
    level = StringField(
        "Level",
        [DataRequired("Type the level."), Length(max=40)],
        description="As it stands in the list; for a country its two letters, as in DE.",
    )
    points = IntegerField("Points", [InputRequired("Type the points.")])
    valid_from = DateField("In force from", [InputRequired("Choose the first day.")])
    source = StringField(
        "Source",
        [DataRequired("Name the procedure it stands in."), Length(max=300)],
        description="The procedure of yours that says so, as in SOP-QA-21.",
    )
    reason = TextAreaField(
        "Reason for the change",
        [Length(max=2_000)],
        description="Kept in the audit trail; needed to put the points in force.",
        render_kw={"rows": 2},
    )
    preview = SubmitField("Show what it would change")
    save = SubmitField("Put in force")


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    weights, today = list_risk_weights(context.reading()), context.today()
    by_factor = {
        factor: [
            one
            for one in weights
            if one.factor is factor and (one.valid_to is None or one.valid_to > today)
        ]
        for factor in RiskFactor
    }
    ended = [one for one in weights if one.valid_to is not None and one.valid_to <= today]
    return render_template("sources/risk_weights.html", by_factor=by_factor, ended=ended)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.DECIDE_QUALIFICATION)
def supersede() -> ResponseReturnValue:
    form = _filled_form()
    if not form.validate_on_submit():
        return form_page(_NEW, form, preview=None)
    weight = RiskWeight(
        factor=form.factor.data,
        level=(form.level.data or "").strip(),
        points=form.points.data if form.points.data is not None else -1,
        valid_from=form.valid_from.data,
        mark=OWN_RULE,
        source=form.source.data or "",
    )
    session, today = context.reading(), context.today()
    if not form.save.data:
        problems = weight_problems(weight, list_risk_weights(session), today)
        if problems:
            return refused_page(_NEW, form, Refused(*problems), preview=None)
        return form_page(_NEW, form, preview=preview_weight(session, weight, today))
    try:
        supersede_risk_weight(
            context.sessions(),
            weight,
            reason=form.reason.data or "",
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(_NEW, form, refusal, preview=None)
    flash("The points are in force from their day on; those before are kept.", "success")
    return redirect(url_for("risk_weights.index"))


def _filled_form() -> WeightForm:
    """As the row that is to be superseded, when one is named."""
    number = request.args.get("row", type=record_number)
    found = next(
        (one for one in list_risk_weights(context.reading()) if one.row_id == number), None
    )
    if found is None:
        return WeightForm(valid_from=context.today())
    return WeightForm(
        factor=found.factor, level=found.level, points=found.points, valid_from=context.today()
    )
