"""What the audit trail and the signatures say about a record."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.signatures import SignatureMeaning
from supplier_qc.persistence.tables.accountability import AuditEntry, Signature

LATEST = 20
"""Entries on a record's own page; the audit trail shows all of them."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column; None where there was nothing before, or is nothing any more."""

    table: str
    column: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class EntryRow:
    id: int
    at: datetime
    actor_name: str
    action: AuditAction
    subject_label: str
    reason: str | None
    changes: tuple[FieldChange, ...]

    @property
    def action_words(self) -> str:
        """The action in words: site:record:added is "Site record added"."""
        return self.action.value.replace(":", " ").replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """`fits` says whether the record still is what was signed."""

    printed_name: str
    meaning: SignatureMeaning
    reason: str
    signed_at: datetime
    subject_version: int
    fits: bool


def list_entries_about(
    session: Session, subjects: Mapping[str, Collection[int]], limit: int = LATEST
) -> list[EntryRow]:
    """The latest entries about the records, newest first; `subjects` is table to numbers."""
    named = [
        and_(AuditEntry.subject_type == table, AuditEntry.subject_id.in_(numbers))
        for table, numbers in subjects.items()
        if numbers
    ]
    if not named:
        return []
    entries = session.scalars(
        select(AuditEntry).where(or_(*named)).order_by(AuditEntry.id.desc()).limit(limit)
    )
    return [_entry_row(entry) for entry in entries]


def list_signatures(
    session: Session, subject_type: str, fingerprints: Mapping[int, str]
) -> Mapping[int, tuple[SignatureRow, ...]]:
    """The signatures under each record, newest first.

    `fingerprints` is each record's number to the fingerprint of what it says now.
    """
    found: dict[int, list[SignatureRow]] = defaultdict(list)
    signatures = session.scalars(
        select(Signature)
        .where(Signature.subject_type == subject_type, Signature.subject_id.in_(fingerprints))
        .order_by(Signature.id.desc())
    )
    for signature in signatures:
        fits = signature.fingerprint == fingerprints[signature.subject_id]
        found[signature.subject_id].append(_signature_row(signature, fits=fits))
    return {number: tuple(found[number]) for number in fingerprints}


def _signature_row(signature: Signature, *, fits: bool) -> SignatureRow:
    return SignatureRow(
        printed_name=signature.printed_name,
        meaning=signature.meaning,
        reason=signature.reason,
        signed_at=signature.signed_at,
        subject_version=signature.subject_version,
        fits=fits,
    )


def _entry_row(entry: AuditEntry) -> EntryRow:
    return EntryRow(
        id=entry.id,
        at=entry.at,
        actor_name=entry.actor_name,
        action=entry.action,
        subject_label=entry.subject_label,
        reason=entry.reason,
        changes=tuple(
            FieldChange(change["table"].replace("_", " "), _words(column), *map(_shown, values))
            for change in entry.changes
            for column, values in change["columns"].items()
            if not _is_key(column)
        ),
    )


def _is_key(column: str) -> bool:
    """Numbers of records mean nothing to a person."""
    return column == "id" or column.endswith("_id")


def _words(column: str) -> str:
    return column.replace("_", " ")


def _shown(value: Any) -> str | None:
    if value is None or value in ("", []):
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
