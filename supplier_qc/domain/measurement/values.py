"""A printed result or limit, read into a value that never says more than the paper does."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from supplier_qc.domain.measurement.characters import folded, normalise
from supplier_qc.domain.measurement.comparators import ABOVE, BELOW, Comparator, split_comparator
from supplier_qc.domain.measurement.notation import MANTISSA, readings
from supplier_qc.domain.measurement.units import parse_unit

LONGEST_VALUE = 300  # longer cells are prose; reading them as a value would be a guess


class ValueKind(StrEnum):
    NUMBER = "number"
    RANGE = "range"
    CENSORED_LOW = "censored_low"  # "<" or "≤" a number: the truth lies below
    CENSORED_HIGH = "censored_high"  # ">" or "≥" a number: the truth lies above
    NOT_DETECTED = "not_detected"  # below a detection limit that is not printed as a number
    BELOW_LOQ = "below_loq"  # below a quantitation limit that is not printed as a number
    TEXT = "text"
    EMPTY = "empty"  # blank, or words that say there is no result
    AMBIGUOUS = "ambiguous"  # several readings; a person decides


@dataclass(frozen=True, slots=True)
class ReadValue:
    """What was read from `literal`, which is kept as printed.

    `value` is the number, the censoring limit, or the low end of a range whose other end is
    `high`. `alternatives` holds the readings of an ambiguous number.
    """

    literal: str
    kind: ValueKind
    comparator: Comparator | None = None
    value: Decimal | None = None
    high: Decimal | None = None
    unit_text: str | None = None
    note: str = ""
    alternatives: tuple[Decimal, ...] = ()


_DecimalComma = bool | None  # the notation of the document; None while undecided

_NO_RESULT = frozenset(
    {
        "", "-", "--", "---", "n/a", "na", "n.a", "none given", "not applicable", "not available",
        "not tested", "not determined", "not done", "not performed", "not reported", "pending",
        "to follow", "tbd", "t.b.d", "in progress", "see attached", "see attachment",
        "nicht zutreffend", "nicht gepruft", "entfallt", "sans objet", "non applicable",
        "non teste", "no aplica", "no aplicable", "non applicabile", "nao aplicavel",
        "nao se aplica",
    }
)  # fmt: skip
_NOT_DETECTED = re.compile(
    r"^(?:nd|n\.d\.?|n\.n\.?|none detected|not detected|not detectable|undetected|undetectable|"
    r"none found|bdl|below (?:the )?(?:limit of detection|detection limit|lod)|"
    r"<\s*l?lod|<\s*(?:the )?(?:limit of detection|detection limit|nwg)|"
    r"nicht nachweisbar|nicht nachgewiesen|nicht detektiert|non detecte[e]?|non detectable|"
    r"no detectado|no detectable|non rilevato|non rilevabile|nao detectado|nao detectavel|未检出)"
    r"(?![a-z0-9])\s*(?P<rest>.*)$"
)
_BELOW_LOQ = re.compile(
    r"^(?:detected,?\s*)?(?:blq|bql|"
    r"below (?:the )?(?:limit of quanti(?:ta|fica)tion|quanti(?:ta|fica)tion limit|l?loq)|"
    r"<\s*(?:the )?(?:l?loq|bg|limit of quanti(?:ta|fica)tion|quanti(?:ta|fica)tion limit|"
    r"bestimmungsgrenze))(?![a-z0-9])\s*(?P<rest>.*)$"
)
_NON_DETECTS = (
    (_NOT_DETECTED, ValueKind.NOT_DETECTED),
    (_BELOW_LOQ, ValueKind.BELOW_LOQ),
)
_AMBIGUOUS_ND = "Read as not detected; some laboratories write ND for not determined."


def _numeral(end: str) -> str:
    """The pattern of one number; `end` tells its groups from those of the other end."""
    return (
        rf"(?P<sign{end}>[+-]?)(?:10\s?\^\s?(?P<bare{end}>[+-]?[0-9]{{1,3}})|"
        rf"(?P<mantissa{end}>{MANTISSA})"
        rf"(?:[eE](?P<e{end}>[+-]?[0-9]{{1,3}})(?![0-9.,])|"
        rf"\s?[xX*·]\s?10\s?(?:\^|\*\*)\s?\(?(?P<times{end}>[+-]?[0-9]{{1,3}})\)?)?)"
    )


_SINGLE = re.compile(rf"^{_numeral('')}(?P<rest>.*)$", re.DOTALL)
_SEPARATOR = r"(?:\s*(?:-|~|…|\.\.\.?)\s*|\s+(?:to|bis|and|und|a|à|et|y|e|até|al|till)\s+)"
_RANGE = re.compile(
    rf"^{_numeral('1')}(?P<unit1>[^0-9]{{0,20}}?){_SEPARATOR}{_numeral('2')}(?P<rest>.*)$",
    re.DOTALL,
)
_PLUS_MINUS = re.compile(
    rf"^{_numeral('1')}\s*(?P<unit1>[^0-9±+]{{0,20}}?)\s*(?:±|\+/-|\+-)\s*"
    rf"{_numeral('2')}(?P<rest>.*)$",
    re.DOTALL,
)
_BETWEEN = re.compile(
    r"^(?:between|from|zwischen|von|entre|de|tra|da)\s*(?=[\d(.,+-])", re.IGNORECASE
)
_DATE = re.compile(r"^(?:19|20)[0-9]{2}-[0-9]{2}(?:-[0-9]{2})?$")
_LOST_POWER = re.compile(rf"^{MANTISSA}\s?[xX*·]\s?10(?:[eE]?[0-9]+)")
_BOTH_SIDES = re.compile(r"^(?P<first>.+?)\s*(?:,|;|\band\b|\bund\b|-|\s)\s*(?P<second>[<>≤≥=].+)$")
_UNIT_IN_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]\s*")
_ADDITION = re.compile(r"^(?P<unit>[^(]*?)\s*(?P<addition>\(.*\))$", re.DOTALL)


def read_value(text: str | None, *, decimal_comma: bool | None = None) -> ReadValue:
    """Read one printed result or limit; never raises, never alters the literal.

    `decimal_comma` is the notation decided for the whole document (see
    `notation.decide_notation`); while it is None, "1,234" and "1.234" stay ambiguous.
    """
    literal = text or ""
    printed = normalise(literal)
    words = folded(literal)
    if words in _NO_RESULT:
        note = f"“{printed}” states that there is no result." if printed else ""
        return ReadValue(literal, ValueKind.EMPTY, note=note)
    if len(printed) > LONGEST_VALUE:
        return ReadValue(literal, ValueKind.TEXT, note="Too long to be a value; kept as text.")
    return _read_non_detect(literal, words, decimal_comma) or _read_measured(
        literal, printed, decimal_comma
    )


def _read_non_detect(literal: str, words: str, decimal_comma: _DecimalComma) -> ReadValue | None:
    for pattern, kind in (
        (_NOT_DETECTED, ValueKind.NOT_DETECTED),
        (_BELOW_LOQ, ValueKind.BELOW_LOQ),
    ):
        found = pattern.match(words)
        if found is not None:
            return _non_detect(literal, kind, found, decimal_comma)
    return None


def _non_detect(
    literal: str,
    kind: ValueKind,
    found: re.Match[str],
    decimal_comma: _DecimalComma,
) -> ReadValue:
    comparator = Comparator.LESS_THAN if found[0].lstrip("detc, ").startswith("<") else None
    printed = normalise(literal)
    limit = re.search(r"[<≤].*[0-9].*$", printed) if found["rest"] else None
    if limit is not None:
        read = _read_measured(literal, limit[0].rstrip(")] "), decimal_comma)
        if read.kind is ValueKind.CENSORED_LOW:
            return replace(read, note="Not detected, below the printed limit.")
    notes = [_AMBIGUOUS_ND] if re.match(r"^n\.?d\b", folded(literal)) else []
    if found["rest"]:
        notes.append(f"The certificate prints “{printed}”.")
    return ReadValue(literal, kind, comparator=comparator, note=" ".join(notes))


def _read_measured(literal: str, printed: str, decimal_comma: _DecimalComma) -> ReadValue:
    body, unit_text = _lift_unit(printed)
    two_sided = _read_two_sided(literal, body, decimal_comma)
    if two_sided is not None:
        return two_sided
    comparator, rest = split_comparator(body)
    if unit_text is None and comparator is not None:
        rest, unit_text = _lift_unit(rest)
    if comparator is None:
        rest = _BETWEEN.sub("", rest)
        unit_text, rest = _leading_ph(rest, unit_text)
    read = _read_body(literal, rest, decimal_comma)
    return _with_comparator(read, comparator, unit_text)


def _lift_unit(printed: str) -> tuple[str, str | None]:
    """Take a bracketed unit out of a cell such as "NMT (cfu/g) 100,000"."""
    for found in _UNIT_IN_BRACKETS.finditer(printed):
        if found.end() < len(printed) and parse_unit(found[1]) is not None:
            before, after = printed[: found.start()], printed[found.end() :]
            return f"{before} {after}".strip(), found[1].strip()
    return printed, None


def _leading_ph(rest: str, unit_text: str | None) -> tuple[str | None, str]:
    acidity = re.match(r"^pH\s*[:=]?\s*(?=[0-9])", rest)
    return ("pH", rest[acidity.end() :]) if acidity and unit_text is None else (unit_text, rest)


def _read_two_sided(literal: str, body: str, decimal_comma: _DecimalComma) -> ReadValue | None:
    """Read "≥ 6.8 and ≤ 7.8" as a closed range; open ends are left to a person."""
    halves = _BOTH_SIDES.match(body)
    if halves is None:
        return None
    ends = []
    for half in (halves["first"], halves["second"]):
        comparator, rest = split_comparator(half.strip())
        ends.append(_with_comparator(_read_body(half, rest, decimal_comma), comparator, None))
    comparators = {end.comparator for end in ends}
    by_side = {end.kind: end for end in ends}
    low, high = by_side.get(ValueKind.CENSORED_HIGH), by_side.get(ValueKind.CENSORED_LOW)
    if low is None or high is None:
        return None
    if comparators != {Comparator.AT_LEAST, Comparator.AT_MOST}:
        return ReadValue(literal, ValueKind.TEXT, note="A range with open ends; enter it by hand.")
    return _range(literal, low.value, high.value, (low.unit_text, high.unit_text))


def _read_body(literal: str, body: str, decimal_comma: _DecimalComma) -> ReadValue:
    if _DATE.match(body):
        return ReadValue(literal, ValueKind.TEXT, note="Looks like a date; kept as text.")
    if _LOST_POWER.match(body) and "^" not in body and "**" not in body:
        note = f"“{body}” may be a power of ten whose superscript was lost; enter it by hand."
        return ReadValue(literal, ValueKind.AMBIGUOUS, note=note)
    tolerance = _PLUS_MINUS.match(body)
    if tolerance is not None:
        return _read_tolerance(literal, tolerance, decimal_comma)
    span = _RANGE.match(body)
    if span is not None and span["unit1"].strip() not in {"E", "e", "^"}:
        return _read_range(literal, span, decimal_comma)
    return _read_single(literal, body, decimal_comma)


def _read_single(literal: str, body: str, decimal_comma: _DecimalComma) -> ReadValue:
    single = _SINGLE.match(body)
    if single is None:
        return ReadValue(literal, ValueKind.TEXT)
    value = _number(single, "", decimal_comma)
    if isinstance(value, Decimal):
        return _with_rest(ReadValue(literal, ValueKind.NUMBER, value=value), single["rest"])
    return _with_rest(_open(literal, value), single["rest"])


def _read_range(literal: str, span: re.Match[str], decimal_comma: _DecimalComma) -> ReadValue:
    low, high = _number(span, "1", decimal_comma), _number(span, "2", decimal_comma)
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        return _range(literal, low, high, (span["unit1"], span["rest"]))
    return _open(literal, low, high)


def _number(
    found: re.Match[str],
    end: str,
    decimal_comma: _DecimalComma,
) -> Decimal | tuple[Decimal, ...]:
    """The value, or its readings when it is ambiguous, or () when it is no number."""
    sign = "-" if found[f"sign{end}"] == "-" else ""
    if found[f"bare{end}"] is not None:
        return Decimal(f"{sign}1E{found[f'bare{end}']}")
    power = found[f"e{end}"] or found[f"times{end}"] or "0"
    printed = readings(found[f"mantissa{end}"])
    settled = printed.settled(decimal_comma=decimal_comma)
    if settled is not None:
        return _scaled(sign, settled, power)
    return tuple(_scaled(sign, value, power) for value in printed.distinct)


def _scaled(sign: str, value: Decimal, power: str) -> Decimal:
    if int(power) == 0:
        return value.copy_negate() if sign else value
    return Decimal(f"{sign}{value:f}E{int(power)}")


def _open(literal: str, *ends: Decimal | tuple[Decimal, ...]) -> ReadValue:
    """Ambiguous where every end has a reading, text where one has none."""
    if () in ends:
        return ReadValue(literal, ValueKind.TEXT, note="Not a number as printed; kept as text.")
    alternatives = tuple(value for end in ends if isinstance(end, tuple) for value in end)
    readable = " or ".join(f"{value:f}" for value in alternatives)
    note = f"Read as {readable} it contradicts the decimal sign of the document."
    if len(alternatives) > 1:
        note = f"May be read as {readable}: the decimal sign is not certain."
    return ReadValue(literal, ValueKind.AMBIGUOUS, note=note, alternatives=alternatives)


def _read_tolerance(
    literal: str,
    found: re.Match[str],
    decimal_comma: _DecimalComma,
) -> ReadValue:
    centre, width = _number(found, "1", decimal_comma), _number(found, "2", decimal_comma)
    if not isinstance(centre, Decimal) or not isinstance(width, Decimal):
        return _open(literal, centre, width)
    if "%" in found["rest"]:
        note = "± percent may be of the value or of the whole; enter the range by hand."
        return ReadValue(literal, ValueKind.AMBIGUOUS, note=note)
    read = _range(literal, centre - width, centre + width, (found["unit1"], found["rest"]))
    return replace(read, note=f"± read as a range. {read.note}".strip())


def _range(
    literal: str,
    low: Decimal | None,
    high: Decimal | None,
    units: tuple[str | None, str | None],
) -> ReadValue:
    if low is None or high is None or low > high:
        note = "The first number is above the second, so this is no range; enter it by hand."
        return ReadValue(literal, ValueKind.AMBIGUOUS, note=note)
    read = ReadValue(literal, ValueKind.RANGE, value=low, high=high)
    first, last = ((unit or "").strip() or None for unit in units)
    if first is None or last is None:
        return _with_rest(read, first or last or "")
    if parse_unit(first) is None or parse_unit(first) != parse_unit(last):
        return ReadValue(literal, ValueKind.TEXT, note="The two ends carry different units.")
    return _with_rest(read, last)


def _with_rest(read: ReadValue, rest: str) -> ReadValue:
    """Keep what follows the number: a unit, an addition in brackets, or prose."""
    remainder = rest.strip()
    if read.kind is ValueKind.TEXT or not remainder.strip(".,;: "):
        return read
    if parse_unit(remainder) is not None:
        return replace(read, unit_text=remainder)
    parts = _ADDITION.match(remainder)
    if parts is not None and (not parts["unit"] or parse_unit(parts["unit"]) is not None):
        note = f"{read.note} The certificate adds: {parts['addition']}.".strip()
        return replace(read, unit_text=parts["unit"] or None, note=note)
    if re.search("[0-9]", remainder):
        return ReadValue(read.literal, ValueKind.TEXT, note="More than one number; kept as text.")
    note = f"{read.note} “{remainder}” is not a unit known here.".strip()
    return replace(read, unit_text=remainder, note=note)


def _with_comparator(
    read: ReadValue, comparator: Comparator | None, unit_text: str | None
) -> ReadValue:
    if read.kind is ValueKind.TEXT:
        return read
    named = replace(read, unit_text=read.unit_text or unit_text)
    if comparator is None:
        return named
    if read.kind is ValueKind.RANGE:
        note = "A comparator before a range has no clear meaning; enter it by hand."
        return ReadValue(read.literal, ValueKind.AMBIGUOUS, comparator=comparator, note=note)
    if read.kind is ValueKind.AMBIGUOUS:
        return replace(named, comparator=comparator)
    kind = ValueKind.NUMBER
    if comparator in BELOW:
        kind = ValueKind.CENSORED_LOW
    elif comparator in ABOVE:
        kind = ValueKind.CENSORED_HIGH
    return replace(named, kind=kind, comparator=comparator)
