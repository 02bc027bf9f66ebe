"""The regulatory lists as shipped: CSV files in `reference_data`, one per kind of row.

The first columns are those of the row; document to remark follow in every file. An empty cell is
None. The files hold the state that the product was built with; what a site loads, changes and
verifies lives in its database.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from supplier_qc.domain.origin.conditions import parse
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
from supplier_qc.domain.origin.vocabulary import (
    Agent,
    Authority,
    BseStatus,
    DerivativeClass,
    InfectivityCategory,
    ListAuthority,
    Mark,
    Species,
    Tissue,
)
from supplier_qc.domain.refusals import Refused

SHIPPED = Path(__file__).parent / "reference_data"

Row = TypeVar("Row", bound=DatedRow)
Convert = Callable[[str], object]


class ReferenceFileUnreadable(Refused):
    """Files of reference rows cannot be read; every file, line and column is named."""


def read_reference_lists(folder: Path = SHIPPED) -> ReferenceLists:
    """All lists of a folder; raises ReferenceFileUnreadable."""
    problems: list[str] = []

    def rows(
        name: str, kind: Callable[..., Row], columns: Mapping[str, Convert]
    ) -> tuple[Row, ...]:
        return tuple(_rows(folder / name, kind, columns, problems))

    lists = ReferenceLists(
        country_lists=rows(
            "country_list.csv", CountryListRow, {"authority": _one_of(ListAuthority)}
        ),
        countries=rows(
            "country_status.csv",
            CountryStatusRow,
            {
                "authority": _one_of(ListAuthority),
                "country": _country,
                "zone": _optional_text,
                "status": _one_of(BseStatus),
            },
        ),
        targets=rows(
            "target_list.csv",
            TargetListRow,
            {"authority": _one_of(Authority), "list_authority": _one_of(ListAuthority)},
        ),
        species=rows(
            "species_scope.csv",
            SpeciesScopeRow,
            {"species": _one_of(Species), "is_tse_relevant": _flag},
        ),
        tissues=rows(
            "tissue_category.csv",
            TissueRow,
            {
                "tissue": _one_of(Tissue),
                "species": _optional(Species),
                "category": _one_of(InfectivityCategory),
            },
        ),
        derivatives=rows(
            "derivative_rule.csv",
            DerivativeRuleRow,
            {"derivative": _one_of(DerivativeClass), "conditions": _conditions},
        ),
        agents=rows(
            "agent_expectation.csv",
            AgentExpectationRow,
            {
                "rule_id": _text,
                "species": _optional(Species),
                "derivative": _optional(DerivativeClass),
                "except_derivative": _optional(DerivativeClass),
                "agent": _one_of(Agent),
            },
        ),
        policies=rows(
            "statement_policy.csv",
            StatementPolicyRow,
            {"kind": _text, "maximum_age_months": _positive},
        ),
        bases=rows("rule_basis.csv", RuleBasisRow, {"rule_id": _text}),
    )
    ReferenceFileUnreadable.unless_empty(problems)
    return lists


def _rows(
    path: Path, kind: Callable[..., Row], columns: Mapping[str, Convert], problems: list[str]
) -> Iterator[Row]:
    """The rows that can be read; what cannot is added to the problems."""
    expected = {**columns, **_DATED}
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            if reader.fieldnames != list(expected):
                problems.append(f"{path.name}: the columns are not {', '.join(expected)}.")
                return
            for cells in reader:
                place = f"{path.name} line {reader.line_num}"
                row = _row(cells, kind, expected, place, problems)
                if row is not None:
                    yield row
    except (OSError, UnicodeDecodeError, csv.Error) as reason:
        problems.append(f"{path.name}: cannot be read ({reason}).")


def _row(
    cells: Mapping[str | None, object],
    kind: Callable[..., Row],
    columns: Mapping[str, Convert],
    place: str,
    problems: list[str],
) -> Row | None:
    # DictReader puts surplus cells under None and fills missing ones with None.
    if None in cells or None in cells.values():
        problems.append(f"{place}: the number of cells is not {len(columns)}.")
        return None
    values: dict[str, object] = {}
    before = len(problems)
    for name, convert in columns.items():
        try:
            values[name] = convert(str(cells[name]).strip())
        except Refused as refused:
            problems += [f"{place}, {name}: {reason}" for reason in refused.reasons]
        except ValueError as reason:
            problems.append(f"{place}, {name}: {reason}.")
    problems += _order_problems(values, place)
    return None if len(problems) > before else kind(**values)


def _order_problems(values: Mapping[str, object], place: str) -> list[str]:
    begin, end = values.get("valid_from"), values.get("valid_to")
    if isinstance(begin, date) and isinstance(end, date) and end <= begin:
        return [f"{place}: valid_to is not after valid_from."]
    return []


def _text(cell: str) -> str:
    if not cell:
        raise ValueError("is empty")
    return cell


def _optional_text(cell: str) -> str | None:
    return cell or None


def _one_of(kind: type[StrEnum]) -> Convert:
    def convert(cell: str) -> StrEnum:
        if cell not in set(kind):
            raise ValueError(f"“{cell}” is not one of {', '.join(kind)}")
        return kind(cell)

    return convert


def _optional(kind: type[StrEnum]) -> Convert:
    needed = _one_of(kind)

    def convert(cell: str) -> object:
        return needed(cell) if cell else None

    return convert


def _optional_day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError:
        raise ValueError(f"“{cell}” is not a date such as 2026-03-31") from None


def _country(cell: str) -> str:
    if len(cell) != len("XX") or not (cell.isascii() and cell.isupper()):
        raise ValueError(f"“{cell}” is not a country code of two capital letters (ISO 3166-1)")
    return cell


def _flag(cell: str) -> bool:
    if cell not in {"true", "false"}:
        raise ValueError(f"“{cell}” is neither true nor false")
    return cell == "true"


def _positive(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit()):
        raise ValueError(f"“{cell}” is not a whole number")
    if int(cell) < 1:
        raise ValueError(f"{cell} is not positive")
    return int(cell)


def _conditions(cell: str) -> str:
    """The text as it stands, once it is sure that the rules can read it."""
    parse(cell)
    return cell


_DATED: dict[str, Convert] = {
    "document": _text,
    "clause": _optional_text,
    "edition": _text,
    "valid_from": _optional_day,
    "valid_to": _optional_day,
    "mark": _one_of(Mark),
    "source": _text,
    "remark": _optional_text,
}
