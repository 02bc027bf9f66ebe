"""Answers from the sheets of a filled-in workbook, with every problem by row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from supplier_qc.domain.entered_text import optional_paragraphs
from supplier_qc.domain.imports.cells import Cell, CellRefused, value_of
from supplier_qc.domain.imports.rows import RawSheet
from supplier_qc.domain.imports.sheets import CellKind, Column
from supplier_qc.domain.questionnaires.answers import (
    LONGEST_REMARK,
    LONGEST_TEXT,
    Answer,
    AnswerUnreadable,
    read_answer,
)
from supplier_qc.domain.questionnaires.questions import AnswerKind, Question, Questionnaire
from supplier_qc.domain.questionnaires.table import HEADINGS, LONGEST_OTHER, QuestionRow
from supplier_qc.domain.refusals import Refused
from supplier_qc.domain.search import search_key

ANSWERS, ABOUT, QUESTIONS = "Answers", "About", "Questions"
"""Titles of the sheets: two of the workbook sent to the supplier, one of a version's table."""

NUMBER, ANSWER, REMARK, EVIDENCE = "Number", "Answer", "Remark", "Document that shows it"
ROUND, VERSION = "Round", "Questionnaire"

LONGEST_EVIDENCE = 300


class WorkbookRefused(Refused):
    """The workbook cannot be taken in; nothing of it was."""


def version_words(questionnaire: Questionnaire) -> str:
    return f"{questionnaire.key}, version {questionnaire.number}"


def read_filled(
    sheets: Sequence[RawSheet], questionnaire: Questionnaire, round_id: int
) -> dict[str, Answer]:
    """The answers that stand in the workbook; a blank row gives none.

    Raises WorkbookRefused with every problem: another round or version, a question that is not
    there or stands twice, an answer that cannot be read.
    """
    sheet = _sheet(sheets, ANSWERS)
    reading = _Filled(sheet, questionnaire)
    reading.problems += _about_problems(sheets, questionnaire, round_id)
    reading.read()
    WorkbookRefused.unless_empty(reading.problems)
    return reading.answers


def question_rows(sheets: Sequence[RawSheet]) -> list[tuple[int, QuestionRow]]:
    """The rows of a questionnaire's table, to be read by read_table; raises WorkbookRefused."""
    sheet = sheets[0] if len(sheets) == 1 else _sheet(sheets, QUESTIONS)
    places = _places(sheet)
    missing = [words for words in HEADINGS.values() if search_key(words) not in places]
    WorkbookRefused.unless_empty(f"The column {words} is missing." for words in missing)
    problems: list[str] = []
    rows: list[tuple[int, QuestionRow]] = [
        (
            number,
            {
                name: _text(cells[places[search_key(words)]], words, number, problems)
                for name, words in HEADINGS.items()
            },
        )
        for number, cells in sheet.rows
    ]
    WorkbookRefused.unless_empty(problems)
    return rows


@dataclass(slots=True)
class _Filled:
    sheet: RawSheet
    questionnaire: Questionnaire
    problems: list[str] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def read(self) -> None:
        places = _places(self.sheet)
        missing = [name for name in (NUMBER, ANSWER) if search_key(name) not in places]
        self.problems += [f"The column {name} is missing." for name in missing]
        if missing:
            return
        for number, cells in self.sheet.rows:
            self._row(number, {key: cells[place] for key, place in places.items()})

    def _row(self, number: int, cells: Mapping[str, Cell]) -> None:
        question_id = self._text(cells, NUMBER, number)
        question = self.questionnaire.question(question_id)
        if question is None:
            self.problems.append(f"Row {number}: there is no question “{question_id[:40]}”.")
        elif question_id in self.seen:
            self.problems.append(f"Row {number}: question {question_id} stands there twice.")
        else:
            self.seen.add(question_id)
            self._answer(number, question, cells)

    def _answer(self, number: int, question: Question, cells: Mapping[str, Cell]) -> None:
        remark = optional_paragraphs(self._text(cells, REMARK, number, LONGEST_REMARK))
        evidence = optional_paragraphs(self._text(cells, EVIDENCE, number, LONGEST_EVIDENCE))
        try:
            found = read_answer(question, _typed(question, cells[search_key(ANSWER)]))
        except (AnswerUnreadable, CellRefused) as wrong:
            reason = str(wrong)
            joined = reason if isinstance(wrong, AnswerUnreadable) else f"the cell {reason}"
            self.problems.append(f"Row {number}, {question.id}: {joined}")
            return
        if found is None and (remark or evidence):
            self.problems.append(
                f"Row {number}, {question.id}: there is a remark and no answer; write the answer, "
                "or “not known”."
            )
        elif found is not None:
            self.answers[question.id] = Answer(*found, remark=remark, evidence=evidence)

    def _text(
        self, cells: Mapping[str, Cell], heading: str, number: int, longest: int = LONGEST_OTHER
    ) -> str:
        cell = cells.get(search_key(heading), Cell(None))
        return _text(cell, heading, number, self.problems, longest)


def _typed(question: Question, cell: Cell) -> str:
    """The text of an answer's cell; numbers and dates as a spreadsheet keeps them."""
    kind = CellKind.LONG_TEXT
    if not isinstance(cell.raw, str):
        kind = {AnswerKind.NUMBER: CellKind.DECIMAL, AnswerKind.DATE: CellKind.DATE}.get(
            question.kind, CellKind.LONG_TEXT
        )
    if isinstance(cell.raw, bool) and not cell.is_formula:
        return "yes" if cell.raw else "no"
    value = value_of(Column("answer", ANSWER, kind, longest=LONGEST_TEXT), cell)
    return "" if value is None else str(value)


def _text(
    cell: Cell, heading: str, number: int, problems: list[str], longest: int = LONGEST_OTHER
) -> str:
    try:
        value = value_of(Column("text", heading, CellKind.LONG_TEXT, longest=longest), cell)
    except CellRefused as wrong:
        problems.append(f"Row {number}, {heading}: the cell {wrong}")
        return ""
    return "" if value is None else str(value)


def _about_problems(
    sheets: Sequence[RawSheet], questionnaire: Questionnaire, round_id: int
) -> Iterator[str]:
    """The workbook says which round it was sent for; another one is not taken by mistake."""
    sheet = _sheet(sheets, ABOUT)
    rows = [sheet.headings, *(tuple(cell.raw for cell in cells) for _, cells in sheet.rows)]
    stated = {
        search_key(str(row[0])): str(row[1]).strip()
        for row in rows
        if len(row) > 1 and row[0] is not None and row[1] is not None
    }
    for name, expected in ((ROUND, str(round_id)), (VERSION, version_words(questionnaire))):
        found = stated.get(search_key(name))
        if found != expected:
            yield (
                f"The sheet {ABOUT} says {name.lower()} {found or 'nothing'}; this is "
                f"{name.lower()} {expected}."
            )


def _sheet(sheets: Sequence[RawSheet], title: str) -> RawSheet:
    for sheet in sheets:
        if search_key(sheet.title) == search_key(title):
            return sheet
    raise WorkbookRefused(
        f"The file has no sheet “{title}”. Use the workbook that is offered for download here."
    )


def _places(sheet: RawSheet) -> dict[str, int]:
    return {search_key(heading): place for place, heading in enumerate(sheet.headings) if heading}
