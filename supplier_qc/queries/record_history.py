"""What the audit trail and the signatures say about a record."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.signatures import SignatureMeaning
from supplier_qc.persistence.tables.accountability import AuditEntry, Signature
from supplier_qc.persistence.tables.documents import Document

_SHOWN_ELSEWHERE = frozenset({Signature.__tablename__, Document.__tablename__})
"""A signature is printed whole on the record's page, a file under its name."""

_CONTROLLED = re.compile(r"[a-z]+(?:_[a-z0-9]+)+")
"""How controlled values are stored; a person reads words."""

LATEST = 20
"""Entries on a record's own page; the audit trail shows all of them."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column; None where there was nothing before, or is nothing any more."""

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
        changes=tuple(_changes(entry.changes)),
    )


def _changes(changes: Iterable[Mapping[str, Any]]) -> Iterator[FieldChange]:
    for change in changes:
        if change["table"] in _SHOWN_ELSEWHERE:
            continue
        for column, (before, after) in change["columns"].items():
            shown = FieldChange(column.replace("_", " "), _shown(before), _shown(after))
            if not _is_inner(column) and (shown.before, shown.after) != (None, None):
                yield shown


def _is_inner(column: str) -> bool:
    """Numbers of records and moments stand in the entry already, or mean nothing to a person."""
    return column in ("id", "position") or column.endswith(("_id", "_at"))


def _shown(value: Any) -> str | None:
    if value is None or value in ("", []):
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    words = str(value)
    return words.replace("_", " ") if _CONTROLLED.fullmatch(words) else words
