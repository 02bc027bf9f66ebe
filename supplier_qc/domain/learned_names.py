"""What a reviewer taught about a vendor's certificates: words of theirs and what we call it.

A taught name only ever changes a proposal. It gives way to a name that is exactly ours, it turns
no number, and what is confirmed stays as it was confirmed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from supplier_qc.domain.measurement.characters import folded, normalise
from supplier_qc.domain.measurement.units import Unit, parse_unit
from supplier_qc.domain.specification.matching import match_tests, normalised_name

LONGEST_PRINTED = 300
LONGEST_MEANING = 300


class NameKind(StrEnum):
    """What kind of word was taught."""

    TEST_NAME = "test_name"  # their test -> the attribute of our specification
    METHOD = "method"  # their wording of a method -> ours
    UNIT = "unit"  # their spelling -> a unit of the table
    HEADER_WORD = "header_word"  # a printed label -> the header field it stands before
    LETTERHEAD = "letterhead"  # a printed issuer -> the vendor it belongs to


FOR_ALL_ITEMS = frozenset({NameKind.HEADER_WORD, NameKind.LETTERHEAD})
"""Needed before the item is known, so they cannot be narrowed to one."""


@dataclass(frozen=True, slots=True)
class TaughtName:
    """One word of one vendor; `item_id` None means all items of it."""

    kind: NameKind
    printed: str
    meaning: str
    item_id: int | None = None


@dataclass(frozen=True, slots=True)
class RecordedName(TaughtName):
    """A taught name on file under its number."""

    id: int = 0


def printed_key(kind: NameKind, printed: str) -> str:
    """What makes two printed words the same one; the case of a unit tells units apart."""
    return normalise(printed) if kind is NameKind.UNIT else normalised_name(printed)


def same_name(kind: NameKind, one: str, other: str) -> bool:
    return printed_key(kind, one) == printed_key(kind, other)


def means_the_same(one: TaughtName, other: TaughtName) -> bool:
    """Of two names of one word; a letterhead means its vendor, whatever it was called then."""
    return one.kind is NameKind.LETTERHEAD or one.meaning == other.meaning


def name_problems(name: TaughtName) -> tuple[str, ...]:
    """Every reason why a name cannot be taught; empty when it can."""
    return tuple(_name_problems(name))


def _name_problems(name: TaughtName) -> Iterator[str]:
    printed, meaning = name.printed.strip(), name.meaning.strip()
    if not printed_key(name.kind, printed):
        yield f"“{printed}” holds no letter or figure to know it by."
        return
    if not meaning:
        yield f"Say what “{printed}” means."
        return
    if max(len(printed), len(meaning)) > LONGEST_PRINTED:
        yield f"“{printed[:40]}…” is too long; at most {LONGEST_PRINTED} characters are kept."
    if name.item_id is not None and name.kind in FOR_ALL_ITEMS:
        yield f"“{printed}” is needed before the item is known; it holds for the whole vendor."
    if name.kind is NameKind.UNIT:
        yield from unit_problems(printed, meaning)
    elif same_name(name.kind, printed, meaning):
        yield f"“{printed}” and “{meaning}” are the same name already."


_MULTIPLIES = frozenset(
    {"log", "log10", "lg", "ln", "x", "thousand", "million", "millions", "mio", "billion", "tsd"}
    | {"tausend", "mille", "dozen", "hundred"}
)
"""Words beside a unit that change the number before it."""

_FIGURES = re.compile(r"[0-9]+")
_WORDS = re.compile(r"[^\s()\[\],;]+")


def unit_problems(printed: str, meaning: str) -> Iterator[str]:
    """Why a printed unit cannot stand for one of ours; an alias never turns a number.

    Each part of the quotient that names a unit has to name the very unit of our part, so that
    neither the dimension nor the factor changes.
    """
    if parse_unit(printed) is not None:
        yield f"“{printed}” is a unit already and is read as it is printed."
        return
    if parse_unit(meaning) is None:
        yield f"“{meaning}” is no unit of the unit table."
        return
    if _figures(printed) != _figures(meaning) or _multiplies(printed):
        yield (
            f"“{printed}” changes the number before it, which a name of a unit may not; convert "
            "the result in its row instead."
        )
    theirs, ours = _parts(printed), _parts(meaning)
    for place, part in enumerate(theirs):
        expected = parse_unit(ours[place]) if place < len(ours) else None
        for named in _units_in(part):
            if expected is None or not _is_same(named, expected):
                yield f"“{printed}” names {named.symbol}, which is not a part of {meaning}."


def _figures(text: str) -> Counter[str]:
    return Counter(_FIGURES.findall(normalise(text)))


def _multiplies(text: str) -> bool:
    return any(word in _MULTIPLIES for word in re.findall(r"[^\W_]+", folded(text)))


def _parts(text: str) -> list[str]:
    """The parts of a quotient: "EU per mL" and "EU/mL" have two."""
    return re.split(r"/|\s(?:per|pro|par|por|je)\s", normalise(text))


def _units_in(part: str) -> Iterator[Unit]:
    """The units that a part names; of overlapping ones the longest."""
    words = _WORDS.findall(part)
    start = 0
    while start < len(words):
        for end in range(len(words), start, -1):
            named = parse_unit(" ".join(words[start:end]))
            if named is not None:
                yield named
                start = end
                break
        else:
            start += 1


def _is_same(one: Unit, other: Unit) -> bool:
    return (one.dimension, one.factor, one.offset) == (other.dimension, other.factor, other.offset)


@dataclass(frozen=True, slots=True)
class VendorNames:
    """The names in force for one item: the vendor's, with those of the item before them."""

    by_key: Mapping[tuple[NameKind, str], RecordedName]

    def found(self, kind: NameKind, printed: str | None) -> RecordedName | None:
        return self.by_key.get((kind, printed_key(kind, printed))) if printed else None

    def aliases(self) -> dict[str, str]:
        """Their test names to our attributes."""
        return {
            name.printed: name.meaning
            for (kind, _), name in self.by_key.items()
            if kind is NameKind.TEST_NAME
        }


