"""A questionnaire as a table: every problem by row, and what ships can be read and written."""

import pytest

from supplier_qc.domain.questionnaires.questions import Questionnaire
from supplier_qc.domain.questionnaires.table import TableUnreadable, read_table, table_of
from supplier_qc.persistence.questionnaire_files import shipped_questionnaires
from tests.domain.questionnaires.cases import row

SHIPPED = list(shipped_questionnaires())


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda one: one.key)
def test_what_ships_is_written_as_it_is_read(shipped: Questionnaire) -> None:
    rows = table_of(shipped.questions)
    assert read_table(list(enumerate(rows, start=2))) == shipped.questions


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda one: one.key)
def test_what_ships_is_a_convention_and_says_why_it_asks(shipped: Questionnaire) -> None:
    """No question marked as our own convention is worded as a requirement."""
    assert shipped.mark == "C"
    assert all(one.why.endswith(".") for one in shipped.questions)
    words = " ".join(f"{one.text} {one.why}" for one in shipped.questions).split()
    assert not {"must", "shall", "mandatory"} & set(words)


def test_the_four_subjects_ship() -> None:
    assert {one.key for one in SHIPPED} == {
        "human_blood_origin",
        "animal_origin",
        "viral_safety",
        "quality_system",
    }


FINDING = {"finding_when": "no", "finding_level": "major", "finding": "Bad."}


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([], "There is no question."),
        ([row("", "text")], "Row 2, Number: is empty; it is needed."),
        ([row("A", "maybe")], "Row 2, Answer: “maybe” is none of: yes no, choice,"),
        ([row("A", "text", required="perhaps")], "Row 2, Required: “perhaps” is neither"),
        ([row("A", "text", section="x" * 121)], "Row 2, Section: has 121 characters"),
        ([row("A", "text"), row("A", "text")], "A: two questions have this number."),
        ([row("A", "choice", choices="one")], "A: a choice needs at least two"),
        ([row("A", "text", choices="one; two")], "A: only a choice has answers"),
        ([row("A", "number")], "A: a number needs its unit."),
        ([row("A", "text", unit="days")], "A: only a number has a unit."),
        ([row("A", "text", asked_when="B: yes")], "A: it follows B, which is not before it."),
        ([row("A", "text", asked_when="B yes")], "Row 2, Asked when: “B yes” is no question"),
        (
            [row("B", "yes no"), row("A", "text", asked_when="B: maybe")],
            "A: that it follows B names “maybe”, which B cannot be answered with.",
        ),
        (
            [row("B", "yes no"), row("A", "text", asked_when="B: > 3")],
            "A: that it follows B compares with a number, and B asks for none.",
        ),
        (
            [row("B", "yes no"), row("A", "text", section="Two", asked_when="B: yes")],
            "A: it follows B, which is in another section.",
        ),
        ([row("A", "number", unit="d", finding_when="> x")], "Row 2, Finding when: “> x” names no"),
        ([row("A", "yes no", finding_when="no")], "Row 2: when, level and words of a finding"),
        ([row("A", "choice", choices="x; y", **FINDING)], "A: the finding names “no”, which A"),
        ([row("A", "yes no", fact="colour")], "Row 2, Origin fact: “colour” is none of:"),
    ],
)
def test_a_table_that_nobody_could_answer_is_refused(
    rows: list[dict[str, str]], problem: str
) -> None:
    with pytest.raises(TableUnreadable) as refused:
        read_table(list(enumerate(rows, start=2)))
    assert any(reason.startswith(problem) for reason in refused.value.reasons), refused.value


def test_all_problems_are_named_at_once() -> None:
    with pytest.raises(TableUnreadable) as refused:
        read_table([(2, row("", "text")), (3, row("A", "maybe", required="x"))])
    assert len(refused.value.reasons) == 3
