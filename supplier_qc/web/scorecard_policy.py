"""Weights, targets and bands of the scorecard: shown, and superseded from a day on."""

from decimal import Decimal

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.domain.scorecard.policy import (
    Band,
    Measure,
    MeasureTarget,
    ScoreBand,
    bands_in_force,
    targets_in_force,
)
from supplier_qc.queries.scorecard_policy import list_measure_targets, list_score_bands
from supplier_qc.services.scorecard_policy import (
    LONGEST_SOURCE,
    OWN_RULE,
    supersede_band,
    supersede_target,
)
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import NumberRequired, PlainDecimalField, reason_field
from supplier_qc.web.pages import form_page, refused_page

blueprint = Blueprint("scorecard_policy", __name__, url_prefix="/scorecard-policy")


class RowForm(FlaskForm):
    valid_from = DateField("In force from", [InputRequired("Choose the first day.")])
    source = StringField(
        "Source",
        [DataRequired("Name the procedure it stands in."), Length(max=LONGEST_SOURCE)],
        description="The procedure of yours that says so, as in SOP-QA-21.",
    )
    reason = reason_field()


class TargetForm(RowForm):
    weight = IntegerField("Weight", [InputRequired("Type the weight.")])
    target = PlainDecimalField("Full points at", [NumberRequired("Type the target.")])
    worst = PlainDecimalField("No points at", [NumberRequired("Type the value without points.")])


class BandForm(RowForm):
    least_score = IntegerField("From a score of", [InputRequired("Type the score.")])
    interval_factor = PlainDecimalField(
        "Interval of requalification times",
        [NumberRequired("Type the factor.")],
        description="A proposal beside the score; no interval changes by itself.",
    )


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    today = context.today()
    targets, bands = list_measure_targets(context.reading()), list_score_bands(context.reading())
    in_force = targets_in_force(targets, today)
    return render_template(
        "scorecard_policy/index.html",
        targets=[row for row in targets if row.valid_to is None or row.valid_to > today],
        bands=[row for row in bands if row.valid_to is None or row.valid_to > today],
        ended_targets=[row for row in targets if row.valid_to and row.valid_to <= today],
        ended_bands=[row for row in bands if row.valid_to and row.valid_to <= today],
        total=sum(row.weight for row in in_force.values()),
    )


@blueprint.route("/measures/<measure>", methods=["GET", "POST"])
@requires(Permission.DECIDE_QUALIFICATION)
def measure(measure: str) -> ResponseReturnValue:
    if measure not in set(Measure):
        raise NotFound("Measure", measure)
    found = Measure(measure)
    standing = targets_in_force(list_measure_targets(context.reading()), context.today()).get(found)
    form = TargetForm(obj=standing)
    if not form.is_submitted():
        form.valid_from.data, form.source.data = context.today(), ""
    if not form.validate_on_submit():
        return form_page("scorecard_policy/measure.html", form, measure=found)
    row = MeasureTarget(
        found,
        form.weight.data,
        form.target.data or Decimal(0),
        form.worst.data or Decimal(0),
        form.valid_from.data,
        OWN_RULE,
        form.source.data,
    )
    try:
        supersede_target(
            context.sessions(),
            row,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("scorecard_policy/measure.html", form, refusal, measure=found)
    flash("The row is in force from its day on; the one before it is kept.", "success")
    return redirect(url_for("scorecard_policy.index"))


@blueprint.route("/bands/<letter>", methods=["GET", "POST"])
@requires(Permission.DECIDE_QUALIFICATION)
def band(letter: str) -> ResponseReturnValue:
    if letter not in set(Band):
        raise NotFound("Band", letter)
    bands = bands_in_force(list_score_bands(context.reading()), context.today())
    standing = next((row for row in bands if row.band is Band(letter)), None)
    form = BandForm(obj=standing)
    if not form.is_submitted():
        form.valid_from.data, form.source.data = context.today(), ""
    if not form.validate_on_submit():
        return form_page("scorecard_policy/band.html", form, band=Band(letter))
    row = ScoreBand(
        Band(letter),
        form.least_score.data,
        form.interval_factor.data or Decimal(0),
        form.valid_from.data,
        OWN_RULE,
        form.source.data,
    )
    try:
        supersede_band(
            context.sessions(),
            row,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("scorecard_policy/band.html", form, refusal, band=Band(letter))
    flash("The row is in force from its day on; the one before it is kept.", "success")
    return redirect(url_for("scorecard_policy.index"))
