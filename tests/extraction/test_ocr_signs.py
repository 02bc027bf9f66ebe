"""What recognition confuses is mended only where it can be nothing else, and named otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.measurement.units import parse_unit
from supplier_qc.domain.measurement.values import read_value
from supplier_qc.extraction.ocr_signs import doubts_of, doubts_of_unit, mended

COMPARATORS = frozenset("<>≤≥=±")


@pytest.mark.parametrize(
    ("recognised", "printed"),
    [
        ("290 m0sm/kg", "290 mOsm/kg"),
        ("290m0sm/kg", "290mOsm/kg"),
        ("m0sm/kg", "mOsm/kg"),
        ("280-320 m0sm/kg", "280-320 mOsm/kg"),
        ("0.5 m0l/L", "0.5 mol/L"),
        ("2-8℃", "2-8°C"),
        ("10-40°℃", "10-40°C"),
        ("98 ℉", "98 °F"),
    ],
)
def test_what_can_be_nothing_else_is_mended(recognised: str, printed: str) -> None:
    assert mended(recognised) == printed


@pytest.mark.parametrize(
    "recognised",
    [
        "0125SA001A",  # a lot number; its zeros are its own
        "BN12000005207",
        "A0B",
        "LOT O0123",
        "0.5 EUlmL",  # a stroke is likely and not sure
        "<26.41u",
        "s0.5",
        "10 ug/mL",  # u for µ is a known spelling of the unit, so nothing has to be mended
        "50°Ć",
        "1O.5",
        "2 × 10^6 cells/mL",
        "≤ 0.25 EU/mL",
        "100",
        "",
    ],
)
def test_what_is_only_likely_is_left_as_it_was_recognised(recognised: str) -> None:
    assert mended(recognised) == recognised


@pytest.mark.parametrize(
    ("recognised", "named"),
    [
        ("s0.5", "may be <, ≤, > or ≥"),
        ("s 0.5 EU/mL", "may be <, ≤, > or ≥"),
        ("c5", "may be <, ≤, > or ≥"),
        ("(10", "may be <, ≤, > or ≥"),
        ("<_0.5", "may be “≤”"),
        ("> - 45 g/L", "may be “≥”"),
        ("<<5", "two comparators"),
        ("<", "number was not recognised"),
        ("<26.41u", "may be the I of the unit"),
        ("<26.41U", "may be the I of the unit"),
        ("5.1U/mg", "may be the I of the unit"),
        ("> 7.2 1U/mL", "may be international units"),
        ("7.2 lU/mL", "may be international units"),
        ("1O.5", "letter inside a number"),
        ("0.l", "letter inside a number"),
        ("l.5", "letter inside a number"),
        ("0.5 EUlmL", "“EUlmL” is no unit"),
        ("0.5EUlmL", "“EUlmL” is no unit"),
        ("26.4 lU", "“lU” is no unit"),
        ("290 m0smlkg", "“m0smlkg” is no unit"),
        ("≤ 10 CFUlg", "“CFUlg” is no unit"),
    ],
)
def test_a_doubtful_sign_is_named_and_not_guessed(recognised: str, named: str) -> None:
    assert any(named in doubt for doubt in doubts_of(recognised))


@pytest.mark.parametrize(
    "recognised",
    [
        "<0.05",
        "≤ 0.25 EU/mL",
        "≥45g/L",
        "<26.4 IU",
        "26.4 IU/mL",
        "Max.12%",
        "10-12%",
        "2 x 10^6 cells/mL",
        "1.5e6 cells/mL",
        "10 ug/mL",
        "10 µg/mL",
        "290 mOsm/kg",
        "15 °C",
        "-0.5",
        "7.2",
        "21 U/mg",
        "Pass",
        "Conforms",
        "Absence per 10 g",
        "Clear, colourless solution",
        "(white powder)",
        "Sterile",
        "Type 2nd",
        "No growth after 14 days",
        "",
    ],
)
def test_a_plain_value_is_not_doubted(recognised: str) -> None:
    assert doubts_of(recognised) == ()


@pytest.mark.parametrize("unit", ["EU/mL", "mOsm/kg", "%", "CFU/g", "µg", "ug", "IU", "°C"])
def test_a_unit_of_the_table_is_not_doubted(unit: str) -> None:
    assert doubts_of_unit(unit) == ()


@pytest.mark.parametrize("unit", ["EUlmL", "m0smlkg", "lU", "1U/mL", "CFUlg", "%M"])
def test_what_may_be_another_unit_is_named(unit: str) -> None:
    (doubt,) = doubts_of_unit(unit)
    assert f"“{unit}”" in doubt


@given(st.text(alphabet="0123456789OolIUuEmLsgk/<>≤≥.,-± ℃°µ%x^", max_size=20))
def test_mending_never_brings_in_a_comparator_or_loses_one(recognised: str) -> None:
    signs = [sign for sign in recognised if sign in COMPARATORS]
    assert [sign for sign in mended(recognised) if sign in COMPARATORS] == signs


@given(st.text(alphabet="0123456789OolIUuEmLsgk/<>≤≥.,-± ℃°µ%x^", max_size=20))
def test_mending_twice_changes_nothing_more(recognised: str) -> None:
    assert mended(mended(recognised)) == mended(recognised)


@given(st.text(max_size=40))
def test_no_recognised_text_is_too_odd_to_be_judged(recognised: str) -> None:
    assert all(doubt.endswith(".") for doubt in doubts_of(recognised))
    assert mended(recognised) is not None


@given(st.sampled_from(["<", "≤", ">", "≥", ""]), st.decimals(0, 9999, places=2))
def test_a_number_with_its_comparator_is_read_as_it_was_recognised(
    comparator: str, number: object
) -> None:
    literal = mended(f"{comparator}{number}")
    found = read_value(literal, decimal_comma=False)
    assert (found.comparator.value if found.comparator else "") == comparator
    assert doubts_of(literal) == ()


def test_a_digit_is_never_changed_into_another() -> None:
    for literal in ("0.105", "1001", "10 m0sm/kg", "0125SA001A"):
        kept = [sign for sign in mended(literal) if sign.isdigit()]
        lost = literal.count("0") - mended(literal).count("0")
        assert len(kept) == sum(sign.isdigit() for sign in literal) - lost
        assert not lost or parse_unit(mended(literal).split()[-1]) is not None
