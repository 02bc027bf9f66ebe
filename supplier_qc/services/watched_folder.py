"""Certificates put into a folder: stored once each, moved out of the way, refused with a reason.

The order makes a killed process harmless: the bytes are in the store, then certificate and arrival
are saved together, then the file is moved. A file that was saved and not moved is known by its
arrival and only moved.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from supplier_qc.domain.arrivals import Arrival
from supplier_qc.domain.certificates import CertificateState
from supplier_qc.domain.people import SCHEDULER
from supplier_qc.domain.refusals import Refused
from supplier_qc.persistence.tables.certificates import Certificate
from supplier_qc.persistence.tables.documents import Document
from supplier_qc.persistence.tables.intake import FolderArrival
from supplier_qc.persistence.watched_folder import (
    EntryKind,
    FolderEntry,
    FolderUnusable,
    StillWritten,
    WatchedFolder,
)
from supplier_qc.services.certificates import FoundFile, Sender, upload_certificate
from supplier_qc.services.installation import Installation

MOST_REFUSED_SHOWN = 20

_LEFT = {
    EntryKind.FOLDER: "is a sub-folder; it is not looked into. Put the files beside it.",
    EntryKind.OTHER: "is no file.",
}


@dataclass(frozen=True, slots=True)
class Looked:
    """One look: how many were taken and refused, and what was left lying, with the reason."""

    taken: int = 0
    refused: int = 0
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FolderState:
    """The folder as it is now, for people; `trouble` says why it cannot be looked into."""

    path: str
    trouble: str
    waiting: tuple[FolderEntry, ...]
    left: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class FolderWatch:
    """Remembers what lay in each folder at the last look; a file is taken once it lies still."""

    _before: dict[Path, Mapping[str, FolderEntry]] = field(default_factory=dict)

    def look(self, installation: Installation, path: Path, now: datetime) -> Looked:
        """Take or refuse every file that has not changed since the look before.

        Raises FolderUnusable when the folder is missing or may not be read.
        """
        folder = WatchedFolder(path)
        entries = folder.entries()
        before = self._before.get(path, {})
        self._before[path] = {entry.name: entry for entry in entries}
        still = [entry for entry in entries if before.get(entry.name) == entry]
        outcomes = [_handle(installation, folder, entry, now) for entry in still]
        return Looked(
            taken=sum(outcome is True for outcome in outcomes),
            refused=sum(outcome is False for outcome in outcomes),
            left=tuple(outcome for outcome in outcomes if isinstance(outcome, str)),
        )


def get_folder_state(installation: Installation) -> FolderState | None:
    """The watched folder for its page, or None where none is set."""
    path = installation.settings.watched_folder
    if path is None:
        return None
    folder = WatchedFolder(path)
    try:
        entries = folder.entries()
    except FolderUnusable as unusable:
        return FolderState(str(path), str(unusable), (), (), ())
    waiting = tuple(one for one in entries if one.kind in {EntryKind.FILE, EntryKind.LINK})
    left = tuple(f"{one.name} {_LEFT[one.kind]}" for one in entries if one.kind in _LEFT)
    refused = tuple(folder.list_refused(MOST_REFUSED_SHOWN))
    return FolderState(str(path), "", waiting, left, refused)


def _handle(
    installation: Installation, folder: WatchedFolder, entry: FolderEntry, now: datetime
) -> bool | str | None:
    """True when taken, False when refused, a sentence when left; None to be looked at again."""
    if entry.kind in _LEFT:
        return f"{entry.name} {_LEFT[entry.kind]}"
    try:
        return _take_or_refuse(installation, folder, entry, now)
    except StillWritten:
        return None
    except OSError as trouble:
        return f"{entry.name} cannot be read or moved: {trouble.strerror}."


def _take_or_refuse(
    installation: Installation, folder: WatchedFolder, entry: FolderEntry, now: datetime
) -> bool:
    try:
        Refused.unless_empty(_entry_problems(entry, installation.settings.upload_megabytes))
        _store(installation, entry, folder.read(entry), now)
    except Refused as refusal:
        folder.refuse(entry.name, refusal.reasons)
        return False
    folder.take(entry.name)
    return True


def _entry_problems(entry: FolderEntry, megabytes: int) -> tuple[str, ...]:
    """What is wrong with it before any of it is read."""
    if entry.kind is EntryKind.LINK:
        return (f"{entry.name}: a link and no file; put the file itself here.",)
    if entry.size_bytes > megabytes * 2**20:
        return (f"{entry.name}: the file is larger than {megabytes} MB.",)
    return ()


def _store(installation: Installation, entry: FolderEntry, content: bytes, now: datetime) -> None:
    """Make the certificate, unless a process that was killed has made it from this very file."""
    known = _known_arrival(installation, entry)
    if known is not None:
        _refuse_unless_same(known, content)
        return
    upload_certificate(
        installation.sessions,
        installation.documents,
        entry.name,
        content,
        sender=Sender(
            Arrival.FOLDER, found=FoundFile(entry.name, entry.size_bytes, entry.modified_ns)
        ),
        actor=SCHEDULER,
        now=now,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    certificate_id: int
    state: CertificateState
    sha256: str


def _known_arrival(installation: Installation, entry: FolderEntry) -> _Known | None:
    with installation.reading() as session:
        found = session.execute(
            select(Certificate.id, Certificate.state, Document.sha256)
            .join(FolderArrival, FolderArrival.certificate_id == Certificate.id)
            .join(Document, Document.id == Certificate.document_id)
            .where(
                FolderArrival.name == entry.name,
                FolderArrival.size_bytes == entry.size_bytes,
                FolderArrival.modified_ns == entry.modified_ns,
            )
        ).first()
    return _Known(*found) if found else None


def _refuse_unless_same(known: _Known, content: bytes) -> None:
    name = f"certificate {known.certificate_id}"
    if known.state is CertificateState.REJECTED:
        raise Refused(f"This very file was taken before as {name}, which was rejected.")
    if hashlib.sha256(content).hexdigest() != known.sha256:
        raise Refused(
            f"Another file of this name, size and time was taken as {name}. Rename this one."
        )
