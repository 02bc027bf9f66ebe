"""The regulatory lists as tables: which there are, how well they are verified, and their rows."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from supplier_qc.domain.countries import country_name
from supplier_qc.domain.origin.editions import UNVERIFIED, cell_text, row_sha256
from supplier_qc.domain.origin.reference import CountryStatusRow, DatedRow, ReferenceLists
from supplier_qc.domain.origin.reference_kinds import ReferenceListKind
from supplier_qc.domain.origin.vocabulary import BseStatus, Mark, words

DATED_COLUMNS = tuple(field.name for field in fields(DatedRow))
_COLUMN_WORDS = {
    "is_tse_relevant": "TSE-relevant",
    "rule_id": "Rule",
    "list_authority": "List used",
    "except_derivative": "Except class",
    "derivative": "Material class",
    "maximum_age_months": "Oldest, months",
}


@dataclass(frozen=True, slots=True)
class ReferenceListRow:
    """`unverified` counts the rows marked V2 or K that nobody has verified here."""

    kind: ReferenceListKind
    title: str
    text: str
    rows: int
    editions: tuple[str, ...]
    marks: Mapping[Mark, int]
    unverified: int


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """`own` are the cells of the list's own columns, in words; `stored` are as in the file."""

    own: tuple[str, ...]
    stored: tuple[str, ...]
    status: BseStatus | None
    dated: DatedRow


@dataclass(frozen=True, slots=True)
class ReferenceTable:
    """`columns` names the own columns; `stored_columns` all of the file."""

    summary: ReferenceListRow
    columns: tuple[str, ...]
    stored_columns: tuple[str, ...]
    authorities: tuple[str, ...]
    rows: tuple[ReferenceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceFilter:
    """What a person looks for; `text` in any cell, `on` the day on which a row is in force."""

    text: str = ""
    mark: Mark | None = None
    authority: str = ""
    on: date | None = None


EVERYTHING = ReferenceFilter()


def list_reference_lists(
    lists: ReferenceLists, verified: Container[str] = frozenset()
) -> list[ReferenceListRow]:
    """`verified` are the checksums of rows that somebody verified here."""
    return [_summary(kind, lists, verified) for kind in ReferenceListKind]


def get_reference_table(
    lists: ReferenceLists, kind: ReferenceListKind, wanted: ReferenceFilter = EVERYTHING
) -> ReferenceTable:
    """The rows that match, in the order of the file."""
    rows = kind.rows(lists)
    own = own_columns(kind)
    # The status has a badge of its own beside the other cells.
    shown = tuple(name for name in own if name != "status")
    found = (_row(row, own, shown) for row in rows if _in_question(row, wanted))
    return ReferenceTable(
        summary=_summary(kind, lists),
        columns=tuple(column_words(name) for name in shown),
        stored_columns=(*own, *DATED_COLUMNS),
        authorities=tuple(sorted({row.authority for row in rows if hasattr(row, "authority")})),
        rows=tuple(row for row in found if _holds(row, wanted.text)),
    )


def _summary(
    kind: ReferenceListKind, lists: ReferenceLists, verified: Container[str] = frozenset()
) -> ReferenceListRow:
    rows = kind.rows(lists)
    return ReferenceListRow(
        kind=kind,
        title=kind.heading,
        text=kind.text,
        rows=len(rows),
        editions=tuple(sorted({f"{row.document}, {row.edition}" for row in rows})),
        marks=Counter(row.mark for row in rows),
        unverified=sum(row.mark in UNVERIFIED and row_sha256(row) not in verified for row in rows),
    )


def own_columns(kind: ReferenceListKind) -> tuple[str, ...]:
    """The columns that the kind has beside those of every dated row."""
    return tuple(field.name for field in fields(kind.row) if field.name not in DATED_COLUMNS)


def _row(row: DatedRow, own: Iterable[str], shown: Iterable[str]) -> ReferenceRow:
    return ReferenceRow(
        own=tuple(cell_words(name, getattr(row, name)) for name in shown),
        stored=tuple(cell_text(getattr(row, name)) for name in (*own, *DATED_COLUMNS)),
        status=row.status if isinstance(row, CountryStatusRow) else None,
        dated=row,
    )


def _in_question(row: DatedRow, wanted: ReferenceFilter) -> bool:
    return (
        (wanted.mark is None or row.mark is wanted.mark)
        and (not wanted.authority or getattr(row, "authority", None) == wanted.authority)
        and (wanted.on is None or row.in_force(wanted.on))
    )


def _holds(row: ReferenceRow, text: str) -> bool:
    wanted = " ".join(text.split()).casefold()
    return any(wanted in cell.casefold() for cell in (*row.own, *row.stored))


def cell_words(name: str, value: object) -> str:
    if name == "country":
        return f"{country_name(str(value))} ({value})"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return words(value) if isinstance(value, StrEnum) else cell_text(value)


def column_words(name: str) -> str:
    return _COLUMN_WORDS.get(name, re.sub("_", " ", name).capitalize())
