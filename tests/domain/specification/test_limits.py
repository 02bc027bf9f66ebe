"""The supplier's printed limit, and how it stands to ours."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.specification.limits import (
    LimitFinding,
    ReadLimit,
    as_line,
    compare_limits,
    read_limit,
)
from supplier_qc.domain.specification.lines import LimitLine
from supplier_qc.domain.specification.operator import Operator

D = Decimal


@pytest.mark.parametrize(
    ("printed", "operator", "low", "high", "unit"),
    [
        ("NMT 0.5 EU/mL", Operator.AT_MOST, None, "0.5", "EU/mL"),
        ("< 0.5", Operator.LESS_THAN, None, "0.5", None),
        ("≥ 80 %", Operator.AT_LEAST, "80", None, "%"),
        ("> 40%", Operator.GREATER_THAN, "40", None, "%"),
        ("6.8 - 7.8", Operator.BETWEEN, "6.8", "7.8", None),
        ("7.3 ± 0.2", Operator.BETWEEN, "7.1", "7.5", None),
        ("Between (g/100ml) 20-60", Operator.BETWEEN, "20", "60", "g/100ml"),
        ("Max.12%", Operator.AT_MOST, None, "12", "%"),
        ("Report Only (ppm)", Operator.REPORT_ONLY, None, None, "ppm"),
        ("Report (see note)", Operator.REPORT_ONLY, None, None, None),
        ("For information only", Operator.REPORT_ONLY, None, None, None),
        ("10.0", None, None, None, None),
        ("= 10", None, None, None, None),
        ("~10", None, None, None, None),
        ("NMT 1,000", None, None, None, None),
        ("", None, None, None, None),
        ("-", None, None, None, None),
    ],
)
def test_a_printed_limit_is_read_with_its_direction(
    printed: str, operator: Operator | None, low: str | None, high: str | None, unit: str | None
) -> None:
    read = read_limit(printed)
    assert (read.operator, read.unit, read.literal) == (operator, unit, printed)
    assert read.low == (None if low is None else D(low))
    assert read.high == (None if high is None else D(high))
    assert (as_line(read, "A") is None) is (operator is None)
    assert read.note or operator is not None


def test_a_worded_limit_becomes_an_allowed_text() -> None:
    read = read_limit("  Negative ")
    assert (read.operator, read.allowed_texts) == (Operator.EQUALS_TEXT, ("Negative",))


def test_the_unit_of_the_column_stands_in_only_where_the_cell_prints_none() -> None:
    assert read_limit("NMT 5", unit="EU/mL").unit == "EU/mL"
    assert read_limit("NMT 5 EU/mg", unit="EU/mL").unit == "EU/mg"
    assert read_limit("Negative", unit="EU/mL").unit is None


def test_the_notation_of_the_document_settles_a_limit() -> None:
    assert read_limit("NMT 1,000", decimal_comma=False).high == 1000
    assert read_limit("NMT 1,000", decimal_comma=True).high == 1


OURS = LimitLine("Endotoxin", Operator.AT_MOST, high=D(1), unit="EU/mL")
PH = LimitLine("pH", Operator.BETWEEN, low=D(7), high=D(8))
TEXT = LimitLine("Sterility", Operator.EQUALS_TEXT, allowed_texts=("No growth", "Sterile"))
REPORT = LimitLine("VEGF", Operator.REPORT_ONLY)
BROKEN = LimitLine("Endotoxin", Operator.AT_MOST)


@pytest.mark.parametrize(
    ("ours", "printed", "finding"),
    [
        (OURS, "NMT 1 EU/mL", LimitFinding.SAME),
        (OURS, "NMT 1000 EU/L", LimitFinding.SAME),
        (OURS, "0 - 1 EU/mL", LimitFinding.SAME),
        (OURS, "< 1 EU/mL", LimitFinding.NARROWER),
        (OURS, "NMT 0.5 EU/mL", LimitFinding.NARROWER),
        (OURS, "NMT 10 EU/mL", LimitFinding.WIDER),
        (OURS, "NLT 0.1 EU/mL", LimitFinding.WIDER),
        (OURS, "Report", LimitFinding.WIDER),
        (OURS, "NMT 0.5 IU/mL", LimitFinding.NOT_COMPARABLE),
        (OURS, "NMT 0.5", LimitFinding.NOT_COMPARABLE),
        (OURS, "Complies", LimitFinding.NOT_COMPARABLE),
        (OURS, "", LimitFinding.NOT_COMPARABLE),
        (OURS, "1,000", LimitFinding.NOT_COMPARABLE),
        (BROKEN, "NMT 1 EU/mL", LimitFinding.NOT_COMPARABLE),
        (PH, "7.2 - 7.8", LimitFinding.NARROWER),
        (PH, "6.8 - 7.8", LimitFinding.WIDER),
        (PH, "7 - 8", LimitFinding.SAME),
        (PH, "> 7", LimitFinding.WIDER),
        (TEXT, "no growth", LimitFinding.NARROWER),
        (TEXT, "negative", LimitFinding.NOT_COMPARABLE),
        (REPORT, "Report", LimitFinding.SAME),
        (REPORT, "NMT 5 pg/mL", LimitFinding.NARROWER),
    ],
)
def test_a_supplier_limit_that_lets_more_through_than_ours_is_a_finding(
    ours: LimitLine, printed: str, finding: LimitFinding
) -> None:
    comparison = compare_limits(ours, read_limit(printed))
    assert comparison.finding is finding
    assert comparison.reason.endswith(".")


def test_equal_texts_are_the_same_limit() -> None:
    suppliers = ReadLimit("", Operator.EQUALS_TEXT, allowed_texts=("STERILE", "no growth"))
    assert compare_limits(TEXT, suppliers).finding is LimitFinding.SAME


@given(
    st.decimals(min_value=0, max_value=100, places=2),
    st.decimals(min_value=0, max_value=100, places=2),
)
def test_a_higher_maximum_is_wider_and_a_lower_one_narrower(ours: Decimal, theirs: Decimal) -> None:
    line = LimitLine("A", Operator.AT_MOST, high=ours, unit="EU/mL")
    found = compare_limits(line, ReadLimit("", Operator.AT_MOST, high=theirs, unit="EU/mL"))
    expected = LimitFinding.WIDER if theirs > ours else LimitFinding.NARROWER
    assert found.finding is (LimitFinding.SAME if theirs == ours else expected)
