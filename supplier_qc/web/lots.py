"""Lots: the list, a lot with its results, new lots by hand, own results."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from supplier_qc.domain.catalogue import label
from supplier_qc.domain.covariates import parse_covariates, printed_covariates
from supplier_qc.domain.lots import Disposition, ResultSource
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries.certificate_review import list_item_choices
from supplier_qc.queries.lot_review import LotReview, get_lot_review
from supplier_qc.queries.lots import LotFilter, list_lot_items, list_lot_vendors, list_lots
from supplier_qc.services.lots import (
    LotDraft,
    ResultDraft,
    add_lot_result,
    add_lot_with_results,
    change_lot,
    judge_by_version_in_force,
    withdraw_lot_result,
)
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.lot_page import RejudgeForm, ResultForm, WithdrawForm, lot_page, result_form
from supplier_qc.web.request_bounds import record_number

blueprint = Blueprint("lots", __name__, url_prefix="/lots")


class LotListFilter(FlaskForm):
    class Meta:
        csrf = False  # a filter changes nothing

    item = SelectField("Item")
    vendor = SelectField("Vendor")
    disposition = SelectField(
        "Disposition",
        choices=[
            SelectChoice("", "All"),
            *(SelectChoice(one.value, label(one)) for one in Disposition),
        ],
    )
    text = StringField("Lot, item or our number")


class LotForm(FlaskForm):
    manufacturer_lot = StringField(
        "Manufacturer's lot number",
        [InputRequired("Type the lot number as printed."), Length(max=80)],
    )
    internal_number = StringField("Our receiving number", [Length(max=80)])
    manufactured_on = DateField("Manufactured on", [Optional()])
    expires_on = DateField("Expires on", [InputRequired("Type the expiry or retest date.")])
    received_on = DateField("Received on", [Optional()])
    covariates = TextAreaField(
        "What may explain its values",
        [Length(max=2000)],
        description="One a line, as name: value. For example donor count: 120.",
        render_kw={"rows": 3},
    )


class NewLotForm(LotForm):
    item = SelectField("Item", coerce=int, validators=[InputRequired("Choose the item.")])


class ChangeLotForm(LotForm):
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    reason = TextAreaField("Reason for the change", [DataRequired("Say why.")])


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    filters = LotListFilter(request.args)
    filters.item.choices = _choices(list_lot_items(context.reading()))
    filters.vendor.choices = _choices(list_lot_vendors(context.reading()))
    wanted = LotFilter(
        item_id=record_number(filters.item.data),
        vendor_id=record_number(filters.vendor.data),
        disposition=_disposition(filters.disposition.data),
        text=filters.text.data or "",
    )
    page = request.args.get("page", 1, int)
    found = list_lots(context.reading(), wanted, context.today(), page)
    return render_template("lots/index.html", filters=filters, wanted=wanted, found=found)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.REVIEW_CERTIFICATE)
def new() -> ResponseReturnValue:
    form = NewLotForm()
    form.item.choices = [
        SelectChoice(number, words) for number, words in list_item_choices(context.reading())
    ]
    if not form.validate_on_submit():
        return render_template("lots/new.html", form=form, reasons=()), 422 if form.errors else 200
    try:
        lot_id = add_lot_with_results(
            context.sessions(),
            _draft(form, form.item.data),
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return render_template("lots/new.html", form=form, reasons=refusal.reasons), 409
    flash("The lot is in quarantine. Add its results.", "success")
    return redirect(url_for("lots.detail", lot_id=lot_id))


@blueprint.get("/<int:lot_id>")
@requires(Permission.READ_RECORDS)
def detail(lot_id: int) -> ResponseReturnValue:
    return lot_page(lot_id)


@blueprint.route("/<int:lot_id>/edit", methods=["GET", "POST"])
@requires(Permission.REVIEW_CERTIFICATE)
def edit(lot_id: int) -> ResponseReturnValue:
    lot = get_lot_review(context.reading(), lot_id)
    if lot is None:
        raise NotFound("Lot", lot_id)
    form = ChangeLotForm(
        data={
            "version": lot.version,
            "manufacturer_lot": lot.manufacturer_lot,
            "internal_number": lot.internal_number,
            "manufactured_on": lot.manufactured_on,
            "expires_on": lot.expires_on,
            "received_on": lot.received_on,
            "covariates": printed_covariates(lot.covariates),
        }
    )
    if not form.validate_on_submit():
        return _edit_page(lot, form, (), 422 if form.errors else 200)
    try:
        change_lot(
            context.sessions(),
            lot_id,
            _draft(form, lot.item_id),
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return _edit_page(lot, form, refusal.reasons, 409)
    flash("The lot is saved.", "success")
    return redirect(url_for("lots.detail", lot_id=lot_id))


@blueprint.post("/<int:lot_id>/results")
@requires(Permission.REVIEW_CERTIFICATE)
def add_result(lot_id: int) -> ResponseReturnValue:
    lot = get_lot_review(context.reading(), lot_id)
    if lot is None:
        raise NotFound("Lot", lot_id)
    form = result_form(lot, ResultForm())
    if not form.validate_on_submit():
        return lot_page(lot_id, "result", form, status=422)
    draft = ResultDraft(
        attribute=form.line.data or form.attribute.data or "",
        literal=form.result.data,
        unit=form.unit.data or None,
        method=form.method.data or None,
        tested_on=form.tested_on.data,
        source=ResultSource(form.source.data),
    )
    try:
        add_lot_result(context.sessions(), lot_id, draft, actor=context.actor(), now=context.now())
    except Refused as refusal:
        return lot_page(lot_id, "result", form, refusal.reasons, 409)
    flash(f"The result of {draft.attribute} is recorded.", "success")
    return redirect(url_for("lots.detail", lot_id=lot_id, _anchor="results"))


@blueprint.post("/<int:lot_id>/results/<int:result_id>/withdraw")
@requires(Permission.REVIEW_CERTIFICATE)
def withdraw_result(lot_id: int, result_id: int) -> ResponseReturnValue:
    form = WithdrawForm()
    place = f"withdraw-{result_id}"
    if not form.validate_on_submit():
        return lot_page(lot_id, place, form, status=422)
    try:
        withdraw_lot_result(
            context.sessions(),
            lot_id,
            result_id,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return lot_page(lot_id, place, form, refusal.reasons, 409)
    flash("The result is withdrawn; it stays readable.")
    return redirect(url_for("lots.detail", lot_id=lot_id, _anchor="results"))


@blueprint.post("/<int:lot_id>/judge")
@requires(Permission.REVIEW_CERTIFICATE)
def rejudge(lot_id: int) -> ResponseReturnValue:
    form = RejudgeForm()
    if not form.validate_on_submit():
        return lot_page(lot_id, "judge", form, status=422)
    try:
        judge_by_version_in_force(
            context.sessions(),
            lot_id,
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return lot_page(lot_id, "judge", form, refusal.reasons, 409)
    flash("The lot is judged against the version in force.", "success")
    return redirect(url_for("lots.detail", lot_id=lot_id))


def _edit_page(
    lot: LotReview, form: ChangeLotForm, reasons: tuple[str, ...], status: int
) -> ResponseReturnValue:
    return render_template("lots/edit.html", lot=lot, form=form, reasons=reasons), status


def _draft(form: LotForm, item_id: int) -> LotDraft:
    return LotDraft(
        item_id=item_id,
        manufacturer_lot=form.manufacturer_lot.data or "",
        internal_number=form.internal_number.data or None,
        manufactured_on=form.manufactured_on.data,
        expires_on=form.expires_on.data,
        received_on=form.received_on.data,
        covariates=parse_covariates(form.covariates.data or ""),
    )


def _choices(pairs: list[tuple[int, str]]) -> list[SelectChoice]:
    return [
        SelectChoice("", "All"),
        *(SelectChoice(str(number), words) for number, words in pairs),
    ]


def _disposition(text: str | None) -> Disposition | None:
    return Disposition(text) if text in {one.value for one in Disposition} else None
