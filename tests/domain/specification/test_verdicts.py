"""The verdict table: a scientist can read each line and say whether it is right."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.measurement.units import Equivalence
from supplier_qc.domain.measurement.values import read_value
from supplier_qc.domain.specification.lines import LimitLine, limit_words, validate_line
from supplier_qc.domain.specification.operator import Operator
from supplier_qc.domain.specification.results import (
    Result,
    result_from_reading,
    result_from_record,
)
from supplier_qc.domain.specification.verdicts import Verdict, evaluate

PASS, FAIL, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.NOT_EVALUABLE
D = Decimal


def result(printed: str, unit: str | None = None) -> Result:
    return result_from_reading(read_value(printed), unit)


ENDOTOXIN = LimitLine("Endotoxin", Operator.AT_MOST, high=D("1"), unit="EU/mL")
WITH_LOD = LimitLine(
    "Endotoxin", Operator.AT_MOST, high=D(1), unit="EU/mL", lod=D("0.05"), loq=D("0.1")
)
COARSE = LimitLine("Endotoxin", Operator.AT_MOST, high=D(1), unit="EU/mL", loq=D(5))
STRICT = LimitLine("Endotoxin", Operator.LESS_THAN, high=D(1), unit="EU/mL")
ACTIVITY = LimitLine("Activity", Operator.AT_LEAST, low=D(100), unit="U/mg")
ABOVE = LimitLine("Viability", Operator.GREATER_THAN, low=D(80), unit="%")
PH = LimitLine("pH", Operator.BETWEEN, low=D("6.8"), high=D("7.8"))
PH_UNIT = LimitLine("pH", Operator.BETWEEN, low=D("6.8"), high=D("7.8"), unit="pH")
FROM_ZERO = LimitLine("Haemoglobin", Operator.BETWEEN, low=D(0), high=D(25), unit="mg/dL")
COLD = LimitLine("Storage", Operator.BETWEEN, low=D(0), high=D(8), unit="°C")
ZERO = LimitLine("Colonies", Operator.AT_MOST, high=D(0), unit="CFU/mL")
GROWTH = LimitLine(
    "Growth", Operator.AT_LEAST, low=D(80), unit="% of reference", method="side by side"
)


@pytest.mark.parametrize(
    ("printed", "line", "verdict"),
    [
        # a number against one bound
        ("0.5 EU/mL", ENDOTOXIN, PASS),
        ("1 EU/mL", ENDOTOXIN, PASS),
        ("1.0001 EU/mL", ENDOTOXIN, FAIL),
        ("= 0.5 EU/mL", ENDOTOXIN, PASS),
        ("1 EU/mL", STRICT, FAIL),
        ("0.9 EU/mL", STRICT, PASS),
        ("100 U/mg", ACTIVITY, PASS),
        ("99.9 U/mg", ACTIVITY, FAIL),
        ("80 %", ABOVE, FAIL),
        ("80.1 %", ABOVE, PASS),
        ("0 CFU/mL", ZERO, PASS),
        ("1 CFU/mL", ZERO, FAIL),
        # below a censoring limit
        ("<0.5 EU/mL", ENDOTOXIN, PASS),
        ("<1 EU/mL", ENDOTOXIN, PASS),
        ("<1 EU/mL", STRICT, PASS),
        ("≤1 EU/mL", STRICT, OPEN),
        ("<5 EU/mL", ENDOTOXIN, OPEN),
        ("<1 CFU/mL", ZERO, OPEN),
        ("<100 U/mg", ACTIVITY, FAIL),
        ("≤100 U/mg", ACTIVITY, OPEN),
        ("<200 U/mg", ACTIVITY, OPEN),
        ("<80 %", ABOVE, FAIL),
        ("≤80 %", ABOVE, FAIL),
        # above a censoring limit
        (">1 EU/mL", ENDOTOXIN, FAIL),
        ("≥1 EU/mL", ENDOTOXIN, OPEN),
        ("≥1 EU/mL", STRICT, FAIL),
        (">0.5 EU/mL", ENDOTOXIN, OPEN),
        (">100 U/mg", ACTIVITY, PASS),
        ("≥100 U/mg", ACTIVITY, PASS),
        (">50 U/mg", ACTIVITY, OPEN),
        (">80 %", ABOVE, PASS),
        ("≥80 %", ABOVE, OPEN),
        # ranges, and results that are ranges
        ("7.2", PH, PASS),
        ("6.8", PH, PASS),
        ("7.9", PH, FAIL),
        ("6.7", PH, FAIL),
        ("pH 7.2", PH, PASS),
        ("7.2", PH_UNIT, PASS),
        ("7.0 - 7.4", PH, PASS),
        ("7.0 - 8.4", PH, OPEN),
        ("8.0 - 8.4", PH, FAIL),
        ("<7.0", PH, OPEN),
        ("<1 mg/dL", FROM_ZERO, PASS),
        ("<30 mg/dL", FROM_ZERO, OPEN),
        ("<4 °C", COLD, OPEN),
        ("-1 mg/dL", FROM_ZERO, FAIL),
        # units
        ("500 EU/L", ENDOTOXIN, PASS),
        ("5000 EU/L", ENDOTOXIN, FAIL),
        ("<500 EU/L", ENDOTOXIN, PASS),
        (">5000 EU/L", ENDOTOXIN, FAIL),
        ("100 EU/L - 200 EU/L", ENDOTOXIN, PASS),
        ("0.5 IU/mL", ENDOTOXIN, OPEN),
        ("0.5 EU/mg", ENDOTOXIN, OPEN),
        ("0.5 ng/mL", ENDOTOXIN, OPEN),
        ("0.5", ENDOTOXIN, OPEN),
        ("7.2 mg", PH, OPEN),
        ("0.5 wibbles", ENDOTOXIN, OPEN),
        ("95 % of reference", GROWTH, PASS),
        ("95 %", GROWTH, OPEN),
        # non-detects
        ("ND", ENDOTOXIN, OPEN),
        ("ND", WITH_LOD, PASS),
        ("none detected", WITH_LOD, PASS),
        ("< LOQ", WITH_LOD, PASS),
        ("< LOQ", ENDOTOXIN, OPEN),
        ("ND", COARSE, OPEN),
        ("< LOQ", COARSE, OPEN),
        # no number
        ("complies", ENDOTOXIN, OPEN),
        ("see letter", ENDOTOXIN, OPEN),
        ("fails", ENDOTOXIN, OPEN),
        ("", ENDOTOXIN, OPEN),
        ("n/a", ENDOTOXIN, OPEN),
        ("not tested", ENDOTOXIN, OPEN),
        ("~0.5 EU/mL", ENDOTOXIN, OPEN),
        ("1.2 x 103 EU/mL", ENDOTOXIN, OPEN),
        ("1,234 EU/mL", ENDOTOXIN, OPEN),
    ],
)
def test_a_result_is_judged_by_what_it_leaves_possible(
    printed: str, line: LimitLine, verdict: Verdict
) -> None:
    judgement = evaluate(result(printed), line)
    assert judgement.verdict is verdict
    assert all(reason.endswith((".", "first.")) for reason in judgement.reasons)
    assert judgement.reasons


STERILITY = LimitLine("Sterility", Operator.EQUALS_TEXT, allowed_texts=("No growth", "Sterile"))
COLOUR = LimitLine("Appearance", Operator.EQUALS_TEXT, allowed_texts=("Clear, colourless",))
MYCOPLASMA = LimitLine("Mycoplasma", Operator.EQUALS_TEXT, allowed_texts=("Not detected",))
REPORT_NUMBER = LimitLine("VEGF", Operator.REPORT_ONLY, unit="pg/mL")
REPORT_TEXT = LimitLine("Odour", Operator.REPORT_ONLY)


@pytest.mark.parametrize(
    ("printed", "line", "verdict"),
    [
        ("No growth", STERILITY, PASS),
        ("NO GROWTH.", STERILITY, PASS),
        ("sterile", STERILITY, PASS),
        ("growth", STERILITY, FAIL),
        ("Fails", STERILITY, FAIL),
        ("Negative", STERILITY, OPEN),
        ("Complies", STERILITY, OPEN),
        ("0 CFU", STERILITY, OPEN),
        ("ND", STERILITY, OPEN),
        ("N/A", STERILITY, OPEN),
        ("clear,  Colourless", COLOUR, PASS),
        ("yellow, turbid", COLOUR, FAIL),
        ("not detected", MYCOPLASMA, PASS),
        ("Detected", MYCOPLASMA, FAIL),
        ("812 pg/mL", REPORT_NUMBER, PASS),
        ("<10 pg/mL", REPORT_NUMBER, PASS),
        ("ND", REPORT_NUMBER, PASS),
        ("Report", REPORT_NUMBER, OPEN),
        ("complies", REPORT_NUMBER, OPEN),
        ("", REPORT_NUMBER, OPEN),
        ("n/a", REPORT_TEXT, OPEN),
        ("Report only", REPORT_TEXT, OPEN),
        ("complies", REPORT_TEXT, OPEN),
        ("faint", REPORT_TEXT, PASS),
    ],
)
def test_texts_are_compared_without_case_and_reports_need_a_value(
    printed: str, line: LimitLine, verdict: Verdict
) -> None:
    assert evaluate(result(printed), line).verdict is verdict


def test_a_missing_result_is_not_evaluable_whatever_the_line_asks() -> None:
    for line in (ENDOTOXIN, STERILITY, REPORT_NUMBER):
        judgement = evaluate(None, line)
        assert judgement.verdict is OPEN
        assert judgement.reasons == (f"There is no result for {line.attribute}.",)


def test_a_report_without_limit_says_that_it_meets_none() -> None:
    assert evaluate(result("812 pg/mL"), REPORT_NUMBER).reasons == (
        "812 pg/mL is reported as the specification asks; it sets no limit.",
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (LimitLine("A", Operator.AT_MOST, low=D(1)), "upper bound is missing"),
        (LimitLine("A", Operator.LESS_THAN), "upper bound is missing"),
        (LimitLine("A", Operator.AT_LEAST, high=D(1)), "lower bound is missing"),
        (LimitLine("A", Operator.GREATER_THAN), "lower bound is missing"),
        (LimitLine("A", Operator.BETWEEN, high=D(1)), "lower bound is missing"),
        (LimitLine("A", Operator.BETWEEN, low=D(1)), "upper bound is missing"),
        (LimitLine("A", Operator.BETWEEN, D(2), D(1)), "2 is above the upper bound 1"),
        (LimitLine("A", Operator.EQUALS_TEXT), "No allowed text"),
        (LimitLine("A", Operator.EQUALS_TEXT, allowed_texts=(" ",)), "No allowed text"),
        (LimitLine(" ", Operator.REPORT_ONLY), "no attribute name"),
        (LimitLine("A", Operator.REPORT_ONLY, lod=D(-1)), "detection is negative"),
        (LimitLine("A", Operator.REPORT_ONLY, loq=D(-1)), "quantitation is negative"),
        (LimitLine("A", Operator.REPORT_ONLY, lod=D(2), loq=D(1)), "above the limit of quant"),
    ],
)
def test_a_line_without_its_bound_judges_nothing(line: LimitLine, words: str) -> None:
    assert any(words in problem for problem in validate_line(line))
    judgement = evaluate(result("0.5"), line)
    assert judgement.verdict is OPEN
    assert set(validate_line(line)) <= set(judgement.reasons)


def test_all_reasons_are_named_at_once() -> None:
    line = LimitLine("", Operator.BETWEEN)
    assert len(evaluate(None, line).reasons) == 4


@pytest.mark.parametrize("line", [ENDOTOXIN, PH, STERILITY, REPORT_TEXT, WITH_LOD])
def test_a_sound_line_has_no_problem(line: LimitLine) -> None:
    assert validate_line(line) == ()


@pytest.mark.parametrize(
    ("printed", "line", "reason"),
    [
        ("500 EU/L", ENDOTOXIN, "500 EU/L, which is 0.5 EU/mL, meets our limit: at most 1 EU/mL."),
        (
            "<500 EU/L",
            ENDOTOXIN,
            "< 500 EU/L, which is < 0.5 EU/mL, meets our limit: at most 1 EU/mL.",
        ),
        (
            "100 EU/L - 200 EU/L",
            ENDOTOXIN,
            "100 to 200 EU/L, which is 0.1 to 0.2 EU/mL, meets our limit: at most 1 EU/mL.",
        ),
        ("80 %", ABOVE, "80% does not meet our limit: more than 80%."),
        ("ND", WITH_LOD, "“ND” (taken as at most 0.05 EU/mL) meets our limit: at most 1 EU/mL."),
        ("0.5", ENDOTOXIN, "The result carries no unit; our limit is in EU/mL."),
        ("7.2 mg", PH, "The result is in mg; our limit carries no unit."),
    ],
)
def test_the_reason_shows_the_numbers_that_were_compared(
    printed: str, line: LimitLine, reason: str
) -> None:
    assert evaluate(result(printed), line).reasons == (reason,)


def test_less_than_five_against_at_most_one_proves_nothing() -> None:
    reason = evaluate(result("<5 EU/mL"), ENDOTOXIN).reasons[0]
    assert "proves nothing" in reason
    assert "either side" in reason


def test_endotoxin_in_iu_passes_only_where_the_line_states_the_factor() -> None:
    stated = LimitLine(
        "Endotoxin",
        Operator.AT_MOST,
        high=D(1),
        unit="EU/mL",
        equivalences=(Equivalence("EU", D(1), "IU", "stated by the standard used"),),
    )
    assert evaluate(result("0.5 IU/mL"), ENDOTOXIN).verdict is OPEN
    assert evaluate(result("0.5 IU/mL"), stated).verdict is PASS


def test_a_missing_bound_is_named_as_missing_and_not_as_zero() -> None:
    assert limit_words(LimitLine("A", Operator.BETWEEN)) == "between (no bound) and (no bound)"
    assert limit_words(REPORT_TEXT) == "report, without a limit"
    assert limit_words(STERILITY) == "“No growth” or “Sterile”"
    assert limit_words(LimitLine("A", Operator.EQUALS_TEXT)) == "(no allowed text)"
    assert limit_words(ACTIVITY) == "at least 100 U/mg"


@pytest.mark.parametrize(
    ("comparator", "value", "kind"),
    [
        (None, D(5), "number"), ("=", D(5), "number"), ("~", D(5), "number"),
        ("<", D(5), "censored_low"), ("≤", D(5), "censored_low"),
        (">", D(5), "censored_high"), ("≥", D(5), "censored_high"),
    ],
)  # fmt: skip
def test_a_stored_number_keeps_its_comparator(
    comparator: str | None, value: Decimal, kind: str
) -> None:
    stored = result_from_record("5", comparator, value, "EU/mL")
    assert (stored.kind, stored.comparator, stored.value) == (kind, comparator, value)


def test_a_stored_text_is_read_again_and_carries_no_old_comparator() -> None:
    stored = result_from_record("ND", "<", None, "EU/mL")
    assert (stored.kind, stored.comparator, stored.value) == ("not_detected", None, None)


values = st.decimals(min_value=0, max_value=1000, places=3, allow_nan=False)
lines = st.one_of(
    st.builds(
        LimitLine,
        st.just("A"),
        st.sampled_from([Operator.AT_MOST, Operator.LESS_THAN]),
        high=values,
        unit=st.just("EU/mL"),
    ),
    st.builds(
        LimitLine,
        st.just("A"),
        st.sampled_from([Operator.AT_LEAST, Operator.GREATER_THAN]),
        low=values,
        unit=st.just("EU/mL"),
    ),
)


@given(values, st.sampled_from(["<", "≤", ">", "≥"]), lines, values)
def test_a_censored_verdict_agrees_with_every_value_it_leaves_possible(
    limit: Decimal, comparator: str, line: LimitLine, candidate: Decimal
) -> None:
    allowed = {
        "<": candidate < limit,
        "≤": candidate <= limit,
        ">": candidate > limit,
        "≥": candidate >= limit,
    }[comparator]
    censored = evaluate(result_from_record("", comparator, limit, "EU/mL"), line).verdict
    exact = evaluate(result_from_record("", None, candidate, "EU/mL"), line).verdict
    if allowed and censored is not OPEN:
        assert exact is censored


@given(values, lines)
def test_a_number_in_the_same_unit_is_always_judged_and_a_missing_one_never(
    value: Decimal, line: LimitLine
) -> None:
    assert evaluate(result_from_record("", None, value, "EU/mL"), line).verdict is not OPEN
    assert evaluate(result_from_record("", None, None, "EU/mL"), line).verdict is OPEN


@given(st.text(max_size=30), lines)
def test_whatever_is_printed_there_is_a_verdict_with_a_reason(
    printed: str, line: LimitLine
) -> None:
    judgement = evaluate(result(printed, "EU/mL"), line)
    assert judgement.verdict in set(Verdict)
    assert judgement.reasons
