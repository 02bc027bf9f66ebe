"""One meaning for each head of a table, where its words leave several."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from supplier_qc.extraction.page_content import Word
from supplier_qc.extraction.vocabulary import Column

VALUE_COLUMNS = frozenset(
    {Column.RESULT, Column.SPECIFICATION, Column.SPEC_MIN, Column.SPEC_MAX, Column.VERDICT}
)


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """One column's head. `candidates` are its possible meanings, `exact` when wholly known."""

    text: str
    words: tuple[Word, ...]
    candidates: tuple[Column, ...]
    exact: bool
    unit: str | None
    column: Column | None = None

    @property
    def x0(self) -> float:
        return min(word.x0 for word in self.words)

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


_BY_CERTAINTY = (
    Column.SPEC_MIN,
    Column.SPEC_MAX,
    Column.UNIT,
    Column.SPECIFICATION,
    Column.RESULT,
    Column.METHOD,
    Column.VERDICT,
    Column.TYPICAL,
    Column.SAMPLE,
    Column.IGNORED,
)


def assign(cells: Sequence[HeaderCell]) -> tuple[HeaderCell, ...]:
    """Give each head one meaning; () when no test name or no value column remains."""
    chosen: dict[int, Column] = {}
    name = name_cell(cells)
    if name is None:
        return ()
    chosen[name] = Column.NAME
    rest = [number for number in range(len(cells)) if number != name]
    for number in sorted(rest, key=lambda n: (len(cells[n].candidates), not cells[n].exact, n)):
        chosen[number] = _free_meaning(cells[number], set(chosen.values()))
    _fill_missing_result(cells, chosen, rest)
    if not set(chosen.values()) & VALUE_COLUMNS:
        return ()
    return tuple(replace(cell, column=chosen[number]) for number, cell in enumerate(cells))


def name_cell(cells: Sequence[HeaderCell]) -> int | None:
    named = [number for number, cell in enumerate(cells) if Column.NAME in cell.candidates]
    only = [number for number in named if cells[number].candidates == (Column.NAME,)]
    if named:
        first = named[0]
        return only[0] if only and Column.NAME is not cells[first].candidates[0] else first
    open_cells = [
        number
        for number, cell in enumerate(cells)
        if not cell.candidates or cell.candidates == (Column.SAMPLE,)
    ]
    return open_cells[0] if open_cells and open_cells[0] <= 1 else None


def _free_meaning(cell: HeaderCell, taken: set[Column]) -> Column:
    for column in _BY_CERTAINTY:
        if column in cell.candidates and (column not in taken or column is Column.IGNORED):
            return column
    return Column.IGNORED


def _fill_missing_result(
    cells: Sequence[HeaderCell],
    chosen: dict[int, Column],
    rest: Iterable[int],
) -> None:
    """Without a result column, a second "Description" or a lot's number heads the results."""
    taken = set(chosen.values())
    if taken & {Column.RESULT, Column.VERDICT} or Column.SPECIFICATION not in taken:
        return
    spare = [n for n in rest if chosen[n] is Column.IGNORED and Column.NAME in cells[n].candidates]
    lots = [
        n
        for n in rest
        if Column.SAMPLE in cells[n].candidates
        or (not cells[n].candidates and re.search(r"\d", cells[n].text))
    ]
    if spare or lots:
        chosen[(spare[-1:] or lots)[0]] = Column.RESULT