NOTHING_TAUGHT = VendorNames({})


def names_for_item(names: Iterable[RecordedName], item_id: int | None) -> VendorNames:
    """Of the vendor's names those that hold for the item."""
    wide_first = sorted(names, key=lambda name: name.item_id is not None)
    return VendorNames(
        {
            (name.kind, printed_key(name.kind, name.printed)): name
            for name in wide_first
            if name.item_id in (None, item_id)
        }
    )


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row as it was read, before anything taught: what is printed and what is proposed for it."""

    name: str
    method: str | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class RowProposal:
    """`used` are the taught names behind it, by what they gave: its line, method or unit."""

    attribute: str | None
    method: str | None
    unit: str | None
    used: Mapping[NameKind, RecordedName]


def propose_rows(
    attributes: Sequence[str], rows: Sequence[PrintedRow], names: VendorNames
) -> tuple[RowProposal, ...]:
    """Our line, method wording and unit for each row, with what was taught about the vendor."""
    matching = match_tests(attributes, [row.name for row in rows], names.aliases())
    lines = {match.row: match for match in matching.matches}
    proposals = []
    for position, row in enumerate(rows):
        match = lines.get(position)
        used: dict[NameKind, RecordedName] = {}
        test = names.found(NameKind.TEST_NAME, row.name)
        if match is not None and match.is_taught and test is not None:
            used[NameKind.TEST_NAME] = test
        method, unit = names.found(NameKind.METHOD, row.method), _taught_unit(names, row.unit)
        used |= {one.kind: one for one in (method, unit) if one is not None}
        proposals.append(
            RowProposal(
                match.attribute if match else None,
                method.meaning if method else row.method,
                unit.meaning if unit else row.unit,
                used,
            )
        )
    return tuple(proposals)


def _taught_unit(names: VendorNames, printed: str | None) -> RecordedName | None:
    """A unit that the table knows by now is read as it is printed, whatever was taught before."""
    found = names.found(NameKind.UNIT, printed)
    return None if found is None or any(unit_problems(found.printed, found.meaning)) else found
