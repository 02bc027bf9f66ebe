"""Qualification of an item for a use: the proposal, and the signed decision."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import PasswordField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from supplier_qc.domain.catalogue import UseScope, label
from supplier_qc.domain.due_dates.policies import due_on
from supplier_qc.domain.people import Permission, separation_refusal
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.states import MOVES
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries.items import ItemRow, get_item
from supplier_qc.queries.qualification_policy import list_policies
from supplier_qc.queries.qualifications import (
    QualificationRow,
    get_qualification,
    list_qualifications,
)
from supplier_qc.services import qualifications as services
from supplier_qc.services.qualifications import Decision
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import choice_field, version_field
from supplier_qc.web.pages import form_page, refused_page

blueprint = Blueprint("qualifications", __name__, url_prefix="/qualifications")

_DECISIONS = {
    QualificationStatus.APPROVED: "Approve",
    QualificationStatus.CONDITIONALLY_APPROVED: "Approve with conditions",
    QualificationStatus.SUSPENDED: "Suspend",
    QualificationStatus.DISQUALIFIED: "Disqualify for good",
}


class ProposalForm(FlaskForm):
    use_scope = choice_field("Use", UseScope)
    justification = TextAreaField(
        "Justification",
        [DataRequired("Say what makes the item fit for this use."), Length(max=4_000)],
        description="What was seen: questionnaire, audit, lots tested, and what is still open.",
        render_kw={"rows": 5},
    )


class DecisionForm(FlaskForm):
    version = version_field()
    status = RadioField(
        "Decision",
        [InputRequired("Choose the decision.")],
        coerce=QualificationStatus,
    )
    conditions = TextAreaField(
        "Conditions",
        [Length(max=4_000)],
        description="Needed for an approval with conditions; shown wherever the item is used.",
        render_kw={"rows": 3},
    )
    reason = TextAreaField(
        "Reason", [DataRequired("Say what the decision rests on.")], render_kw={"rows": 3}
    )
    password = PasswordField("Password", [InputRequired("Type your password to sign.")])


@blueprint.route("/new/of-item/<int:item_id>", methods=["GET", "POST"])
@requires(Permission.PROPOSE_QUALIFICATION)
def propose(item_id: int) -> ResponseReturnValue:
    item = _item(item_id)
    form = ProposalForm()
    standing = list_qualifications(context.reading(), [item_id], context.today())
    if not form.validate_on_submit():
        return form_page("qualifications/propose.html", form, item=item, standing=standing)
    try:
        services.propose_qualification(
            context.sessions(),
            item_id,
            form.use_scope.data,
            form.justification.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(
            "qualifications/propose.html", form, refusal, item=item, standing=standing
        )
    flash("The proposal waits for a QA approver's decision.", "success")
    return redirect(url_for("items.detail", item_id=item_id))


@blueprint.route("/<int:qualification_id>/decide", methods=["GET", "POST"])
@requires(Permission.DECIDE_QUALIFICATION)
def decide(qualification_id: int) -> ResponseReturnValue:
    row = get_qualification(context.reading(), qualification_id, context.today())
    if row is None:
        raise NotFound("Qualification", qualification_id)
    item = _item(row.item_id)
    form = DecisionForm(version=row.version, conditions=row.conditions)
    form.status.choices = _choices(row)
    values = {
        "item": item,
        "row": row,
        "next_time": _next_time(item),
        "separation": separation_refusal(row.proposed_by_id, context.actor(), "proposal"),
    }
    if not form.validate_on_submit():
        return form_page("qualifications/decide.html", form, **values)
    try:
        services.decide_qualification(
            context.sessions(),
            qualification_id,
            _decision(form),
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("qualifications/decide.html", form, refusal, **values)
    flash(f"Signed: {row.item_name} is {_words(form.status.data)}.", "success")
    return redirect(url_for("items.detail", item_id=row.item_id))


def _item(item_id: int) -> ItemRow:
    item = get_item(context.reading(), item_id)
    if item is None:
        raise NotFound("Item", item_id)
    return item


def _choices(row: QualificationRow) -> list[SelectChoice]:
    return [
        SelectChoice(status.value, words)
        for status, words in _DECISIONS.items()
        if status in MOVES[row.status]
    ]


def _next_time(item: ItemRow) -> str:
    """What an approval today would set, in a sentence with its policy row."""
    policies = list_policies(context.reading())
    return due_on(item.risk_class, context.today(), policies, context.today()).reason


def _decision(form: DecisionForm) -> Decision:
    return Decision(
        status=form.status.data,
        version=form.version.data,
        reason=form.reason.data,
        password=form.password.data,
        conditions=form.conditions.data,
    )


def _words(status: QualificationStatus) -> str:
    return label(status).lower()
