"""Signs that recognition confuses: which may be mended, and which have to be doubted.

Mended is only what can be nothing else on a certificate: the joined sign for degrees, and a zero
between the letters of a unit that is known with the letter and unknown with the zero. Everything
else that looks like a confusion stays as it was recognised and is named: below 200 dpi "<26.4 IU"
was seen as "<26.41u" with a confidence of 0.94, so no score tells such readings apart.
"""

import re
from collections.abc import Iterator

from supplier_qc.domain.measurement.characters import normalise
from supplier_qc.domain.measurement.units import parse_unit
from supplier_qc.domain.measurement.values import ValueKind, read_value

LONGEST_UNIT = 15  # signs; what is longer is words
_DEGREES = re.compile("°?(?P<joined>[℃℉])")
_ZERO_IN_LETTERS = re.compile(r"(?<=[A-Za-zµμ])0(?=[A-Za-zµμ])")
_NUMBER_AND_TAIL = re.compile(r"^(?P<number>[^A-Za-zµμ]*)(?P<tail>[A-Za-zµμ]\S*)$")

_NUMERAL = r"[0-9]+(?:[.,][0-9]+)*"
_LETTER_FOR_SIGN = re.compile(rf"^(?P<sign>[sSzZcCkKvVL€£«»‹›({{\[])\s?{_NUMERAL}\b")
_STROKE_APART = re.compile(r"(?P<sign>[<>])\s*(?P<stroke>[_\-–—.~])\s*[0-9]")
_TWO_SIGNS = re.compile(r"[<>≤≥]\s*[<>≤≥]")
_SIGN_WITHOUT_NUMBER = re.compile(r"[<>≤≥]\s*$")
_LETTER_IN_NUMBER = re.compile(
    r"(?<![A-Za-z])(?:[0-9]+[.,]?[OolI|S][0-9.,]|[0-9]+[.,][OolI|]+(?![A-Za-z])|"
    r"[OolI|][.,][0-9])"
)
_ONE_FOR_UNIT = re.compile(r"(?<![\w.,])[1l|]U(?![A-Za-z])")
_ONE_OR_LETTER = re.compile(r"[0-9][.,]?[0-9]*1[UuL](?:\b|/)")
_GLUED = re.compile(rf"{_NUMERAL}(?P<unit>[A-Za-zµμ][^\s;,()<>≤≥±]*)")
_APART = re.compile(rf"{_NUMERAL}\s+(?P<unit>[A-Za-zµμ%°][^\s;,()<>≤≥±]*)\s*$")
_POWER = re.compile(r"^[eExX*·][+\-^]?[0-9]")

# Units are counted ("CFU/100 mL"), so that "1U/mL" is a unit; it is enzyme units and not IU.
_ONE_FOR_IU = "“{}” may be international units (IU): compare the sign before U with the image."


def mended(text: str) -> str:
    """`text` with signs that can be nothing else written as they are printed; see above."""
    plain = _DEGREES.sub(lambda found: normalise(found["joined"]), text)
    if _ZERO_IN_LETTERS.search(plain) is None:
        return plain
    return re.sub(r"\S+", lambda word: _with_letter(word[0]), plain)


def _with_letter(word: str) -> str:
    """The word with "O" for "0" where only that makes its end a unit, as in "290m0sm/kg"."""
    parts = _NUMBER_AND_TAIL.match(word)
    if parts is None or parse_unit(parts["tail"]) is not None:
        return word
    for letter in "Oo":
        tail = _ZERO_IN_LETTERS.sub(letter, parts["tail"])
        unit = parse_unit(tail)
        if unit is not None and (unit.symbol == tail or letter == "o"):
            return parts["number"] + tail
    return word


def doubts_of(literal: str) -> tuple[str, ...]:
    """Why a recognised result or limit may not be what is printed; empty when nothing shows.

    Sentences for the reviewer. The literal is never changed: a doubtful comparator is not guessed.
    """
    return tuple(dict.fromkeys([*_comparator_doubts(literal), *_number_doubts(literal)]))


def doubts_of_unit(literal: str) -> tuple[str, ...]:
    """Why a recognised unit may not be what is printed, such as one that is not known."""
    if _ONE_FOR_UNIT.search(literal):
        return (_ONE_FOR_IU.format(literal),)
    return () if parse_unit(literal) is not None else (_stranger(literal),)


def _comparator_doubts(literal: str) -> Iterator[str]:
    letter = _LETTER_FOR_SIGN.match(literal)
    if letter is not None and read_value(literal).kind is ValueKind.TEXT:
        yield f"“{letter['sign']}” before the number in “{literal}” may be <, ≤, > or ≥."
    stroke = _STROKE_APART.search(literal)
    if stroke is not None:
        both = {"<": "≤", ">": "≥"}[stroke["sign"]]
        yield f"“{stroke['sign']}{stroke['stroke']}” in “{literal}” may be “{both}”."
    if _TWO_SIGNS.search(literal):
        yield f"“{literal}” has two comparators in a row."
    if _SIGN_WITHOUT_NUMBER.search(literal):
        yield f"“{literal}” ends with a comparator whose number was not recognised."


def _number_doubts(literal: str) -> Iterator[str]:
    if _LETTER_IN_NUMBER.search(literal):
        yield f"“{literal}” has a letter inside a number: it may be 0 or 1."
    if _ONE_OR_LETTER.search(literal):
        yield f"The last 1 of the number in “{literal}” may be the I of the unit."
    if _ONE_FOR_UNIT.search(literal):
        yield _ONE_FOR_IU.format(literal)
    yield from (_stranger(unit) for unit in _units_in(literal) if parse_unit(unit) is None)


def _units_in(literal: str) -> Iterator[str]:
    """What stands where a unit stands: glued to a number, or as the only word behind it."""
    for found in _GLUED.finditer(literal):
        unit = found["unit"]
        # An ordinal or a code ("2nd", "9990A") is no measured value.
        is_value = _starts_value(literal, found.start())
        if is_value and not _POWER.match(unit) and len(unit) <= LONGEST_UNIT:
            yield unit
    apart = _APART.search(literal)
    if apart is not None and _starts_value(literal, apart.start()):
        unit = apart["unit"].rstrip(".")
        if len(unit) <= LONGEST_UNIT and _looks_like_unit(unit):
            yield unit


def _starts_value(literal: str, start: int) -> bool:
    """Whether nothing but signs and other numbers stands before the number."""
    return re.search(r"[^\W\d_]{2}", literal[:start]) is None


def _looks_like_unit(word: str) -> bool:
    """Unlike a plain word: with a stroke or a digit, with capitals inside, or hardly a letter."""
    return bool(re.search(r"[/0-9%°]|[a-zµμ][A-Z]|[A-Z]{2}", word)) or len(word) < 4


def _stranger(unit: str) -> str:
    return f"“{unit}” is no unit that is known here: compare it with the image."
