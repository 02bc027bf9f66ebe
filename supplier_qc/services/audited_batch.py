"""Many records in one transaction, each with an audit entry of its own, chained like any other."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.people import Actor
from supplier_qc.domain.refusals import ChangedMeanwhile, Refused
from supplier_qc.persistence.change_log import ChangeLog
from supplier_qc.services.transaction import Change, Identified, chained_entry, last_hash

Subject = tuple[str, int]


@dataclass(slots=True)
class AuditedBatch:
    """An open transaction; `settle` writes what is pending, and each record's entry."""

    session: Session
    log: ChangeLog
    actor: Actor
    now: datetime
    reason: str
    _pending: list[tuple[AuditAction, Identified, str]] = field(default_factory=list)
    _previous: str | None = None

    def change(self, action: AuditAction) -> Change:
        """For services that work within an open change."""
        return Change(self.session, action, self.actor, self.now, self.reason)

    def about(self, action: AuditAction, record: Identified, label: str) -> None:
        """Say what a record's changes are; it gets its entry when the batch settles."""
        self._pending.append((action, record, label))

    def settle(self) -> None:
        """Flush; changes of subordinate rows go to the entry of the record they belong to."""
        self.session.flush()
        changes: dict[Subject, list[dict[str, Any]]] = defaultdict(list)
        for change in self.log.changes:
            changes[_owner(change)].append(change)
        self.log.changes = []
        previous = self._previous or last_hash(self.session)
        for action, record, label in self._pending:
            own = changes.pop((record.__tablename__, record.id), [])
            entry = chained_entry(self.change(action), record, label, own, previous)
            previous = entry.entry_hash
            self.session.add(entry)
        self._previous = previous
        self._pending.clear()
        if changes:
            raise RuntimeError(f"Changes without an entry: {sorted(changes)[:3]}.")
        self.session.flush()


@contextmanager
def changing_many(
    sessions: sessionmaker[Session], *, actor: Actor, now: datetime, reason: str
) -> Iterator[AuditedBatch]:
    """One transaction for all; leaving it early, or by an error, undoes all of it."""
    with sessions() as session:
        batch = AuditedBatch(session, ChangeLog(session), actor, now, reason)
        try:
            yield batch
            batch.settle()
            session.commit()
        except StaleDataError as stale:
            raise ChangedMeanwhile from stale
        except IntegrityError as broken:
            raise Refused(
                "Nothing was saved: a record repeats or contradicts one that is already there "
                f"({broken.orig})."
            ) from broken


def _owner(change: Mapping[str, Any]) -> Subject:
    """The record whose entry tells of the change."""
    columns = change["columns"]
    if change["table"] == "organisation_role":
        return "organisation", int(str(change["id"]).partition("/")[0])
    if change["table"] == "own_number":
        return columns["subject_type"][1], columns["subject_id"][1]
    if change["table"] == "origin_component":
        return "manufacturer_item", columns["item_id"][1]
    if "qualification_id" in columns:
        return "qualification", columns["qualification_id"][1]
    return change["table"], change["id"]
