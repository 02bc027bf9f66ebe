"""Specifications of an item: reading a version, editing the draft, comparing and approving it."""

from collections.abc import Container

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, PasswordField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from supplier_qc.domain.catalogue import label
from supplier_qc.domain.people import Permission, separation_refusal
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.domain.specification.lines import NEEDS_HIGH, NEEDS_LOW, LimitLine
from supplier_qc.domain.specification.operator import Operator
from supplier_qc.domain.specification.pasted import COLUMNS, read_pasted_lines
from supplier_qc.queries import specifications as queries
from supplier_qc.queries.filings import list_filings
from supplier_qc.queries.shadow_verdicts import ShadowReport, get_shadow_report
from supplier_qc.queries.specifications import LineRow, SpecificationRow
from supplier_qc.services import specifications as services
from supplier_qc.services.specifications import Approval
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import PlainDecimalField, choice_field, reason_field, version_field
from supplier_qc.web.pages import form_page, refused_page
from supplier_qc.web.request_bounds import record_number

blueprint = Blueprint("specifications", __name__, url_prefix="/specifications")


class LineForm(FlaskForm):
    version = version_field()
    attribute = StringField("Attribute", [DataRequired("Name what is tested."), Length(max=200)])
    operator = choice_field("Kind of limit", Operator)
    low = PlainDecimalField("Lower bound")
    high = PlainDecimalField("Upper bound")
    unit = StringField("Unit", [Length(max=40)], description="As in EU/mL, g/L, %.")
    allowed_texts = TextAreaField(
        "Allowed texts",
        description="One a line, as in: No growth. Case does not matter.",
        render_kw={"rows": 2},
    )
    method = StringField("Method", [Length(max=200)], description="As in Ph. Eur. 2.6.14.")
    lod = PlainDecimalField("Limit of detection")
    loq = PlainDecimalField("Limit of quantitation")
    is_identity_test = BooleanField("Identity test, done by us for each lot")

    def validate_low(self, field: PlainDecimalField) -> None:
        _refuse_unused(field, self.operator.data, NEEDS_LOW)

    def validate_high(self, field: PlainDecimalField) -> None:
        _refuse_unused(field, self.operator.data, NEEDS_HIGH)

    def validate_allowed_texts(self, field: TextAreaField) -> None:
        _refuse_unused(field, self.operator.data, {Operator.EQUALS_TEXT})


class PasteForm(FlaskForm):
    version = version_field()
    rows = TextAreaField(
        "Lines",
        [DataRequired("Paste at least one line.")],
        description=f"One line a row, cells divided by tabs or semicolons: {', '.join(COLUMNS)}. "
        "Only the first two are needed. Several allowed texts are divided by |.",
        render_kw={"rows": 5, "spellcheck": "false"},
    )


class RemovalForm(FlaskForm):
    version = version_field()


class ApprovalForm(FlaskForm):
    version = version_field()
    reason = TextAreaField(
        "Reason", [DataRequired("Say what the approval rests on.")], render_kw={"rows": 3}
    )
    password = PasswordField("Password", [InputRequired("Type your password to sign.")])


class DiscardForm(FlaskForm):
    version = version_field()
    reason = reason_field()


@blueprint.get("/<int:specification_id>")
@requires(Permission.READ_RECORDS)
def detail(specification_id: int) -> ResponseReturnValue:
    row = _specification(specification_id)
    return render_template(
        "specifications/detail.html",
        row=row,
        versions=queries.list_versions(context.reading(), row.item_id),
        comparison=_comparison(row),
        separation=_separation(row),
        shadow=_shadow(row),
        filings=list_filings(context.reading(), row.item_id),
    )


@blueprint.post("/new/of-item/<int:item_id>")
@requires(Permission.DRAFT_SPECIFICATION)
def draft(item_id: int) -> ResponseReturnValue:
    specification_id = services.draft_specification(
        context.sessions(), item_id, actor=context.actor(), now=context.now()
    )
    return redirect(url_for("specifications.edit", specification_id=specification_id))


