"""May I buy: an item, a use and a day in, an answer with every reason out; also as JSON."""

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.people import Permission
from supplier_qc.domain.qualification.evidence_policy import Step
from supplier_qc.domain.refusals import Refused
from supplier_qc.queries.buying import BuyQuestion, as_json, ask_may_buy, overall
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import FilterForm, choice_field

blueprint = Blueprint("buying", __name__, url_prefix="/may-buy")


class QuestionForm(FilterForm):
    item = StringField(
        "Item",
        [DataRequired("Name the item."), Length(max=200)],
        description="Catalogue number, our code of the material, or part of a name.",
    )
    vendor = StringField("Vendor", [Length(max=200)], description="Part of the name; may be blank.")
    use = choice_field("Use", UseScope)
    on = DateField("Day of the order", [Optional()])
    step = SelectField(
        "Step",
        [InputRequired()],
        choices=[
            SelectChoice(Step.ORDER.value, "Order"),
            SelectChoice(Step.RECEIPT.value, "Receipt and release"),
        ],
        default=Step.ORDER.value,
    )


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    form = _form()
    if not request.args:
        return render_template("buying/index.html", form=form, rows=None, reasons=())
    if not form.validate():
        return render_template("buying/index.html", form=form, rows=None, reasons=()), 422
    try:
        rows = ask_may_buy(context.reading(), _question(form), context.today())
    except Refused as refusal:
        page = render_template("buying/index.html", form=form, rows=None, reasons=refusal.reasons)
        return page, 409
    return render_template(
        "buying/index.html",
        form=form,
        rows=rows,
        reasons=(),
        question=_question(form),
        verdict=overall(rows),
    )


@blueprint.get("/answer.json")
@requires(Permission.READ_RECORDS)
def answer() -> ResponseReturnValue:
    """The same question as the page; 422 and 409 name what is wrong in `problems`.

    Without a question it says which parameters one has.
    """
    if not request.args:
        return jsonify(parameters=_PARAMETERS)
    form = _form()
    if not form.validate():
        named = [f"{name}: {' '.join(map(str, errors))}" for name, errors in form.errors.items()]
        return jsonify(problems=named), 422
    question = _question(form)
    try:
        rows = ask_may_buy(context.reading(), question, context.today())
    except Refused as refusal:
        return jsonify(problems=list(refusal.reasons)), 409
    return jsonify(as_json(question, rows))


_PARAMETERS = {
    "item": "catalogue number, our code of the material, or part of a name; needed",
    "use": f"one of {', '.join(UseScope)}; needed",
    "vendor": "part of the vendor's name",
    "on": "day of the order, as 2027-03-31; today by UTC when left out",
    "step": f"{Step.ORDER} or {Step.RECEIPT}; {Step.ORDER} when left out",
}


def _form() -> QuestionForm:
    """From the address; the step is order unless another is asked for."""
    values = request.args.copy()
    values.setdefault("step", Step.ORDER.value)
    return QuestionForm(values if request.args else None, on=context.today())


def _question(form: QuestionForm) -> BuyQuestion:
    return BuyQuestion(
        item=form.item.data or "",
        use_scope=form.use.data,
        on=form.on.data or context.today(),
        vendor=form.vendor.data or "",
        step=Step(form.step.data),
    )
