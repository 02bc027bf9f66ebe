"""Raw rows into claims, and the union of what the strategies found."""

import re
from collections.abc import Iterable, Sequence

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.extraction.claims import Box, Claim, RowClaim
from supplier_qc.extraction.layout import Line, box_of
from supplier_qc.extraction.page_content import PageContent, Word
from supplier_qc.extraction.table_headers import headers_at
from supplier_qc.extraction.table_rows import RawRow, body_of, rows_of
from supplier_qc.extraction.vocabulary import Column, vocabulary

LONGEST_NAME = 120


def table_rows(page: PageContent, lines: Sequence[Line]) -> list[RawRow]:
    """The rows of every table with a header line on this page."""
    found: list[RawRow] = []
    number = 0
    while number < len(lines):
        headers = headers_at(lines, number)
        if not headers:
            number += 1
            continue
        start = number + headers[0].lines
        longest = 0
        for header in headers:
            body = body_of(lines, start, header)
            longest = max(longest, len(body))
            found.extend(rows_of(header, body, page.rules))
        number = start + longest
    return found


def claims_of(raw: Iterable[RawRow]) -> tuple[RowClaim, ...]:
    rows: dict[tuple[str, str, str], RowClaim] = {}
    for row in raw:
        claimed = _claim_row(row)
        if claimed is not None:
            rows.setdefault(_identity(claimed), claimed)
    return tuple(rows.values())


def _identity(row: RowClaim) -> tuple[str, str, str]:
    parts = (row.name, row.result, row.specification)
    first, second, third = (folded(part.literal) if part else "" for part in parts)
    return first, second, third


def _claim_row(row: RawRow) -> RowClaim | None:
    name = row.text(Column.NAME)
    if not name or len(name) > LONGEST_NAME or not re.search(r"[^\W\d_]", name):
        return None
    base = 0.9 if row.header.is_certain else 0.8
    base += 0.05 if row.ruled else 0.0

    def claim(column: Column) -> Claim | None:
        words = row.cells.get(column)
        if not words:
            return None
        return Claim(_literal(words), box_of(words, row.page), round(base, 3), _rule(row))

    verdict = claim(Column.VERDICT)
    result = claim(Column.RESULT) or verdict
    if verdict is None and result is not None and is_verdict(result.literal):
        verdict = result
    return RowClaim(
        name=claim(Column.NAME),
        method=claim(Column.METHOD),
        specification=claim(Column.SPECIFICATION),
        spec_min=claim(Column.SPEC_MIN),
        spec_max=claim(Column.SPEC_MAX),
        result=result,
        unit=claim(Column.UNIT) or _header_unit(row, base),
        supplier_verdict=verdict,
    )


def _literal(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _rule(row: RawRow) -> str:
    return "ruled table" if row.ruled else "columns under a header line"


def _header_unit(row: RawRow, base: float) -> Claim | None:
    for cell in row.header.cells:
        if cell.column is Column.RESULT and cell.unit:
            box: Box = box_of(cell.words, row.header.page)
            return Claim(cell.unit, box, base, "unit in the column header")
    return None


def is_verdict(text: str) -> bool:
    return folded(text) in vocabulary().words["verdicts"]
