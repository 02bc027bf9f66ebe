"""The policy matrix: what a source has to show, and what a change of it would reopen."""

from dataclasses import asdict

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, StringField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from supplier_qc.domain.catalogue import AuditManner, MaterialCategory, RiskClass, UseScope
from supplier_qc.domain.people import Permission
from supplier_qc.domain.qualification.evidence_policy import (
    Demand,
    Effect,
    EvidencePolicy,
    RequirementKind,
    superseding_problems,
)
from supplier_qc.domain.refusals import Refused
from supplier_qc.queries.evidence_policy import list_evidence_policies
from supplier_qc.queries.policy_preview import preview_policy
from supplier_qc.services.evidence_policy import OWN_RULE, supersede_evidence_policy
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import choice_field, optional_choice_field
from supplier_qc.web.pages import form_page, refused_page
from supplier_qc.web.request_bounds import record_number

blueprint = Blueprint("evidence_policy", __name__, url_prefix="/evidence-policy")


class PolicyForm(FlaskForm):
    kind = choice_field("Requirement", RequirementKind)
    risk_class = choice_field("Risk class", RiskClass)
    category = optional_choice_field("Category", MaterialCategory, blank="Every category")
    use_scope = optional_choice_field("Use", UseScope, blank="Every use")
    demand = choice_field("Demand", Demand)
    at_approval = choice_field("At approval", Effect)
    at_order = choice_field("At order", Effect)
    at_receipt = choice_field("At receipt", Effect)
    validity_months = IntegerField(
        "Counts for, months",
        [Optional()],
        description="From the day of issue; blank: as long as the paper itself says.",
    )
    minimum = IntegerField(
        "At least", [Optional()], description="Lots, or months of notice of a change."
    )
    every_lots = IntegerField(
        "One lot in",
        [Optional()],
        description="A full test is asked of one lot in so many; blank: time alone decides.",
    )
    manner = optional_choice_field("Least manner of audit", AuditManner, blank="Any")
    valid_from = DateField("In force from", [InputRequired("Choose the first day.")])
    source = StringField(
        "Source",
        [DataRequired("Name the procedure it stands in."), Length(max=300)],
        description="The procedure of yours that says so, as in SOP-QA-21.",
    )
    reason = TextAreaField(
        "Reason for the change",
        [Length(max=2_000)],
        description="Kept in the audit trail; needed to put the row in force.",
        render_kw={"rows": 2},
    )
    preview = SubmitField("Show what it would reopen")
    save = SubmitField("Put in force")


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    rows = list_evidence_policies(context.reading())
    today = context.today()
    standing = [one for one in rows if one.valid_to is None or one.valid_to > today]
    order = tuple(RequirementKind).index
    by_class = {
        risk_class: sorted(
            (one for one in standing if one.risk_class is risk_class),
            key=lambda one: (order(one.kind), one.key, one.valid_from),
        )
        for risk_class in RiskClass
    }
    ended = [one for one in rows if one.valid_to is not None and one.valid_to <= today]
    return render_template("evidence_policy/index.html", by_class=by_class, ended=ended)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.DECIDE_QUALIFICATION)
def supersede() -> ResponseReturnValue:
    form = _filled_form()
    if not form.validate_on_submit():
        return form_page("evidence_policy/new.html", form, preview=None)
    row = _row(form)
    if not form.save.data:
        problems = superseding_problems(
            row, list_evidence_policies(context.reading()), context.today()
        )
        if problems:
            return refused_page("evidence_policy/new.html", form, Refused(*problems), preview=None)
        preview = preview_policy(context.reading(), row, context.today())
        return form_page("evidence_policy/new.html", form, preview=preview)
    try:
        supersede_evidence_policy(
            context.sessions(),
            row,
            reason=form.reason.data or "",
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("evidence_policy/new.html", form, refusal, preview=None)
    flash("The row is in force from its day on; the one before it is kept.", "success")
    return redirect(url_for("evidence_policy.index"))


def _filled_form() -> PolicyForm:
    """As the row that is to be superseded, when one is named."""
    number = request.args.get("row", type=record_number)
    rows = list_evidence_policies(context.reading())
    found = next((one for one in rows if one.row_id == number), None)
    if found is None:
        return PolicyForm(valid_from=context.today())
    values = {**asdict(found), "valid_from": context.today(), "source": ""}
    return PolicyForm(data=values)


def _row(form: PolicyForm) -> EvidencePolicy:
    return EvidencePolicy(
        kind=form.kind.data,
        risk_class=form.risk_class.data,
        demand=form.demand.data,
        at_approval=form.at_approval.data,
        at_order=form.at_order.data,
        at_receipt=form.at_receipt.data,
        valid_from=form.valid_from.data,
        mark=OWN_RULE,
        source=form.source.data or "",
        category=form.category.data,
        use_scope=form.use_scope.data,
        validity_months=form.validity_months.data,
        minimum=form.minimum.data,
        manner=form.manner.data,
        every_lots=form.every_lots.data,
    )
