"""What a dose carries against its limit."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.measurement.values import read_value
from supplier_qc.domain.residuals.dose import (
    BINDING_CLASSES,
    Basis,
    judge_measured,
    judge_theoretical,
    retention,
)
from supplier_qc.domain.residuals.limits import (
    Dose,
    DoseLimit,
    NotADose,
    allowed_concentration,
)
from supplier_qc.domain.specification.results import Result, result_from_reading
from supplier_qc.domain.specification.verdicts import Verdict

D = Decimal
PASS, FAIL, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.NOT_EVALUABLE

DOSE = Dose(volume_ml=D(40), lowest_patient_weight_kg=D(10), cells=D(80_000_000))
NO_CELLS = replace(DOSE, cells=None)
BSA = DoseLimit(D(50), "ng/dose", "a vaccine standard, by analogy", "V")
MICROGRAM = DoseLimit(D(1), "µg", "own justification", "C")
DMSO = DoseLimit(D(1), "g/kg", "practice in transplantation", "V")
DMSO_A_DAY = DoseLimit(D(50), "mg/day", "ICH Q3C class 3", "V2")
HEPARIN = DoseLimit(D(100), "IU/dose", "own justification", "C")
BEADS = DoseLimit(D(100), "beads/3x10^6 cells", "convention in trials", "V2")
ENDOTOXIN = DoseLimit(D(5), "EU/kg", "for intravenous use", "V2")


def result(printed: str) -> Result:
    return result_from_reading(read_value(printed))


@pytest.mark.parametrize(
    ("printed", "limit", "verdict", "amount", "margin"),
    [
        # concentration × 40 mL against the limit
        ("1 ng/mL", BSA, PASS, "40 ng/dose", "1.25"),
        ("1.25 ng/mL", BSA, PASS, "50 ng/dose", "1"),
        ("1.26 ng/mL", BSA, FAIL, "50.4 ng/dose", None),
        ("<0.5 ng/mL", BSA, PASS, "< 20 ng/dose", "2.5"),
        ("<1.25 ng/mL", BSA, PASS, "< 50 ng/dose", "1"),
        ("<5 ng/mL", BSA, OPEN, "< 200 ng/dose", "0.25"),
        (">5 ng/mL", BSA, FAIL, "> 200 ng/dose", "0.25"),
        (">0.5 ng/mL", BSA, OPEN, "> 20 ng/dose", "2.5"),
        (">0 ng/mL", BSA, OPEN, "> 0 ng/dose", None),
        ("0 ng/mL", BSA, OPEN, "0 ng/dose", None),
        ("500 pg/mL - 900 pg/mL", BSA, PASS, "36 ng/dose", None),
        # units
        ("0.5 µg/L", MICROGRAM, PASS, "0.02 µg/dose", "50"),
        ("1 ng/10^6 cells", BSA, FAIL, "80 ng/dose", "0.625"),
        ("57 beads/3x10^6 cells", BEADS, PASS, "1520 beads/dose", None),
        ("2 IU/mL", HEPARIN, PASS, "80 IU/dose", "1.25"),
        ("0.5 EU/mL", ENDOTOXIN, PASS, "20 EU/dose", "2.5"),
        # a limit a kilogram counts with the lightest patient, a limit a day with the doses a day
        ("81.9 mg/mL", DMSO, PASS, "3.276 g/dose", None),
        ("260 mg/mL", DMSO, FAIL, "10.4 g/dose", None),
        ("81.9 mg/mL", DMSO_A_DAY, FAIL, "3276 mg/dose", None),
        # no amount follows
        ("2 IU/mL", BSA, OPEN, "2 IU/mL", None),
        ("2 ng", BSA, OPEN, "2 ng", None),
        ("2", BSA, OPEN, "2", None),
        ("2 wibbles", BSA, OPEN, "2 wibbles", None),
        ("ND", BSA, OPEN, "“ND”", None),
        ("~1 ng/mL", BSA, OPEN, "~ 1 ng/mL", None),
        ("complies", BSA, OPEN, "“complies”", None),
    ],
)
def test_a_measured_concentration_is_judged_by_what_the_dose_carries(
    printed: str, limit: DoseLimit, verdict: Verdict, amount: str, margin: str | None
) -> None:
    judgement = judge_measured(result(printed), DOSE, limit)
    assert judgement.verdict is verdict
    assert judgement.printed == amount
    assert judgement.basis is Basis.MEASURED
    assert judgement.reasons
    if margin is not None:
        assert judgement.margin == D(margin)


@pytest.mark.parametrize(
    ("printed", "lod", "loq", "verdict", "amount", "words"),
    [
        ("< LOQ", None, "0.5", PASS, "< 20", "counted as the LOQ 0.5"),
        ("ND", None, "0.5", PASS, "< 20", "counted as the LOQ 0.5"),
        ("ND", "0.1", "0.5", PASS, "< 4", "counted as the LOD 0.1"),
        ("< LOQ", "0.1", None, OPEN, "“< LOQ”", "no limit of quantitation"),
        ("ND", None, "5", OPEN, "< 200", "The method is not fit"),
        ("0.3 ng/mL", None, "0.5", PASS, "< 20", "detected, counted as the LOQ"),
        ("0.3 ng/mL", None, "5", OPEN, "< 200", "The method is not fit"),
        ("0.5 ng/mL", None, "0.5", PASS, "20", "where 1 is asked for"),
    ],
)
def test_a_non_detect_counts_with_its_limit_and_is_never_zero(
    printed: str, lod: str | None, loq: str | None, verdict: Verdict, amount: str, words: str
) -> None:
    read = result_from_reading(read_value(printed), unit="ng/mL")
    judgement = judge_measured(
        read, DOSE, BSA, lod=None if lod is None else D(lod), loq=None if loq is None else D(loq)
    )
    assert judgement.verdict is verdict
    assert judgement.printed.startswith(amount)
    assert any(words in reason for reason in judgement.reasons)
    assert not judgement.printed.startswith("0")


@pytest.mark.parametrize(
    ("concentration", "reagent_class", "required", "verdict"),
    [
        ("0.1", "small_molecule", None, PASS),  # margin 12.5
        ("0.125", "small_molecule", None, PASS),  # margin 10
        ("0.13", "small_molecule", None, OPEN),
        ("1.25", "small_molecule", None, OPEN),  # margin 1
        ("1.26", "small_molecule", None, FAIL),
        ("0.1", "protein_serum", None, OPEN),  # a hundredfold margin is asked for
        ("0.0125", "protein_serum", None, PASS),
        ("0.1", "protein_serum", "10", PASS),
        ("0.5", "small_molecule", "2", PASS),
        ("0", "small_molecule", None, OPEN),
    ],
)
def test_a_calculation_alone_needs_a_wide_margin(
    concentration: str, reagent_class: str, required: str | None, verdict: Verdict
) -> None:
    judgement = judge_theoretical(
        D(concentration),
        "ng/mL",
        DOSE,
        BSA,
        reagent_class=reagent_class,
        required_margin=None if required is None else D(required),
    )
    assert judgement.verdict is verdict
    assert judgement.basis is Basis.THEORETICAL
    binds = reagent_class in BINDING_CLASSES
    assert any("Calculated only" in warning for warning in judgement.warnings) is binds


def test_the_formulae_carry_their_numbers() -> None:
    assert judge_measured(result("<0.5 ng/mL"), DOSE, BSA).formulae == (
        "M = C × dose = 0.5 ng/mL × 40 mL = 20 ng/dose",
        "margin = limit / M = 50 / 20 = 2.5",
    )
    per_cell = judge_measured(result("1 ng/10^6 cells"), DOSE, BSA)
    assert per_cell.formulae[0] == "M = C × dose = 1 ng/10^6 cells × 80000000 cells = 80 ng/dose"
    assert len(judge_measured(result("0 ng/mL"), DOSE, BSA).formulae) == 1


def test_a_convention_is_worded_as_a_convention() -> None:
    judgement = judge_measured(result("2 IU/mL"), DOSE, HEPARIN)
    assert "100 IU/dose (convention)" in judgement.reasons[0]
    assert replace(HEPARIN, mark="K").words == "100 IU/dose (unverified)"
    assert BSA.words == "50 ng/dose"


@pytest.mark.parametrize(
    ("limit", "dose", "words"),
    [
        (None, DOSE, "no limit"),
        (replace(BSA, amount=D(0)), DOSE, "limit is not above zero"),
        (BSA, replace(DOSE, volume_ml=D(0)), "volume of a dose"),
        (BSA, replace(DOSE, lowest_patient_weight_kg=D(0)), "patient weight"),
        (BSA, replace(DOSE, cells=D(0)), "number of cells"),
        (BSA, replace(DOSE, doses_a_day=D(0)), "doses a day"),
        (replace(BSA, unit="wibbles"), DOSE, "not a unit known here"),
        (replace(BSA, unit="EU/kg/h"), DOSE, "gives no amount"),
        (replace(BSA, unit="% w/w"), DOSE, "not a unit known here"),
        (BEADS, NO_CELLS, "gives no amount"),
    ],
)
def test_without_a_sound_limit_and_dose_nothing_is_judged(
    limit: DoseLimit | None, dose: Dose, words: str
) -> None:
    for judgement in (
        judge_measured(result("0.5 ng/mL"), dose, limit, loq=D("0.5")),
        judge_theoretical(D("0.5"), "ng/mL", dose, limit, reagent_class="x"),
    ):
        assert judgement.verdict is OPEN
        assert any(words in reason for reason in judgement.reasons)


def test_all_faults_are_named_at_once() -> None:
    judgement = judge_measured(result("1 ng/mL"), Dose(D(0), D(0), D(0), D(0)), None)
    assert len(judgement.reasons) == 5


def test_cells_a_dose_are_needed_for_an_amount_a_cell() -> None:
    assert judge_measured(result("1 ng/10^6 cells"), NO_CELLS, BSA).verdict is OPEN


def test_the_allowed_concentration_tells_what_a_method_has_to_see() -> None:
    assert allowed_concentration(BSA, "ng/mL", DOSE) == D("1.25")
    assert allowed_concentration(BSA, "pg/mL", DOSE) == D(1250)
    with pytest.raises(NotADose, match="do not measure the same thing"):
        allowed_concentration(BSA, "IU/mL", DOSE)
    with pytest.raises(NotADose):
        allowed_concentration(BSA, "ng/mL", replace(DOSE, volume_ml=D(0)))


@pytest.mark.parametrize(
    ("loq", "unit", "warns"),
    [("0.5", "ng/mL", False), ("0.625", "ng/mL", False), ("0.7", "ng/mL", True),
     ("0.7", "IU/mL", False)],
)  # fmt: skip
def test_a_method_that_barely_sees_the_limit_is_warned_about(
    loq: str, unit: str, *, warns: bool
) -> None:
    judgement = judge_measured(result(f"1 {unit}"), DOSE, BSA, loq=D(loq))
    assert bool(judgement.warnings) is warns


@pytest.mark.parametrize(
    ("printed", "theoretical", "loq", "accepted", "words"),
    [
        ("0.5 ng/mL", "1", None, True, "R = 0.5 / 1 = 0.5"),
        ("1 ng/mL", "1", None, True, "no more is left"),
        ("2 ng/mL", "1", None, False, "retention or binding"),
        ("<0.5 ng/mL", "1", None, True, "no more is left"),
        ("<5 ng/mL", "1", None, None, "cannot tell"),
        (">2 ng/mL", "1", None, False, "not accepted"),
        (">0.5 ng/mL", "1", None, None, "may not hold"),
        ("ND", "1", "0.5", True, "no more is left"),
        ("ND", "1", None, None, "cannot be compared"),
        ("1 ng/mL", "0", None, None, "cannot be compared"),
    ],
)
def test_more_measured_than_calculated_is_retention(
    printed: str, theoretical: str, loq: str | None, *, accepted: bool | None, words: str
) -> None:
    found = retention(result(printed), D(theoretical), None if loq is None else D(loq))
    assert found.theory_is_accepted is accepted
    assert words in found.reason


positive = st.decimals(min_value="0.001", max_value=1000, places=3)


@given(positive, positive)
def test_less_in_the_dose_never_has_a_smaller_margin(one: Decimal, other: Decimal) -> None:
    margins = [
        judge_theoretical(value, "ng/mL", DOSE, BSA, reagent_class="x").margin or D(0)
        for value in (min(one, other), max(one, other))
    ]
    assert margins[0] >= margins[1]


@given(positive, positive)
def test_a_non_detect_passes_only_where_its_limit_would(value: Decimal, volume: Decimal) -> None:
    dose = replace(DOSE, volume_ml=volume)
    exact = judge_measured(result(f"{value} ng/mL"), dose, BSA).verdict
    censored = judge_measured(result(f"<{value} ng/mL"), dose, BSA).verdict
    assert (censored is PASS) is (exact is PASS)
    assert censored is not FAIL
