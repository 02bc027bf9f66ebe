"""Printed results: every case is one that certificates print."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from supplier_qc.domain.measurement.comparators import Comparator
from supplier_qc.domain.measurement.values import LONGEST_VALUE, ValueKind, read_value

NUMBER, RANGE, TEXT = ValueKind.NUMBER, ValueKind.RANGE, ValueKind.TEXT
LOW, HIGH, AMBIGUOUS = ValueKind.CENSORED_LOW, ValueKind.CENSORED_HIGH, ValueKind.AMBIGUOUS
ND, LOQ, EMPTY = ValueKind.NOT_DETECTED, ValueKind.BELOW_LOQ, ValueKind.EMPTY


@pytest.mark.parametrize(
    ("printed", "kind", "comparator", "value", "high", "unit"),
    [
        ("0.5", NUMBER, None, "0.5", None, None),
        ("5.", NUMBER, None, "5", None, None),
        ("-20 °C", NUMBER, None, "-20", None, "°C"),
        ("99.07%", NUMBER, None, "99.07", None, "%"),
        ("pH 7.2", NUMBER, None, "7.2", None, "pH"),
        ("= 7", NUMBER, "=", "7", None, None),
        ("~5", NUMBER, "~", "5", None, None),
        ("ca. 5 mg", NUMBER, "~", "5", None, "mg"),
        ("<0.5 EU/mL", LOW, "<", "0.5", None, "EU/mL"),
        ("=<5", LOW, "≤", "5", None, None),
        ("≤ -20 °C", LOW, "≤", "-20", None, "°C"),
        ("NMT 0.5 EU/mL", LOW, "≤", "0.5", None, "EU/mL"),
        ("NMT (%) 10.0", LOW, "≤", "10.0", None, "%"),
        ("Max.12%", LOW, "≤", "12", None, "%"),
        ("max. 15 mg/kg", LOW, "≤", "15", None, "mg/kg"),
        ("10 max.", LOW, "≤", "10", None, None),
        ("10 or less", LOW, "≤", "10", None, None),
        ("less than or equal to 5 EU/mL", LOW, "≤", "5", None, "EU/mL"),
        ("höchstens 0,5 %", LOW, "≤", "0.5", None, "%"),
        ("inférieur à 5 UFC/mL", LOW, "<", "5", None, "UFC/mL"),
        ("no más de 10 UFC/g", LOW, "≤", "10", None, "UFC/g"),
        ("non più di 5 %", LOW, "≤", "5", None, "%"),
        ("not more than 12 (ppm)", LOW, "≤", "12", None, "(ppm)"),
        (">99.3%", HIGH, ">", "99.3", None, "%"),
        ("≥ 20.0 mAU", HIGH, "≥", "20.0", None, "mAU"),
        ("Not less than 0.70 g/cc", HIGH, "≥", "0.70", None, "g/cc"),
        ("NLT 5", HIGH, "≥", "5", None, None),
        ("5 min", NUMBER, None, "5", None, "min"),
        ("6.8 - 7.8", RANGE, None, "6.8", "7.8", None),
        ("pH 6.8 to 7.8", RANGE, None, "6.8", "7.8", "pH"),
        ("6,8 bis 7,8", RANGE, None, "6.8", "7.8", None),
        ("de 6,8 à 7,8", RANGE, None, "6.8", "7.8", None),
        ("Between (g/100ml) 20-60", RANGE, None, "20", "60", "g/100ml"),
        ("2–8 °C", RANGE, None, "2", "8", "°C"),
        ("-25 °C to -15 °C", RANGE, None, "-25", "-15", "°C"),
        ("270 mOsm/kg - 350 mOsm/kg", RANGE, None, "270", "350", "mOsm/kg"),
        ("≥ 6.8 and ≤ 7.8", RANGE, None, "6.8", "7.8", None),
        ("≥ 6.8 % and ≤ 7.8 %", RANGE, None, "6.8", "7.8", "%"),
        ("7.3 ± 0.2", RANGE, None, "7.1", "7.5", None),
        ("-20 ± 5 °C", RANGE, None, "-25", "-15", "°C"),
        ("10.0 - 11.0 (1 % in water)", RANGE, None, "10.0", "11.0", None),
        ("1.2E3", NUMBER, None, "1200", None, None),
        ("1.2e-3 ng/mL", NUMBER, None, "0.0012", None, "ng/mL"),
        ("1.2 x 10^3", NUMBER, None, "1200", None, None),
        ("1.2×10³ CFU/mL", NUMBER, None, "1200", None, "CFU/mL"),
        ("1 x 10**6 cells/mL", NUMBER, None, "1000000", None, "cells/mL"),
        ("10³", NUMBER, None, "1000", None, None),
        ("5 x 10^3", NUMBER, None, "5000", None, None),
        ("1.2E+06", NUMBER, None, "1200000", None, None),
        ("1 000,5", NUMBER, None, "1000.5", None, None),
        ("12 ppm", NUMBER, None, "12", None, "ppm"),
        ("150 kDa", NUMBER, None, "150", None, "kDa"),
        ("66437 Da", NUMBER, None, "66437", None, "Da"),
        ("25 kGy", NUMBER, None, "25", None, "kGy"),
        ("290 mOsm/kg", NUMBER, None, "290", None, "mOsm/kg"),
        ("1.5E6 PFU", NUMBER, None, "1500000", None, "PFU"),
        ("<0.1 EU/mg", LOW, "<", "0.1", None, "EU/mg"),
        ("≤ 10 CFU", LOW, "≤", "10", None, "CFU"),
        ("-10^3", NUMBER, None, "-1000", None, None),
        ("1,234.5", NUMBER, None, "1234.5", None, None),
        ("1.234,5", NUMBER, None, "1234.5", None, None),
        ("1 234,5", NUMBER, None, "1234.5", None, None),
        ("1'234.5", NUMBER, None, "1234.5", None, None),
        ("1,234,567", NUMBER, None, "1234567", None, None),
        ("0.948", NUMBER, None, "0.948", None, None),
        ("6,8", NUMBER, None, "6.8", None, None),
        (".5", NUMBER, None, "0.5", None, None),
        ("not detected (<0.5 EU/mL)", LOW, "<", "0.5", None, "EU/mL"),
        ("7.4 mg (at 25 °C)", NUMBER, None, "7.4", None, "mg"),
        ("5 colonies", NUMBER, None, "5", None, "colonies"),
    ],
)
def test_a_printed_number_is_read_as_printed(
    printed: str,
    kind: ValueKind,
    comparator: str | None,
    value: str,
    high: str | None,
    unit: str | None,
) -> None:
    read = read_value(printed)
    assert (read.kind, read.comparator, read.unit_text) == (kind, comparator, unit)
    assert read.value == Decimal(value)
    assert read.high == (None if high is None else Decimal(high))
    assert read.literal == printed


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("ND", ND), ("N.D.", ND), ("none detected", ND), ("Not Detected", ND), ("<LOD", ND),
        ("nicht nachweisbar", ND), ("n.n.", ND), ("non détecté", ND), ("未检出", ND),
        ("ND (LOD 0.1 ppm)", ND), ("BDL", ND), ("ND (< five)", ND), ("ND < 5 - 10", ND),
        ("< LOQ", LOQ), ("<LLOQ", LOQ), ("detected, <LOQ", LOQ), ("BLQ", LOQ),
        ("", EMPTY), ("  ", EMPTY), (None, EMPTY), ("-", EMPTY), ("N/A", EMPTY),
        ("not tested", EMPTY), ("Pending", EMPTY),
        ("complies", TEXT), ("Conforms", TEXT), ("no growth", TEXT), ("Report", TEXT),
        ("about", TEXT), ("<", TEXT), ("Under investigation", TEXT), ("Absent (cfu/10g)", TEXT),
        ("3 of 3 passed", TEXT), ("NLT 95% through 80 mesh", TEXT), ("1.2.3", TEXT),
        ("1.2.3 - 5", TEXT), ("> 6.8 and < 7.8", TEXT), ("12/26/2024", TEXT), ("- 5", TEXT),
        ("2024-12-26", TEXT), ("6.8 mg - 7.8 g", TEXT), ("6.8 foo - 7.8 bar", TEXT),
        ("5 E2", TEXT), ("< 5 or > 9", TEXT), ("x" * (LONGEST_VALUE + 1), TEXT),
        ("1.2 x 103", AMBIGUOUS), ("5 x 10E6", AMBIGUOUS), ("10-5", AMBIGUOUS),
        ("7.3 ± 5 %", AMBIGUOUS), ("1,234 ± 2", AMBIGUOUS), ("<5 - 10", AMBIGUOUS),
        ("1,234 - 5,678", AMBIGUOUS), ("NLT 1,234 U/mg", AMBIGUOUS),
        ("≥ 7.8 and ≤ 6.8", AMBIGUOUS),
    ],
)  # fmt: skip
def test_what_is_no_certain_number_carries_no_value(printed: str | None, kind: ValueKind) -> None:
    read = read_value(printed)
    assert read.kind is kind
    assert read.value is None
    assert read.high is None


@pytest.mark.parametrize(
    ("printed", "decimal_comma", "value", "alternatives"),
    [
        ("1,234", None, None, ("1234", "1.234")),
        ("1.234", None, None, ("1.234", "1234")),
        ("1,234", True, "1.234", ()),
        ("1,234", False, "1234", ()),
        ("1.234", True, "1234", ()),
        ("1.234", False, "1.234", ()),
        ("6,8", False, None, ("6.8",)),
        ("6.8", True, None, ("6.8",)),
        ("1.234,5", True, "1234.5", ()),
        ("1,234.5", True, None, ("1234.5",)),
        ("12", True, "12", ()),
    ],
)
def test_the_decimal_sign_of_the_document_decides(
    printed: str, *, decimal_comma: bool | None, value: str | None, alternatives: tuple[str, ...]
) -> None:
    read = read_value(printed, decimal_comma=decimal_comma)
    assert read.value == (None if value is None else Decimal(value))
    assert read.alternatives == tuple(Decimal(one) for one in alternatives)
    assert (read.kind is AMBIGUOUS) is (value is None)


def test_an_ambiguous_number_keeps_comparator_and_unit_for_the_reviewer() -> None:
    read = read_value("NMT 1,000 CFU/g")
    assert (read.comparator, read.unit_text) == (Comparator.AT_MOST, "CFU/g")
    assert "1000 or 1.000" in read.note


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("ND", "not determined"),
        ("-", "no result"),
        ("7.3 ± 0.2", "read as a range"),
        ("1421.1 [M+H]", "not a unit known here"),
        ("7.4 (at 25 °C)", "adds: (at 25 °C)"),
        ("ND (LOD 0.1 ppm)", "“ND (LOD 0.1 ppm)”"),
        ("1.2 x 103", "superscript"),
        ("> 6.8 and < 7.8", "open ends"),
    ],
)
def test_a_doubt_is_named(printed: str | None, words: str) -> None:
    assert words in read_value(printed).note


@given(printed=st.text(max_size=40), decimal_comma=st.sampled_from([None, True, False]))
@example(printed="٣ % ²", decimal_comma=None)
@example(printed="1" * 40, decimal_comma=None)
@example(printed="1E999", decimal_comma=None)
def test_any_text_is_read_without_error_and_its_literal_kept(
    printed: str | None, *, decimal_comma: bool | None
) -> None:
    assert read_value(printed, decimal_comma=decimal_comma).literal == printed


@given(st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False))
def test_a_plain_number_comes_back_unchanged(value: Decimal) -> None:
    assert read_value(f"{value:f}", decimal_comma=False).value == value
    assert read_value(f"{value:f}".replace(".", ","), decimal_comma=True).value == value


@given(st.text(alphabet="0123456789.,-+±<>≤≥=~xX^eE %µgmLEU/()ndlqNDLOQ", max_size=14))
def test_a_comparator_or_unit_never_appears_that_is_not_printed(printed: str) -> None:
    read = read_value(printed)
    signs = {"<": "<", ">": ">", "≤": "≤<", "≥": "≥>", "=": "=", "~": "~"}
    if read.comparator is not None:
        assert any(sign in printed for sign in signs[read.comparator])
    if read.unit_text is not None:
        assert set(read.unit_text.replace(" ", "")) <= set(printed) | {"μ"}
