"""Which preparation pulls in which material: the rules, and superseding one."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from supplier_qc.domain.material_identity import PREPARATION_WORDS, Preparation
from supplier_qc.domain.origin.co_materials import CoMaterialRule
from supplier_qc.domain.origin.vocabulary import DerivativeClass, SourceClass, Species
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import Refused
from supplier_qc.queries.co_materials import list_rules
from supplier_qc.services.co_material_rules import supersede_co_material_rule
from supplier_qc.services.evidence_policy import OWN_RULE
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import (
    choice_field,
    optional_choice_field,
    reason_field,
    stated_field,
)

blueprint = Blueprint("co_material_rules", __name__, url_prefix="/co-material-rules")


class RuleForm(FlaskForm):
    preparation = stated_field(
        "Preparation", Preparation, unknown=Preparation.NOT_RECORDED, words=PREPARATION_WORDS
    )
    component = StringField(
        "Material it pulls in",
        [DataRequired("Name the material."), Length(max=200)],
        description="A rule for the same preparation and material is superseded.",
    )
    source_class = choice_field("Comes from", SourceClass)
    species = optional_choice_field("Species", Species, blank="None")
    derivative = choice_field("Kind of derivative", DerivativeClass)
    valid_from = DateField("In force from", [InputRequired("Choose the first day.")])
    source = StringField(
        "Source",
        [DataRequired("Name the document it rests on."), Length(max=300)],
        description="The paper or the procedure of yours that says so.",
    )
    reason = reason_field()


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    return _page(RuleForm(formdata=None, valid_from=context.today()))


@blueprint.post("/")
@requires(Permission.DECIDE_QUALIFICATION)
def supersede() -> ResponseReturnValue:
    form = RuleForm()
    if not form.validate_on_submit():
        return _page(form), 422
    rule = CoMaterialRule(
        preparation=form.preparation.data,
        component=form.component.data or "",
        source_class=form.source_class.data,
        species=form.species.data,
        derivative=form.derivative.data,
        valid_from=form.valid_from.data,
        valid_to=None,
        mark=OWN_RULE,
        source=form.source.data or "",
    )
    try:
        supersede_co_material_rule(
            context.sessions(),
            rule,
            reason=form.reason.data or "",
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return _page(form, refusal.reasons), 409
    flash("The rule is in force from its day on; the one before it is kept.", "success")
    return redirect(url_for("co_material_rules.index"))


def _page(form: RuleForm, reasons: tuple[str, ...] = ()) -> str:
    rules = list_rules(context.reading())
    return render_template(
        "items/co_material_rules.html",
        rules=rules,
        form=form,
        reasons=reasons,
        words=PREPARATION_WORDS,
    )
