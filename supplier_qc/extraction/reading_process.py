"""Reading and drawing in a process of their own, with limits on time and memory.

pdfium is not thread-safe and a hostile PDF can take all memory, so neither ever runs in the
server. A caller in the server uses this file alone.
"""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from supplier_qc.extraction.claims import DocumentReading, TextLayer
from supplier_qc.extraction.taught_words import TaughtWord

_ROOT = Path(__file__).resolve().parents[2]
REFUSED = 3  # the child's exit code when it names its reason on standard output
OUT_OF_MEMORY = 4
_KIB = 1024
_PAGE_OF_PAGES = re.compile(rb"([0-9]{1,9}) ([0-9]{1,9})\n")
_LONGEST_LINE = 64

OnPage = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What one child may use; the parent holds the wall clock, the child the other two."""

    wall_seconds: float = 280.0
    cpu_seconds: int = 90
    memory_bytes: int = _KIB**3
    ocr_cpu_seconds: int = 540
    ocr_memory_bytes: int = 6 * _KIB**3


class PageNotRendered(Exception):
    """The page has no image; the message is fit for the user."""


class ReadingLimitReached(Exception):
    """The child ran into a limit or died; the message is fit for the user."""


@dataclass(frozen=True, slots=True)
class _Finished:
    code: int
    output: bytes


def read_in_child(
    path: Path,
    *,
    limits: ReadingLimits | None = None,
    taught: Sequence[TaughtWord] = (),
    on_page: OnPage | None = None,
) -> DocumentReading:
    """Read a certificate in a child process; a limit or a crash becomes a named note.

    `on_page` is told, in a thread of its own, which page of how many is being recognised.
    """
    limits = limits or ReadingLimits()
    words = json.dumps([word.to_json() for word in taught]).encode()
    try:
        with _heard_by(on_page) as pipe:
            finished = _run(["read", str(path), str(pipe)], limits, words, pipe)
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


@contextmanager
def _heard_by(on_page: OnPage | None) -> Iterator[int]:
    """The end of a pipe for the child to say on which page it reads."""
    reading, writing = os.pipe()
    listener = Thread(target=_listen, args=(reading, on_page))
    listener.start()
    try:
        yield writing
    finally:
        os.close(writing)
        listener.join()


def _listen(pipe: int, on_page: OnPage | None) -> None:
    with os.fdopen(pipe, "rb") as lines:
        while line := lines.readline(_LONGEST_LINE):
            said = _PAGE_OF_PAGES.fullmatch(line)
            if said is not None and on_page is not None:
                on_page(int(said[1]), int(said[2]))


def _run(
    arguments: Sequence[str], limits: ReadingLimits, given: bytes = b"", *pipes: int
) -> _Finished:
    command = [
        sys.executable,
        "-s",
        "-m",
        "supplier_qc.extraction.child",
        str(limits.cpu_seconds),
        str(limits.memory_bytes),
        str(max(limits.cpu_seconds, limits.ocr_cpu_seconds)),
        str(max(limits.memory_bytes, limits.ocr_memory_bytes)),
        *arguments,
    ]
    child = subprocess.Popen(  # noqa: S603  # our own interpreter and module, a list, no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
        pass_fds=pipes,
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
