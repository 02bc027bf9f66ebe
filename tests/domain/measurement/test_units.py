"""Units: what converts, what must never convert, and the spellings that are printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.measurement.unit_table import ROWS
from supplier_qc.domain.measurement.units import Equivalence, Unit, UnitsDiffer, convert, parse_unit


def unit(text: str) -> Unit:
    found = parse_unit(text)
    assert found is not None, text
    return found


@pytest.mark.parametrize(
    ("printed", "symbol"),
    [
        ("EU/mL", "EU/mL"), ("eu/ml", "EU/mL"), ("E.U./mL", "EU/mL"), ("[EU/mL]", "EU/mL"),
        ("EU mL⁻¹", "EU/mL"), ("EU·mL^-1", "EU/mL"), ("EU per mL", "EU/mL"), ("EE/ml", "EU/mL"),
        ("ug/mL", "µg/mL"), ("µg/mL", "µg/mL"), ("μg/mL", "µg/mL"), ("mcg/ml", "µg/mL"),
        ("KBE/g", "CFU/g"), ("ufc/g", "CFU/g"), ("CFU/100 mL", "CFU/100 mL"),
        ("ng/10⁶ cells", "ng/1000000 cells"), ("ng/1x10^6 cells", "ng/1000000 cells"),
        ("million cells/mL", "1000000 cells/mL"), ("beads/3x10^6 cells", "beads/3000000 cells"),
        ("mOsmol/kg H2O", "mOsm/kg"), ("℃", "°C"), ("ºC", "°C"), ("%(w/w)", "% w/w"),
        ("g/cc", "g/mL"), ("Monate", "month"), ("EU/kg/h", "EU/kg/h"), ("USP units/mL", "USP U/mL"),
        ("MU", "MU"), ("mU", "mU"), ("ppm_", "ppm"), ("kGy", "kGy"), ("kda", "kDa"),
    ],
)  # fmt: skip
def test_the_spellings_of_the_field_are_known(printed: str, symbol: str) -> None:
    assert unit(printed).symbol == symbol


@pytest.mark.parametrize(
    "printed",
    [None, "", "foo", "/mL", "mL/", "EU/foo", "m/°C", "°C/h", "10 °C", "0 mL", "3 foo", "Mu", "MM",
     "miu"],
)  # fmt: skip
def test_what_is_no_known_unit_or_could_be_two_is_refused(printed: str | None) -> None:
    assert parse_unit(printed) is None


@pytest.mark.parametrize(
    ("value", "source", "target", "converted"),
    [
        ("1", "ng/mL", "µg/L", "1"),
        ("2500", "pg/mL", "ng/mL", "2.5"),
        ("0.5", "EU/mL", "EU/L", "500"),
        ("10", "CFU/100 mL", "CFU/mL", "0.1"),
        ("0.5", "%", "ppm", "5000"),
        ("1", "% w/v", "g/L", "10"),
        ("1", "% w/w", "mg/kg", "10000"),
        ("2", "year", "month", "24"),
        ("-80", "°C", "K", "193.15"),
        ("277.15", "K", "°C", "4"),
        ("5", "EU/kg/h", "EU/kg/min", "0.08333333333333333333333333333"),
    ],
)
def test_conversion_is_exact(value: str, source: str, target: str, converted: str) -> None:
    found = convert(Decimal(value), unit(source), unit(target))
    assert abs(found - Decimal(converted)) < Decimal("1e-25")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("EU", "IU"), ("EU", "U"), ("IU", "U"), ("USP U", "U"), ("EU/mL", "EU/mg"),
        ("mg/L", "mg/kg"), ("ppm", "mg/kg"), ("mOsm/kg", "mOsm/L"), ("month", "d"),
        ("CFU/mL", "PFU/mL"), ("cells/mL", "CFU/mL"),
    ],
)  # fmt: skip
def test_what_measures_something_else_never_converts(source: str, target: str) -> None:
    with pytest.raises(UnitsDiffer, match="cannot be converted"):
        convert(Decimal(1), unit(source), unit(target))


def test_a_stated_equivalence_converts_both_ways_and_inside_a_quotient() -> None:
    stated = (
        Equivalence("nonsense", Decimal(1), "EU", "not a unit, so it bridges nothing"),
        Equivalence("ppm", Decimal(1), "mg/kg", "by mass"),
        Equivalence("EU", Decimal(1), "IU", "second international standard for endotoxin"),
    )
    assert convert(Decimal(2), unit("EU/mL"), unit("IU/L"), stated) == 2000
    assert convert(Decimal(2), unit("IU/mL"), unit("EU/mL"), stated) == 2
    assert convert(Decimal("0.5"), unit("%"), unit("µg/g"), stated) == 5000
    with pytest.raises(UnitsDiffer):
        convert(Decimal(1), unit("EU/mL"), unit("IU/mg"), stated)


@given(
    st.decimals(min_value=-(10**6), max_value=10**6, places=6, allow_nan=False),
    st.sampled_from([row[0] for row in ROWS]),
    st.sampled_from([row[0] for row in ROWS]),
)
def test_there_and_back_again_gives_the_same_value(value: Decimal, first: str, second: str) -> None:
    source, target = unit(first), unit(second)
    if source.dimension == target.dimension:
        back = convert(convert(value, source, target), target, source)
        assert abs(back - value) < Decimal("1e-20")
    else:
        with pytest.raises(UnitsDiffer):
            convert(value, source, target)


def test_no_spelling_stands_for_two_units() -> None:
    owners: dict[str, str] = {}
    for symbol, _, _, _, spellings in ROWS:
        for spelling in (symbol, *spellings):
            assert owners.setdefault(spelling, symbol) == symbol
            assert unit(spelling).symbol == symbol
