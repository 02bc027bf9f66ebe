"""Decimal comma or decimal point: decided for a document from evidence, never guessed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from supplier_qc.domain.measurement.characters import normalise

MANTISSA = r"[.,]?[0-9]+(?:[.,'][0-9]+|[ ][0-9]{3}(?![0-9]))*"
_SPACED_GROUPS = re.compile(r"^[1-9][0-9]{0,2}(?:[ '][0-9]{3})+(?=[.,]|$)")
_NUMBER = re.compile(rf"(?<![0-9A-Za-z.,]){MANTISSA}(?![0-9A-Za-z]*[.,/][0-9])")


@dataclass(frozen=True, slots=True)
class Readings:
    """What a printed number can mean: none (no number), one, or several (ambiguous)."""

    with_point: Decimal | None  # "." is the decimal sign, "," groups thousands
    with_comma: Decimal | None  # "," is the decimal sign, "." groups thousands

    @property
    def distinct(self) -> tuple[Decimal, ...]:
        found = [value for value in (self.with_point, self.with_comma) if value is not None]
        return tuple(dict.fromkeys(found))

    def settled(self, *, decimal_comma: bool | None) -> Decimal | None:
        """The value under the document's notation; None when it cannot be settled.

        A number that contradicts the notation decided for the document stays open, since either
        the number or the decision is wrong.
        """
        if decimal_comma is None:
            return self.distinct[0] if len(self.distinct) == 1 else None
        return self.with_comma if decimal_comma else self.with_point


def readings(printed: str) -> Readings:
    """Both readings of an unsigned number without exponent."""
    grouped = _SPACED_GROUPS.match(printed)
    if grouped is not None:
        joined = re.sub("[ ']", "", grouped[0])
        tail = printed[grouped.end() :]
        return Readings(_plain(joined + tail, "."), _plain(joined + tail, ","))
    return Readings(_read(printed, ".", ","), _read(printed, ",", "."))


def _plain(digits: str, decimal_sign: str) -> Decimal | None:
    whole = re.fullmatch(rf"([0-9]*)(?:[{decimal_sign}]([0-9]+))?", digits)
    if whole is None or not (whole[1] or whole[2]):
        return None
    return Decimal(f"{whole[1] or '0'}.{whole[2]}" if whole[2] else whole[1])


def _read(printed: str, decimal_sign: str, group_sign: str) -> Decimal | None:
    if group_sign not in printed:
        return _plain(printed, decimal_sign)
    groups = rf"[1-9][0-9]{{0,2}}(?:[{group_sign}][0-9]{{3}})+(?:[{decimal_sign}][0-9]+)?"
    if re.fullmatch(groups, printed) is None:
        return None
    return _plain(printed.replace(group_sign, ""), decimal_sign)


@dataclass(frozen=True, slots=True)
class NotationEvidence:
    """The notation of one document and the printed numbers that prove it."""

    decimal_comma: bool | None
    comma_proofs: tuple[str, ...]
    point_proofs: tuple[str, ...]
    note: str


def decide_notation(texts: Iterable[str]) -> NotationEvidence:
    """Decide a document's decimal sign from the numbers that can be read in one way only."""
    comma: dict[str, None] = {}
    point: dict[str, None] = {}
    for text in texts:
        for found in _NUMBER.finditer(normalise(text)):
            both = readings(found[0])
            if both.with_point is None and both.with_comma is not None:
                comma[found[0]] = None
            elif both.with_comma is None and both.with_point is not None:
                point[found[0]] = None
    return _decided(tuple(comma), tuple(point))


def _decided(comma: tuple[str, ...], point: tuple[str, ...]) -> NotationEvidence:
    if comma and point:
        note = f"Both notations occur: {comma[0]} and {point[0]}. Nothing was decided."
        return NotationEvidence(None, comma, point, note)
    if not comma and not point:
        return NotationEvidence(None, (), (), "No printed number proves the decimal sign.")
    sign, proof = ("comma", comma[0]) if comma else ("point", point[0])
    note = f"The document writes a decimal {sign}: {proof} can be read in no other way."
    return NotationEvidence(bool(comma), comma, point, note)
