"""Documents lie under their checksum: once, whole, and checked at every reading."""

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supplier_qc.config import ROOT
from supplier_qc.persistence.document_store import (
    DocumentDamaged,
    DocumentMissing,
    DocumentStore,
)

CONTENT = b"%PDF-1.7 certificate of analysis"


@pytest.fixture
def store(tmp_path: Path) -> DocumentStore:
    return DocumentStore(tmp_path / "documents")


def files(store: DocumentStore) -> list[Path]:
    return [path for path in store.path("x").parents[1].rglob("*") if path.is_file()]


def test_bytes_come_back_as_they_were_stored(store: DocumentStore) -> None:
    stored = store.put(CONTENT)
    assert (stored.sha256, stored.size_bytes) == (hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))
    assert store.get(stored.sha256) == CONTENT


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(content=st.binary(max_size=2000))
def test_any_bytes_come_back(store: DocumentStore, content: bytes) -> None:
    assert store.get(store.put(content).sha256) == content


def test_the_same_bytes_twice_are_one_file(store: DocumentStore) -> None:
    assert store.put(CONTENT) == store.put(CONTENT)
    assert len(files(store)) == 1


def test_a_stored_file_is_never_written_again(store: DocumentStore) -> None:
    path = store.path(store.put(CONTENT).sha256)
    before = path.stat()
    store.put(CONTENT)
    after = path.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


@pytest.mark.parametrize("damage", [b"", CONTENT[:-1], CONTENT + b" ", b"X" + CONTENT[1:]])
def test_a_changed_byte_is_found_at_the_next_reading(store: DocumentStore, damage: bytes) -> None:
    stored = store.put(CONTENT)
    store.path(stored.sha256).write_bytes(damage)
    with pytest.raises(DocumentDamaged, match=f"{stored.sha256[:12]}.*backup"):
        store.get(stored.sha256)


def test_a_missing_file_is_named_with_the_way_out(store: DocumentStore) -> None:
    with pytest.raises(DocumentMissing, match="Restore the documents folder from the backup"):
        store.get("0" * 64)


KILLED_WHILE_WRITING = """
import os, signal, sys
from pathlib import Path
from supplier_qc.persistence import document_store

def killed(descriptor):
    os.kill(os.getpid(), signal.SIGKILL)

document_store.os.fsync = killed
document_store.DocumentStore(Path(sys.argv[1])).put(b"half of it")
"""


def test_a_process_killed_while_writing_leaves_no_half_file_under_a_checksum(
    store: DocumentStore, tmp_path: Path
) -> None:
    """The kernel is asked for nothing: the process ends at its first fsync, as in a power cut."""
    folder = tmp_path / "documents"
    command = [sys.executable, "-c", KILLED_WHILE_WRITING, str(folder)]
    ended = subprocess.run(command, cwd=ROOT, env=os.environ, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert [path.name for path in files(store) if not path.name.startswith(".incoming-")] == []
    assert store.get(store.put(b"half of it").sha256) == b"half of it"
