"""Whether a document prints the day before the month, from all its dates and its language."""

import re
from collections.abc import Sequence

from supplier_qc.domain.measurement.dates import DayOrderEvidence, decide_day_order
from supplier_qc.extraction.layout import Line

_NUMERIC_DATE = re.compile(r"(?<![\d./-])\d{1,2}([./-])\d{1,2}\1\d{4}(?![\d./-])")
_AMERICAN_ADDRESS = re.compile(r"\b[A-Z]{2},?\s+\d{5}(?:-\d{4})?\b|\bU\.?S\.?A\b\.?")


def day_order(lines: Sequence[Line], *, decimal_comma: bool | None) -> DayOrderEvidence:
    """Proved by a date that fits one order only; else by habits, which the note calls so."""
    text = "\n".join(line.text for line in lines)
    proved = decide_day_order([found[0] for found in _NUMERIC_DATE.finditer(text)])
    if proved.day_first is not None:
        return proved
    if decimal_comma:
        note = "The document writes a decimal comma, so the day is taken first (convention)."
        return DayOrderEvidence(True, (), note)
    american = _AMERICAN_ADDRESS.search(text)
    if american:
        note = f"“{american[0]}” is an American address: the month is taken first (convention)."
        return DayOrderEvidence(False, (american[0],), note)
    return proved
