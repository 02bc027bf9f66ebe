"""How a typed answer is read, and how it is shown."""

import pytest

from supplier_qc.domain.questionnaires.answers import (
    Answer,
    AnswerState,
    AnswerUnreadable,
    read_answer,
    shown_value,
)
from supplier_qc.domain.questionnaires.questions import Question
from tests.domain.questionnaires.cases import questionnaire, row

ASKED = questionnaire(
    row("yes", "yes no", not_applicable="yes"),
    row("choice", "choice", choices="paid; not paid"),
    row("choices", "choices", choices="cattle; pig; horse"),
    row("number", "number", unit="donors"),
    row("date", "date"),
    row("countries", "countries"),
    row("text", "text"),
)
A, NK, NA = AnswerState.ANSWERED, AnswerState.NOT_KNOWN, AnswerState.NOT_APPLICABLE


def question(question_id: str) -> Question:
    found = ASKED.question(question_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("asked", "typed", "read"),
    [
        ("yes", "Yes", (A, "yes")),
        ("yes", " n ", (A, "no")),
        ("yes", "", None),
        ("yes", "  \n", None),
        ("yes", "Not known", (NK, None)),
        ("yes", "unknown", (NK, None)),
        ("yes", "N/A", (NA, None)),
        ("choice", "PAID", (A, "paid")),
        ("choices", "pig, cattle", (A, "cattle; pig")),
        ("number", " 250 ", (A, "250")),
        ("number", "0.50", (A, "0.50")),
        ("number", "1E3", (A, "1000")),
        ("date", "2026-03-31", (A, "2026-03-31")),
        ("countries", "germany; AT\nat", (A, "AT; DE")),
        ("text", " two  words\n\n", (A, "two words")),
        ("text", "unknown", (NK, None)),
    ],
)
def test_a_typed_answer_is_read(
    asked: str, typed: str, read: tuple[AnswerState, str | None] | None
) -> None:
    assert read_answer(question(asked), typed) == read


@pytest.mark.parametrize(
    ("asked", "typed", "reason"),
    [
        ("yes", "maybe", "neither yes nor no"),
        ("choice", "free", "none of: paid; not paid"),
        ("choice", "n/a", "applies to everybody"),
        ("choices", "pig; dog", "“dog” is none of"),
        ("number", "about 250", "no number in donors"),
        ("number", "1,5", "no number in donors"),
        ("number", "NaN", "no number in donors"),
        ("number", "1e99", "no number in donors"),
        ("date", "31.03.2026", "no date"),
        ("date", "2026-02-30", "no date"),
        ("countries", "DE; Atlantis", "“Atlantis” is no country"),
        ("text", "x" * 4_001, "4001 characters"),
    ],
)
def test_what_is_no_answer_is_refused_and_not_guessed(asked: str, typed: str, reason: str) -> None:
    with pytest.raises(AnswerUnreadable, match=reason):
        read_answer(question(asked), typed)


@pytest.mark.parametrize(
    ("asked", "answer", "words"),
    [
        ("yes", None, "No answer"),
        ("yes", Answer(NK), "Not known"),
        ("yes", Answer(NA), "Not applicable"),
        ("yes", Answer(A, "yes"), "Yes"),
        ("number", Answer(A, "250"), "250 donors"),
        ("countries", Answer(A, "AT; DE"), "Austria (AT), Germany (DE)"),
        ("choices", Answer(A, "cattle; pig"), "cattle; pig"),
    ],
)
def test_an_answer_is_shown_with_its_unit_and_its_gap(
    asked: str, answer: Answer | None, words: str
) -> None:
    assert shown_value(question(asked), answer) == words
