"""Marking a version of a specification as filed, under a signature."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.origin.vocabulary import Authority, words
from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.queries.specifications import get_specification
from supplier_qc.services.filings import FilingDraft, file_specification
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import choice_field
from supplier_qc.web.pages import form_page, refused_page
from supplier_qc.web.specifications import blueprint

_PAGE = "specifications/file.html"


class FilingForm(FlaskForm):
    authority = SelectField(
        "Authority",
        choices=[
            SelectChoice(one.value, words(one)) for one in Authority if one is not Authority.WOAH
        ],
    )
    use_scope = choice_field("Use", UseScope)
    reference = StringField(
        "Reference of the submission",
        [DataRequired("Name the submission."), Length(max=200)],
        description="As in IMPD v3, or the number of the sequence.",
    )
    filed_on = DateField("Filed on", validators=[InputRequired("Choose the day.")])
    reason = TextAreaField(
        "Reason", [DataRequired("Say what the mark rests on.")], render_kw={"rows": 2}
    )
    password = PasswordField("Password", [InputRequired("Type your password to sign.")])


@blueprint.route("/<int:specification_id>/file", methods=["GET", "POST"])
@requires(Permission.APPROVE_SPECIFICATION)
def file(specification_id: int) -> ResponseReturnValue:
    row = get_specification(context.reading(), specification_id)
    if row is None:
        raise NotFound("Specification", specification_id)
    form = FilingForm()
    if not form.validate_on_submit():
        return form_page(_PAGE, form, row=row)
    draft = FilingDraft(
        authority=Authority(form.authority.data),
        use_scope=form.use_scope.data,
        reference=form.reference.data or "",
        filed_on=form.filed_on.data,
    )
    try:
        file_specification(
            context.sessions(),
            specification_id,
            draft,
            reason=form.reason.data or "",
            password=form.password.data or "",
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(_PAGE, form, refusal, row=row)
    flash(f"Signed: version {row.number} is marked as filed.", "success")
    return redirect(url_for("specifications.detail", specification_id=specification_id))
