"""A company's whole catalogue in one file: 5,000 items and 20,000 papers, each with its entry.

Each step runs in a process of its own, so that its peak of memory is its own.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.conftest import _installation
from tests.import_files import large

ITEMS, PAPERS = 5_000, 20_000
MOST_SECONDS = 180
MOST_MEGABYTES = 900

STEP = """
import json, sys, time
from pathlib import Path
from benchmarks.conftest import NOW
from supplier_qc.config import settings_from
from supplier_qc.domain.people import Role
from supplier_qc.domain.search import sought
from supplier_qc.queries.search import search
from supplier_qc.services.imports import apply_import, preview_import
from supplier_qc.services.installation import open_installation
from tests.conftest import actor_of

step, folder, book = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]).read_bytes()
installation = open_installation(settings_from({"SUPPLIER_QC_DATA": str(folder)}))
began = time.perf_counter()
if step == "preview":
    found = preview_import(installation.sessions, book, "book.xlsx", today=NOW.date()).plan
    rows = len(found.rows)
elif step == "search":
    with installation.reading() as session:
        rows = sum(group.total for group in search(session, sought("item 004")))
else:
    actor = actor_of(Role.PROCUREMENT)
    steps = apply_import(installation.sessions, book, "book.xlsx", actor=actor, now=NOW)
    rows = max(step.done for step in steps)
seconds = time.perf_counter() - began
status = Path("/proc/self/status").read_text()
peak = int(status.split("VmHWM:")[1].split()[0]) / 1024  # of this process, its parent's left out
print(json.dumps({"rows": rows, "seconds": seconds, "megabytes": peak}))
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    path.write_bytes(large(ITEMS, PAPERS))
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("imports")
    _installation(made).engine.dispose()
    return made


@pytest.mark.parametrize("step", ["preview", "apply", "preview again", "search"])
def test_import(step: str, book: Path, folder: Path) -> None:
    """In this order: an empty installation, the import, the same file, a search in all of it."""
    command = [sys.executable, "-c", STEP, step.split(maxsplit=1)[0], str(folder), str(book)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    print(f"{step}: {found}")  # noqa: T201 -- the figure of this measurement
    assert found["rows"] > 0
    assert found["seconds"] < MOST_SECONDS
    assert found["megabytes"] < MOST_MEGABYTES
