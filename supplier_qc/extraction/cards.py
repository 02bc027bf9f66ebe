"""Tests set as cards: the name over a line for the limit and a line for the result."""

from collections.abc import Sequence
from dataclasses import dataclass

from supplier_qc.extraction.layout import Line, Phrase
from supplier_qc.extraction.vocabulary import Column, key, vocabulary

FEWEST_CARDS = 2
ALIGNED = 5.0  # points; name and labels begin at one edge
TALLEST = 45.0  # points from the name to the limit, and from the limit to the result
WIDEST = 120.0  # points from a label to its value


@dataclass(frozen=True, slots=True)
class Card:
    page: int
    name: Phrase
    specification: Phrase | None
    result: Phrase


def cards_on(lines: Sequence[Line]) -> list[Card]:
    """The cards of one page; a single one proves nothing."""
    phrases = [phrase for line in lines for phrase in line.phrases]
    found = [
        card
        for phrase in phrases
        if _means(phrase, Column.SPECIFICATION) and (card := _card(phrase, phrases)) is not None
    ]
    return found if len(found) >= FEWEST_CARDS else []


def _means(phrase: Phrase, column: Column) -> bool:
    return column in vocabulary().columns.get(key(phrase.text), ())


def _card(limit: Phrase, phrases: Sequence[Phrase]) -> Card | None:
    edge = [other for other in phrases if abs(other.x0 - limit.x0) <= ALIGNED]
    over = [other for other in edge if 0 < limit.top - other.top <= TALLEST]
    under = [
        other
        for other in edge
        if 0 < other.top - limit.top <= TALLEST and _means(other, Column.RESULT)
    ]
    if not over or not under:
        return None
    name = max(over, key=lambda other: other.top)
    result = _value(min(under, key=lambda other: other.top), phrases)
    if result is None or _means(name, Column.RESULT) or _means(name, Column.SPECIFICATION):
        return None
    return Card(limit.page, name, _value(limit, phrases), result)


def _value(label: Phrase, phrases: Sequence[Phrase]) -> Phrase | None:
    """The nearest phrase on the label's line, to its right."""
    beside = [
        other
        for other in phrases
        if 0 < other.x0 - label.x1 <= WIDEST
        and min(other.bottom, label.bottom) - max(other.top, label.top)
        > 0.4 * (label.bottom - label.top)
    ]
    return min(beside, key=lambda other: other.x0, default=None)
