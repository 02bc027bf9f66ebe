"""The audit trail as CSV, for a spreadsheet or an inspector."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

COLUMNS = (
    "entry",
    "at_utc",
    "person",
    "action",
    "record_type",
    "record_id",
    "record",
    "reason",
    "changes",
    "previous_hash",
    "entry_hash",
)

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def audit_trail_csv(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """UTF-8 with a byte order mark and a heading, a line at a time.

    A text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV
    injection).
    """
    yield b"\xef\xbb\xbf" + _line(COLUMNS)
    for row in rows:
        yield _line([_harmless(value) for value in row])


def _harmless(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def _line(values: Sequence[object]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow(values)
    return text.getvalue().encode()
