"""The line over a table: which printed column means what."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.domain.measurement.values import ValueKind, read_value
from supplier_qc.extraction.claims import HeaderField
from supplier_qc.extraction.column_meanings import VALUE_COLUMNS, HeaderCell, assign, name_cell
from supplier_qc.extraction.column_words import (
    BRACKETED,
    LONGEST_HEADING,
    is_result_of_a_lot,
    is_unit,
    match_column,
)
from supplier_qc.extraction.layout import Line, Phrase
from supplier_qc.extraction.page_content import Word
from supplier_qc.extraction.vocabulary import Column, key, labels_of, tokens, vocabulary

SHY_SCORE = 1.0
STACK_GAP = 0.9  # of the font size, between the lines of one header
MOST_STACKED = 3
_MEASURED = frozenset(
    {ValueKind.NUMBER, ValueKind.RANGE, ValueKind.CENSORED_LOW, ValueKind.CENSORED_HIGH}
)


@dataclass(frozen=True, slots=True)
class TableHeader:
    """Cells from left to right, each with its column; `lines` is how many lines it takes.

    `left` and `right` bound a table that stands beside another.
    """

    cells: tuple[HeaderCell, ...]
    page: int
    top: float
    bottom: float
    lines: int
    left: float = float("-inf")
    right: float = float("inf")
    lot: tuple[Word, ...] = ()  # of the result column, where each lot has a column of its own

    @property
    def columns(self) -> tuple[Column | None, ...]:
        return tuple(cell.column for cell in self.cells)

    @property
    def is_certain(self) -> bool:
        return all(cell.exact for cell in self.cells)


def headers_at(lines: Sequence[Line], start: int) -> tuple[TableHeader, ...]:
    """The headers that begin on line `start`: none, one, or several side by side."""
    score, cells, taken = _best_stack(lines, start)
    cells = _with_name_cell(cells, lines[start + taken : start + taken + 1])
    # A title over the header is no part of it: without it the header is at least as good.
    if not taken or (taken > 1 and _best_stack(lines, start + 1)[0] >= score):
        return ()
    cells, with_lots = _with_lot_line(cells, lines[start + taken : start + taken + 1])
    taken += with_lots
    used = lines[start : start + taken]
    sides = _side_by_side(cells)
    walls = [
        float("-inf"),
        *((left[-1].x1 + right[0].x0) / 2 for left, right in pairwise(sides)),
        float("inf"),
    ]
    return tuple(
        one
        for side, (left, right) in zip(sides, pairwise(walls), strict=True)
        for one in _one_per_lot(_header(side, used, taken, left, right))
    )


def _header(
    side: tuple[HeaderCell, ...],
    used: Sequence[Line],
    taken: int,
    left: float,
    right: float,
) -> TableHeader | None:
    assigned = assign(side)
    if not assigned:
        return None
    return TableHeader(
        cells=assigned,
        page=used[0].page,
        top=min(line.top for line in used),
        bottom=max(line.bottom for line in used),
        lines=taken,
        left=left,
        right=right,
    )


def _one_per_lot(header: TableHeader | None) -> Iterator[TableHeader]:
    """The head once for each lot that has a result column of its own, else the head itself."""
    if header is None:
        return
    lots = {n: words for n, cell in enumerate(header.cells) if (words := _lot_of_result(cell))}
    if len(lots) == 0:
        yield header
        return
    for number, words in lots.items():
        cells = tuple(
            replace(cell, column=Column.RESULT if n == number else Column.IGNORED)
            if n in lots
            else cell
            for n, cell in enumerate(header.cells)
        )
        yield replace(header, cells=cells, lot=words)


def _lot_of_result(cell: HeaderCell) -> tuple[Word, ...]:
    """The words of the lot in "Result TR-001" or "Lot No. 0142"; none where a unit stands there."""
    if cell.column not in {Column.RESULT, Column.IGNORED} or cell.exact:
        return ()
    if not is_result_of_a_lot(cell.text):
        return ()
    numbered = [n for n, word in enumerate(cell.words) if any(map(str.isdigit, word.text))]
    return cell.words[numbered[0] :] if numbered else ()


def _with_name_cell(
    cells: tuple[HeaderCell, ...],
    below: Sequence[Line],
) -> tuple[HeaderCell, ...]:
    """The head with a cell over the names where the names have none printed."""
    if not cells or not below:
        return cells
    named = name_cell(cells)
    # "Description" may head the results; over the names it would stand at the left.
    if named is not None and (named == 0 or not _is_shy(cells[named])):
        return cells
    first = below[0].phrases[0]
    values_only = all(set(cell.candidates) - {Column.NAME} or _is_shy(cell) for cell in cells)
    if not values_only or first.x1 >= cells[0].x0 or not re.search(r"[^\W\d_]{2}", first.text):
        return cells
    return (HeaderCell("", first.words, (Column.NAME,), exact=False, unit=None), *cells)


def _is_shy(cell: HeaderCell) -> bool:
    return key(cell.text) in vocabulary().shy_columns


def _with_lot_line(
    cells: tuple[HeaderCell, ...],
    below: Sequence[Line],
) -> tuple[tuple[HeaderCell, ...], bool]:
    """The head with the numbers of the lots that stand on a line of their own under it."""
    if not cells or not below:
        return cells, False
    under: dict[int, Phrase] = {}
    for phrase in below[0].phrases:
        number = next(
            (n for n, c in enumerate(cells) if min(c.x1, phrase.x1) > max(c.x0, phrase.x0)), -1
        )
        if number < 0 or not _may_name_lot(cells[number], phrase):
            return cells, False
        under[number] = phrase
    joined = tuple(
        _cell_of_words(cell, under[n]) if n in under else cell for n, cell in enumerate(cells)
    )
    return joined, True


def _may_name_lot(cell: HeaderCell, phrase: Phrase) -> bool:
    labels = labels_of(cell.text)
    heads = any(label.field is HeaderField.LOT_NUMBER and label.strong for label in labels)
    return heads and any(map(str.isdigit, phrase.text))


def _cell_of_words(cell: HeaderCell, lot: Phrase) -> HeaderCell:
    text = f"{cell.text} {lot.text}"
    candidates, exact, unit = match_column(text)
    return HeaderCell(text, (*cell.words, *lot.words), candidates, exact, unit)


def _best_stack(lines: Sequence[Line], start: int) -> tuple[float, tuple[HeaderCell, ...], int]:
    """The best reading of one to three lines from `start` as a header, and how many it takes."""
    best: tuple[float, tuple[HeaderCell, ...], int] = (0.0, (), 0)
    for count in range(1, MOST_STACKED + 1):
        if start >= len(lines) or (count > 1 and not _stacks(lines, start, count)):
            break
        cells = _stacked_cells(lines[start : start + count])
        score = _score(cells) or _score_of_shy(cells, lines[start + count : start + count + 2])
        if score > best[0]:
            best = (score, cells, count)
    return best


def _stacks(lines: Sequence[Line], start: int, count: int) -> bool:
    if start + count > len(lines):
        return False
    upper, lower = lines[start + count - 2], lines[start + count - 1]
    close = lower.top - upper.bottom <= STACK_GAP * upper.size
    return close and all(map(_heads_columns, lines[start : start + count]))


def _heads_columns(line: Line) -> bool:
    """Whether at least half of the line are column words and the rest could be names."""
    known = sum(_is_head_like(phrase.text) for phrase in line.phrases)
    return known * 2 >= len(line.phrases) and all(
        _is_head_like(phrase.text)
        or (len(phrase.words) < LONGEST_HEADING and re.fullmatch(r"[^\W\d_][^\d:]*", phrase.text))
        for phrase in line.phrases
    )


def _is_head_like(text: str) -> bool:
    if is_unit(text.strip("()[] ")) or BRACKETED.match(f"x {text}"):
        return True
    words = tokens(text)
    known = vocabulary().column_tokens
    return (
        bool(words)
        and len(words) <= LONGEST_HEADING
        and (
            sum(word in known for word in words) * 2 >= len(words)
            and not any(word.isdigit() for word in words)
        )
    )


def _stacked_cells(lines: Sequence[Line]) -> tuple[HeaderCell, ...]:
    base = _divided_heads(lines)
    parts: list[list[Phrase]] = [[phrase] for phrase in base]
    groups: list[tuple[Phrase, list[int]]] = []
    for line in lines:
        for phrase in line.phrases:
            under = [number for number, head in enumerate(base) if _overlap(head, phrase) > 0]
            if phrase in base:
                continue
            if len(under) == 1:
                parts[under[0]].append(phrase)
            elif not under:
                parts.append([phrase])
            else:
                groups.append((phrase, under))
    cells = [_cell(sorted(part, key=lambda phrase: phrase.top)) for part in parts]
    for phrase, under in groups:
        inherited, _, unit = match_column(phrase.text)
        for number in under:
            if not cells[number].candidates and inherited:
                cells[number] = replace(
                    cells[number], candidates=inherited, unit=cells[number].unit or unit
                )
    return tuple(sorted(cells, key=lambda cell: cell.x0))


def _divided_heads(lines: Sequence[Line]) -> list[Phrase]:
    """The heads of the fullest line, those that stand over two others replaced by these."""
    base = max(reversed(lines), key=lambda line: len(line.phrases))
    heads: list[Phrase] = []
    for head in base.phrases:
        others = [other for other in base.phrases if other is not head]
        below = [
            [
                phrase
                for phrase in line.phrases
                if _overlap(head, phrase) > 0 and not any(_overlap(o, phrase) > 0 for o in others)
            ]
            for line in lines
            if line.top > base.bottom
        ]
        heads.extend(next((halves for halves in below if len(halves) > 1), [head]))
    return heads


def _overlap(first: Phrase, second: Phrase) -> float:
    return min(first.x1, second.x1) - max(first.x0, second.x0)


def _cell(phrases: Sequence[Phrase]) -> HeaderCell:
    text = " ".join(phrase.text for phrase in phrases)
    candidates, exact, unit = match_column(text)
    words = tuple(word for phrase in phrases for word in phrase.words)
    return HeaderCell(text, words, candidates, exact, unit)


def _score(cells: Sequence[HeaderCell]) -> float:
    """How surely these cells head a table; 0 when they do not."""
    matched = [cell for cell in cells if cell.candidates]
    certain = [cell for cell in matched if key(cell.text) not in vocabulary().shy_columns]
    kinds = {column for cell in certain for column in cell.candidates}
    exact = sum(cell.exact for cell in certain)
    with_colon = sum(cell.text.rstrip().endswith(":") for cell in cells)
    if len(matched) < 2 or not kinds & VALUE_COLUMNS or exact < 1 or with_colon > 1:
        return 0.0
    if exact < 2 and len(matched) < len(cells):  # one known word proves little
        return 0.0
    strangers = [cell for cell in cells if not cell.candidates]
    if any(_is_measured(cell.text) for cell in strangers):
        return 0.0
    if len(strangers) > len(matched) or len({cell.text for cell in matched}) == 1:
        return 0.0
    return exact + 0.6 * (len(matched) - exact) - 0.7 * len(strangers)


def _score_of_shy(cells: Sequence[HeaderCell], below: Sequence[Line]) -> float:
    """A head such as "Analysis" and "Found", whose words occur as values, where rows bear it out.

    Each of the next two lines has a phrase under each head.
    """
    if len(cells) != len(("name", "value")) or len(below) < len(("one", "two")):
        return 0.0
    name, value = cells
    means = name.exact and Column.NAME in name.candidates and value.exact
    said = folded(value.text) in vocabulary().words["qualitative"] | vocabulary().words["verdicts"]
    if not means or said or not set(value.candidates) & VALUE_COLUMNS:
        return 0.0
    fits = all(
        len(line.phrases) == len(cells) and all(map(_stands_under, line.phrases, cells))
        for line in below
    )
    return SHY_SCORE if fits else 0.0


def _stands_under(phrase: Phrase, cell: HeaderCell) -> bool:
    return min(phrase.x1, cell.x1) > max(phrase.x0, cell.x0)


def _is_measured(text: str) -> bool:
    """A number with a decimal sign, a comparator or a unit; a lot's number may head a column."""
    if text.strip().isalnum():
        return False
    return read_value(text).kind in _MEASURED


def _side_by_side(cells: tuple[HeaderCell, ...]) -> tuple[tuple[HeaderCell, ...], ...]:
    """Split at a repeated first head: two tables that stand beside each other."""
    first = key(cells[0].text)
    starts = [number for number, cell in enumerate(cells) if key(cell.text) == first]
    if Column.NAME not in cells[0].candidates or len(starts) == 1:
        return (cells,)
    ends = [*starts[1:], len(cells)]
    parts = tuple(cells[start:end] for start, end in zip(starts, ends, strict=True))
    return parts if all(len(part) > 1 for part in parts) else (cells,)


def gaps_between(cells: Sequence[HeaderCell]) -> tuple[tuple[float, float], ...]:
    """For each pair of neighbours, the span in which their dividing line may lie."""
    return tuple((left.centre, right.centre) for left, right in pairwise(cells))
