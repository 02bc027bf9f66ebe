"""Before and after of every column that a transaction changes, collected at flush."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Mapper, Session, UOWTransaction

from supplier_qc.persistence.base import Base
from supplier_qc.persistence.tables.accountability import AuditEntry

_NOT_SHOWN = "(not shown)"


class ChangeLog:
    """The changes of one session, as the audit trail keeps them."""

    def __init__(self, session: Session) -> None:
        self.changes: list[dict[str, Any]] = []
        event.listen(session, "after_flush", self._collect)

    def _collect(self, session: Session, flush: UOWTransaction) -> None:
        for record in session.new:
            self._note(record, "added")
        for record in session.dirty:
            self._note(record, "changed")
        for record in _removed(flush):
            self._note(record, "removed")

    def _note(self, record: Any, change: str) -> None:
        if isinstance(record, AuditEntry) or not isinstance(record, Base):
            return
        columns = _column_changes(record, change)
        if columns or change != "changed":
            self.changes.append(
                {
                    "table": record.__tablename__,
                    "id": _identity(record),
                    "change": change,
                    "columns": columns,
                }
            )


def _removed(flush: UOWTransaction) -> list[Any]:
    """All that this flush deletes; `session.deleted` leaves out what goes with its parent."""
    return [
        state.obj()
        for state, (is_delete, list_only) in flush.states.items()
        if is_delete and not list_only
    ]


def _identity(record: Base) -> int | str:
    key = inspect(record).mapper.primary_key_from_instance(record)
    return key[0] if len(key) == 1 else "/".join(str(part) for part in key)


def _column_changes(record: Base, change: str) -> dict[str, list[Any]]:
    state = inspect(record)
    mapper: Mapper[Any] = state.mapper
    columns: dict[str, list[Any]] = {}
    for attribute in mapper.column_attrs:
        column = attribute.columns[0]
        if attribute.key == "version" or (column.primary_key and change == "changed"):
            continue
        before, after = _before_and_after(state, attribute.key, change)
        if before != after:
            secret = bool(column.info.get("secret"))
            columns[attribute.key] = [_shown(before, secret), _shown(after, secret)]
    return columns


def _before_and_after(state: Any, key: str, change: str) -> tuple[Any, Any]:
    current = state.dict.get(key)
    if change == "added":
        return None, current
    if change == "removed":
        return current, None
    history = state.attrs[key].history
    if not history.has_changes():
        return current, current
    return (history.deleted[0] if history.deleted else None), current


def _shown(value: Any, secret: bool) -> Any:  # noqa: FBT001 -- private, read at two call sites
    if value is None:
        return None
    if secret:
        return _NOT_SHOWN
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return value
