"""One reagent from its start concentration to the judgement that counts."""

from decimal import Decimal

import pytest

from supplier_qc.domain.residuals.assessment import Measurement, Reagent, assess
from supplier_qc.domain.residuals.dose import Basis
from supplier_qc.domain.residuals.figures import shown
from supplier_qc.domain.residuals.kinds import StepKind
from supplier_qc.domain.residuals.limits import Dose, DoseLimit, allowed_a_dose
from supplier_qc.domain.residuals.wash import ClearanceStep, batch_wash, parameters_in_words
from supplier_qc.domain.specification.verdicts import Verdict

D = Decimal
DOSE = Dose(volume_ml=D(40), lowest_patient_weight_kg=D(10), cells=D(80_000_000))
LIMIT = DoseLimit(D(50), "ng/dose", "a vaccine standard, by analogy", "V")
WASHES = [batch_wash(f"Wash {n}", D(20), D(500)) for n in (1, 2, 3)]
IMPOSSIBLE = ClearanceStep("Wash", StepKind.BATCH_WASH, residual_volume_ml=D(0))


def reagent(measurement: Measurement | None = None, start: str = "500") -> Reagent:
    return Reagent("small_molecule", D(start), "µg/mL", measurement)


def test_three_washes_leave_a_twenty_fifth_cubed_in_the_dose() -> None:
    found = assess(reagent(), WASHES, DOSE, LIMIT)
    # 500 µg/mL × (20/500)^3 = 0.032 µg/mL; × 40 mL = 1.28 µg = 1280 ng
    assert found.trace is not None
    assert found.trace.end == D("0.032")
    assert found.theoretical.amount == D(1280)
    assert found.theoretical.amount_unit == "ng/dose"
    assert found.theoretical.verdict is Verdict.FAIL


def test_a_measurement_counts_before_the_calculation() -> None:
    found = assess(reagent(Measurement("<0.5", "ng/mL", D("0.5"))), WASHES, DOSE, LIMIT)
    assert found.theoretical.verdict is Verdict.FAIL
    assert found.decisive.basis is Basis.MEASURED
    assert found.decisive.verdict is Verdict.PASS
    assert assess(reagent(), WASHES, DOSE, LIMIT).decisive.basis is Basis.THEORETICAL


@pytest.mark.parametrize(
    ("literal", "unit", "ratio", "accepted"),
    [
        ("64", "ng/mL", "2", False),  # the calculation says 32 ng/mL
        ("16", "ng/mL", "0.5", True),
        ("0.016", "mg/L", "0.5", True),
        ("16", "IU/mL", None, None),
        ("16", "wibbles", None, None),
    ],
)
def test_measured_and_calculated_are_compared_in_one_unit(
    literal: str, unit: str, ratio: str | None, *, accepted: bool | None
) -> None:
    found = assess(reagent(Measurement(literal, unit)), WASHES, DOSE, LIMIT).retention
    assert found is not None
    assert found.ratio == (None if ratio is None else D(ratio))
    assert found.theory_is_accepted is accepted


def test_an_impossible_step_leaves_the_calculation_open_and_the_measurement_standing() -> None:
    measured = Measurement("<0.5", "ng/mL", D("0.5"))
    found = assess(reagent(measured), [IMPOSSIBLE], DOSE, LIMIT)
    assert found.trace is None
    assert found.theoretical.verdict is Verdict.NOT_EVALUABLE
    assert found.theoretical.reasons == ("Wash: the added volume is missing.",)
    assert found.decisive.verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("literal", "unit", "printed"),
    [
        ("<1.0", "ng/mL", "< 40 ng/dose"),
        ("1", "ng per mL", "40 ng/dose"),
        ("1", "ng/10^6 cells", "80 ng/dose"),
        ("7.5", "% w/v", "3 g/dose"),
        ("7.5", "ng", "7.5 ng"),
    ],
)
def test_without_a_limit_the_amount_is_told_and_never_passes(
    literal: str, unit: str, printed: str
) -> None:
    found = assess(reagent(Measurement(literal, unit)), WASHES, DOSE, None)
    assert found.measured is not None
    assert found.measured.printed == printed
    assert found.measured.verdict is Verdict.NOT_EVALUABLE
    assert "There is no limit for this reagent." in found.measured.reasons


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        ("50", "ng/dose", "limit = 50 ng/dose"),
        ("50", "ng", "limit = 50 ng"),
        ("1", "g/kg", "limit = 1 g/kg × 10 kg = 10 g/dose"),
        ("50", "mg/day", "limit = 50 mg/day / 1 dose a day = 50 mg/dose"),
        (
            "100",
            "beads/3x10^6 cells",
            "limit = 100 beads/3x10^6 cells × 80000000 cells = 2667 beads/dose",
        ),
    ],
)
def test_the_limit_of_a_dose_is_derived_in_words(amount: str, unit: str, words: str) -> None:
    assert allowed_a_dose(DoseLimit(D(amount), unit, "source", "V"), DOSE).formula == words


def test_a_limit_a_kilogram_shows_how_it_became_a_limit_a_dose() -> None:
    limit = DoseLimit(D(1), "g/kg", "practice", "V")
    found = assess(Reagent("small_molecule", D("82.5"), "mg/mL"), [], DOSE, limit)
    assert found.theoretical.formulae == (
        "M = C × dose = 82.5 mg/mL × 40 mL = 3.3 g/dose",
        "limit = 1 g/kg × 10 kg = 10 g/dose",
        "margin = limit / M = 10 / 3.3 = 3.03",
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [("0.00123456", "0.00123"), ("1280", "1280"), ("1284.6", "1280"), ("0", "0"),
     ("0.0000123456", "1.23×10⁻⁵")],
)  # fmt: skip
def test_three_figures_never_round_to_zero(value: str, words: str) -> None:
    assert shown(D(value), 3) == words


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (batch_wash("W", D(20), D(500)), "20 mL left, 480 mL added, 500 mL in total"),
        (
            batch_wash("W", D(20), D(500), D("0.9")),
            "20 mL left, 480 mL added, 500 mL in total; efficiency 0.9",
        ),
        (
            ClearanceStep("E", StepKind.MEDIUM_EXCHANGE, exchanged_fraction=D("0.995")),
            "99.5 % of the medium exchanged",
        ),
        (
            ClearanceStep("F", StepKind.DIAFILTRATION, diavolumes=D(5), sieving=D("0.9")),
            "5 diavolumes, sieving coefficient 0.9",
        ),
    ],
)
def test_a_step_is_told_with_the_parameters_of_its_kind(step: ClearanceStep, words: str) -> None:
    assert parameters_in_words(step) == words
