"""Tables whose tests stand over the columns and whose results stand in one line below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.extraction.column_words import is_unit
from supplier_qc.extraction.layout import Line, Phrase
from supplier_qc.extraction.page_content import Word
from supplier_qc.extraction.table_headers import headers_at
from supplier_qc.extraction.vocabulary import Column, key, labels_of, vocabulary

MOST_HEAD_LINES = 3
FEWEST_TESTS = 2
MOST_SAMPLES = 12
HEAD_GAP = 0.35  # of the font size, between lines of one head
ROW_GAP = 40.0  # points


@dataclass(frozen=True, slots=True)
class TransposedTest:
    """One column: the words of its head and of its value, and a unit from the row's label."""

    page: int
    name: tuple[Word, ...]
    result: tuple[Word, ...]
    unit: tuple[Word, ...] = ()


def transposed_at(lines: Sequence[Line], start: int) -> tuple[list[TransposedTest], int]:
    """The tests of a transposed table whose head begins at `start`, and the lines it takes."""
    for count in range(MOST_HEAD_LINES, 0, -1):
        head = lines[start : start + count]
        if len(head) < count or not _is_one_head(head):
            continue
        columns = _columns(head)
        if not _heads_samples(columns):
            continue
        found, used = _values(columns, lines, start + count)
        if found:
            return found, count + used
    return _under_units(lines, start)


def _is_one_head(head: Sequence[Line]) -> bool:
    return all(low.top - high.bottom <= HEAD_GAP * high.size for high, low in pairwise(head))


def _columns(head: Sequence[Line]) -> list[list[Phrase]]:
    """Phrases over each other, gathered from left to right."""
    columns: list[list[Phrase]] = []
    for phrase in sorted((p for line in head for p in line.phrases), key=lambda p: p.x0):
        over = [
            column
            for column in columns
            if any(min(p.x1, phrase.x1) > max(p.x0, phrase.x0) for p in column)
        ]
        if over:
            over[0].append(phrase)
        else:
            columns.append([phrase])
    return [sorted(column, key=lambda p: (p.top, p.x0)) for column in columns]


def _text(column: Sequence[Phrase]) -> str:
    return " ".join(phrase.text for phrase in column)


def _heads_samples(columns: Sequence[Sequence[Phrase]]) -> bool:
    """Whether the first head names the sample and the others name tests."""
    if len(columns) <= FEWEST_TESTS:
        return False
    known = vocabulary()
    if Column.SAMPLE not in known.columns.get(key(_text(columns[0])), ()):
        return False
    if any(_is_header_field(phrase) for column in columns[1:] for phrase in column):
        return False
    texts = [_text(column) for column in columns[1:]]
    if any(text.endswith(":") or not re.search(r"[^\W\d_]", text) for text in texts):
        return False
    heads = sum(bool(known.columns.get(key(text))) for text in texts)
    return heads * 2 < len(texts)


def _is_header_field(phrase: Phrase) -> bool:
    """A form value or a label of the document's header, which no head of a test is."""
    return phrase.from_form or any(label.field is not None for label in labels_of(phrase.text))


def _values(
    columns: Sequence[Sequence[Phrase]],
    lines: Sequence[Line],
    start: int,
) -> tuple[list[TransposedTest], int]:
    tests: list[TransposedTest] = []
    bottom = max(phrase.bottom for column in columns for phrase in column)
    used = 0
    for number, line in enumerate(lines[start : start + MOST_SAMPLES], start=start):
        if line.top - bottom > ROW_GAP or headers_at(lines, number):
            break
        cells = _cells(columns, line)
        filled = [column for column, words in cells.items() if column and _is_value(words)]
        if len(filled) * 2 > len(columns) - 1:
            tests.extend(
                TransposedTest(line.page, _words(columns[column]), tuple(cells[column]))
                for column in filled
            )
        elif any(column for column in cells) and tests:
            break
        used += 1
        bottom = line.bottom
    return tests, used


def _cells(columns: Sequence[Sequence[Phrase]], line: Line) -> dict[int, list[Word]]:
    """The line's phrases, each with the head whose middle is nearest."""
    cells: dict[int, list[Word]] = {}
    for phrase in line.phrases:
        number = min(range(len(columns)), key=lambda n: _distance(columns[n], phrase))
        cells.setdefault(number, []).extend(phrase.words)
    return cells


def _distance(column: Sequence[Phrase], phrase: Phrase) -> float:
    left, right = min(p.x0 for p in column), max(p.x1 for p in column)
    return min(abs(left - phrase.x0), abs((left + right) - (phrase.x0 + phrase.x1)) / 2)


def _words(column: Sequence[Phrase]) -> tuple[Word, ...]:
    return tuple(word for phrase in column for word in phrase.words)


def _is_value(words: Sequence[Word]) -> bool:
    text = " ".join(word.text for word in words)
    return bool(re.search(r"\d", text)) or folded(text) in vocabulary().words["qualitative"]


def _under_units(lines: Sequence[Line], start: int) -> tuple[list[TransposedTest], int]:
    """Heads without a first column, over a line that begins with its unit."""
    if start + 1 >= len(lines):
        return [], 0
    head, line = lines[start], lines[start + 1]
    label, values = line.phrases[0], line.phrases[1:]
    named = all(re.search(r"[^\W\d_]", phrase.text) for phrase in head.phrases)
    fits = len(head.phrases) == len(values) > FEWEST_TESTS and label.x1 <= head.phrases[0].x0
    if not (named and fits and is_unit(label.text) and line.top - head.bottom < ROW_GAP):
        return [], 0
    if not all(_is_value(phrase.words) for phrase in values):
        return [], 0
    tests = [
        TransposedTest(line.page, over.words, value.words, label.words)
        for over, value in zip(head.phrases, values, strict=True)
    ]
    return tests, 2
