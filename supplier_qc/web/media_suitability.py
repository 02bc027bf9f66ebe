"""Tests of a medium or supplement for cells and process."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from supplier_qc.domain.media_suitability import (
    PROCESS_WORDS,
    CultureProcess,
    SuitabilityResult,
    TissueSource,
)
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries.evidence import list_evidence_of_vendor
from supplier_qc.queries.items import ItemRow, get_item
from supplier_qc.queries.media_suitability import get_suitability
from supplier_qc.services import media_suitability as services
from supplier_qc.services.media_suitability import SuitabilityDraft
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import (
    choice_field,
    number_choice_field,
    number_choices,
    reason_field,
    version_field,
)
from supplier_qc.web.pages import form_page, refused_page

blueprint = Blueprint("media_suitability", __name__, url_prefix="/media-suitability")


class SuitabilityForm(FlaskForm):
    tissue = choice_field("Cells of", TissueSource)
    culture = SelectField(
        "Culture process",
        [InputRequired("Choose one.")],
        choices=[
            SelectChoice("", "Choose …"),
            *(SelectChoice(one.value, PROCESS_WORDS[one]) for one in CultureProcess),
        ],
    )
    result = choice_field("Result", SuitabilityResult)
    tested_on = DateField("Tested on", [InputRequired("Type the day of the test.")])
    report = StringField(
        "Report",
        [DataRequired("Name the report."), Length(max=200)],
        description="Its number or name.",
    )
    evidence_id = number_choice_field("The report on file")
    note = TextAreaField("Note", [Length(max=4_000)], render_kw={"rows": 3})


class EditSuitabilityForm(SuitabilityForm):
    version = version_field()
    reason = reason_field()


@blueprint.route("/new/for-item/<int:item_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def new(item_id: int) -> ResponseReturnValue:
    item, form, page = _item(item_id), SuitabilityForm(), "media_suitability/edit.html"
    _offer_papers(form, item)
    if not form.validate_on_submit():
        return form_page(page, form, item=item, row=None)
    try:
        services.add_suitability(
            context.sessions(), item_id, _draft(form), actor=context.actor(), now=context.now()
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, item=item, row=None)
    flash("The test is recorded.", "success")
    return redirect(url_for("items.detail", item_id=item_id, _anchor="suitability-title"))


@blueprint.route("/<int:suitability_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def edit(suitability_id: int) -> ResponseReturnValue:
    row = get_suitability(context.reading(), suitability_id)
    if row is None:
        raise NotFound("Test of suitability", suitability_id)
    item, form, page = (
        _item(row.item_id),
        EditSuitabilityForm(obj=row, culture=row.process.value),
        "media_suitability/edit.html",
    )
    _offer_papers(form, item)
    if not form.validate_on_submit():
        return form_page(page, form, item=item, row=row)
    try:
        services.change_suitability(
            context.sessions(),
            suitability_id,
            _draft(form),
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, item=item, row=row)
    flash("The test is saved.", "success")
    return redirect(url_for("items.detail", item_id=row.item_id, _anchor="suitability-title"))


def _item(item_id: int) -> ItemRow:
    item = get_item(context.reading(), item_id)
    if item is None:
        raise NotFound("Item", item_id)
    return item


def _offer_papers(form: SuitabilityForm, item: ItemRow) -> None:
    papers = list_evidence_of_vendor(context.reading(), item.vendor_id, context.today())
    named = ((paper.id, paper.title) for paper in papers)
    form.evidence_id.choices = number_choices(named, blank="Not on file")


def _draft(form: SuitabilityForm) -> SuitabilityDraft:
    return SuitabilityDraft(
        tissue=form.tissue.data,
        process=CultureProcess(form.culture.data),
        result=form.result.data,
        tested_on=form.tested_on.data,
        report=form.report.data,
        evidence_id=form.evidence_id.data,
        note=form.note.data,
    )
