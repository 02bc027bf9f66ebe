"""The library of questionnaires: every question with why it is asked, and versions of our own."""

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from supplier_qc.domain.people import Permission
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.exports.questionnaire_book import how_to_answer, table_workbook
from supplier_qc.queries.questionnaires import VersionRow, get_version, list_versions
from supplier_qc.services.questionnaires import VersionDraft, publish_version
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.pages import form_page, refused_page

blueprint = Blueprint("questionnaire_library", __name__, url_prefix="/questionnaire-library")


class VersionForm(FlaskForm):
    title = StringField("Title", [DataRequired("Type the title."), Length(max=120)])
    purpose = TextAreaField(
        "What it is for",
        [DataRequired("Say which suppliers it is for."), Length(max=1_000)],
        render_kw={"rows": 2},
    )
    source = StringField(
        "Source",
        [DataRequired("Say what the questions rest on."), Length(max=300)],
        description="Shown as a convention of your site, whatever it rests on.",
    )
    valid_from = DateField("Sent from", [InputRequired("Choose the day it is sent from.")])
    file = FileField(
        "Table of questions",
        [FileRequired("Choose the workbook.")],
        description="The table of a version, as downloaded here and edited; an .xlsx file.",
    )
    reason = TextAreaField(
        "Reason", [DataRequired("Say why: the audit trail keeps it.")], render_kw={"rows": 2}
    )


@blueprint.get("/")
@requires(Permission.READ_RECORDS)
def index() -> ResponseReturnValue:
    versions = list_versions(context.reading(), context.today())
    return render_template("questionnaires/library.html", versions=versions)


@blueprint.get("/<int:version_id>")
@requires(Permission.READ_RECORDS)
def detail(version_id: int) -> ResponseReturnValue:
    version = _version(version_id)
    return render_template("questionnaires/version.html", kept=version, how_to_answer=how_to_answer)


@blueprint.get("/<int:version_id>/table.xlsx")
@requires(Permission.READ_RECORDS)
def table(version_id: int) -> ResponseReturnValue:
    """The table of questions, to be edited and published as the next version."""
    asked = _version(version_id).questionnaire
    content = BytesIO(table_workbook(asked, made_at=context.now()))
    name = f"questionnaire-{asked.key}-{asked.number}.xlsx"
    return send_file(content, as_attachment=True, download_name=name)


@blueprint.route("/<int:version_id>/next", methods=["GET", "POST"])
@requires(Permission.REVIEW_QUESTIONNAIRE)
def publish(version_id: int) -> ResponseReturnValue:
    version, page = _version(version_id), "questionnaires/publish.html"
    asked = version.questionnaire
    form = VersionForm(
        title=asked.title, purpose=asked.purpose, source=asked.source, valid_from=context.today()
    )
    if not form.validate_on_submit():
        return form_page(page, form, kept=version)
    draft = VersionDraft(
        title=form.title.data,
        purpose=form.purpose.data,
        source=form.source.data,
        valid_from=form.valid_from.data,
        filename=form.file.data.filename or "",
        content=form.file.data.read(),
    )
    try:
        number = publish_version(
            context.sessions(),
            asked.key,
            draft,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, kept=version)
    flash("The version is published. Rounds that were sent keep theirs.", "success")
    return redirect(url_for("questionnaire_library.detail", version_id=number))


def _version(version_id: int) -> VersionRow:
    found = get_version(context.reading(), version_id, context.today())
    if found is None:
        raise NotFound("Questionnaire", version_id)
    return found
