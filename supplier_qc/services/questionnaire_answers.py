"""Answers of a round: typed by our own people page by page, or read from the filled workbook."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.entered_text import optional_line, optional_paragraphs, text_problems
from supplier_qc.domain.people import Actor
from supplier_qc.domain.questionnaires.answers import (
    LONGEST_REMARK,
    Answer,
    AnswerUnreadable,
    read_answer,
)
from supplier_qc.domain.questionnaires.filled import LONGEST_EVIDENCE, read_filled
from supplier_qc.domain.questionnaires.questions import Question
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.domain.uploads import shown_filename
from supplier_qc.persistence.document_store import DocumentStore, StoredDocument
from supplier_qc.persistence.tables import (
    Document,
    Evidence,
    QuestionnaireAnswer,
    QuestionnaireRound,
)
from supplier_qc.queries.questionnaires import questionnaire_of
from supplier_qc.services.questionnaire_rounds import check_editor, label_of, open_round
from supplier_qc.services.questionnaires import workbook_sheets
from supplier_qc.services.transaction import Change, changing

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """As it was typed; a blank `text` takes the answer away."""

    text: str
    remark: str = ""
    evidence_id: int | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class FilledFile:
    """A workbook as the supplier sent it back."""

    filename: str
    content: bytes


def enter_answers(
    sessions: sessionmaker[Session],
    round_id: int,
    typed: Mapping[str, TypedAnswer],
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep the answers to these questions; others stay as they are.

    Raises Refused with every answer that cannot be read, by the number of its question.
    """
    action = AuditAction.QUESTIONNAIRE_ANSWERS_ENTERED
    with changing(sessions, action, actor=actor, now=now) as change:
        person_id = check_editor(actor)
        found = _to_answer(change, round_id, version)
        questionnaire = questionnaire_of(found.questionnaire)
        problems: list[str] = []
        answers: dict[str, Answer | None] = {}
        for question_id, one in typed.items():
            question = questionnaire.question(question_id)
            if question is None:
                raise NotFound("Question", question_id)
            problems += _problems(change, found, question, one)
            answers[question_id] = _read(question, one, problems)
        Refused.unless_empty(problems)
        _keep(change, found, answers, person_id)
        change.about(found, label_of(found))


def read_filled_file(
    sessions: sessionmaker[Session],
    documents: DocumentStore,
    round_id: int,
    file: FilledFile,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> int:
    """Take all answers of the workbook, or none; returns how many there are.

    A blank answer in the file leaves what was typed before. Links to papers on file stay. Raises
    Refused with every problem by row.
    """
    sheets = workbook_sheets(file.content, file.filename)
    action = AuditAction.QUESTIONNAIRE_FILE_READ
    with changing(sessions, action, actor=actor, now=now) as change:
        person_id = check_editor(actor)
        found = _to_answer(change, round_id, version)
        answers = read_filled(sheets, questionnaire_of(found.questionnaire), found.id)
        if not answers:
            raise Refused("The workbook holds no answer.")
        papers = {one.question_id: one.evidence_id for one in found.answers}
        found.document = _document(change, file, documents.put(file.content))
        _keep(change, found, _with_papers(answers, papers), person_id)
        change.about(found, label_of(found))
    return len(answers)


def _to_answer(change: Change, round_id: int, version: int) -> QuestionnaireRound:
    found = open_round(change, round_id, version)
    if found.answered_on is not None:
        raise Refused("The answers wait for their review; return them before you change any.")
    return found


def _problems(
    change: Change, found: QuestionnaireRound, question: Question, typed: TypedAnswer
) -> Iterator[str]:
    what = f"{question.id}: the remark"
    yield from text_problems(what, optional_paragraphs(typed.remark), longest=LONGEST_REMARK)
    what = f"{question.id}: the name of the document"
    yield from text_problems(what, optional_line(typed.evidence), longest=LONGEST_EVIDENCE)
    if typed.remark.strip() and not typed.text.strip():
        yield f"{question.id}: there is a remark and no answer."
    if typed.evidence_id is not None:
        paper = change.session.get(Evidence, typed.evidence_id)
        if paper is None or paper.organisation_id != found.organisation_id:
            yield f"{question.id}: the paper is not one of this vendor."


def _read(question: Question, typed: TypedAnswer, problems: list[str]) -> Answer | None:
    try:
        read = read_answer(question, typed.text)
    except AnswerUnreadable as wrong:
        problems.append(f"{question.id}: {wrong}")
        return None
    if read is None:
        return None
    return Answer(
        *read,
        remark=optional_paragraphs(typed.remark),
        evidence_id=typed.evidence_id,
        evidence=optional_line(typed.evidence),
    )


def _with_papers(
    answers: Mapping[str, Answer], papers: Mapping[str, int | None]
) -> dict[str, Answer | None]:
    return {
        key: Answer(one.state, one.value, one.remark, papers.get(key), one.evidence)
        for key, one in answers.items()
    }


def _keep(
    change: Change,
    found: QuestionnaireRound,
    answers: Mapping[str, Answer | None],
    person_id: int,
) -> None:
    """Who typed an answer is who last changed it; what stays the same stays theirs."""
    standing = {one.question_id: one for one in found.answers}
    for question_id, answer in answers.items():
        record = standing.get(question_id)
        if answer is None:
            if record is not None:
                found.answers.remove(record)
        elif record is None:
            record = QuestionnaireAnswer(question_id=question_id)
            _fill(record, answer, person_id, change.now)
            found.answers.append(record)
        elif _content(record) != _new_content(answer):
            _fill(record, answer, person_id, change.now)
    found.version += 1  # answers are rows of their own and would not count it


def _fill(record: QuestionnaireAnswer, answer: Answer, person_id: int, now: datetime) -> None:
    record.state, record.value, record.remark = answer.state, answer.value, answer.remark
    record.evidence_id, record.evidence_name = answer.evidence_id, answer.evidence
    record.entered_by_id, record.entered_at = person_id, now


def _content(record: QuestionnaireAnswer) -> tuple[object, ...]:
    return record.state, record.value, record.remark, record.evidence_id, record.evidence_name


def _new_content(answer: Answer) -> tuple[object, ...]:
    return answer.state, answer.value, answer.remark, answer.evidence_id, answer.evidence


def _document(change: Change, file: FilledFile, stored: StoredDocument) -> Document:
    """The row of these bytes; the same bytes twice are one document."""
    known = change.session.scalar(select(Document).where(Document.sha256 == stored.sha256))
    return known or Document(
        sha256=stored.sha256,
        filename=shown_filename(file.filename),
        media_type=_WORKBOOK,
        size_bytes=stored.size_bytes,
        uploaded_by_id=change.actor.person_id,
        uploaded_at=change.now,
    )
