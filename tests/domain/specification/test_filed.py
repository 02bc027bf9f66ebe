"""The filed limit beside ours: none filed, not filed for this test, met, or broken."""

from decimal import Decimal

from supplier_qc.domain.reported_results import reading
from supplier_qc.domain.specification.filed import FiledVersion, filed_limits
from supplier_qc.domain.specification.lines import LimitLine
from supplier_qc.domain.specification.operator import Operator
from supplier_qc.domain.specification.verdicts import Verdict


def endotoxin(high: str) -> LimitLine:
    return LimitLine("Endotoxin", Operator.AT_MOST, high=Decimal(high), unit="EU/mL")


EU, US = "EU, phase 1/2, IMPD v3", "US, phase 1/2, IND 0012"
RESULT = reading("0.3", "EU/mL")


def test_where_nothing_is_filed_nothing_is_said() -> None:
    assert filed_limits("Endotoxin", (), RESULT) == ()


def test_a_result_inside_ours_can_be_outside_the_filed_limit() -> None:
    (found,) = filed_limits("endotoxin", [FiledVersion(EU, [endotoxin("0.25")])], RESULT)
    assert (found.words, found.places, found.is_broken) == ("at most 0.25 EU/mL", (EU,), True)


def test_equal_limits_are_one_and_different_ones_stay_apart() -> None:
    one, other = FiledVersion(EU, [endotoxin("0.5")]), FiledVersion(US, [endotoxin("0.5")])
    (found,) = filed_limits("Endotoxin", [one, other], RESULT)
    assert (found.places, found.is_broken) == ((EU, US), False)
    stricter = FiledVersion(US, [endotoxin("0.1")])
    apart = filed_limits("Endotoxin", [one, stricter], RESULT)
    assert [limit.is_broken for limit in apart] == [False, True]


def test_a_test_that_is_not_filed_and_a_result_that_is_missing_break_nothing() -> None:
    (found,) = filed_limits("pH", [FiledVersion(EU, [endotoxin("0.5")])], RESULT)
    assert (found.words, found.judgement) == (None, None)
    (found,) = filed_limits("Endotoxin", [FiledVersion(EU, [endotoxin("0.5")])], None)
    assert (found.judgement, found.is_broken) == (None, False)


def test_a_result_that_proves_nothing_is_no_pass_of_the_filed_limit() -> None:
    (found,) = filed_limits(
        "Endotoxin", [FiledVersion(EU, [endotoxin("0.5")])], reading("< 5", "EU/mL")
    )
    assert found.judgement is not None
    assert found.judgement.verdict is Verdict.NOT_EVALUABLE
