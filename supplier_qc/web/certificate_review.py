"""The review of one certificate: page image and rows side by side, one decision a POST."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice

from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.domain.second_person import ReviewStep
from supplier_qc.queries.certificate_changes import get_change_review
from supplier_qc.queries.certificate_review import (
    CertificateReview,
    FieldReview,
    get_certificate_review,
    list_item_choices,
)
from supplier_qc.queries.certificate_rows import RowReview
from supplier_qc.services.certificate_confirmation import confirm_certificate
from supplier_qc.services.certificate_proposal import RowValues
from supplier_qc.services.certificate_review import (
    RowDecision,
    add_row,
    choose_item,
    decide_field,
    decide_row,
    reject_row,
)
from supplier_qc.services.certificates import read_again, reject_certificate
from supplier_qc.services.file_reading import source_lines
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.certificate_forms import (
    REJECT,
    FieldForm,
    ItemForm,
    RejectForm,
    ReturnForm,
    RowForm,
    SettleForm,
    VersionedForm,
    results_form,
)
from supplier_qc.web.certificate_panels import (
    Intake,
    confirm_form,
    filing_form,
    filing_proposal,
    intake_of,
)
from supplier_qc.web.certificates import blueprint
from supplier_qc.web.teaching import teaching_of

_EXTRA = "0"
"""The choice of no line of ours."""


@dataclass(slots=True)
class Wrong:
    """What a refused POST leaves on the page: the form as typed, and the reasons."""

    place: str = ""
    form: FlaskForm | None = None
    reasons: tuple[str, ...] = ()
    status: int = 200


@blueprint.get("/<int:certificate_id>")
@requires(Permission.READ_RECORDS)
def detail(certificate_id: int) -> ResponseReturnValue:
    return review_page(certificate_id, Wrong())


@blueprint.post("/<int:certificate_id>/item")
@requires(Permission.REVIEW_CERTIFICATE)
def item(certificate_id: int) -> ResponseReturnValue:
    form = ItemForm()
    form.item.choices = _item_choices()
    if not form.validate_on_submit():
        return review_page(certificate_id, Wrong("item", form, status=422))

    def change() -> None:
        choose_item(
            context.sessions(),
            certificate_id,
            int(form.item.data),
            version=form.version.data,
            actor=context.actor(),
            now=context.now(),
        )

    return done(certificate_id, "item", form, change)


@blueprint.post("/<int:certificate_id>/fields/<int:field_id>")
@requires(Permission.REVIEW_CERTIFICATE)
def field_decision(certificate_id: int, field_id: int) -> ResponseReturnValue:
    form = FieldForm()
    place = f"field-{field_id}"
    if not form.validate_on_submit():
        return review_page(certificate_id, Wrong(place, form, status=422))

    def change() -> None:
        decide_field(
            context.sessions(),
            certificate_id,
            field_id,
            form.value.data,
            version=form.version.data,
            actor=context.actor(),
            now=context.now(),
        )

    return done(certificate_id, place, form, change)


@blueprint.post("/<int:certificate_id>/rows/<int:row_id>")
@requires(Permission.REVIEW_CERTIFICATE)
def row_decision(certificate_id: int, row_id: int) -> ResponseReturnValue:
    form = _row_form(review_of(certificate_id))
    place = f"row-{row_id}"
    if not form.validate_on_submit() or not str(form.version.data).isdecimal():
        return review_page(certificate_id, Wrong(place, form, status=422))

    change = _reject if REJECT in request.form else _decide
    return done(certificate_id, place, form, lambda: change(certificate_id, row_id, form))


@blueprint.post("/<int:certificate_id>/rows")
@requires(Permission.REVIEW_CERTIFICATE)
def new_row(certificate_id: int) -> ResponseReturnValue:
    form = _row_form(review_of(certificate_id))
    if not form.validate_on_submit():
        return review_page(certificate_id, Wrong("new-row", form, status=422))

    def change() -> None:
        add_row(
            context.sessions(),
            certificate_id,
            _decision(form),
            actor=context.actor(),
            now=context.now(),
        )

    return done(certificate_id, "new-row", form, change)


@blueprint.post("/<int:certificate_id>/confirm")
@requires(Permission.REVIEW_CERTIFICATE)
def confirm(certificate_id: int) -> ResponseReturnValue:
    form = confirm_form(intake_of(review_of(certificate_id)))
    if not form.validate_on_submit():
        return review_page(certificate_id, Wrong("confirm", form, status=422))
    try:
        lot_id = confirm_certificate(
            context.sessions(),
            certificate_id,
            version=form.version.data,
            reason=form.reason.data or "",
            password=form.password.data if "password" in form else "",
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return review_page(certificate_id, Wrong("confirm", form, refusal.reasons, 409))
    flash("The certificate is confirmed; its results stand on the lot.", "success")
    return redirect(url_for("lots.detail", lot_id=lot_id))


@blueprint.post("/<int:certificate_id>/reject")
@requires(Permission.REVIEW_CERTIFICATE)
def reject(certificate_id: int) -> ResponseReturnValue:
    form = RejectForm()
    if not form.validate_on_submit():
        return review_page(certificate_id, Wrong("reject", form, status=422))
    try:
        reject_certificate(
            context.sessions(),
            certificate_id,
            version=form.version.data,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return review_page(certificate_id, Wrong("reject", form, refusal.reasons, 409))
    flash("The certificate is rejected; the file is kept.")
    return redirect(url_for("certificates.index"))


@blueprint.post("/<int:certificate_id>/read-again")
@requires(Permission.REVIEW_CERTIFICATE)
def reread(certificate_id: int) -> ResponseReturnValue:
    form = VersionedForm()
    if form.validate_on_submit():
        read_again(
            context.sessions(),
            certificate_id,
            version=form.version.data,
            actor=context.actor(),
            now=context.now(),
        )
    return redirect(url_for("certificates.detail", certificate_id=certificate_id))


def _decide(certificate_id: int, row_id: int, form: RowForm) -> None:
    decide_row(
        context.sessions(),
        certificate_id,
        row_id,
        _decision(form),
        version=int(form.version.data),
        actor=context.actor(),
        now=context.now(),
    )


def _reject(certificate_id: int, row_id: int, form: RowForm) -> None:
    reject_row(
        context.sessions(),
        certificate_id,
        row_id,
        form.note.data or "",
        version=int(form.version.data),
        actor=context.actor(),
        now=context.now(),
    )


def done(
    certificate_id: int, place: str, form: FlaskForm, change: Callable[[], None]
) -> ResponseReturnValue:
    """Make the change and go back to its place; a refusal stands beside the form as typed."""
    try:
        change()
    except Refused as refusal:
        return review_page(certificate_id, Wrong(place, form, refusal.reasons, 409))
    return redirect(url_for("certificates.detail", certificate_id=certificate_id, _anchor=place))


def review_of(certificate_id: int) -> CertificateReview:
    """The certificate as it stands; NotFound when there is none."""
    review = get_certificate_review(context.reading(), certificate_id, context.today())
    if review is None:
        raise NotFound("Certificate", certificate_id)
    return review


def review_page(certificate_id: int, wrong: Wrong) -> ResponseReturnValue:
    """The page for the person who looks at it: with forms, to read, or blind."""
    review, actor = review_of(certificate_id), context.actor()
    is_reviewer = actor.may(Permission.REVIEW_CERTIFICATE)
    can_review = review.is_under_review and is_reviewer
    intake = intake_of(review)
    return (
        render_template(
            "certificates/detail.html",
            certificate=review,
            changes=get_change_review(context.reading(), certificate_id, context.today()),
            can_review=can_review,
            has_in_hand=is_reviewer and (can_review or review.awaits_second),
            is_blind=review.is_blind_for(actor),
            second_refusals=review.refusals(ReviewStep.CONFIRM, actor.person_id),
            settle_refusals=review.refusals(ReviewStep.SETTLE, actor.person_id),
            forms_of=_forms(review, intake, wrong) if is_reviewer else {},
            intake=intake,
            source=source_lines(context.installation(), review.sha256)
            if review.is_structured
            else (),
            teaching=teaching_of(certificate_id),
            wrong=wrong,
        ),
        wrong.status,
    )


def _forms(review: CertificateReview, intake: Intake, wrong: Wrong) -> Mapping[str, FlaskForm]:
    """Every form of the page by its place; a refused one as it was typed."""
    version = {"version": review.version}
    chosen = ItemForm(formdata=None, data={**version, "item": str(review.item_id or "")})
    chosen.item.choices = _item_choices()
    forms: dict[str, FlaskForm] = {
        "item": chosen,
        "new-row": _row_form(review, blank=True),
        "by-hand": results_form([one.id for one in review.unanswered])(formdata=None, data=version),
        "blind": results_form([one.id for one in review.rows_to_type])(formdata=None, data=version),
        "confirm": confirm_form(intake, formdata=None, data=version),
        "return": ReturnForm(formdata=None, data=version),
        "reject": RejectForm(formdata=None, data=version),
        "file": filing_form(review, formdata=None, data=version | filing_proposal(review)),
    }
    forms |= {f"field-{one.id}": _field_form(one) for one in review.fields}
    forms |= {f"row-{one.id}": _row_form(review, one) for one in review.rows}
    forms |= {
        f"settle-{one.id}": SettleForm(formdata=None, data=version) for one in review.second_entries
    }
    if wrong.form is not None:
        forms[wrong.place] = wrong.form
    return forms


def _item_choices() -> list[SelectChoice]:
    items = list_item_choices(context.reading())
    return [
        SelectChoice("", "Choose the item"),
        *(SelectChoice(str(number), label) for number, label in items),
    ]


def _field_form(found: FieldReview) -> FieldForm:
    return FieldForm(formdata=None, data={"version": found.version, "value": found.value})


def _row_form(
    review: CertificateReview, row: RowReview | None = None, *, blank: bool = False
) -> RowForm:
    """The form of a row as it stands, of a new one, or (neither) of what was submitted."""
    if row is not None:
        form = RowForm(
            formdata=None,
            data={
                "version": row.version,
                "line": str(row.line_id or _EXTRA),
                "name": row.name,
                "result": row.result,
                "unit": row.unit,
                "method": row.method,
                "supplier_limit": row.supplier_limit,
                "supplier_verdict": row.supplier_verdict,
            },
        )
    else:
        form = RowForm(formdata=None) if blank else RowForm()
    form.line.choices = [
        SelectChoice(_EXTRA, "Extra test, not in our specification"),
        *(SelectChoice(str(number), attribute) for number, attribute in review.lines),
    ]
    return form


def _decision(form: RowForm) -> RowDecision:
    values = RowValues(
        name=form.name.data or "",
        method=form.method.data or None,
        supplier_limit=form.supplier_limit.data or None,
        result=form.result.data or None,
        unit=form.unit.data or None,
        supplier_verdict=form.supplier_verdict.data or None,
    )
    return RowDecision(values, int(form.line.data) or None)
