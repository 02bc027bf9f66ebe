"""A questionnaire as a table of text: how versions are shipped, kept, edited and brought in.

One row a question. A condition is written as answers and bounds with "|" between them, such as
"no | not known" or "< 16 | > 100"; a follow-up as the number of an earlier question, a colon and
a condition.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from supplier_qc.domain.entered_text import one_line
from supplier_qc.domain.questionnaires.questions import (
    AnswerKind,
    Condition,
    FindingLevel,
    FindingRule,
    FollowUp,
    OriginFact,
    Question,
    questionnaire_problems,
)
from supplier_qc.domain.refusals import Refused

HEADINGS: Mapping[str, str] = {
    "id": "Number",
    "section": "Section",
    "question": "Question",
    "why": "Why it is asked",
    "answer": "Answer",
    "unit": "Unit",
    "choices": "Choices",
    "required": "Required",
    "not_applicable": "May not apply",
    "evidence": "Evidence asked",
    "asked_when": "Asked when",
    "finding_when": "Finding when",
    "finding_level": "Finding level",
    "finding": "Finding",
    "fact": "Origin fact",
}
"""Field and heading of each column, in their order."""

LONGEST = {"id": 20, "section": 120, "unit": 40}
LONGEST_OTHER = 1_000

QuestionRow = Mapping[str, str]


class TableUnreadable(Refused):
    """Rows of a questionnaire cannot be read; every row and column is named."""


class _CellWrong(Exception):
    """The cell cannot be read; the message ends the sentence."""


def read_table(rows: Sequence[tuple[int, QuestionRow]]) -> tuple[Question, ...]:
    """The questions of numbered rows; raises TableUnreadable with every problem."""
    reader = _Reader()
    questions = [question for number, row in rows if (question := reader.question(number, row))]
    if not reader.problems:
        reader.problems += questionnaire_problems(questions)
    TableUnreadable.unless_empty(reader.problems)
    return tuple(questions)


def table_of(questions: Sequence[Question]) -> list[dict[str, str]]:
    """The rows that read_table reads as these questions."""
    return [_row(question) for question in questions]


@dataclass(slots=True)
class _Reader:
    problems: list[str] = field(default_factory=list)

    def question(self, number: int, row: QuestionRow) -> Question | None:
        before = len(self.problems)
        read = {
            name: self._read(number, name, row.get(name, ""), convert)
            for name, convert in _CONVERT.items()
        }
        finding = self._finding(number, read)
        if len(self.problems) > before:
            return None
        return Question(
            id=read["id"],
            section=read["section"],
            text=read["question"],
            why=read["why"],
            kind=read["answer"],
            unit=read["unit"],
            choices=read["choices"],
            is_required=read["required"],
            may_be_not_applicable=read["not_applicable"],
            asks_evidence=read["evidence"],
            follows=read["asked_when"],
            finding=finding,
            fact=read["fact"],
        )

    def _read(self, number: int, name: str, cell: str, convert: Callable[[str], object]) -> Any:
        text = one_line(cell)
        longest = LONGEST.get(name, LONGEST_OTHER)
        place = f"Row {number}, {HEADINGS[name]}"
        if len(text) > longest:
            self.problems.append(
                f"{place}: has {len(text)} characters; at most {longest} are kept."
            )
            return None
        try:
            return convert(text)
        except _CellWrong as wrong:
            self.problems.append(f"{place}: {wrong}.")
            return None

    def _finding(self, number: int, read: Mapping[str, Any]) -> FindingRule | None:
        condition, level, text = (
            read["finding_when"],
            read["finding_level"],
            read["finding"],
        )
        given = [part is not None for part in (condition, level, text)]
        if all(given):
            return FindingRule(condition, level, text)
        if any(given):
            self.problems.append(
                f"Row {number}: when, level and words of a finding belong together; fill in all "
                "three or none."
            )
        return None


def _needed(text: str) -> str:
    if not text:
        raise _CellWrong("is empty; it is needed")
    return text


def _optional(text: str) -> str | None:
    return text or None


_Member = TypeVar("_Member", bound=StrEnum)


def _one_of(kind: type[_Member]) -> Callable[[str], _Member]:
    def convert(text: str) -> _Member:
        value = _needed(text).casefold().replace(" ", "_")
        if value not in set(kind):
            named = ", ".join(one.value.replace("_", " ") for one in kind)
            raise _CellWrong(f"“{text[:60]}” is none of: {named}")
        return kind(value)

    return convert


def _maybe(kind: type[_Member]) -> Callable[[str], _Member | None]:
    needed = _one_of(kind)
    return lambda text: needed(text) if text else None


def _flag(*, blank: bool) -> Callable[[str], bool]:
    def convert(text: str) -> bool:
        if text.casefold() not in {"", "yes", "no"}:
            raise _CellWrong(f"“{text[:60]}” is neither yes nor no")
        return text.casefold() == "yes" if text else blank

    return convert


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _condition(text: str) -> Condition | None:
    values: set[str] = set()
    bounds: dict[str, Decimal] = {}
    for part in (part.strip() for part in text.split("|") if part.strip()):
        if part[0] in "<>":
            bounds["below" if part[0] == "<" else "above"] = _bound(part)
        else:
            values.add(part)
    return Condition(frozenset(values), **bounds) if values or bounds else None


def _bound(part: str) -> Decimal:
    try:
        bound = Decimal(part[1:].strip())
    except InvalidOperation:
        bound = Decimal("NaN")
    if not bound.is_finite():
        raise _CellWrong(f"“{part[:60]}” names no number, as in < 16")
    return bound


def _follow(text: str) -> FollowUp | None:
    if not text:
        return None
    question_id, colon, rest = text.partition(":")
    condition = _condition(rest)
    if not colon or condition is None:
        raise _CellWrong(f"“{text[:60]}” is no question and answer, as in HB-01: no")
    return FollowUp(question_id.strip(), condition)


_CONVERT: dict[str, Callable[[str], object]] = {
    "id": _needed,
    "section": _needed,
    "question": _needed,
    "why": _needed,
    "answer": _one_of(AnswerKind),
    "unit": _optional,
    "choices": _listed,
    "required": _flag(blank=True),
    "not_applicable": _flag(blank=False),
    "evidence": _flag(blank=False),
    "asked_when": _follow,
    "finding_when": _condition,
    "finding_level": _maybe(FindingLevel),
    "finding": _optional,
    "fact": _maybe(OriginFact),
}


def _row(question: Question) -> dict[str, str]:
    finding, follows = question.finding, question.follows
    return {
        "id": question.id,
        "section": question.section,
        "question": question.text,
        "why": question.why,
        "answer": question.kind.value.replace("_", " "),
        "unit": question.unit or "",
        "choices": "; ".join(question.choices),
        "required": _yes_no(is_so=question.is_required),
        "not_applicable": _yes_no(is_so=question.may_be_not_applicable),
        "evidence": _yes_no(is_so=question.asks_evidence),
        "asked_when": f"{follows.question_id}: {follows.condition.words}" if follows else "",
        "finding_when": finding.condition.words if finding else "",
        "finding_level": finding.level.value if finding else "",
        "finding": finding.text if finding else "",
        "fact": question.fact.value.replace("_", " ") if question.fact else "",
    }


def _yes_no(*, is_so: bool) -> str:
    return "yes" if is_so else "no"