@blueprint.get("/<int:specification_id>/edit")
@requires(Permission.DRAFT_SPECIFICATION)
def edit(specification_id: int) -> ResponseReturnValue:
    """The draft's lines; with ?line= one of them stands in the form, ready to be changed."""
    row = _draft(specification_id)
    return _edit_page(row, _line(row, request.args.get("line", type=record_number)))


@blueprint.post("/<int:specification_id>/lines")
@requires(Permission.DRAFT_SPECIFICATION)
def add_line(specification_id: int) -> ResponseReturnValue:
    row, form = _draft(specification_id), LineForm()
    if not form.validate_on_submit():
        return _edit_page(row, form=form, status=422)
    try:
        services.add_specification_lines(
            context.sessions(),
            specification_id,
            [_limit_line(form)],
            version=form.version.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return _edit_page(row, form=form, status=409, reasons=refusal.reasons)
    flash(f"{form.attribute.data} is added.", "success")
    return redirect(url_for("specifications.edit", specification_id=specification_id))


@blueprint.post("/<int:specification_id>/lines/<int:line_id>")
@requires(Permission.DRAFT_SPECIFICATION)
def change_line(specification_id: int, line_id: int) -> ResponseReturnValue:
    row, form = _draft(specification_id), LineForm()
    line = _line(row, line_id)
    if not form.validate_on_submit():
        return _edit_page(row, line, form=form, status=422)
    try:
        services.change_specification_line(
            context.sessions(),
            specification_id,
            line_id,
            _limit_line(form),
            version=form.version.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return _edit_page(row, line, form=form, status=409, reasons=refusal.reasons)
    flash(f"{form.attribute.data} is saved.", "success")
    return redirect(url_for("specifications.edit", specification_id=specification_id))


@blueprint.post("/<int:specification_id>/lines/<int:line_id>/remove")
@requires(Permission.DRAFT_SPECIFICATION)
def remove_line(specification_id: int, line_id: int) -> ResponseReturnValue:
    row, form = _draft(specification_id), RemovalForm()
    if not form.validate_on_submit():
        return _edit_page(row, status=422, reasons=("The page is incomplete; try again.",))
    try:
        services.remove_specification_line(
            context.sessions(),
            specification_id,
            line_id,
            version=form.version.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return _edit_page(row, status=409, reasons=refusal.reasons)
    flash("The line is removed from the draft.", "success")
    return redirect(url_for("specifications.edit", specification_id=specification_id))


@blueprint.post("/<int:specification_id>/lines/paste")
@requires(Permission.DRAFT_SPECIFICATION)
def paste(specification_id: int) -> ResponseReturnValue:
    row, form = _draft(specification_id), PasteForm()
    if not form.validate_on_submit():
        return _edit_page(row, paste_form=form, status=422)
    read = read_pasted_lines(form.rows.data)
    try:
        Refused.unless_empty(read.problems)
        services.add_specification_lines(
            context.sessions(),
            specification_id,
            read.lines,
            version=form.version.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return _edit_page(row, paste_form=form, status=409, reasons=refusal.reasons)
    flash(f"{len(read.lines)} lines are added.", "success")
    return redirect(url_for("specifications.edit", specification_id=specification_id))


@blueprint.get("/<int:specification_id>/compare")
@requires(Permission.READ_RECORDS)
def compare(specification_id: int) -> ResponseReturnValue:
    row = _specification(specification_id)
    comparison = queries.compare_with_version_in_force(context.reading(), row)
    return render_template("specifications/compare.html", row=row, comparison=comparison)


@blueprint.route("/<int:specification_id>/approve", methods=["GET", "POST"])
@requires(Permission.APPROVE_SPECIFICATION)
def approve(specification_id: int) -> ResponseReturnValue:
    row = _draft(specification_id)
    form = ApprovalForm(version=row.version)
    page = "specifications/approve.html"
    values = {
        "row": row,
        "comparison": _comparison(row),
        "separation": _separation(row),
        "shadow": _shadow(row),
    }
    if not form.validate_on_submit():
        return form_page(page, form, **values)
    try:
        services.approve_specification(
            context.sessions(),
            specification_id,
            Approval(form.version.data, form.reason.data, form.password.data),
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, **values)
    flash(f"Signed: version {row.number} is in force from today.", "success")
    return redirect(url_for("specifications.detail", specification_id=specification_id))


@blueprint.route("/<int:specification_id>/discard", methods=["GET", "POST"])
@requires(Permission.DRAFT_SPECIFICATION)
def discard(specification_id: int) -> ResponseReturnValue:
    row = _draft(specification_id)
    form = DiscardForm(version=row.version)
    if not form.validate_on_submit():
        return form_page("specifications/discard.html", form, row=row)
    try:
        services.discard_specification_draft(
            context.sessions(),
            specification_id,
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page("specifications/discard.html", form, refusal, row=row)
    flash(f"The draft of version {row.number} is discarded; it stays readable.", "success")
    return redirect(url_for("items.detail", item_id=row.item_id))


def _refuse_unused(field: Field, operator: Operator | None, users: Container[Operator]) -> None:
    """What is typed beside a limit that does not use it was meant somehow; it is not dropped."""
    typed = field.data.strip() if isinstance(field.data, str) else field.data
    if operator is not None and operator not in users and typed not in (None, ""):
        raise ValidationError(f"“{label(operator)}” does not use this; clear it.")


def _specification(specification_id: int) -> SpecificationRow:
    row = queries.get_specification(context.reading(), specification_id)
    if row is None:
        raise NotFound("Specification", specification_id)
    return row


def _draft(specification_id: int) -> SpecificationRow:
    row = _specification(specification_id)
    if not row.is_draft:
        raise Refused(
            f"Version {row.number} is {row.status.value} and no longer a draft. "
            "Begin a new draft on the item's page to change a limit."
        )
    return row


def _line(row: SpecificationRow, line_id: int | None) -> LineRow | None:
    if line_id is None:
        return None
    for line in row.lines:
        if line.id == line_id:
            return line
    raise NotFound("Specification line", line_id)


def _comparison(row: SpecificationRow) -> queries.Comparison | None:
    if not row.is_draft:
        return None
    return queries.compare_with_version_in_force(context.reading(), row)


def _shadow(row: SpecificationRow) -> ShadowReport | None:
    """What a draft would make of the lots on file; an approver sees it before signing."""
    return get_shadow_report(context.reading(), row.id, row.item_id) if row.is_draft else None


def _separation(row: SpecificationRow) -> str | None:
    """Why the person who looks at the draft may not approve it, where they wrote in it."""
    actor = context.actor()
    if actor.person_id not in row.author_ids:
        return None
    return separation_refusal(actor.person_id, actor, "specification")


def _edit_page(
    row: SpecificationRow,
    line: LineRow | None = None,
    *,
    form: LineForm | None = None,
    paste_form: PasteForm | None = None,
    status: int = 200,
    reasons: tuple[str, ...] = (),
) -> ResponseReturnValue:
    page = render_template(
        "specifications/edit.html",
        row=row,
        line=line,
        form=form or _line_form(row, line),
        paste_form=paste_form or PasteForm(formdata=None, version=row.version),
        removal_form=RemovalForm(formdata=None, version=row.version),
        reasons=reasons,
        operators=[one.value for one in Operator],
    )
    return page, status


def _line_form(row: SpecificationRow, line: LineRow | None) -> LineForm:
    if line is None:
        return LineForm(formdata=None, version=row.version)
    form = LineForm(formdata=None, obj=line.line, version=row.version)
    form.allowed_texts.data = "\n".join(line.line.allowed_texts)
    return form


def _limit_line(form: LineForm) -> LimitLine:
    return LimitLine(
        attribute=form.attribute.data,
        operator=form.operator.data,
        low=form.low.data,
        high=form.high.data,
        unit=form.unit.data or None,
        allowed_texts=tuple(
            text.strip() for text in (form.allowed_texts.data or "").splitlines() if text.strip()
        ),
        method=form.method.data or None,
        lod=form.lod.data,
        loq=form.loq.data,
        is_identity_test=form.is_identity_test.data,
    )
