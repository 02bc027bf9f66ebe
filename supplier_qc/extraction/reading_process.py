"""Reading and drawing in a process of their own, with limits on time and memory.

pdfium is not thread-safe and a hostile PDF can take all memory, so neither ever runs in the
server. A caller in the server uses this file alone.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from supplier_qc.extraction.claims import DocumentReading, TextLayer
from supplier_qc.extraction.taught_words import TaughtWord

_ROOT = Path(__file__).resolve().parents[2]
REFUSED = 3  # the child's exit code when it names its reason on standard output
OUT_OF_MEMORY = 4
_KIB = 1024


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What one child may use; the parent holds the wall clock, the child the other two."""

    wall_seconds: float = 120.0
    cpu_seconds: int = 90
    memory_bytes: int = _KIB**3


class PageNotRendered(Exception):
    """The page has no image; the message is fit for the user."""


class ReadingLimitReached(Exception):
    """The child ran into a limit or died; the message is fit for the user."""


@dataclass(frozen=True, slots=True)
class _Finished:
    code: int
    output: bytes


def read_in_child(
    path: Path, *, limits: ReadingLimits | None = None, taught: Sequence[TaughtWord] = ()
) -> DocumentReading:
    """Read a certificate in a child process; a limit or a crash becomes a named note."""
    limits = limits or ReadingLimits()
    words = json.dumps([word.to_json() for word in taught]).encode()
    try:
        finished = _run(["read", str(path)], limits, words)
        return DocumentReading.from_json(json.loads(finished.output))
    except ReadingLimitReached as stopped:
        note = f"{stopped} Enter the values by hand, or ask the supplier for another copy."
        return DocumentReading(TextLayer.DAMAGED, notes=(note,))


def render_page_in_child(
    path: Path,
    page: int,
    *,
    dpi: int = 150,
    limits: ReadingLimits | None = None,
) -> bytes:
    """One page (1-based) as PNG.

    Raises PageNotRendered when the file has no such page or cannot be drawn within the limits.
    """
    try:
        finished = _run(["render", str(path), str(page), str(dpi)], limits or ReadingLimits())
    except ReadingLimitReached as stopped:
        raise PageNotRendered(f"Page {page} cannot be shown. {stopped}") from stopped
    if finished.code == REFUSED:
        raise PageNotRendered(finished.output.decode())
    return finished.output


def _run(arguments: Sequence[str], limits: ReadingLimits, given: bytes = b"") -> _Finished:
    command = [
        sys.executable,
        "-s",
        "-m",
        "supplier_qc.extraction.child",
        str(limits.cpu_seconds),
        str(limits.memory_bytes),
        *arguments,
    ]
    child = subprocess.Popen(  # noqa: S603  # our own interpreter and module, a list, no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
    )
    try:
        output, _ = child.communicate(given, timeout=limits.wall_seconds)
    except subprocess.TimeoutExpired as late:
        raise ReadingLimitReached(
            f"Reading took longer than {limits.wall_seconds:g} seconds and was stopped."
        ) from late
    finally:
        _end(child)
    return _judged(child.returncode, output, limits)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the child's group, so that nothing outlives the call."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()


def _judged(code: int, output: bytes, limits: ReadingLimits) -> _Finished:
    if code in {0, REFUSED}:
        return _Finished(code, output)
    if code == -signal.SIGXCPU:
        raise ReadingLimitReached(
            f"Reading used more than {limits.cpu_seconds} seconds of processor time and was "
            "stopped."
        )
    if code == OUT_OF_MEMORY:
        megabytes = limits.memory_bytes // _KIB**2
        raise ReadingLimitReached(f"Reading needed more than {megabytes} MB of memory.")
    raise ReadingLimitReached("The reading process stopped unexpectedly on this file.")


def _environment() -> dict[str, str]:
    """Only what Python needs; no setting or secret of the server reaches the child."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {**kept, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"}
