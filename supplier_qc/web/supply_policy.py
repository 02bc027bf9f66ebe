"""How long a second source takes, and how long a count holds: the rows, and superseding one."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from supplier_qc.domain.catalogue import RiskClass
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import Refused
from supplier_qc.domain.supply.policies import SupplyPolicy
from supplier_qc.queries.supply_policy import list_supply_policies
from supplier_qc.services.evidence_policy import OWN_RULE
from supplier_qc.services.supply_policy import supersede_supply_policy
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import choice_field, reason_field

blueprint = Blueprint("supply_policy", __name__, url_prefix="/supply/policy")


class PolicyForm(FlaskForm):
    risk_class = choice_field("Risk class", RiskClass)
    months_to_qualify = IntegerField(
        "Second source, months",
        [InputRequired("Type the months.")],
        description="From the search to the approval.",
    )
    count_holds_days = IntegerField(
        "A count holds, days",
        [InputRequired("Type the days.")],
        description="After that the stock is not known.",
    )
    valid_from = DateField("In force from", [InputRequired("Choose the first day.")])
    source = StringField(
        "Source",
        [DataRequired("Name the procedure it stands in."), Length(max=300)],
        description="The procedure of yours that says so, as in SOP-QA-21.",
    )
    reason = reason_field()


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    return _page(PolicyForm(formdata=None, valid_from=context.today()))


@blueprint.post("/")
@requires(Permission.DECIDE_QUALIFICATION)
def supersede() -> ResponseReturnValue:
    form = PolicyForm()
    if not form.validate_on_submit():
        return _page(form), 422
    row = SupplyPolicy(
        risk_class=form.risk_class.data,
        months_to_qualify=form.months_to_qualify.data or 0,
        count_holds_days=form.count_holds_days.data or 0,
        valid_from=form.valid_from.data,
        mark=OWN_RULE,
        source=form.source.data or "",
    )
    try:
        supersede_supply_policy(
            context.sessions(),
            row,
            reason=form.reason.data or "",
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return _page(form, refusal.reasons), 409
    flash("The row is superseded; the one before it is kept.", "success")
    return redirect(url_for("supply_policy.index"))


def _page(form: PolicyForm, reasons: tuple[str, ...] = ()) -> str:
    policies = list_supply_policies(context.reading())
    return render_template("supply/policy.html", policies=policies, form=form, reasons=reasons)
