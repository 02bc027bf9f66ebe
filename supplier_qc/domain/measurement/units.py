"""Units of the field: a dimension and an exact factor each, and what their spellings mean.

A general unit library reads "EU/mL" as exa-enzyme-units per millilitre and does not know CFU or
mOsm, so the table is our own. Endotoxin units (EU), international units (IU) and enzyme units (U)
are three dimensions: none converts into another unless a specification states a factor.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from supplier_qc.domain.measurement.characters import normalise
from supplier_qc.domain.measurement.unit_table import ROWS

TEMPERATURE = "temperature"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit; `value * factor + offset` is the value in the base unit of its dimension."""

    symbol: str
    dimension: str
    factor: Fraction
    offset: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Equivalence:
    """A factor that a specification states: 1 `one` = `factor` `other`, with its ground.

    Examples: 1 EU = 1 IU for an endotoxin standard; 1 ppm = 1 mg/kg where ppm is by mass.
    """

    one: str
    factor: Decimal
    other: str
    ground: str


class UnitsDiffer(Exception):
    """Two units do not measure the same thing; the message is a sentence for the user."""

    def __init__(self, source: Unit, target: Unit) -> None:
        super().__init__(
            f"{source.symbol} ({source.dimension}) cannot be converted to "
            f"{target.symbol} ({target.dimension})."
        )


def _by_spelling() -> tuple[dict[str, Unit], dict[str, set[Unit]]]:
    exact: dict[str, Unit] = {}
    blind: dict[str, set[Unit]] = {}
    for symbol, dimension, factor, offset, spellings in ROWS:
        unit = Unit(symbol, dimension, Fraction(factor), Fraction(offset))
        for spelling in (symbol, *spellings):
            key = _key(spelling)
            exact[key] = unit
            blind.setdefault(key.casefold(), set()).add(unit)
    return exact, blind


def _key(text: str) -> str:
    return re.sub(r"[\s.^_]", "", normalise(text)).replace("μ", "u")


_EXACT, _BLIND = _by_spelling()
_BRACKETS = re.compile(r"^[(\[](.*)[)\]]$")
_NEGATIVE_POWER = re.compile(r"\s*[·*]?\s*([A-Za-zμ]+)\s*\^?-1(?![0-9])")
_PER = re.compile(r"\s+(?:per|pro|par|por|je)\s+", re.IGNORECASE)
_WATER = re.compile(r"\s*\(?(?:H2O|water|Wasser)\)?$", re.IGNORECASE)
_COUNT = re.compile(
    r"^(?:x\s*)?(?P<digits>[0-9]+)?\s*"
    r"(?:(?:x\s*)?10\s*\^\s*(?P<power>[0-9]{1,2})|(?P<million>million|mio\.?))?\s*"
    r"(?P<rest>[^0-9^].*)$",
    re.IGNORECASE,
)


def parse_unit(text: str | None) -> Unit | None:
    """The unit that `text` names, or None when it names none that is known.

    Case decides where it must (M and m, MU and mU); elsewhere it is ignored when only one unit
    fits. Quotients may count their parts: "CFU/100 mL", "ng/10^6 cells", "EU/kg/h".
    """
    if text is None:
        return None
    printed = _without_decoration(text)
    whole = _named(printed)
    if whole is not None:
        return whole
    numerator, *denominators = [_counted(part.strip()) for part in printed.split("/")]
    if numerator is None or not denominators:
        return numerator
    for denominator in denominators:
        if denominator is None or TEMPERATURE in (numerator.dimension, denominator.dimension):
            return None
        numerator = Unit(
            f"{numerator.symbol}/{denominator.symbol}",
            f"{numerator.dimension}/{denominator.dimension}",
            numerator.factor / denominator.factor,
        )
    return numerator


def _without_decoration(text: str) -> str:
    printed = normalise(text)
    inner = _BRACKETS.match(printed)
    printed = _PER.sub("/", inner[1].strip() if inner else printed)
    return _WATER.sub("", _NEGATIVE_POWER.sub(r"/\1", printed))


def _named(text: str) -> Unit | None:
    key = _key(text)
    if key in _EXACT:
        return _EXACT[key]
    fitting = _BLIND.get(key.casefold(), set())
    return next(iter(fitting)) if len(fitting) == 1 else None


def _counted(text: str) -> Unit | None:
    """A unit with a count before it, as in "100 mL" or "10^6 cells"."""
    unit = _named(text)
    if unit is not None:
        return unit
    counted = _COUNT.match(text)
    if counted is None:
        return None
    unit = _named(counted["rest"])
    count = int(counted["digits"] or 1) * 10 ** _power(counted)
    if unit is None or count == 0 or unit.dimension == TEMPERATURE:
        return None
    return Unit(f"{count} {unit.symbol}", unit.dimension, unit.factor * count)


def _power(counted: re.Match[str]) -> int:
    return 6 if counted["million"] else int(counted["power"] or 0)


def convert(
    value: Decimal, source: Unit, target: Unit, stated: Iterable[Equivalence] = ()
) -> Decimal:
    """`value` of `source` expressed in `target`, exact wherever the result has 60 digits or fewer.

    Raises UnitsDiffer when the dimensions differ and no stated equivalence bridges them.
    """
    if source.dimension == target.dimension:
        return _rescaled(value, source, target)
    for equivalence in stated:
        bridged = _bridge(value, source, target, equivalence)
        if bridged is not None:
            return bridged
    raise UnitsDiffer(source, target)


def _rescaled(value: Decimal, source: Unit, target: Unit) -> Decimal:
    if source == target:
        return value
    factor = source.factor / target.factor
    shift = (source.offset - target.offset) / target.factor
    with localcontext() as context:
        context.prec = 60
        scaled = value * factor.numerator / factor.denominator
        return scaled + Decimal(shift.numerator) / shift.denominator if shift else scaled


def _bridge(value: Decimal, source: Unit, target: Unit, equivalence: Equivalence) -> Decimal | None:
    """Replace the stated unit, alone or as the numerator of a quotient, and convert the rest."""
    one, other = parse_unit(equivalence.one), parse_unit(equivalence.other)
    if one is None or other is None:
        return None
    forward, backward = equivalence.factor, 1 / equivalence.factor
    for known, new, factor in ((one, other, forward), (other, one, backward)):
        if source.dimension == known.dimension or source.dimension.startswith(
            f"{known.dimension}/"
        ):
            dimension = new.dimension + source.dimension.removeprefix(known.dimension)
            if dimension == target.dimension:
                scale = source.factor / known.factor * new.factor
                return _rescaled(value * factor, Unit(source.symbol, dimension, scale), target)
    return None
