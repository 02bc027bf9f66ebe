"""The supplier's limit of a test, now and before: wider, tighter, moved, or not to be compared."""

import re

from supplier_qc.domain.certificate_changes.facts import PrintedTest
from supplier_qc.domain.certificate_changes.findings import (
    Finding,
    FindingKind,
    Severity,
    Standing,
    spot_of_test,
)
from supplier_qc.domain.certificate_changes.meanings import unit_key
from supplier_qc.domain.measurement.characters import folded
from supplier_qc.domain.specification.limits import (
    LimitFinding,
    ReadLimit,
    as_line,
    compare_limits,
    read_limit,
)

_SEPARATED = re.compile(r"[0-9][.,][0-9]")

Notations = tuple[bool | None, bool | None]
"""Whether the earlier and the later document print a decimal comma."""


def limit_finding(before: PrintedTest, after: PrintedTest, notations: Notations) -> Finding | None:
    """None where the limit is unchanged; another spelling of the same bounds is no change."""
    old, new = before.limit, after.limit
    if not old and not new:
        return None
    standing, severity, words = _told(before, after, notations)
    if standing is None:
        return None
    return Finding(
        FindingKind.SUPPLIER_LIMIT,
        "C-20",
        severity,
        after.attribute or after.name,
        f"{after.attribute or after.name}: {words}",
        before=old,
        after=new,
        standing=standing,
        spot_before=spot_of_test(before),
        spot_after=spot_of_test(after),
    )


def _told(
    before: PrintedTest, after: PrintedTest, notations: Notations
) -> tuple[Standing | None, Severity, str]:
    old, new = before.limit, after.limit
    if not new:
        words = f"the supplier's limit is no longer printed; it was “{old}”."
        return Standing.NOT_COMPARABLE, Severity.MAJOR, words
    if not old:
        words = f"a supplier's limit is printed for the first time, “{new}”; nothing to compare."
        return Standing.NOT_COMPARABLE, Severity.NOTICE, words
    if _same_text(before, after, notations):
        return None, Severity.NOTICE, ""
    was = read_limit(old, decimal_comma=notations[0], unit=before.unit)
    now = read_limit(new, decimal_comma=notations[1], unit=after.unit)
    return _compared(was, now)


def _same_text(before: PrintedTest, after: PrintedTest, notations: Notations) -> bool:
    """Equal words in an equal unit and notation mean the same, whether or not they are read."""
    return (
        folded(before.limit or "") == folded(after.limit or "")
        and unit_key(before.unit) == unit_key(after.unit)
        and (notations[0] == notations[1] or not _SEPARATED.search(before.limit or ""))
    )


def _compared(was: ReadLimit, now: ReadLimit) -> tuple[Standing | None, Severity, str]:
    texts = f"“{now.literal}” instead of “{was.literal}”"
    forth, back = _direction(was, now), _direction(now, was)
    if forth is LimitFinding.NOT_COMPARABLE or back is LimitFinding.NOT_COMPARABLE:
        words = f"the supplier's limit reads {texts}; the two cannot be compared, look at both."
        return Standing.NOT_COMPARABLE, Severity.MAJOR, words
    if LimitFinding.SAME in (forth, back):
        if folded(was.literal) == folded(now.literal):
            return None, Severity.NOTICE, ""
        words = f"the supplier's limit is written {texts}; it means the same."
        return Standing.WORDING, Severity.NOTICE, words
    if forth is LimitFinding.NARROWER:
        words = f"the supplier's limit is tighter than before: {texts}."
        return Standing.FOUND, Severity.MAJOR, words
    if back is LimitFinding.NARROWER:
        words = f"the supplier's limit is wider than before: {texts}."
        return Standing.FOUND, Severity.CRITICAL, words
    words = f"the supplier's limit has moved: {texts}. It now lets through what it refused before."
    return Standing.FOUND, Severity.CRITICAL, words


def _direction(first: ReadLimit, second: ReadLimit) -> LimitFinding:
    """How the second limit stands to the first."""
    line = as_line(first, "limit")
    if line is None:
        return LimitFinding.NOT_COMPARABLE
    return compare_limits(line, second).finding
