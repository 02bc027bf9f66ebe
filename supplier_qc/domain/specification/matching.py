"""Which row of a certificate answers which line of our specification."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from supplier_qc.domain.measurement.characters import folded

SIMILAR_FROM = 88.0  # below it, names of different tests begin to meet (C)
SHORTEST_SIMILAR = 5  # shorter names (pH, IgG, DMSO) are equal or they are different

_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "λ": "lambda"}
_BRACKETS = re.compile(r"\([^()]*\)")


class MatchKind(StrEnum):
    EXACT = "exact"
    ALIAS = "alias"
    SIMILAR = "similar"  # proposed only; a person confirms it


@dataclass(frozen=True, slots=True)
class TestMatch:
    """Row number `row` (from 0) answers our `attribute`; `score` is 0 to 100."""

    __test__ = False  # the name is the field's own; pytest shall not collect it

    attribute: str
    row: int
    row_name: str
    kind: MatchKind
    score: float

    @property
    def is_taught(self) -> bool:
        return self.kind is MatchKind.ALIAS


@dataclass(frozen=True, slots=True)
class DuplicateMatch:
    """Several rows answer one of our lines; none is taken until a person chooses."""

    attribute: str
    rows: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class TestMatching:
    __test__ = False

    matches: tuple[TestMatch, ...]
    missing: tuple[str, ...]  # our attributes that no row answers
    extra: tuple[int, ...]  # rows that answer none of our attributes
    duplicates: tuple[DuplicateMatch, ...]

    def row_of(self, attribute: str) -> int | None:
        return next((match.row for match in self.matches if match.attribute == attribute), None)


def normalised_name(name: str) -> str:
    """The name without case, accents, punctuation and Greek letters, for comparison."""
    spelled = folded(name)
    for letter, word in _GREEK.items():
        spelled = spelled.replace(letter, word)
    return " ".join(re.findall(r"[^\W_]+|[%+]", spelled))


def match_tests(
    attributes: Sequence[str],
    row_names: Sequence[str],
    aliases: Mapping[str, str] | None = None,
) -> TestMatching:
    """Match rows to our attributes: by name, by a taught alias, then by likeness.

    `aliases` maps a supplier's name to our attribute. A row answers at most one attribute, and
    an attribute that several rows answer equally well is reported as a duplicate, not chosen. An
    alias gives way to a row that has our name: it is then an extra test, and likeness finds no
    other attribute for it.
    """
    named = _named_matches(attributes, row_names)
    alike = _alias_matches(attributes, row_names, aliases or {}, {match.row for match in named})
    answered = {match.attribute for match in named}
    taught = [match for match in alike if match.attribute not in answered]
    certain = [*named, *taught]
    settled = {match.attribute for match in certain}
    open_attributes = [name for name in attributes if name not in settled]
    closed_rows = {match.row for match in (*named, *alike)}
    open_rows = [row for row in range(len(row_names)) if row not in closed_rows]
    candidates = [*certain, *_similar_matches(open_attributes, row_names, open_rows)]
    return _settle(attributes, row_names, candidates)


def _named_matches(attributes: Sequence[str], row_names: Sequence[str]) -> list[TestMatch]:
    by_name = {normalised_name(attribute): attribute for attribute in attributes}
    return [
        TestMatch(by_name[normalised_name(name)], row, name, MatchKind.EXACT, 100.0)
        for row, name in enumerate(row_names)
        if normalised_name(name) in by_name
    ]


def _alias_matches(
    attributes: Sequence[str],
    row_names: Sequence[str],
    aliases: Mapping[str, str],
    named: Container[int],
) -> list[TestMatch]:
    """Rows with a taught name of an attribute, where the row has no name of ours itself."""
    by_name = {normalised_name(attribute): attribute for attribute in attributes}
    by_alias = {
        normalised_name(alias): by_name[normalised_name(meant)]
        for alias, meant in aliases.items()
        if normalised_name(meant) in by_name
    }
    return [
        TestMatch(by_alias[normalised_name(name)], row, name, MatchKind.ALIAS, 100.0)
        for row, name in enumerate(row_names)
        if row not in named and normalised_name(name) in by_alias
    ]


def _similar_matches(
    attributes: Iterable[str], row_names: Sequence[str], rows: Iterable[int]
) -> list[TestMatch]:
    """The best attribute of each row, where exactly one is best."""
    attributes = list(attributes)
    found = []
    for row in rows:
        scores = [(likeness(one, row_names[row]), one) for one in attributes]
        best = max((score for score, _ in scores), default=0.0)
        leaders = [one for score, one in scores if score == best]
        if best >= SIMILAR_FROM and len(leaders) == 1:
            found.append(TestMatch(leaders[0], row, row_names[row], MatchKind.SIMILAR, best))
    return found


def likeness(ours: str, theirs: str) -> float:
    """0 to 100; 0 wherever a number, a single letter or a short code tells the names apart.

    PDGF-AB and PDGF-BB, or HIV-1 and HIV-2, are nearly equal as strings and are different tests.
    """
    first, second = normalised_name(ours), normalised_name(theirs)
    if min(len(first), len(second)) < SHORTEST_SIMILAR or _codes(first) != _codes(second):
        return 0.0
    shorter = normalised_name(_BRACKETS.sub(" ", ours)), normalised_name(_BRACKETS.sub(" ", theirs))
    return max(fuzz.token_sort_ratio(first, second), fuzz.token_sort_ratio(*shorter))


def _codes(name: str) -> set[str]:
    """Tokens that tell tests apart: those with a digit, and those of one or two letters."""
    return {
        token
        for token in name.split()
        if any(sign.isdigit() for sign in token) or len(token) <= len("ab")
    } - {"of", "in", "by", "to", "at", "on"}


def _settle(
    attributes: Sequence[str], row_names: Sequence[str], candidates: Sequence[TestMatch]
) -> TestMatching:
    answers = {
        attribute: [match for match in candidates if match.attribute == attribute]
        for attribute in attributes
    }
    single = tuple(found[0] for found in answers.values() if len(found) == 1)
    used = {match.row for match in candidates}
    return TestMatching(
        matches=single,
        missing=tuple(attribute for attribute, found in answers.items() if not found),
        extra=tuple(row for row in range(len(row_names)) if row not in used),
        duplicates=tuple(_duplicates(answers)),
    )


def _duplicates(answers: Mapping[str, Sequence[TestMatch]]) -> Iterator[DuplicateMatch]:
    for attribute, found in answers.items():
        if len(found) > 1:
            names = ", ".join(f"“{match.row_name}”" for match in found)
            yield DuplicateMatch(
                attribute,
                tuple(match.row for match in found),
                f"{len(found)} rows answer {attribute}: {names}. Choose one.",
            )
