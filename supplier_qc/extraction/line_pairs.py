"""Tests without a table head: a name at the left of the line, its value at the right."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.domain.measurement.comparators import split_comparator
from supplier_qc.domain.measurement.values import ValueKind, read_value
from supplier_qc.extraction.header_fields import clean_date
from supplier_qc.extraction.layout import Line, Phrase
from supplier_qc.extraction.page_content import Word
from supplier_qc.extraction.vocabulary import Column, key, tokens, vocabulary

FEWEST_ROWS = 3
LONGEST_VALUE = 12  # words
MOST_PARTS = 4
ALIGNED = 4.0  # points
LARGEST_STEP = 45.0  # points between two lines of one list
_RANGE = re.compile(r"\d\s*(?:-|–|to|bis|à|~)\s*\d")


@dataclass(frozen=True, slots=True)
class ListedTest:
    """A line of a list: what stands first is the name; the others by what they look like."""

    page: int
    name: Phrase
    values: tuple[Phrase, ...]
    led: bool = False
    limit: tuple[Word, ...] = ()


def looks_like_value(text: str) -> bool:
    """A number, a limit, or one of the words that certificates use as results."""
    if len(text.split()) > LONGEST_VALUE or clean_date(text):
        return False
    words = folded(text)
    known = vocabulary().words
    if words in known["qualitative"] or words in known["verdicts"]:
        return True
    return read_value(text).kind not in {ValueKind.TEXT, ValueKind.EMPTY}


def looks_like_limit(text: str) -> bool:
    comparator, rest = split_comparator(text)
    return (comparator is not None and rest != text) or bool(_RANGE.search(text))


def listed_tests(lines: Sequence[Line]) -> list[ListedTest]:
    """Runs of at least three aligned lines of which most name a usual test or hold a value."""
    found: list[ListedTest] = []
    run: list[ListedTest] = []
    for line in lines:
        test = _listed(line)
        if test is None:
            limit = _limit_under(run[-1], line) if run else ()
            if limit:
                run[-1] = replace(run[-1], limit=limit)
            continue
        if run and not _follows(run[-1], test):
            found.extend(_kept(run))
            run = []
        run.append(test)
    return [*found, *_kept(run)]


def _limit_under(test: ListedTest, line: Line) -> tuple[Word, ...]:
    """The words of "(limit: max. 5 ppm)" on the line right under a test."""
    words = line.phrases[0].words
    near = 0 <= line.top - test.name.bottom < test.name.size
    head = tokens(words[0].text)
    means = vocabulary().columns.get(" ".join(head), ())
    if len(line.phrases) > 1 or not near or Column.SPECIFICATION not in means:
        return ()
    last = words[-1]
    return (*words[1:-1], replace(last, text=last.text.rstrip(")"))) if len(words) > 1 else ()


def _listed(line: Line) -> ListedTest | None:
    name, *values = line.phrases
    if not 1 <= len(values) < MOST_PARTS or not re.search(r"[^\W\d_]{2,}", name.text):
        return None
    known = vocabulary()
    labels = known.labels.get(key(name.text), ())
    is_test = _names_test(name.text)
    if labels and not is_test:
        return None
    if not (line.led or looks_like_value(values[-1].text)) or looks_like_value(name.text):
        return None
    return ListedTest(line.page, name, tuple(values), led=line.led)


def _names_test(text: str) -> bool:
    words = tokens(text)
    known = vocabulary().words["tests"]
    return any(
        " ".join(words[start:end]) in known
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + 3) + 1)
    )


def _follows(before: ListedTest, after: ListedTest) -> bool:
    if len(before.values) != len(after.values):
        return False
    step = after.name.top - before.name.bottom
    near = abs(before.name.x0 - after.name.x0) <= ALIGNED and step <= LARGEST_STEP
    led = before.led and after.led
    return near and (led or all(map(_is_aligned, before.values, after.values)))


def _is_aligned(one: Phrase, other: Phrase) -> bool:
    edges = (
        one.x0 - other.x0,
        one.x1 - other.x1,
        ((one.x0 + one.x1) - (other.x0 + other.x1)) / 2,
    )
    return min(map(abs, edges)) <= ALIGNED


def _kept(run: Sequence[ListedTest]) -> list[ListedTest]:
    if len(run) < FEWEST_ROWS or sum(_names_test(test.name.text) for test in run) * 3 < len(run):
        return []
    return list(run)
