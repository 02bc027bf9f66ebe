"""Lines pasted from a sheet: read as a person means them, or named by their row."""

from decimal import Decimal

import pytest

from supplier_qc.domain.specification.operator import Operator
from supplier_qc.domain.specification.pasted import read_pasted_lines


@pytest.mark.parametrize(
    ("row", "operator", "low", "high", "unit"),
    [
        ("Endotoxin\t≤ 0.5\tEU/mL", Operator.AT_MOST, None, "0.5", "EU/mL"),
        ("Endotoxin;<= 0.5;EU/mL", Operator.AT_MOST, None, "0.5", "EU/mL"),
        ("Endotoxin\t≤ 0.5 EU/mL", Operator.AT_MOST, None, "0.5", "EU/mL"),
        ("Purity\t≥ 95\t%", Operator.AT_LEAST, "95", None, "%"),
        ("pH\t7.0 - 7.6\tpH", Operator.BETWEEN, "7.0", "7.6", "pH"),
        ("Residual water\t< 3\t%", Operator.LESS_THAN, None, "3", "%"),
        ("Osmolality\tReport\tmOsm/kg", Operator.REPORT_ONLY, None, None, "mOsm/kg"),
    ],
)
def test_a_row_becomes_a_line(
    row: str, operator: Operator, low: str | None, high: str | None, unit: str
) -> None:
    found = read_pasted_lines(row)
    assert found.problems == ()
    (line,) = found.lines
    assert (line.operator, line.low, line.high, line.unit) == (
        operator,
        None if low is None else Decimal(low),
        None if high is None else Decimal(high),
        unit,
    )


def test_method_limits_of_detection_and_identity_are_taken_over() -> None:
    (line,) = read_pasted_lines("Heparin\t< 2\tIU/mL\tPh. Eur. 2.7.5\t0.05\t0.1\tyes").lines
    assert (line.method, line.lod, line.loq, line.is_identity_test) == (
        "Ph. Eur. 2.7.5",
        Decimal("0.05"),
        Decimal("0.1"),
        True,
    )


def test_allowed_texts_are_divided_by_a_bar() -> None:
    (line,) = read_pasted_lines("Sterility\tNo growth | Sterile").lines
    assert (line.operator, line.allowed_texts) == (Operator.EQUALS_TEXT, ("No growth", "Sterile"))


def test_a_decimal_comma_is_decided_from_all_rows_together() -> None:
    found = read_pasted_lines("Endotoxin;≤ 0,125;EU/mL\npH;7,0 - 7,6;pH")
    assert [line.high for line in found.lines] == [Decimal("0.125"), Decimal("7.6")]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("Purity\tat least\t95\t%", "has no number"),
        ("Endotoxin\t≤\t0.5\tEU/mL", "has no number"),
        ("Purity\tNLT\t95\t%", "has no number"),
        ("Endotoxin", "divided by a tab"),
        ("Endotoxin\t0.5\tEU/mL", "is no limit"),
        ("Endotoxin\t≤ 0.5\tEU/mL\t\tten", "LOD “ten” is no number"),
        ("Identity\tConforms\t\t\t\t\tperhaps", "yes or no"),
        ("a\t≤ 1\tc\td\t1\t2\tyes\th", "it has 8 cells"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_row(row: str, problem: str) -> None:
    found = read_pasted_lines(f"pH\t7.0 - 7.6\n\n{row}")
    assert len(found.lines) == 1
    assert found.problems[0].startswith("Row 3: ")
    assert problem in found.problems[0]
