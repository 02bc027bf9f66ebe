"""What the words over a column mean, and the unit that may stand with them."""

import re
from functools import lru_cache

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.domain.measurement.units import parse_unit
from supplier_qc.extraction.claims import HeaderField
from supplier_qc.extraction.vocabulary import Column, key, labels_of, tokens, vocabulary

LONGEST_HEADING = 6  # words; column words are short
BRACKETED = re.compile(r"^(?P<before>.*?)\s*[(\[](?P<inside>[^()\[\]]*)[)\]]\s*$")
_TAIL_UNIT = re.compile(r"^(?P<before>.*?)(?:,\s*|\s+in\s+)(?P<inside>[^\s,]+)$")


@lru_cache(maxsize=20_000)
def match_column(text: str) -> tuple[tuple[Column, ...], bool, str | None]:
    """The meanings of a column word, whether it is wholly known, and a unit printed with it."""
    plain, unit = _without_unit(text)
    known = vocabulary().columns
    exact = known.get(key(plain)) or known.get(key(text))
    if exact:
        return exact, True, unit
    if is_unit(text.strip("()[] ")):
        return (Column.RESULT,), False, text.strip("()[] ")
    both = _of_two_languages(text)
    if both:
        return both, True, unit
    if any(label.field is HeaderField.LOT_NUMBER and label.strong for label in labels_of(plain)):
        return (Column.SAMPLE,), True, None
    return _by_parts(text, plain), False, unit


def _by_parts(text: str, plain: str) -> tuple[Column, ...]:
    """What the longest known part of an unknown column word means."""
    if is_result_of_a_lot(text):
        return (Column.RESULT,)
    words, known = tokens(plain), vocabulary().columns
    if not 1 < len(words) < LONGEST_HEADING or any(word.isdigit() for word in words):
        return ()
    parts = [
        found
        for length in range(len(words) - 1, 0, -1)
        for part in (words[-length:], words[:length])
        if (found := known.get(" ".join(part)))
    ]
    limits = [part for part in parts if Column.SPECIFICATION in part]
    return (limits or parts or [()])[0]


def _of_two_languages(text: str) -> tuple[Column, ...]:
    """The meanings that both halves of "Ergebnis / Result" have."""
    halves = re.split(r"\s*[/|]\s*", text)
    known = [vocabulary().columns.get(key(half), ()) for half in halves]
    if len(halves) == 1 or not all(known):
        return ()
    return tuple(column for column in known[0] if all(column in other for other in known[1:]))


def is_result_of_a_lot(text: str) -> bool:
    """A result column that names its lot, as in "Result TR-001" or "Lot # 0142"."""
    words = tokens(text)
    named = vocabulary().columns.get(words[0], ()) if words else ()
    digits = any(any(sign.isdigit() for sign in word) for word in words[1:])
    heads = Column.RESULT in named or any(
        label.field is HeaderField.LOT_NUMBER and label.strong
        for length in range(1, len(words))
        for label in labels_of(" ".join(words[:length]))
    )
    return heads and digits and len(text.split()) < LONGEST_HEADING


def _without_unit(text: str) -> tuple[str, str | None]:
    for pattern in (BRACKETED, _TAIL_UNIT):
        found = pattern.match(text.strip())
        if found and found["before"]:
            unit = found["inside"].strip()
            if is_unit(unit):
                return found["before"], unit
            if pattern is BRACKETED and not vocabulary().columns.get(key(text)):
                return found["before"], None
    return text, None


def is_unit(text: str) -> bool:
    return folded(text) in vocabulary().words["units"] or parse_unit(text) is not None
