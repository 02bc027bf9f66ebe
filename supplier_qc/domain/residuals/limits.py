"""A limit on what a dose may carry, and the concentration it allows."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from supplier_qc.domain.measurement.units import Unit, parse_unit
from supplier_qc.domain.residuals.figures import as_decimal, shown

_SECONDS_A_DAY, _GRAMS_A_KILOGRAM = 86_400, 1_000
_MARK_WORDS = {"C": "convention", "K": "unverified"}


@dataclass(frozen=True, slots=True)
class Dose:
    """What a patient receives: mL and cells a dose, kg of the lightest patient, doses a day."""

    volume_ml: Decimal
    lowest_patient_weight_kg: Decimal
    cells: Decimal | None = None
    doses_a_day: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class DoseLimit:
    """`unit` is an amount a dose (ng, ng/dose), a day (mg/day), a kilogram (g/kg) or a number of
    cells (beads/3x10^6 cells).

    `mark` is V, V2, K or C; what is marked K or C is never worded as a requirement.
    """

    amount: Decimal
    unit: str
    source: str
    mark: str

    @property
    def words(self) -> str:
        standing = _MARK_WORDS.get(self.mark)
        return f"{self.amount:f} {self.unit}" + (f" ({standing})" if standing else "")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount a dose in the base unit of `dimension`, exact."""

    base: Fraction
    dimension: str


class NotADose(Exception):
    """No amount a dose follows from the unit; the message is a sentence for the user."""


def dose_faults(dose: Dose) -> tuple[str, ...]:
    faults = []
    if dose.volume_ml <= 0:
        faults.append("The volume of a dose is not above zero.")
    if dose.lowest_patient_weight_kg <= 0:
        faults.append("The lowest patient weight is not above zero.")
    if dose.cells is not None and dose.cells <= 0:
        faults.append("The number of cells a dose is not above zero.")
    if dose.doses_a_day <= 0:
        faults.append("The number of doses a day is not above zero.")
    return tuple(faults)


def limit_faults(limit: DoseLimit | None) -> tuple[str, ...]:
    if limit is None:
        return ("There is no limit for this reagent.",)
    return () if limit.amount > 0 else ("The limit is not above zero.",)


def allowed_amount(limit: DoseLimit, dose: Dose) -> Amount:
    """What one dose may carry; raises NotADose when the limit or the dose gives no such amount."""
    faults = dose_faults(dose)
    if faults:
        raise NotADose(" ".join(faults))
    unit = parse_unit(limit.unit)
    if unit is None:
        raise NotADose(f"“{limit.unit}” of the limit is not a unit known here.")
    dimension, _, per = unit.dimension.partition("/")
    multiples = {
        "": Fraction(1),
        "dose": Fraction(1),
        "mass": Fraction(dose.lowest_patient_weight_kg) * _GRAMS_A_KILOGRAM,
        "time": Fraction(_SECONDS_A_DAY) / Fraction(dose.doses_a_day),
    }
    if dose.cells is not None:
        multiples["cell"] = Fraction(dose.cells)
    if per not in multiples:
        raise NotADose(f"A limit in {limit.unit} gives no amount for this dose.")
    return Amount(Fraction(limit.amount) * unit.factor * multiples[per], dimension)


def carried_amount(concentration: Decimal, unit_text: str | None, dose: Dose) -> Amount:
    """What one dose carries at `concentration`; raises NotADose when its unit gives none."""
    unit = parse_unit(unit_text)
    if unit is None:
        raise NotADose(f"“{unit_text or ''}” of the concentration is not a unit known here.")
    dimension, per = _numerator(unit)
    if per == "volume":
        share = Fraction(dose.volume_ml) / 1_000
    elif per == "cell" and dose.cells is not None:
        share = Fraction(dose.cells)
    else:
        raise NotADose(f"A concentration in {unit_text} gives no amount for this dose.")
    return Amount(Fraction(concentration) * unit.factor * share, dimension)


@dataclass(frozen=True, slots=True)
class AllowedDose:
    """The limit as an amount a dose, in `unit`, with the formula that gave it.

    `is_computed` is off where the limit is stated as an amount a dose already.
    """

    amount: Decimal
    unit: str
    formula: str
    is_computed: bool


def allowed_a_dose(limit: DoseLimit, dose: Dose) -> AllowedDose:
    """The limit for this dose; raises NotADose as `allowed_amount` does."""
    allowed = allowed_amount(limit, dose)
    symbol, unit = amount_unit(limit.unit)
    amount = in_unit(allowed, unit)
    stated = f"{limit.amount:f} {limit.unit}"
    multiple = _multiple_words(limit, dose)
    result = f" = {shown(amount)} {symbol}/dose" if multiple else ""
    formula = f"limit = {stated}{multiple}{result}"
    return AllowedDose(amount, f"{symbol}/dose", formula, is_computed=bool(multiple))


def _multiple_words(limit: DoseLimit, dose: Dose) -> str:
    """What the stated limit is multiplied with; empty for a limit that is already one a dose."""
    unit = parse_unit(limit.unit)
    per = "" if unit is None else unit.dimension.partition("/")[2]
    noun = "dose" if dose.doses_a_day == 1 else "doses"
    words = {
        "mass": f" × {shown(dose.lowest_patient_weight_kg)} kg",
        "time": f" / {shown(dose.doses_a_day)} {noun} a day",
        "cell": f" × {shown(dose.cells or Decimal(0))} cells",
    }
    return words.get(per, "")


def _numerator(unit: Unit) -> tuple[str, str]:
    dimension, _, per = unit.dimension.rpartition("/")
    return dimension, per


def amount_unit(text: str | None) -> tuple[str, Unit]:
    """The unit in which amounts a dose are printed beside a limit or concentration in `text`."""
    quotient = parse_unit(text)
    symbol = "" if quotient is None else quotient.symbol.split("/")[0].strip()
    if quotient is not None and quotient.dimension == "mass/volume" and "%" in symbol:
        symbol = "g"  # "% w/v" names no amount of its own
    unit = parse_unit(symbol)
    if unit is None:
        raise NotADose(f"“{text or ''}” is not a unit known here.")
    return symbol, unit


def in_unit(amount: Amount, unit: Unit) -> Decimal:
    return as_decimal(amount.base / unit.factor)


def allowed_concentration(limit: DoseLimit, unit_text: str, dose: Dose) -> Decimal:
    """C_allow = limit / V_dose in `unit_text`; a method has to quantify well below it."""
    allowed = allowed_amount(limit, dose)
    one = carried_amount(Decimal(1), unit_text, dose)
    if one.dimension != allowed.dimension:
        raise NotADose(f"{unit_text} and the limit in {limit.unit} do not measure the same thing.")
    return as_decimal(allowed.base / one.base)
