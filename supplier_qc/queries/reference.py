"""The regulatory lists as tables: which there are, how well they are verified, and their rows."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from supplier_qc.domain.countries import country_name
from supplier_qc.domain.origin.reference import (
    AgentExpectationRow,
    CountryListRow,
    CountryStatusRow,
    DatedRow,
    DerivativeRuleRow,
    ReferenceLists,
    RuleBasisRow,
    SpeciesScopeRow,
    StatementPolicyRow,
    TargetListRow,
    TissueRow,
)
from supplier_qc.domain.origin.vocabulary import BseStatus, Mark, words

UNVERIFIED = frozenset({Mark.V2, Mark.K})
"""Marks of rows that nobody here has read in the primary text."""


class ReferenceListKind(StrEnum):
    COUNTRY_STATUS = "country_status"
    COUNTRY_LIST = "country_list"
    TARGET_LIST = "target_list"
    SPECIES_SCOPE = "species_scope"
    TISSUE_CATEGORY = "tissue_category"
    DERIVATIVE_RULE = "derivative_rule"
    AGENT_EXPECTATION = "agent_expectation"
    STATEMENT_POLICY = "statement_policy"
    RULE_BASIS = "rule_basis"


@dataclass(frozen=True, slots=True)
class _Described:
    title: str
    text: str
    row: type[DatedRow]
    member: str


_K = ReferenceListKind
_LISTS = {
    _K.COUNTRY_STATUS: _Described(
        "Country statuses", "BSE status of countries and zones, list by list.",
        CountryStatusRow, "countries"),
    _K.COUNTRY_LIST: _Described(
        "Editions of the country lists", "From which day the loaded rows of a list answer.",
        CountryListRow, "country_lists"),
    _K.TARGET_LIST: _Described(
        "Lists by authority", "Which country list is used for which authority.",
        TargetListRow, "targets"),
    _K.SPECIES_SCOPE: _Described(
        "Species", "Whether a species is relevant for TSE.", SpeciesScopeRow, "species"),
    _K.TISSUE_CATEGORY: _Described(
        "Tissue categories", "Infectivity category by tissue and species.", TissueRow, "tissues"),
    _K.DERIVATIVE_RULE: _Described(
        "Material rules", "Conditions for classes of material, such as gelatin or serum.",
        DerivativeRuleRow, "derivatives"),
    _K.AGENT_EXPECTATION: _Described(
        "Agents to test for", "Results that the virus and donor rules look for.",
        AgentExpectationRow, "agents"),
    _K.STATEMENT_POLICY: _Described(
        "Age of evidence", "How old a paper may be: a convention of the site.",
        StatementPolicyRow, "policies"),
    _K.RULE_BASIS: _Described(
        "Basis of the rules", "The document that each rule of the engine rests on.",
        RuleBasisRow, "bases"),
}  # fmt: skip

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
    kind: ReferenceListKind
    title: str
    text: str
    rows: int
    editions: tuple[str, ...]
    marks: Mapping[Mark, int]

    @property
    def unverified(self) -> int:
        return sum(self.marks.get(mark, 0) for mark in UNVERIFIED)


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


def list_reference_lists(lists: ReferenceLists) -> list[ReferenceListRow]:
    return [_summary(kind, lists) for kind in ReferenceListKind]


def get_reference_table(
    lists: ReferenceLists, kind: ReferenceListKind, wanted: ReferenceFilter = EVERYTHING
) -> ReferenceTable:
    """The rows that match, in the order of the file."""
    described, rows = _LISTS[kind], _rows(kind, lists)
    own = _own_columns(described.row)
    # The status has a badge of its own beside the other cells.
    shown = tuple(name for name in own if name != "status")
    found = (_row(row, own, shown) for row in rows if _in_question(row, wanted))
    return ReferenceTable(
        summary=_summary(kind, lists),
        columns=tuple(_column_words(name) for name in shown),
        stored_columns=(*own, *DATED_COLUMNS),
        authorities=tuple(sorted({row.authority for row in rows if hasattr(row, "authority")})),
        rows=tuple(row for row in found if _holds(row, wanted.text)),
    )


def _summary(kind: ReferenceListKind, lists: ReferenceLists) -> ReferenceListRow:
    described, rows = _LISTS[kind], _rows(kind, lists)
    return ReferenceListRow(
        kind=kind,
        title=described.title,
        text=described.text,
        rows=len(rows),
        editions=tuple(sorted({f"{row.document}, {row.edition}" for row in rows})),
        marks=Counter(row.mark for row in rows),
    )


def _rows(kind: ReferenceListKind, lists: ReferenceLists) -> tuple[DatedRow, ...]:
    rows: tuple[DatedRow, ...] = getattr(lists, _LISTS[kind].member)
    return rows


def _own_columns(row: type[DatedRow]) -> tuple[str, ...]:
    names = [field.name for field in fields(row) if field.name not in DATED_COLUMNS]
    return tuple(names)


def _row(row: DatedRow, own: Iterable[str], shown: Iterable[str]) -> ReferenceRow:
    return ReferenceRow(
        own=tuple(_cell_words(name, getattr(row, name)) for name in shown),
        stored=tuple(_cell(getattr(row, name)) for name in (*own, *DATED_COLUMNS)),
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


def _cell(value: object) -> str:
    """As the shipped files write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _cell_words(name: str, value: object) -> str:
    if name == "country":
        return f"{country_name(str(value))} ({value})"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return words(value) if isinstance(value, StrEnum) else _cell(value)


def _column_words(name: str) -> str:
    return _COLUMN_WORDS.get(name, re.sub("_", " ", name).capitalize())
