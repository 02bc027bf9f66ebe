"""Stored results by another version of the specification: shown, and nothing is changed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.lot_standing import StandingResult, lot_standing
from supplier_qc.domain.lots import ResultSource
from supplier_qc.domain.shadow_verdicts import shadow_verdict
from supplier_qc.domain.specification.lines import LimitLine
from supplier_qc.domain.specification.operator import Operator
from supplier_qc.domain.specification.verdicts import Verdict

P, F, N = Verdict.PASS, Verdict.FAIL, Verdict.NOT_EVALUABLE


def endotoxin(high: str, unit: str = "EU/mL") -> LimitLine:
    return LimitLine("Endotoxin", Operator.AT_MOST, high=Decimal(high), unit=unit)


PH = LimitLine("pH", Operator.BETWEEN, low=Decimal(7), high=Decimal(8), unit="pH")


def stored(text: str, attribute: str = "Endotoxin", unit: str | None = "EU/mL") -> StandingResult:
    return StandingResult(1, attribute, ResultSource.CERTIFICATE, text, unit)


CASES = [
    # before, after, results, lot before, lot after, (attribute, line before, line after) …
    ([endotoxin("0.5")], [endotoxin("0.1")], [stored("0.2")], P, F, [("Endotoxin", P, F)]),
    ([endotoxin("0.5")], [endotoxin("0.3")], [stored("0.2")], P, P, []),
    ([endotoxin("0.1")], [endotoxin("0.5")], [stored("0.2")], F, P, [("Endotoxin", F, P)]),
    ([endotoxin("0.5")], [endotoxin("0.1")], [stored("< 0.2")], P, N, [("Endotoxin", P, N)]),
    ([endotoxin("0.5")], [endotoxin("0.5", "EU/mg")], [stored("0.2")], P, N, [("Endotoxin", P, N)]),
    ([endotoxin("0.5")], [endotoxin("0.5"), PH], [stored("0.2")], P, N, [("pH", None, None)]),
    ([endotoxin("0.5"), PH], [endotoxin("0.5")], [stored("0.2")], N, P, [("pH", None, None)]),
    ([], [endotoxin("0.5")], [stored("0.2")], N, P, [("Endotoxin", None, P)]),
]


@pytest.mark.parametrize(("before", "after", "results", "lot_before", "lot_after", "lines"), CASES)
def test_each_line_that_would_read_otherwise_is_named(
    before: list[LimitLine],
    after: list[LimitLine],
    results: list[StandingResult],
    lot_before: Verdict,
    lot_after: Verdict,
    lines: list[tuple[str, Verdict | None, Verdict | None]],
) -> None:
    found = shadow_verdict(before, after, results)
    assert (found.before, found.after) == (lot_before, lot_after)
    assert [(one.attribute, one.before, one.after) for one in found.lines] == lines
    assert all(one.reason for one in found.lines)


LINES = st.lists(st.sampled_from([endotoxin("0.5"), PH]), unique_by=lambda line: line.attribute)
RESULTS = st.lists(st.sampled_from([stored("0.2"), stored("< 5"), stored("7.4", "pH", None)]))


@given(LINES, RESULTS)
def test_the_same_version_changes_nothing(
    lines: list[LimitLine], results: list[StandingResult]
) -> None:
    assert not shadow_verdict(lines, lines, results).changes


@given(LINES, LINES, RESULTS)
def test_a_shadow_is_what_the_lot_would_be(
    before: list[LimitLine], after: list[LimitLine], results: list[StandingResult]
) -> None:
    found = shadow_verdict(before, after, results)
    assert found.after is lot_standing(after, results).verdict
    if found.before is not found.after:
        assert found.changes
