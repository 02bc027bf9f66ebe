"""What a file would do, before anything is done: new, changed and same rows, and every error."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from supplier_qc.domain.imports.rows import ReadRow, ReadSheet, RowError, ordered
from supplier_qc.domain.imports.sheets import CellKind, Column, Sheet, SheetKind, choice_words
from supplier_qc.services.import_checks import row_problems
from supplier_qc.services.import_records import NATURAL, Entity, NamedBy, OnFile, name_of


class Effect(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class FieldChange:
    heading: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """`own_number` is set where the record does not have it yet."""

    sheet: Sheet
    number: int
    entity: Entity
    effect: Effect
    changes: tuple[FieldChange, ...]
    own_number: str | None

    @property
    def label(self) -> str:
        values = self.entity.values
        if self.sheet.kind is SheetKind.SOURCES:
            return f"{_name(values['item_id'])} for {choice_words(values['use_scope']).lower()}"
        parts = (values.get("own_number") or values.get("code"), _name(self.entity))
        return " ".join(str(part) for part in parts if part)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    rows: tuple[PlannedRow, ...]
    errors: tuple[RowError, ...]
    notes: tuple[str, ...]

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """How many rows of each sheet do what."""
        counted = Counter((row.sheet.kind.value, row.effect.value) for row in self.rows)
        kinds = [kind.value for kind in SheetKind if any(key == kind.value for key, _ in counted)]
        return {kind: {one.value: counted[kind, one.value] for one in Effect} for kind in kinds}

    @property
    def does_something(self) -> bool:
        return any(row.effect is not Effect.SAME for row in self.rows)


def plan_import(session: Session, sheets: Iterable[ReadSheet], today: date) -> ImportPlan:
    """Nothing is changed; every record is loaded once, however many rows there are."""
    planner = _Planner(OnFile(session), today)
    rows: list[PlannedRow] = []
    errors: list[RowError] = []
    notes: list[str] = []
    for read in ordered(sheets):
        errors += read.errors
        notes += read.notes
        for row in read.rows:
            planned = planner.plan(read.sheet, row)
            if planned is not None:
                rows.append(planned)
    errors += planner.errors
    return ImportPlan(tuple(rows), tuple(errors), tuple(notes))


class _Planner:
    def __init__(self, on_file: OnFile, today: date) -> None:
        self._on_file, self._today = on_file, today
        self._coming: dict[tuple[SheetKind, str], Entity] = {}
        self._names: dict[tuple[SheetKind, NamedBy], Entity] = {}
        self.errors: list[RowError] = []

    def plan(self, sheet: Sheet, row: ReadRow) -> PlannedRow | None:
        values = dict(self._resolved(sheet, row))
        if len(values) != len(row.values):
            return None  # a reference leads nowhere; the error is noted
        found = self._found(sheet, row, values)
        entity = Entity(sheet.kind, found.record if found else None, values)
        problems = list(self._problems(sheet, entity))
        if problems:
            self.errors += [
                RowError(sheet.title, row.number, heading, reason) for heading, reason in problems
            ]
            return None
        self._remember(sheet, entity)
        return self._planned(sheet, row, entity)

    def _resolved(self, sheet: Sheet, row: ReadRow) -> Iterator[tuple[str, Any]]:
        """Each value, references replaced by what they lead to."""
        for field, value in row.values.items():
            column = sheet.column(field)
            if column.refers_to is None:
                yield field, value
                continue
            target = self._target(column, str(value))
            if target is not None:
                yield field, target
                continue
            reason = f"{column.heading} {value} is neither on file nor in this file."
            self.errors.append(RowError(sheet.title, row.number, column.heading, reason))

    def _target(self, column: Column, code: str) -> Entity | None:
        kind = column.refers_to
        if kind is None:
            return None
        coming = self._coming.get((kind, code.casefold()))
        return coming or self._on_file.of_number(kind, code)

    def _found(self, sheet: Sheet, row: ReadRow, values: Mapping[str, Any]) -> Entity | None:
        """The record on file, by its own number or else by what it is called."""
        own = row.values.get("own_number")
        by_number = self._on_file.of_number(sheet.kind, str(own)) if own else None
        if by_number is not None:
            return by_number
        name = self._name(sheet.kind, Entity(sheet.kind, None, dict(values)))
        return None if name is None else self._on_file.of_name(sheet.kind, name)

    def _name(self, kind: SheetKind, entity: Entity) -> NamedBy | None:
        """What it is called; None where the kind has no name that tells records apart."""
        parts = tuple(_on_file_value(entity, field) for field in NATURAL.get(kind, ()))
        return None if not parts or None in parts else name_of(parts)

    def _problems(self, sheet: Sheet, entity: Entity) -> Iterator[tuple[str, str]]:
        yield from row_problems(entity, self._on_file, self._today)
        name = self._name(sheet.kind, entity)
        if name is not None:
            namesake = self._names.get((sheet.kind, name)) or self._on_file.of_name(
                sheet.kind, name
            )
            if namesake is not None and not _is_same(namesake, entity):
                heading = sheet.column(NATURAL[sheet.kind][-1]).heading
                yield heading, f"{heading} belongs to another record: {_name(namesake)}."

    def _remember(self, sheet: Sheet, entity: Entity) -> None:
        code = entity.values.get("own_number") or entity.values.get("code")
        if code:
            self._coming[sheet.kind, str(code).casefold()] = entity
        name = self._name(sheet.kind, entity)
        if name is not None:
            self._names[sheet.kind, name] = entity

    def _planned(self, sheet: Sheet, row: ReadRow, entity: Entity) -> PlannedRow:
        own = entity.values.get("own_number")
        known = own and self._on_file.of_number(sheet.kind, str(own)) is not None
        new_number = str(own) if own and not known else None
        if entity.record is None:
            return PlannedRow(sheet, row.number, entity, Effect.NEW, (), new_number)
        changes = tuple(_changes(sheet, entity))
        if new_number is not None:
            heading = sheet.column("own_number").heading
            changes = (FieldChange(heading, "", new_number), *changes)
        effect = Effect.CHANGED if changes else Effect.SAME
        return PlannedRow(sheet, row.number, entity, effect, changes, new_number)


def changed_fields(sheet: Sheet, entity: Entity) -> Iterator[tuple[Column, Any]]:
    """Column and new value of what differs from the record; of a proposal, nothing ever does."""
    if sheet.kind is SheetKind.SOURCES:
        return
    for column in sheet.columns:
        if column.field not in entity.values or column.field == "own_number":
            continue
        value = entity.values[column.field]
        if not _is_kept(entity.record, column, value):
            yield column, value


def _is_kept(record: Any, column: Column, value: Any) -> bool:
    if column.kind is CellKind.CHOICES:
        return frozenset(value) <= {held.role for held in record.roles}
    if isinstance(value, Entity):
        return value.record is not None and getattr(record, column.field) == value.record.id
    return bool(getattr(record, column.field) == value)


def _changes(sheet: Sheet, entity: Entity) -> Iterator[FieldChange]:
    for column, value in changed_fields(sheet, entity):
        if column.kind is CellKind.CHOICES:
            before: Any = frozenset(held.role for held in entity.record.roles)
            yield FieldChange(column.heading, _shown(before), _shown(before | value))
        elif isinstance(value, Entity):
            yield FieldChange(column.heading, "another record", _name(value))
        else:
            before = getattr(entity.record, column.field)
            yield FieldChange(column.heading, _shown(before), _shown(value))


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, frozenset):
        return "; ".join(sorted(choice_words(member) for member in value))
    if isinstance(value, StrEnum):
        return choice_words(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _on_file_value(entity: Entity, field: str) -> Any:
    """As the table keeps it; what hangs on a row that is still to come is told apart by it."""
    value = entity.values.get(field)
    if isinstance(value, Entity):
        return value.record.id if value.record is not None else ("to come", id(value))
    if value is None and entity.record is not None:
        return getattr(entity.record, field)
    return value


def _is_same(one: Entity, other: Entity) -> bool:
    return one is other or (one.record is not None and one.record is other.record)


def _name(entity: Entity) -> str:
    for field in ("name", "title", "sku", "catalogue_number"):
        found = entity.values.get(field) or getattr(entity.record, field, None)
        if found:
            return str(found)
    return ""
