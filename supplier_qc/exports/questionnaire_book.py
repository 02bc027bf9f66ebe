"""A questionnaire as a workbook: to be filled in by a supplier, and as a table to edit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from supplier_qc.domain.questionnaires.answers import Answers
from supplier_qc.domain.questionnaires.filled import (
    ABOUT,
    ANSWER,
    ANSWERS,
    EVIDENCE,
    NUMBER,
    QUESTIONS,
    REMARK,
    ROUND,
    VERSION,
    version_words,
)
from supplier_qc.domain.questionnaires.questions import (
    NOT_APPLICABLE,
    NOT_KNOWN,
    AnswerKind,
    Question,
    Questionnaire,
)
from supplier_qc.domain.questionnaires.table import HEADINGS, table_of
from supplier_qc.exports.workbook import content_of, empty_book, set_width, text_sheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = (10, 24, 60, 44, 34, 26, 34, 40, 34)
_ANSWER_COLUMN = 7
_HOW_TO = (
    f"Fill in the column {ANSWER} of the sheet {ANSWERS}. Where you do not know, write "
    f"“{NOT_KNOWN}”. Name a document that shows the answer, and send it with this file."
)
_LONGEST_LIST = 250
"""A drop-down list that is written into the sheet holds 255 characters."""


@dataclass(frozen=True, slots=True)
class SentTo:
    """What the workbook says of the round it belongs to."""

    round_id: int
    vendor: str
    scope: str
    due_on: date


def workbook_to_fill_in(
    questionnaire: Questionnaire, sent: SentTo, answers: Answers, *, made_at: datetime
) -> bytes:
    """XLSX with every question; answers that are on file already stand in it."""
    book = empty_book(f"{questionnaire.title}, {sent.vendor}", "Supplier QC", made_at)
    page = book.create_sheet(ANSWERS)
    headings = (
        NUMBER,
        "Section",
        "Question",
        "Why it is asked",
        "How to answer",
        "Asked when",
        ANSWER,
        REMARK,
        EVIDENCE,
    )
    text_sheet(page, headings, [_line(one, answers) for one in questionnaire.questions])
    for index, width in enumerate(_WIDTHS, start=1):
        set_width(page, index, width)
    _offer_choices(page, questionnaire.questions)
    text_sheet(book.create_sheet(ABOUT), ["About", "Value"], _about(questionnaire, sent))
    return content_of(book)


def table_workbook(questionnaire: Questionnaire, *, made_at: datetime) -> bytes:
    """XLSX with the table of questions, to be edited and published as the next version."""
    book = empty_book(questionnaire.name, "Supplier QC", made_at)
    rows = [list(row.values()) for row in table_of(questionnaire.questions)]
    text_sheet(book.create_sheet(QUESTIONS), list(HEADINGS.values()), rows)
    return content_of(book)


def how_to_answer(question: Question) -> str:
    """The form that an answer has, in words for the supplier."""
    words = {
        AnswerKind.YES_NO: "yes or no",
        AnswerKind.CHOICE: f"one of: {'; '.join(question.choices)}",
        AnswerKind.CHOICES: f"one or several, with semicolons: {'; '.join(question.choices)}",
        AnswerKind.NUMBER: f"a number in {question.unit}",
        AnswerKind.DATE: "a date as 2027-03-31",
        AnswerKind.COUNTRIES: "countries, with semicolons between them",
        AnswerKind.TEXT: "text",
    }[question.kind]
    further = [f"or {NOT_KNOWN}"]
    if question.may_be_not_applicable:
        further.append(f"or {NOT_APPLICABLE}, with the reason as a remark")
    return ", ".join([words, *further])


def _line(question: Question, answers: Answers) -> list[str]:
    answer = answers.get(question.id)
    follows = question.follows
    return [
        question.id,
        question.section,
        question.text,
        question.why,
        how_to_answer(question),
        f"{follows.question_id} is {follows.condition.words}" if follows else "",
        "; ".join(answer.parts) if answer else "",
        (answer.remark or "") if answer else "",
        (answer.evidence or "") if answer else "",
    ]


def _about(questionnaire: Questionnaire, sent: SentTo) -> Sequence[Sequence[str]]:
    return [
        [VERSION, version_words(questionnaire)],
        [ROUND, str(sent.round_id)],
        ["Title", questionnaire.title],
        ["Supplier", sent.vendor],
        ["About", sent.scope],
        ["Please answer until", sent.due_on.isoformat()],
        ["How to", _HOW_TO],
    ]


def _offer_choices(page: "Worksheet", questions: Sequence[Question]) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    column = get_column_letter(_ANSWER_COLUMN)
    for row, question in enumerate(questions, start=2):
        page[f"{column}{row}"].number_format = "@"
        listed = _choices(question)
        if listed and "," not in "".join(listed) and len(",".join(listed)) <= _LONGEST_LIST:
            choice = DataValidation(type="list", formula1=f'"{",".join(listed)}"', allow_blank=True)
            choice.add(f"{column}{row}")
            page.add_data_validation(choice)


def _choices(question: Question) -> list[str]:
    further = [NOT_KNOWN, *([NOT_APPLICABLE] if question.may_be_not_applicable else [])]
    if question.kind is AnswerKind.YES_NO:
        return ["yes", "no", *further]
    return [*question.choices, *further] if question.kind is AnswerKind.CHOICE else []
