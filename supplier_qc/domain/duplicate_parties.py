"""Which organisations may be one and the same: names without legal forms, compared by likeness.

A likeness proposes; a person decides. Names that differ in a number are never proposed. The
thresholds are conventions (C).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from rapidfuzz import fuzz

from supplier_qc.domain.search import search_key

ALIKE_FROM = 86.0
"""Likeness in percent from which two names are proposed."""

_LEGAL_FORMS = frozenset(
    """
    ab ag aps as asa bv co company corp corporation cv doo eood gmbh ges inc incorporated kft kg kk
    lda limited llc llp lp ltd mbh nv ood oy oyj plc pte pty pvt sa sarl sas sau se sl slu spa spol
    sro srl ug und zoo sp and et
    """.split()  # noqa: SIM905 -- read and checked as running words
)
_DOTTED = re.compile(r"\b(?:\w\.){2,}(?:\w\b)?")
_BLOCK = 3
"""Names that share the beginning of a word are compared; all others cannot be alike enough."""


@dataclass(frozen=True, slots=True)
class NamedParty:
    """`names` are the organisation's name and its other names."""

    id: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """`one` and `other` are the two names that are nearest."""

    left_id: int
    right_id: int
    percent: float
    one: str
    other: str


@lru_cache(maxsize=20_000)
def bare_words(name: str) -> tuple[str, ...]:
    """The words of a name that tell it apart: no legal form, no accents, no case."""
    undotted = _DOTTED.sub(lambda dotted: dotted[0].replace(".", ""), name.replace("&", " "))
    keys = [key for word in re.split(r"[\s,;/()\-]+", undotted) if (key := search_key(word))]
    telling = tuple(key for key in keys if key not in _LEGAL_FORMS)
    return telling or tuple(keys)


def likeness(one: str, other: str) -> float:
    """0 to 100; 0 where the names differ in a number."""
    return _likeness(bare_words(one), bare_words(other))


def similar_to(name: str, parties: Iterable[NamedParty]) -> list[Likeness]:
    """The organisations whose name is like this one, nearest first."""
    wanted = NamedParty(0, (name,))
    found = [near for party in parties if (near := _nearest(wanted, party)) is not None]
    return sorted(found, key=lambda near: (-near.percent, near.right_id))


def possible_duplicates(parties: Sequence[NamedParty]) -> list[Likeness]:
    """Every pair that may be one organisation, nearest first."""
    by_id = {party.id: party for party in parties}
    pairs = {pair for block in _blocks(parties) for pair in combinations(sorted(block), 2)}
    found = [
        near
        for left, right in sorted(pairs)
        if (near := _nearest(by_id[left], by_id[right])) is not None
    ]
    return sorted(found, key=lambda near: (-near.percent, near.left_id, near.right_id))


def _blocks(parties: Sequence[NamedParty]) -> Iterator[set[int]]:
    beginning: dict[str, set[int]] = defaultdict(set)
    for party in parties:
        for name in party.names:
            for word in bare_words(name):
                beginning[word[:_BLOCK]].add(party.id)
    yield from beginning.values()


def _nearest(left: NamedParty, right: NamedParty) -> Likeness | None:
    best = max(
        (
            Likeness(left.id, right.id, likeness(one, other), one, other)
            for one in left.names
            for other in right.names
        ),
        key=lambda near: near.percent,
        default=None,
    )
    return best if best is not None and best.percent >= ALIKE_FROM else None


def _likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if _numbers(one) != _numbers(other):
        return 0.0
    in_order = fuzz.ratio("".join(one), "".join(other))
    in_any_order = fuzz.token_sort_ratio(" ".join(one), " ".join(other))
    return max(in_order, in_any_order)


def _numbers(words: tuple[str, ...]) -> list[str]:
    return sorted(word for word in words if any(sign.isdigit() for sign in word))
