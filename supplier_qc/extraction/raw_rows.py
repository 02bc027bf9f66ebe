"""One test of a table as words per column, before it becomes claims."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from supplier_qc.extraction.column_meanings import VALUE_COLUMNS
from supplier_qc.extraction.layout import Line
from supplier_qc.extraction.page_content import Word
from supplier_qc.extraction.table_headers import TableHeader
from supplier_qc.extraction.vocabulary import Column


@dataclass(slots=True)
class RawRow:
    """One test as words per column, before it becomes claims."""

    page: int
    header: TableHeader
    cells: dict[Column, list[Word]] = field(default_factory=dict)
    ruled: bool = False

    def has(self, *columns: Column) -> bool:
        return any(self.cells.get(column) for column in columns)

    def text(self, column: Column) -> str:
        return " ".join(word.text for word in self.cells.get(column, ()))

    @property
    def is_full(self) -> bool:
        return self.has(Column.NAME) and self.has(*VALUE_COLUMNS)

    def copy(self) -> "RawRow":
        """A row of its own, whose cells can take more words."""
        cells = {column: list(words) for column, words in self.cells.items()}
        return RawRow(self.page, self.header, cells, self.ruled)

    def take(self, other: "RawRow", *, before: bool = False) -> None:
        """Add the words of a line that belongs to the same test."""
        for column, words in other.cells.items():
            own = self.cells.setdefault(column, [])
            self.cells[column] = [*words, *own] if before else [*own, *words]


def cut(header: TableHeader, line: Line, ends: Sequence[float]) -> RawRow:
    row = RawRow(line.page, header)
    for word in line.words:
        middle = (word.x0 + word.x1) / 2
        number = sum(middle > end for end in ends)
        column = header.cells[number].column or Column.IGNORED
        row.cells.setdefault(column, []).append(word)
    return row
