"""Questions and answers as short as a case needs them."""

from datetime import date
from typing import Any

from supplier_qc.domain.questionnaires.answers import Answer, AnswerState, read_answer
from supplier_qc.domain.questionnaires.questions import Questionnaire
from supplier_qc.domain.questionnaires.table import HEADINGS, read_table


def row(question_id: str, answer: str, **cells: str) -> dict[str, str]:
    named = {"id": question_id, "section": "One", "question": f"{question_id}?", "why": "Because."}
    return dict.fromkeys(HEADINGS, "") | named | {"answer": answer} | cells


def questionnaire(*rows: dict[str, str], number: int = 1) -> Questionnaire:
    return Questionnaire(
        key="test",
        number=number,
        title="Test",
        purpose="For tests",
        valid_from=date(2026, 1, 1),
        mark="C",
        source="Own",
        questions=read_table(list(enumerate(rows, start=2))),
    )


def answers(asked: Questionnaire, **typed: str | tuple[str, dict[str, Any]]) -> dict[str, Answer]:
    """By question number with "_" for "-"; ("yes", {"evidence_id": 1}) adds to the answer."""
    found = {}
    for name, given in typed.items():
        text, more = given if isinstance(given, tuple) else (given, {})
        question = asked.question(name.replace("_", "-"))
        assert question is not None
        read = read_answer(question, text)
        state, value = read if read is not None else (AnswerState.NOT_KNOWN, None)
        found[question.id] = Answer(state, value, **more)
    return found
