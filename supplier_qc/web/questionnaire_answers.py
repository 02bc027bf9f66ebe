"""Answers of a round: typed section by section, read from a workbook, handed over for review."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    DateField,
    Field,
    Form,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from supplier_qc.domain.people import Permission
from supplier_qc.domain.questionnaires.answers import (
    LONGEST_REMARK,
    AnswerUnreadable,
    read_answer,
)
from supplier_qc.domain.questionnaires.filled import LONGEST_EVIDENCE
from supplier_qc.domain.questionnaires.questions import (
    NOT_APPLICABLE,
    NOT_KNOWN,
    AnswerKind,
    Question,
)
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.exports.questionnaire_book import how_to_answer
from supplier_qc.queries.evidence import list_evidence_of_vendor
from supplier_qc.queries.questionnaire_rounds import RoundPage
from supplier_qc.services.questionnaire_answers import (
    FilledFile,
    TypedAnswer,
    enter_answers,
    read_filled_file,
)
from supplier_qc.services.questionnaire_rounds import hand_over_round, return_round
from supplier_qc.web import context
from supplier_qc.web.access import requires
from supplier_qc.web.fields import (
    number_choice_field,
    number_choices,
    reason_field,
    version_field,
)
from supplier_qc.web.pages import form_page, refused_page
from supplier_qc.web.questionnaire_rounds import (
    blueprint,
    ended_page,
    page_values,
    round_page,
)

_NO_ANSWER = "no_answer"
"""The value of a button that stands for a blank."""


class HandOverForm(FlaskForm):
    version = version_field()
    answered_on = DateField(
        "Answered on",
        [InputRequired("Say when the supplier answered.")],
        description="The policy counts the validity from this day.",
    )


class ReturnForm(FlaskForm):
    version = version_field()
    reason = reason_field()


class FilledFileForm(FlaskForm):
    version = version_field()
    file = FileField(
        "Filled workbook",
        [FileRequired("Choose the workbook.")],
        description="The .xlsx file that was sent for this round. All of it is taken, or nothing.",
    )


class AnswersForm(FlaskForm):
    """The fields of the questions are added for each section."""

    version = version_field()


@dataclass(frozen=True, slots=True)
class Section:
    """`number` counts from 1; `missing` are required questions that are open."""

    number: int
    title: str
    questions: tuple[Question, ...]
    missing: int


@dataclass(frozen=True, slots=True)
class QuestionFields:
    """One question with its fields in the form."""

    question: Question
    answer: Field
    remark: Field
    evidence_id: Field
    evidence: Field
    is_open: bool


@blueprint.route("/<int:round_id>/answers/<int:number>", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def answers(round_id: int, number: int) -> ResponseReturnValue:
    found = round_page(round_id)
    closed = ended_page(found)
    if closed is not None:
        return closed
    section = _section(found, number)
    form = _answers_form(found, section)
    reasons: tuple[str, ...] = ()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            enter_answers(
                context.sessions(),
                round_id,
                {question.id: _typed(form, question) for question in section.questions},
                version=form.version.data or 0,
                actor=context.actor(),
                now=context.now(),
            )
        except Refused as refusal:
            reasons, status = refusal.reasons, 409
        else:
            return redirect(
                url_for("questionnaires.next_section", round_id=round_id, number=number)
            )
    page = render_template(
        "questionnaires/answers.html",
        found=found,
        form=form,
        reasons=reasons,
        section=section,
        sections=_sections(found),
        rows=[_fields(form, question) for question in section.questions],
    )
    return page, status


@blueprint.get("/<int:round_id>/answers/<int:number>/next")
@requires(Permission.EDIT_CATALOGUE)
def next_section(round_id: int, number: int) -> ResponseReturnValue:
    """To the same section while an answer called for follow-ups in it, else to the next one."""
    found = round_page(round_id)
    section = _section(found, number)
    waiting = [
        question.id
        for question in section.questions
        if question.follows is not None
        and question.is_required
        and question.id not in found.answers
        and question.follows.question_id in found.answers
    ]
    if waiting:
        flash(f"The answers call for more: {', '.join(waiting)}.", "warning")
        return redirect(url_for("questionnaires.answers", round_id=round_id, number=number))
    flash("The answers are saved.", "success")
    if number < len(_sections(found)):
        return redirect(url_for("questionnaires.answers", round_id=round_id, number=number + 1))
    return redirect(url_for("questionnaires.detail", round_id=round_id))


@blueprint.route("/<int:round_id>/file", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def file(round_id: int) -> ResponseReturnValue:
    found, page = round_page(round_id), "questionnaires/file.html"
    closed = ended_page(found)
    if closed is not None:
        return closed
    form = FilledFileForm(version=found.row.version)
    if not form.validate_on_submit():
        return form_page(page, form, found=found)
    upload = form.file.data
    try:
        count = read_filled_file(
            context.sessions(),
            context.installation().documents,
            round_id,
            FilledFile(upload.filename or "", upload.read()),
            version=form.version.data or 0,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, found=found)
    flash(f"{count} answers are taken from the workbook.", "success")
    return redirect(url_for("questionnaires.detail", round_id=round_id))


@blueprint.route("/<int:round_id>/hand-over", methods=["GET", "POST"])
@requires(Permission.EDIT_CATALOGUE)
def hand_over(round_id: int) -> ResponseReturnValue:
    found, page = round_page(round_id), "questionnaires/hand_over.html"
    closed = ended_page(found)
    if closed is not None:
        return closed
    values = page_values(round_id)
    form = HandOverForm(version=found.row.version, answered_on=context.today())
    if not form.validate_on_submit():
        return form_page(page, form, **values)
    try:
        hand_over_round(
            context.sessions(),
            round_id,
            form.answered_on.data,
            version=form.version.data or 0,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, **values)
    flash("The answers wait for the review of another person.", "success")
    return redirect(url_for("questionnaires.detail", round_id=round_id))


@blueprint.route("/<int:round_id>/return", methods=["GET", "POST"])
@requires(Permission.REVIEW_QUESTIONNAIRE)
def take_back(round_id: int) -> ResponseReturnValue:
    found, page = round_page(round_id), "questionnaires/return.html"
    form = ReturnForm(version=found.row.version)
    if not form.validate_on_submit():
        return form_page(page, form, found=found)
    try:
        return_round(
            context.sessions(),
            round_id,
            version=form.version.data or 0,
            reason=form.reason.data,
            actor=context.actor(),
            now=context.now(),
        )
    except Refused as refusal:
        return refused_page(page, form, refusal, found=found)
    flash("The answers are open again.", "success")
    return redirect(url_for("questionnaires.detail", round_id=round_id))


def _sections(found: RoundPage) -> list[Section]:
    """Every section, with the questions that the answers on file call for."""
    missing = {one.question_id for one in found.judgement.missing}
    asked = set(found.judgement.asked)
    return [
        Section(
            number,
            title,
            tuple(one for one in found.questionnaire.of_section(title) if one.id in asked),
            sum(one.id in missing for one in found.questionnaire.of_section(title)),
        )
        for number, title in enumerate(found.questionnaire.sections, start=1)
    ]


def _section(found: RoundPage, number: int) -> Section:
    sections = _sections(found)
    if not 1 <= number <= len(sections):
        raise NotFound("Section", number)
    return sections[number - 1]


def _answers_form(found: RoundPage, section: Section) -> AnswersForm:
    papers = _papers(found)
    fields: dict[str, Any] = {}
    values: dict[str, Any] = {"version": found.row.version}
    for question in section.questions:
        fields |= _new_fields(question)
        values |= _values(question, found)
    form: AnswersForm = type("SectionForm", (AnswersForm,), fields)(**values)
    for question in section.questions:
        form[_name(question, "evidence_id")].choices = papers
    return form


def _papers(found: RoundPage) -> list[SelectChoice]:
    papers = list_evidence_of_vendor(context.reading(), found.row.vendor_id, context.today())
    named = ((one.id, f"{one.title} ({one.kind.value.replace('_', ' ')})") for one in papers)
    return number_choices(named, blank="No paper on file")


def _new_fields(question: Question) -> dict[str, Any]:
    return {
        _name(question, "answer"): _answer_field(question),
        _name(question, "remark"): TextAreaField(
            "Remark", [Length(max=LONGEST_REMARK)], render_kw={"rows": 2}
        ),
        _name(question, "evidence_id"): number_choice_field("Paper on file that shows it"),
        _name(question, "evidence"): StringField(
            "Document as the supplier names it", [Length(max=LONGEST_EVIDENCE)]
        ),
    }


def _values(question: Question, found: RoundPage) -> dict[str, Any]:
    row = found.answers.get(question.id)
    if row is None:
        return {_name(question, "answer"): _blank(question)}
    answer = row.answer
    parts = list(answer.parts)
    return {
        _name(question, "answer"): parts
        if question.kind is AnswerKind.CHOICES
        else "; ".join(parts),
        _name(question, "remark"): answer.remark,
        _name(question, "evidence_id"): answer.evidence_id,
        _name(question, "evidence"): answer.evidence,
    }


def _answer_field(question: Question) -> Field:
    words, checks = f"{question.id} {question.text}", [_readable(question)]
    further = [NOT_KNOWN, *([NOT_APPLICABLE] if question.may_be_not_applicable else [])]
    if question.kind is AnswerKind.CHOICES:
        return SelectMultipleField(
            words,
            checks,
            choices=_offered([*question.choices, *further]),
            widget=ListWidget(prefix_label=False),
            option_widget=CheckboxInput(),
        )
    if question.kind in {AnswerKind.YES_NO, AnswerKind.CHOICE}:
        closed = question.choices or ("yes", "no")
        choices = [*_offered([*closed, *further]), SelectChoice(_NO_ANSWER, "No answer yet")]
        return RadioField(words, checks, choices=choices)
    how = how_to_answer(question)
    help_words = f"{how[:1].upper()}{how[1:]}."
    if question.kind is AnswerKind.TEXT:
        return TextAreaField(words, checks, description=help_words, render_kw={"rows": 3})
    return StringField(words, checks, description=help_words)


def _offered(words: Sequence[str]) -> list[SelectChoice]:
    return [SelectChoice(one, one[:1].upper() + one[1:]) for one in words]


def _readable(question: Question) -> Callable[[Form, Field], None]:
    def check(_form: Form, field: Field) -> None:
        try:
            read_answer(question, _text_of(field))
        except AnswerUnreadable as wrong:
            raise ValidationError(str(wrong)) from wrong

    return check


def _typed(form: AnswersForm, question: Question) -> TypedAnswer:
    return TypedAnswer(
        _text_of(form[_name(question, "answer")]),
        form[_name(question, "remark")].data or "",
        form[_name(question, "evidence_id")].data,
        form[_name(question, "evidence")].data or "",
    )


def _text_of(field: Field) -> str:
    if field.data == _NO_ANSWER:
        return ""
    return "; ".join(field.data) if isinstance(field.data, list) else field.data or ""


def _blank(question: Question) -> list[str] | str:
    if question.kind in {AnswerKind.YES_NO, AnswerKind.CHOICE}:
        return _NO_ANSWER
    return [] if question.kind is AnswerKind.CHOICES else ""


def _fields(form: AnswersForm, question: Question) -> QuestionFields:
    answer, remark, evidence_id, evidence = (
        form[_name(question, part)] for part in ("answer", "remark", "evidence_id", "evidence")
    )
    further = (remark, evidence_id, evidence)
    is_open = question.asks_evidence or any(field.data or field.errors for field in further)
    return QuestionFields(question, answer, remark, evidence_id, evidence, is_open)


def _name(question: Question, part: str) -> str:
    return f"{question.id}-{part}"
