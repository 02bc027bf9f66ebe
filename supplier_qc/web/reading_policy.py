"""How many persons read a certificate: the policy's rows, and superseding one."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from supplier_qc.domain.catalogue import RiskClass
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import Refused
from supplier_qc.queries.reading_policy import list_reading_policies
from supplier_qc.services.reading_policy import PolicyDraft, supersede_reading_policy
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import choice_field, reason_field

blueprint = Blueprint("reading_policy", __name__, url_prefix="/certificates/readers")


class PolicyForm(FlaskForm):
    risk_class = choice_field("Risk class", RiskClass)
    persons = SelectField("Persons", choices=[SelectChoice("2", "Two"), SelectChoice("1", "One")])
    is_double_entry = BooleanField("The second person types the results without seeing the first")
    valid_from = DateField("In force from", validators=[InputRequired("Choose the first day.")])
    source = StringField(
        "Source",
        [DataRequired("Name the procedure it stands in."), Length(max=300)],
        description="The procedure of yours that says so, as in SOP-QA-17.",
    )
    reason = reason_field()


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    form = PolicyForm(formdata=None, valid_from=context.today())
    return _page(form if context.actor().may(Permission.APPROVE_SPECIFICATION) else None)


@blueprint.post("/")
@requires(Permission.APPROVE_SPECIFICATION)
def supersede() -> ResponseReturnValue:
    form = PolicyForm()
    if not form.validate_on_submit():
        return _page(form), 422
    draft = PolicyDraft(
        risk_class=form.risk_class.data,
        persons=int(form.persons.data),
        is_double_entry=form.is_double_entry.data,
        valid_from=form.valid_from.data,
        source=form.source.data or "",
    )
    try:
        supersede_reading_policy(
            context.sessions(),
            draft,
            reason=form.reason.data or "",
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return _page(form, refusal.reasons), 409
    flash("The row is superseded; certificates handed over before go on as they were.", "success")
    return redirect(url_for("reading_policy.index"))


def _page(form: PolicyForm | None, reasons: tuple[str, ...] = ()) -> str:
    policies = list_reading_policies(context.reading())
    return render_template(
        "certificates/policy.html", policies=policies, form=form, reasons=reasons
    )
