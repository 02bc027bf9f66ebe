"""A dossier table as plain text cells, each row with the sources it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and the column's share of the page width (the shares need not add up to one)."""

    heading: str
    share: float


@dataclass(frozen=True, slots=True)
class Source:
    """One thing a row rests on: what it supports, the record, and the place in a document."""

    supports: str
    record: str
    document: str
    place: str
    checksum: str
    dated: str


@dataclass(frozen=True, slots=True)
class TableRow:
    cells: Sequence[str]
    sources: Sequence[Source]


@dataclass(frozen=True, slots=True)
class DossierTable:
    """What is printed: section, title, who and when, the table and remarks on it."""

    section: str
    title: str
    status: str
    facts: Sequence[tuple[str, str]]
    columns: Sequence[Column]
    rows: Sequence[TableRow]
    remarks: Sequence[str]
    cut_off_at: datetime
    author: str

    def source_numbers(self) -> list[tuple[int, ...]]:
        """For each row the numbers of its sources, counted through the table from 1."""
        numbers, start = [], 1
        for row in self.rows:
            numbers.append(tuple(range(start, start + len(row.sources))))
            start += len(row.sources)
        return numbers


SOURCE_HEADINGS = ("No.", "Row", "Supports", "Record", "Document", "Place", "SHA-256", "Date")


def source_lines(table: DossierTable) -> list[tuple[str, ...]]:
    """The source list, one line a source, in the order of the rows."""
    lines: list[tuple[str, ...]] = []
    for position, (row, numbers) in enumerate(
        zip(table.rows, table.source_numbers(), strict=True), start=1
    ):
        for number, source in zip(numbers, row.sources, strict=True):
            lines.append(
                (
                    str(number),
                    str(position),
                    source.supports,
                    source.record,
                    source.document,
                    source.place,
                    source.checksum,
                    source.dated,
                )
            )
    return lines


def reference(numbers: Sequence[int]) -> str:
    """Source numbers as they stand in the table: [3], [3–5] or nothing."""
    if not numbers:
        return "none"
    if len(numbers) == 1:
        return f"[{numbers[0]}]"
    return f"[{numbers[0]}–{numbers[-1]}]"
