"""What changed between two rounds of one questionnaire."""

from supplier_qc.domain.questionnaires.comparison import compare_rounds
from tests.domain.questionnaires.cases import answers, questionnaire, row

FIRST = questionnaire(
    row("A-01", "yes no"),
    row("A-02", "text", asked_when="A-01: yes"),
    row("A-03", "number", unit="donors"),
    row("A-04", "text"),
)
SECOND = questionnaire(
    row("A-01", "yes no"),
    row("A-02", "text", asked_when="A-01: yes"),
    row("A-03", "number", unit="donors", question="How many donors?"),
    row("A-05", "text"),
    number=2,
)


def test_every_question_of_either_round_is_told_once_with_both_answers() -> None:
    before = answers(FIRST, A_01="no", A_03="100", A_04="x")
    now = answers(SECOND, A_01="yes", A_02="gelatin", A_03="100", A_05="not known")
    found = compare_rounds((FIRST, before), (SECOND, now))
    assert [(one.question_id, one.change.value, one.before, one.now) for one in found] == [
        ("A-01", "changed", "No", "Yes"),
        ("A-02", "newly_asked", "Not asked", "gelatin"),
        ("A-03", "same", "100 donors", "100 donors"),
        ("A-05", "newly_asked", "Not asked", "Not known"),
        ("A-04", "no_longer_asked", "x", "Not asked"),
    ]
    assert [one.question_id for one in found if one.is_reworded] == ["A-03"]


def test_an_answer_that_is_missing_now_is_a_change() -> None:
    before = answers(FIRST, A_01="no", A_03="100", A_04="x")
    (change,) = (
        one
        for one in compare_rounds((FIRST, before), (FIRST, answers(FIRST, A_01="no", A_03="100")))
        if one.change != "same"
    )
    assert (change.question_id, change.now) == ("A-04", "No answer")


def test_another_remark_is_a_change() -> None:
    before = answers(FIRST, A_01=("no", {"remark": "Not since 2020."}))
    now = answers(FIRST, A_01=("no", {"remark": "Not since 2025."}))
    first = compare_rounds((FIRST, before), (FIRST, now))[0]
    assert (first.change, first.now) == ("changed", "No: Not since 2025.")
