"""The watched folder as the file system has it: what lies there, and moving it out of the way.

Nothing is overwritten and no link is followed. Files leave by being renamed into `taken` or
`refused`, so that one that was interrupted lies in exactly one place.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

TAKEN, REFUSED = "taken", "refused"
REASON_SUFFIX = ".txt"


class EntryKind(StrEnum):
    FILE = "file"
    LINK = "link"
    FOLDER = "folder"
    OTHER = "other"  # a pipe, a socket, a device


@dataclass(frozen=True, slots=True)
class FolderEntry:
    """One name in the folder, as it is without following it."""

    name: str
    kind: EntryKind
    size_bytes: int
    modified_ns: int


class FolderUnusable(Exception):
    """The folder itself cannot be looked into; the message is fit for the user."""


class StillWritten(Exception):
    """The file changed while it was read; it is looked at again later."""


class WatchedFolder:
    """A folder that files are put into, with `taken` and `refused` beside them."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def entries(self) -> list[FolderEntry]:
        """Everything but hidden names and our own two folders, by name.

        Raises FolderUnusable when the folder is missing or may not be read.
        """
        try:
            with os.scandir(self.path) as found:
                entries = [_entry(one) for one in found if _is_shown(one.name)]
        except OSError as trouble:
            raise FolderUnusable(
                f"The watched folder {self.path} cannot be looked into: {trouble.strerror}."
            ) from trouble
        return sorted((one for one in entries if one is not None), key=lambda one: one.name)

    def read(self, entry: FolderEntry) -> bytes:
        """The bytes of a file that lies still.

        Raises StillWritten when it is not what was seen any more, OSError when it may not be read.
        """
        descriptor = os.open(self.path / entry.name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            _expect(entry, os.fstat(descriptor))
            content = file.read(entry.size_bytes + 1)
            _expect(entry, os.fstat(descriptor))
        if len(content) != entry.size_bytes:
            raise StillWritten
        return content

    def take(self, name: str) -> None:
        """Out of the way, among those that became certificates."""
        self._move(name, TAKEN)

    def refuse(self, name: str, reasons: tuple[str, ...]) -> None:
        """Out of the way with the reasons beside it; they are written before the file moves."""
        target = self._free_name(name, REFUSED)
        reason = target.with_name(target.name + REASON_SUFFIX)
        reason.write_text("\n".join(reasons) + "\n", encoding="utf-8")
        (self.path / name).rename(target)

    def list_refused(self, most: int) -> list[tuple[str, str]]:
        """The names last refused, the newest first, with their reasons."""
        folder = self.path / REFUSED
        try:
            notes = [path for path in folder.glob(f"*{REASON_SUFFIX}") if path.is_file()]
            notes.sort(key=lambda path: (-path.stat().st_mtime_ns, path.name))
            return [
                (path.name.removesuffix(REASON_SUFFIX), path.read_text(encoding="utf-8").strip())
                for path in notes[:most]
            ]
        except OSError:
            return []

    def _move(self, name: str, folder: str) -> None:
        (self.path / name).rename(self._free_name(name, folder))

    def _free_name(self, name: str, folder: str) -> Path:
        """A name in the folder that nothing has: `coa.pdf`, then `coa (2).pdf`."""
        (self.path / folder).mkdir(exist_ok=True)
        target = self.path / folder / name
        return next(path for path in _numbered(target) if not os.path.lexists(path))


def _is_shown(name: str) -> bool:
    return not name.startswith(".") and name not in {TAKEN, REFUSED}


def _entry(found: "os.DirEntry[str]") -> FolderEntry | None:
    try:
        about = found.stat(follow_symlinks=False)
    except FileNotFoundError:  # taken away by its owner meanwhile
        return None
    return FolderEntry(found.name, _kind(about.st_mode), about.st_size, about.st_mtime_ns)


def _kind(mode: int) -> EntryKind:
    if stat.S_ISREG(mode):
        return EntryKind.FILE
    if stat.S_ISLNK(mode):
        return EntryKind.LINK
    return EntryKind.FOLDER if stat.S_ISDIR(mode) else EntryKind.OTHER


def _expect(entry: FolderEntry, about: os.stat_result) -> None:
    seen = (entry.size_bytes, entry.modified_ns)
    if not stat.S_ISREG(about.st_mode) or (about.st_size, about.st_mtime_ns) != seen:
        raise StillWritten


def _numbered(path: Path) -> Iterator[Path]:
    yield path
    number = 2
    while True:
        yield path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
