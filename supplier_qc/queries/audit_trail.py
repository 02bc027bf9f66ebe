"""The audit trail: who changed what, when and why; and whether its chain is whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from supplier_qc.domain.audit import GENESIS, AuditAction, chained_content, entry_hash
from supplier_qc.domain.signatures import canonical_json
from supplier_qc.persistence.tables.accountability import AuditEntry
from supplier_qc.queries.paging import Page, page_of

PAGE_SIZE = 100
_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """All conditions hold together; `until_on` is the last day that is shown, by UTC."""

    person: str | None = None
    action: AuditAction | None = None
    subject_type: str | None = None
    text: str = ""
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class ColumnChange:
    column: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What happened to one row of one table: added, changed or removed."""

    table: str
    number: str
    change: str
    columns: tuple[ColumnChange, ...]


@dataclass(frozen=True, slots=True)
class AuditRow:
    id: int
    at: datetime
    actor_name: str
    action: AuditAction
    subject_type: str
    subject_id: int
    subject_label: str
    reason: str | None
    changes: tuple[RecordChange, ...]
    previous_hash: str
    entry_hash: str


@dataclass(frozen=True, slots=True)
class ChainVerdict:
    """`broken_id` is the first entry that does not fit, None when all do.

    What the chain alone cannot show: whether entries were cut off at its end. Compare `last_hash`
    with one that was kept elsewhere, such as an earlier download.
    """

    entries: int
    broken_id: int | None
    reason: str | None
    last_id: int | None
    last_hash: str

    @property
    def is_whole(self) -> bool:
        return self.broken_id is None


def list_entries(session: Session, wanted: AuditFilter, page: int) -> Page[AuditRow]:
    """The newest first."""
    found = _matching(wanted).order_by(AuditEntry.id.desc())
    return page_of(session, found, lambda record: _row(record[0]), page, PAGE_SIZE)


def iterate_entries(session: Session, wanted: AuditFilter) -> Iterator[AuditRow]:
    """All matching entries, the oldest first, a few hundred in memory at once."""
    found = _matching(wanted).order_by(AuditEntry.id)
    for entry in session.scalars(found.execution_options(yield_per=_ROWS_AT_ONCE)):
        yield _row(entry)
        session.expunge(entry)


def get_entry(session: Session, entry_id: int) -> AuditRow | None:
    entry = session.get(AuditEntry, entry_id)
    return None if entry is None else _row(entry)


def list_actors(session: Session) -> list[str]:
    """The names under which anybody changed anything."""
    names = select(AuditEntry.actor_name).distinct().order_by(AuditEntry.actor_name)
    return list(session.scalars(names))


def list_subject_types(session: Session) -> list[str]:
    types = select(AuditEntry.subject_type).distinct().order_by(AuditEntry.subject_type)
    return list(session.scalars(types))


def verify_chain(session: Session) -> ChainVerdict:
    """Recompute the hash of every entry from its content and the hash before it."""
    previous, count, last_id = GENESIS, 0, None
    entries = select(AuditEntry).order_by(AuditEntry.id)
    for entry in session.scalars(entries.execution_options(yield_per=_ROWS_AT_ONCE)):
        reason = _break(entry, previous)
        if reason is not None:
            return ChainVerdict(count, entry.id, reason, last_id, previous)
        previous, last_id = entry.entry_hash, entry.id
        count += 1
        session.expunge(entry)
    return ChainVerdict(count, None, None, last_id, previous)


def _break(entry: AuditEntry, previous: str) -> str | None:
    if entry.previous_hash != previous:
        return "It does not follow the entry before it: an entry was removed, or its link changed."
    if entry.entry_hash != entry_hash(entry.previous_hash, chained_content(entry)):
        return "Its content is not what was written: it was changed afterwards."
    return None


def _matching(wanted: AuditFilter) -> Select[AuditEntry]:
    found = select(AuditEntry)
    if wanted.person is not None:
        found = found.where(AuditEntry.actor_name == wanted.person)
    if wanted.action is not None:
        found = found.where(AuditEntry.action == wanted.action)
    if wanted.subject_type is not None:
        found = found.where(AuditEntry.subject_type == wanted.subject_type)
    if wanted.text:
        found = found.where(
            or_(
                AuditEntry.subject_label.icontains(wanted.text, autoescape=True),
                AuditEntry.reason.icontains(wanted.text, autoescape=True),
            )
        )
    if wanted.from_on is not None:
        found = found.where(AuditEntry.at >= _midnight(wanted.from_on))
    if wanted.until_on is not None and wanted.until_on < date.max:
        found = found.where(AuditEntry.at < _midnight(wanted.until_on + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _row(entry: AuditEntry) -> AuditRow:
    return AuditRow(
        id=entry.id,
        at=entry.at,
        actor_name=entry.actor_name,
        action=entry.action,
        subject_type=entry.subject_type,
        subject_id=entry.subject_id,
        subject_label=entry.subject_label,
        reason=entry.reason,
        changes=_changes(entry.changes),
        previous_hash=entry.previous_hash,
        entry_hash=entry.entry_hash,
    )


def _changes(kept: Sequence[Mapping[str, Any]]) -> tuple[RecordChange, ...]:
    return tuple(
        RecordChange(
            table=one["table"].replace("_", " "),
            number=str(one["id"]),
            change=one["change"],
            columns=tuple(
                ColumnChange(column.replace("_", " "), _shown(before), _shown(after))
                for column, (before, after) in one["columns"].items()
            ),
        )
        for one in kept
    )


def _shown(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return canonical_json(value)
