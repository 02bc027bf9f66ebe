"""How a reading is compared with what a person read: the definitions behind docs/accuracy.md.

A header field is right when it equals the truth or one of its `<field>_alt` readings after
normalising signs, spaces and case. A row is right when name and result are right, or name and
specification where the truth has no result. Rows of `optional_tests` are neither required nor
wrong; a truth with `_ignore_other_rows` counts no false rows.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

FIELDS = (
    "issuer",
    "product_name",
    "catalog_number",
    "lot_number",
    "manufacture_date",
    "expiry_or_retest_date",
    "release_date",
    "country_of_origin",
    "storage",
)
MORE_FIELDS = ("test_date", "purchase_order", "site", "signatory")
"""Read as well, and counted where the truth was made for them: in the generated corpus."""
ATTRIBUTES = ("method", "specification", "unit", "pass", "spec_min", "spec_max", "lot")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_AROUND_SIGNS = re.compile(r"\s*([-<>≤≥±/%:,()])\s*")
_Document = Mapping[str, Any]


class FieldOutcome(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"
    EXTRA = "extra"  # proposed where the document states none


@dataclass(slots=True)
class Score:
    """One document. `rows` holds, per predicted row, True, False, or None for not counted."""

    fields: dict[str, FieldOutcome] = field(default_factory=dict)
    rows_expected: int = 0
    rows_right: int = 0
    rows_false: int = 0
    rows: list[bool | None] = field(default_factory=list)
    attributes: dict[str, tuple[int, int]] = field(default_factory=dict)


def same(value: object) -> str:
    """One spelling for values that a reader of the page would call the same."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = unicodedata.normalize("NFKC", str(value)).replace("®", "").replace("™", "")
    text = _DASHES.sub("-", text).replace("µ", "μ")
    text = " ".join(text.split()).strip(":").strip().lower()
    return _AROUND_SIGNS.sub(r"\1", text).rstrip(".")


def accepted(truth: _Document, name: str) -> set[str]:
    return {same(truth.get(name)), *map(same, truth.get(f"{name}_alt", ()))}


def score(predicted: _Document, truth: _Document, names: Sequence[str] = FIELDS) -> Score:
    """Compare a reading with what a person read; `names` are the header fields that count."""
    found = Score(fields=_fields(predicted, truth, names))
    tests: Sequence[_Document] = predicted.get("tests") or ()
    expected: Sequence[_Document] = truth.get("tests", ())
    pairs = _matched(tests, expected)
    optional = _optional(tests, truth.get("optional_tests", ()), {number for _, number in pairs})
    ignored = bool(truth.get("_ignore_other_rows"))
    hits = {number for _, number in pairs}
    found.rows = [
        True if number in hits else None if number in optional or ignored else False
        for number in range(len(tests))
    ]
    found.rows_expected, found.rows_right = len(expected), len(pairs)
    found.rows_false = found.rows.count(False)
    found.attributes = _attributes([(row, tests[number]) for row, number in pairs])
    return found


def _fields(
    predicted: _Document,
    truth: _Document,
    names: Sequence[str],
) -> dict[str, FieldOutcome]:
    outcomes = {}
    for name in names:
        wanted, given = truth.get(name), predicted.get(name)
        if wanted and given:
            right = same(given) in accepted(truth, name)
            outcomes[name] = FieldOutcome.RIGHT if right else FieldOutcome.WRONG
        elif wanted or given:
            outcomes[name] = FieldOutcome.MISSING if wanted else FieldOutcome.EXTRA
    return outcomes


def _matched(
    tests: Sequence[_Document],
    expected: Sequence[_Document],
) -> list[tuple[_Document, int]]:
    used: set[int] = set()
    pairs = []
    for row in expected:
        value = "specification" if row.get("result") in {None, ""} else "result"
        names, values = accepted(row, "name"), accepted(row, value)
        for number, test in enumerate(tests):
            fits = same(test.get("name")) in names and same(test.get(value)) in values
            if fits and number not in used:
                used.add(number)
                pairs.append((row, number))
                break
    return pairs


def _optional(
    tests: Sequence[_Document],
    optional: Sequence[_Document],
    used: set[int],
) -> set[int]:
    spared: set[int] = set()
    for row in optional:
        names = accepted(row, "name")
        free = (number for number in range(len(tests)) if number not in used | spared)
        spared |= set([number for number in free if same(tests[number].get("name")) in names][:1])
    return spared


def _attributes(pairs: Sequence[tuple[_Document, _Document]]) -> dict[str, tuple[int, int]]:
    counts = {}
    for name in ATTRIBUTES:
        judged = [
            same(test.get(name)) in accepted(row, name)
            for row, test in pairs
            if row.get(name) not in {None, ""}
            and not (name == "specification" and row.get("result") in {None, ""})
        ]
        if judged:
            counts[name] = (sum(judged), len(judged))
    return counts
