"""Files by content: written once under their SHA-256, never overwritten."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path


class DocumentMissing(Exception):
    """The database knows the document, the store does not hold its bytes."""


class DocumentDamaged(Exception):
    """The bytes in the store no longer have the checksum they were stored under."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    sha256: str
    size_bytes: int


class DocumentStore:
    """Documents in a folder, two letters of the checksum deep."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> StoredDocument:
        """Store the bytes; the same bytes twice are one file. Durable when it returns."""
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path(sha256)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            _write_durably(target, content)
        return StoredDocument(sha256=sha256, size_bytes=len(content))

    def get(self, sha256: str) -> bytes:
        """The bytes, checked against their checksum.

        Raises DocumentMissing or DocumentDamaged.
        """
        path = self.path(sha256)
        if not path.exists():
            raise DocumentMissing(
                f"The file {sha256[:12]}… is not in the document store. "
                "Restore the documents folder from the backup."
            )
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise DocumentDamaged(
                f"The file {sha256[:12]}… was changed after it was stored. "
                "Restore it from the backup."
            )
        return content

    def path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256


def _write_durably(target: Path, content: bytes) -> None:
    """Write beside the target and rename, so that a crash leaves no half file under its name."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".incoming-")
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(target)
