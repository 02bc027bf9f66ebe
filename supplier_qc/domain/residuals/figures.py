"""How a figure is printed: in significant digits, and never as zero when it is not zero."""

from decimal import Decimal
from fractions import Fraction

_SIGNIFICANT = 4
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SMALLEST_PLAIN, _LARGEST_PLAIN = Decimal("0.0001"), Decimal(10) ** 9


def shown(value: Decimal, significant: int = _SIGNIFICANT) -> str:
    if value == 0:
        return "0"
    rounded = Decimal(f"{value:.{significant - 1}E}").normalize()
    if _SMALLEST_PLAIN <= abs(rounded) < _LARGEST_PLAIN:
        return f"{rounded:f}"
    digits, exponent = f"{rounded:E}".split("E")
    return f"{digits}×10{str(int(exponent)).translate(_SUPERSCRIPT)}"


def as_decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
