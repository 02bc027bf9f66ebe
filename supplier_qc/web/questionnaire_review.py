"""The review of a round under a signature, and what changed since the round before."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import PasswordField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from supplier_qc.domain.catalogue import EvidenceResult
from supplier_qc.domain.people import Permission
from supplier_qc.domain.questionnaires.comparison import AnswerChange
from supplier_qc.domain.refusals import Refused
from supplier_qc.queries.questionnaire_rounds import compare_with_previous
from supplier_qc.services.questionnaire_rounds import Review, review_round
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import choice_field, version_field
from supplier_qc.web.pages import form_page, refused_page
from supplier_qc.web.questionnaire_rounds import blueprint, page_values, round_page

CHANGE_WORDS = {
    AnswerChange.CHANGED: "Changed",
    AnswerChange.NEWLY_ASKED: "Newly asked",
    AnswerChange.NO_LONGER_ASKED: "No longer asked",
    AnswerChange.SAME: "As before",
}


class ReviewForm(FlaskForm):
    version = version_field()
    result = choice_field("Result", EvidenceResult)
    reason = TextAreaField(
        "Conclusion",
        [DataRequired("Write why this is the result."), Length(max=8_000)],
        description="What the findings mean for us, and what is asked of the supplier.",
    )
    password = PasswordField("Password", [InputRequired("Type your password to sign.")])


@blueprint.route("/<int:round_id>/review", methods=["GET", "POST"])
@requires(Permission.REVIEW_QUESTIONNAIRE)
def review(round_id: int) -> ResponseReturnValue:
    found, page = round_page(round_id), "questionnaires/review.html"
    differences = compare_with_previous(context.reading(), found)
    values = page_values(round_id) | {
        "changed": [one for one in differences or () if one.change is not AnswerChange.SAME],
        "change_words": CHANGE_WORDS,
    }
    form = ReviewForm(version=found.row.version, result=found.judgement.proposed)
    if not form.validate_on_submit():
        return form_page(page, form, **values)
    given = Review(form.result.data, form.reason.data, form.version.data or 0, form.password.data)
    try:
        review_round(context.sessions(), round_id, given, actor=context.actor(), now=context.now())
    except Refused as refusal:
        return refused_page(page, form, refusal, **values)
    flash("The review is signed; the questionnaire is on file as evidence.", "success")
    return redirect(url_for("questionnaires.detail", round_id=round_id))


@blueprint.get("/<int:round_id>/changes")
@requires(Permission.READ_RECORDS)
def changes(round_id: int) -> ResponseReturnValue:
    found = round_page(round_id)
    differences = compare_with_previous(context.reading(), found)
    with_same = request.args.get("show") == "all"
    shown = [one for one in differences or () if with_same or one.change is not AnswerChange.SAME]
    return render_template(
        "questionnaires/changes.html",
        found=found,
        differences=differences,
        shown=shown,
        with_same=with_same,
        change_words=CHANGE_WORDS,
    )
