"""Answers as they are kept: one text in the form that its question asks for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from supplier_qc.domain.countries import COUNTRIES
from supplier_qc.domain.entered_text import one_line, paragraphs
from supplier_qc.domain.questionnaires.questions import (
    NOT_APPLICABLE,
    NOT_KNOWN,
    AnswerKind,
    Question,
)
from supplier_qc.domain.search import search_key

LONGEST_TEXT = 4_000
LONGEST_REMARK = 2_000
_LARGEST = Decimal(10) ** 15


class AnswerState(StrEnum):
    ANSWERED = "answered"
    NOT_KNOWN = "not_known"  # said so, or left blank by the supplier
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Answer:
    """`value` is None unless it is answered. `evidence_id` is a paper on file; `evidence` is what
    the supplier calls the paper.

    Values: "yes" or "no", a choice, choices and country codes with "; " between them, a decimal
    number with a point, an ISO date, or text.
    """

    state: AnswerState
    value: str | None = None
    remark: str | None = None
    evidence_id: int | None = None
    evidence: str | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """The words that conditions are compared with."""
        if self.state is AnswerState.NOT_KNOWN:
            return (NOT_KNOWN,)
        if self.state is AnswerState.NOT_APPLICABLE:
            return (NOT_APPLICABLE,)
        return tuple((self.value or "").split("; "))

    @property
    def has_evidence(self) -> bool:
        return self.evidence_id is not None


Answers = Mapping[str, Answer]
"""By the id of their question; a question that is not there has no answer."""


class AnswerUnreadable(Exception):
    """The text is no answer to this question; the message is a sentence for the user."""


def read_answer(question: Question, text: str) -> tuple[AnswerState, str | None] | None:
    """State and value of a typed answer; None for a blank one. Raises AnswerUnreadable."""
    if not text.strip():
        return None
    key = search_key(text)
    if key in {search_key(NOT_KNOWN), "unknown"}:
        return AnswerState.NOT_KNOWN, None
    if key in {search_key(NOT_APPLICABLE), "na"}:
        if not question.may_be_not_applicable:
            raise AnswerUnreadable("This question applies to everybody; answer it.")
        return AnswerState.NOT_APPLICABLE, None
    return AnswerState.ANSWERED, _READERS[question.kind](question, text)


def shown_value(question: Question, answer: Answer | None) -> str:
    """The answer as a page prints it; a missing one says so."""
    if answer is None:
        return "No answer"
    if answer.state is not AnswerState.ANSWERED:
        return {AnswerState.NOT_KNOWN: "Not known", AnswerState.NOT_APPLICABLE: "Not applicable"}[
            answer.state
        ]
    if question.kind is AnswerKind.COUNTRIES:
        return ", ".join(f"{COUNTRIES.get(code, code)} ({code})" for code in answer.parts)
    if question.kind is AnswerKind.NUMBER:
        return f"{answer.value} {question.unit}"
    if question.kind is AnswerKind.YES_NO:
        return (answer.value or "").capitalize()
    return answer.value or ""


def _yes_no(_question: Question, text: str) -> str:
    key = search_key(text)
    if key in {"yes", "y", "true"}:
        return "yes"
    if key in {"no", "n", "false"}:
        return "no"
    raise AnswerUnreadable(f"“{_short(text)}” is neither yes nor no.")


def _choice(question: Question, text: str) -> str:
    for choice in question.choices:
        if search_key(choice) == search_key(text):
            return choice
    named = "; ".join(question.choices)
    raise AnswerUnreadable(f"“{_short(text)}” is none of: {named}.")


def _choices(question: Question, text: str) -> str:
    chosen = {_choice(question, part) for part in _split(text)}
    return "; ".join(choice for choice in question.choices if choice in chosen)


def _number(question: Question, text: str) -> str:
    try:
        number = Decimal(one_line(text))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= _LARGEST:
        raise AnswerUnreadable(
            f"“{_short(text)}” is no number in {question.unit}; write the number alone, with a "
            "point, as in 0.5."
        )
    return f"{number:f}"


def _date(_question: Question, text: str) -> str:
    try:
        return date.fromisoformat(one_line(text)).isoformat()
    except ValueError as wrong:
        raise AnswerUnreadable(f"“{_short(text)}” is no date such as 2027-03-31.") from wrong


def _countries(_question: Question, text: str) -> str:
    return "; ".join(sorted({_country(part) for part in _split(text)}))


def _country(text: str) -> str:
    if text.upper() in COUNTRIES:
        return text.upper()
    for code, name in COUNTRIES.items():
        if search_key(name) == search_key(text):
            return code
    raise AnswerUnreadable(f"“{_short(text)}” is no country of ISO 3166, such as DE.")


def _text(_question: Question, text: str) -> str:
    kept = paragraphs(text)
    if len(kept) > LONGEST_TEXT:
        raise AnswerUnreadable(
            f"The answer has {len(kept)} characters; at most {LONGEST_TEXT} are kept."
        )
    return kept


def _split(text: str) -> list[str]:
    """Parts between semicolons or line breaks, and between commas as people write countries."""
    for sign in ("\n", ";", ","):
        text = text.replace(sign, ";")
    return [one_line(part) for part in text.split(";") if part.strip()]


def _short(text: str) -> str:
    return one_line(text)[:60]


_READERS: dict[AnswerKind, Callable[[Question, str], str]] = {
    AnswerKind.YES_NO: _yes_no,
    AnswerKind.CHOICE: _choice,
    AnswerKind.CHOICES: _choices,
    AnswerKind.NUMBER: _number,
    AnswerKind.DATE: _date,
    AnswerKind.COUNTRIES: _countries,
    AnswerKind.TEXT: _text,
}
