"""What answers amount to: open questions, findings, and the result proposed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.catalogue import EvidenceResult
from supplier_qc.domain.questionnaires.judging import FindingKind, Judgement, judge
from supplier_qc.domain.questionnaires.questions import FindingLevel
from tests.domain.questionnaires.cases import answers, questionnaire, row

ASKED = questionnaire(
    row(
        "A-01",
        "yes no",
        not_applicable="yes",
        finding_when="no",
        finding_level="critical",
        finding="Donors are not tested.",
    ),
    row("A-02", "text", asked_when="A-01: no"),
    row(
        "A-03",
        "number",
        unit="days",
        finding_when="> 7",
        finding_level="minor",
        finding="Units are kept for long.",
    ),
    row("A-04", "text", required="no"),
    row("A-05", "yes no", evidence="yes"),
)
GOOD: dict[str, Any] = {"A_01": "yes", "A_03": "5", "A_05": ("yes", {"evidence_id": 1})}


def judged(**typed: Any) -> Judgement:
    return judge(ASKED, answers(ASKED, **typed))


def told(judgement: Judgement) -> list[tuple[str, str, str]]:
    return [(one.question_id, one.kind.value, one.level.value) for one in judgement.findings]


S, F, U = (
    EvidenceResult.SATISFACTORY,
    EvidenceResult.WITH_FINDINGS,
    EvidenceResult.UNSATISFACTORY,
)


@pytest.mark.parametrize(
    ("changed", "missing", "findings", "proposed"),
    [
        ({}, [], [], S),
        ({"A_04": "more"}, [], [], S),
        ({"A_03": "7"}, [], [], S),
        ({"A_03": "7.1"}, [], [("A-03", "Y-03", "minor")], F),
        ({"A_03": "not known"}, [], [("A-03", "Y-02", "minor")], F),
        ({"A_05": "yes"}, [], [("A-05", "Y-04", "minor")], F),
        ({"A_05": "no"}, [], [], S),
        ({"A_01": ("n/a", {"remark": "No donors."})}, [], [], S),
        ({"A_01": "n/a"}, ["A-01"], [], None),
        ({"A_01": "no"}, ["A-02"], [("A-01", "Y-03", "critical")], None),
        ({"A_01": "no", "A_02": "by hand"}, [], [("A-01", "Y-03", "critical")], U),
        ({"A_01": "not known", "A_02": "x"}, [], [("A-01", "Y-02", "critical")], U),
        ({"A_01": "not known"}, ["A-02"], [("A-01", "Y-02", "critical")], None),
    ],
)
def test_answers_amount_to(
    changed: dict[str, Any],
    missing: list[str],
    findings: list[tuple[str, str, str]],
    proposed: EvidenceResult | None,
) -> None:
    found = judged(**(GOOD | changed))
    assert [one.question_id for one in found.missing] == missing
    assert told(found) == findings
    assert found.proposed is proposed


@pytest.mark.parametrize("left_out", list(GOOD))
def test_a_required_question_without_answer_leaves_the_round_without_result(left_out: str) -> None:
    found = judged(**{key: value for key, value in GOOD.items() if key != left_out})
    assert found.missing
    assert found.proposed is None


def test_a_follow_up_is_asked_where_an_answer_calls_for_it_or_is_not_known() -> None:
    assert "A-02" not in judged(**GOOD).asked
    assert "A-02" in judged(**GOOD | {"A_01": "no"}).asked
    assert "A-02" in judged(**GOOD | {"A_01": "not known"}).asked
    assert "A-02" not in judged(A_03="1").asked


def test_what_follows_a_question_that_is_not_asked_is_not_asked_either() -> None:
    chain = questionnaire(
        row("B-01", "yes no"),
        row("B-02", "yes no", asked_when="B-01: yes"),
        row("B-03", "text", asked_when="B-02: yes"),
    )
    left = answers(chain, B_01="no", B_02="yes", B_03="still there")
    assert judge(chain, left).asked == ("B-01",)


def test_of_several_choices_one_is_enough_for_a_finding() -> None:
    several = questionnaire(
        row(
            "C-01",
            "choices",
            choices="heat; none",
            finding_when="none",
            finding_level="major",
            finding="No step.",
        )
    )
    assert told(judge(several, answers(several, C_01="heat; none"))) == [("C-01", "Y-03", "major")]


WORDS = st.sampled_from(["yes", "no", "not known", "n/a"])
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "A_01": WORDS,
        "A_02": st.just("text"),
        "A_03": st.sampled_from(["1", "9", "not known"]),
        "A_05": st.sampled_from(["yes", "no", "not known"]),
    },
)


@given(ANSWERS)
def test_nothing_that_is_open_or_not_known_is_ever_satisfactory(typed: dict[str, str]) -> None:
    found = judged(**typed)
    unknown = any(one.kind is FindingKind.NOT_KNOWN for one in found.findings)
    if found.missing or unknown:
        assert found.proposed is not EvidenceResult.SATISFACTORY
    if found.proposed is EvidenceResult.SATISFACTORY:
        assert found.findings == ()


@given(ANSWERS, st.sampled_from(["A_01", "A_03", "A_05"]))
def test_to_say_that_it_is_not_known_is_never_better(typed: dict[str, str], name: str) -> None:
    """Than any other answer of the same question, the rest being what it is."""
    known, unknown = judged(**typed), judged(**typed | {name: "not known"})
    if typed.get(name) and known.proposed is not None and unknown.proposed is not None:
        assert _badness(unknown.proposed) >= min(_badness(known.proposed), 1)


def _badness(result: EvidenceResult) -> int:
    return [S, F, U].index(result)


def test_the_level_of_not_known_is_that_of_the_questions_finding() -> None:
    found = judged(**GOOD | {"A_01": "not known", "A_02": "x", "A_05": "not known"})
    assert [one.level for one in found.findings] == [FindingLevel.CRITICAL, FindingLevel.MINOR]
