"""What changed since the organisation answered the same questionnaire before, by question."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from supplier_qc.domain.questionnaires.answers import Answer, Answers, shown_value
from supplier_qc.domain.questionnaires.judging import asked_questions
from supplier_qc.domain.questionnaires.questions import Question, Questionnaire


class AnswerChange(StrEnum):
    CHANGED = "changed"
    NEWLY_ASKED = "newly_asked"  # by this version, or because another answer calls for it now
    NO_LONGER_ASKED = "no_longer_asked"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class AnswerDifference:
    """`is_reworded`: the question itself reads otherwise than it did."""

    question_id: str
    text: str
    change: AnswerChange
    before: str
    now: str
    is_reworded: bool = False


def compare_rounds(
    before: tuple[Questionnaire, Answers], now: tuple[Questionnaire, Answers]
) -> tuple[AnswerDifference, ...]:
    """Every question that either round asked: in today's order, then those no longer asked."""
    old = {question.id: question for question in asked_questions(*before)}
    new = {question.id: question for question in asked_questions(*now)}
    found = [
        _difference(question, old.get(question.id), before[1], now[1]) for question in new.values()
    ]
    return (*found, *_gone([old[key] for key in old if key not in new], before[1]))


def _difference(
    question: Question, old: Question | None, before: Answers, now: Answers
) -> AnswerDifference:
    answer = now.get(question.id)
    if old is None:
        return AnswerDifference(
            question.id,
            question.text,
            AnswerChange.NEWLY_ASKED,
            "Not asked",
            _words(question, answer),
        )
    earlier = before.get(question.id)
    is_same = _content(earlier) == _content(answer) and old.unit == question.unit
    return AnswerDifference(
        question.id,
        question.text,
        AnswerChange.SAME if is_same else AnswerChange.CHANGED,
        _words(old, earlier),
        _words(question, answer),
        is_reworded=old.text != question.text,
    )


def _gone(questions: Sequence[Question], before: Answers) -> tuple[AnswerDifference, ...]:
    return tuple(
        AnswerDifference(
            question.id,
            question.text,
            AnswerChange.NO_LONGER_ASKED,
            _words(question, before.get(question.id)),
            "Not asked",
        )
        for question in questions
    )


def _content(answer: Answer | None) -> tuple[object, ...]:
    return () if answer is None else (answer.state, answer.value, answer.remark)


def _words(question: Question, answer: Answer | None) -> str:
    shown = shown_value(question, answer)
    return f"{shown}: {answer.remark}" if answer and answer.remark else shown
