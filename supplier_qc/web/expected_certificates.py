"""Awaited certificates: what vendors owe us, what is late, and a text to ask for it."""

from collections import Counter

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from supplier_qc.domain.expected_certificates import LONGEST_NOTE, LONGEST_NUMBER, ExpectedState
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries.certificate_review import list_item_choices
from supplier_qc.queries.expected_certificates import ExpectedRow, list_expected
from supplier_qc.services.expected_certificates import (
    ExpectedDraft,
    change_expected,
    record_expected,
    withdraw_expected,
)
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import FilterForm

blueprint = Blueprint("expected_certificates", __name__, url_prefix="/expected-certificates")

ROWS = 100
_OPEN = "open"
_WORDS = {
    ExpectedState.LATE: "Late",
    ExpectedState.AWAITED: "Awaited",
    ExpectedState.ARRIVED: "Arrived",
    ExpectedState.WITHDRAWN: "No longer expected",
}


class ExpectedFilter(FilterForm):
    state = SelectField(
        "State",
        choices=[
            SelectChoice(_OPEN, "Late or awaited"),
            *(SelectChoice(state.value, words) for state, words in _WORDS.items()),
            SelectChoice("", "All"),
        ],
        validate_choice=False,
    )


class ExpectedForm(FlaskForm):
    item = SelectField("Item", [InputRequired("Choose the item.")])
    lot = StringField("Manufacturer's lot", [Length(max=LONGEST_NUMBER)])
    purchase_order = StringField("Order and line", [Length(max=LONGEST_NUMBER)])
    expected_on = DateField("Expected by", [InputRequired("Say by which day.")])
    note = TextAreaField("Note", [Length(max=LONGEST_NOTE)], render_kw={"rows": 2})


class ExpectedChangeForm(ExpectedForm):
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    reason = StringField("Why it changes", [DataRequired("Say why."), Length(max=500)])


class WithdrawForm(FlaskForm):
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    reason = StringField("Why it is no longer expected", [Optional(), Length(max=500)])


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    rows = list_expected(context.reading(), context.today())
    chosen = request.args.get("state", _OPEN)
    found = [row for row in rows if _fits(row, chosen)]
    pages = max(1, -(-len(found) // ROWS))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    counted = Counter(row.state for row in rows)
    return render_template(
        "expected_certificates/index.html",
        filters=ExpectedFilter(formdata=None, data={"state": chosen}),
        rows=found[(page - 1) * ROWS : page * ROWS],
        total=len(found),
        page=page,
        pages=pages,
        is_empty=not rows,
        counts={words: counted[state] for state, words in _WORDS.items()},
        words={state.value: words for state, words in _WORDS.items()},
    )


@blueprint.get("/new")
@requires(Permission.UPLOAD_CERTIFICATE)
def new() -> ResponseReturnValue:
    form = ExpectedForm(formdata=None, data={"item": request.args.get("item", "")})
    return _new_page(form)


@blueprint.post("/new")
@requires(Permission.UPLOAD_CERTIFICATE)
def add() -> ResponseReturnValue:
    form = ExpectedForm()
    form.item.choices = _items()
    if not form.validate_on_submit():
        return _new_page(form), 422
    try:
        record_expected(context.sessions(), _draft(form), actor=context.actor(), now=context.now())
    except Refused as refusal:
        return _new_page(form, refusal.reasons), 409
    flash("The certificate is expected; it is matched by itself when it comes.", "success")
    return redirect(url_for("expected_certificates.index"))


@blueprint.get("/<int:expected_id>")
@requires(Permission.READ_RECORDS)
def edit(expected_id: int) -> ResponseReturnValue:
    row = _row(expected_id)
    return _edit_page(row, _filled(row))


@blueprint.post("/<int:expected_id>")
@requires(Permission.UPLOAD_CERTIFICATE)
def change(expected_id: int) -> ResponseReturnValue:
    row, form = _row(expected_id), ExpectedChangeForm()
    form.item.choices = _items()
    if not form.validate_on_submit():
        return _edit_page(row, form), 422
    try:
        change_expected(
            context.sessions(),
            expected_id,
            _draft(form),
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return _edit_page(row, form, refusal.reasons), 409
    flash("The change is saved.", "success")
    return redirect(url_for("expected_certificates.index"))


@blueprint.post("/<int:expected_id>/withdraw")
@requires(Permission.UPLOAD_CERTIFICATE)
def withdraw(expected_id: int) -> ResponseReturnValue:
    row, form = _row(expected_id), WithdrawForm()
    if not form.validate_on_submit():
        return _edit_page(row, _filled(row), withdrawal=form), 422
    try:
        withdraw_expected(
            context.sessions(),
            expected_id,
            version=form.version.data,
            reason=form.reason.data or "",
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return _edit_page(row, _filled(row), refusal.reasons, withdrawal=form), 409
    flash("The certificate is no longer expected.", "success")
    return redirect(url_for("expected_certificates.index"))


def _fits(row: ExpectedRow, state: str) -> bool:
    return row.is_open if state == _OPEN else state in ("", row.state.value)


def _row(expected_id: int) -> ExpectedRow:
    rows = list_expected(context.reading(), context.today())
    found = next((row for row in rows if row.id == expected_id), None)
    if found is None:
        raise NotFound("Expected certificate", expected_id)
    return found


def _items() -> list[SelectChoice]:
    return [
        SelectChoice("", "Choose the item"),
        *(SelectChoice(str(n), words) for n, words in list_item_choices(context.reading())),
    ]


def _draft(form: ExpectedForm) -> ExpectedDraft:
    return ExpectedDraft(
        item_id=int(form.item.data),
        expected_on=form.expected_on.data,
        lot=form.lot.data,
        purchase_order=form.purchase_order.data,
        note=form.note.data,
    )


def _filled(row: ExpectedRow) -> ExpectedChangeForm:
    return ExpectedChangeForm(
        formdata=None,
        data={
            "version": row.version,
            "item": str(row.item_id),
            "lot": row.lot,
            "purchase_order": row.purchase_order,
            "expected_on": row.expected_on,
            "note": row.note,
        },
    )


def _new_page(form: ExpectedForm, reasons: tuple[str, ...] = ()) -> str:
    form.item.choices = _items()
    return render_template("expected_certificates/new.html", form=form, reasons=reasons)


def _edit_page(
    row: ExpectedRow,
    form: ExpectedChangeForm,
    reasons: tuple[str, ...] = (),
    *,
    withdrawal: WithdrawForm | None = None,
) -> str:
    form.item.choices = _items()
    return render_template(
        "expected_certificates/edit.html",
        row=row,
        form=form,
        reasons=reasons,
        words=_WORDS,
        is_withdrawal=withdrawal is not None,
        withdrawal=withdrawal or WithdrawForm(formdata=None, data={"version": row.version}),
    )
