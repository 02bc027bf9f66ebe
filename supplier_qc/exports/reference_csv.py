"""Rows of a reference list as CSV, in the form of the files that the product ships."""

import csv
import io
from collections.abc import Iterable, Sequence


def reference_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a heading line; an empty cell is a value that is not given."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()
