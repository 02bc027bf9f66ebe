"""Missing tests are named; a blank result is a missing one."""

from decimal import Decimal

from supplier_qc.domain.measurement.values import read_value
from supplier_qc.domain.specification.coverage import coverage, judge_all
from supplier_qc.domain.specification.lines import LimitLine
from supplier_qc.domain.specification.operator import Operator
from supplier_qc.domain.specification.results import Result, result_from_reading
from supplier_qc.domain.specification.verdicts import Verdict

LINES = (
    LimitLine("pH", Operator.BETWEEN, low=Decimal(7), high=Decimal(8)),
    LimitLine("Endotoxin", Operator.AT_MOST, high=Decimal(1), unit="EU/mL"),
    LimitLine("Sterility", Operator.EQUALS_TEXT, allowed_texts=("No growth",)),
)


def result(printed: str) -> Result:
    return result_from_reading(read_value(printed))


def test_a_blank_or_absent_result_is_missing_and_an_unasked_one_extra() -> None:
    found = coverage(
        LINES, {"pH": result("7.2"), "Endotoxin": result("n/a"), "Sterility": None, "IgG": None}
    )
    assert found.missing == ("Endotoxin", "Sterility")
    assert found.extra == ("IgG",)
    assert not found.is_complete


def test_every_line_is_judged_also_without_a_result() -> None:
    judged = judge_all(LINES, {"pH": result("7.2")})
    assert [judgement.verdict for judgement in judged.values()] == [
        Verdict.PASS,
        Verdict.NOT_EVALUABLE,
        Verdict.NOT_EVALUABLE,
    ]
    assert list(judged) == ["pH", "Endotoxin", "Sterility"]


def test_no_results_at_all_never_look_complete() -> None:
    assert not coverage(LINES, {}).is_complete
    assert coverage(LINES, {line.attribute: result("1") for line in LINES}).is_complete
