"""Which changes stand in the way of a release."""

import pytest

from supplier_qc.domain.certificate_changes.assessment import (
    ChangeDecision,
    NoteFacts,
    change_blockers,
)
from supplier_qc.domain.certificate_changes.findings import Finding, FindingKind, Severity, Standing

WIDER = "Endotoxin: the supplier's limit is wider."


@pytest.mark.parametrize(
    ("severity", "decision", "blocker"),
    [
        (Severity.CRITICAL, None, "1 change not assessed: "),
        (Severity.CRITICAL, ChangeDecision.SUPPLIER_ASKED, "1 change waiting for the supplier: "),
        (Severity.CRITICAL, ChangeDecision.LOT_BLOCKED, "1 change assessed as “lot to be "),
        (Severity.CRITICAL, ChangeDecision.ACCEPTED, None),
        (Severity.CRITICAL, ChangeDecision.NO_IMPACT, None),
        (Severity.MAJOR, None, None),
        (Severity.MAJOR, ChangeDecision.SUPPLIER_ASKED, None),
        (Severity.MAJOR, ChangeDecision.LOT_BLOCKED, "1 change assessed as “lot to be "),
    ],
)
def test_a_critical_change_blocks_until_it_is_settled(
    severity: Severity, decision: ChangeDecision | None, blocker: str | None
) -> None:
    blockers = change_blockers([NoteFacts(WIDER, severity, decision)])
    assert len(blockers) == (0 if blocker is None else 1)
    for words in blockers:
        assert words.startswith(blocker or "")
        assert words.endswith(WIDER)


def test_several_open_changes_are_counted_and_all_named() -> None:
    notes = [NoteFacts(f"Change {n}.", Severity.CRITICAL, None) for n in (1, 2)]
    assert change_blockers(notes) == ("2 changes not assessed: Change 1. Change 2.",)


@pytest.mark.parametrize(
    ("kind", "severity", "standing", "expected"),
    [
        (FindingKind.SUPPLIER_LIMIT, Severity.CRITICAL, Standing.FOUND, True),
        (FindingKind.SUPPLIER_LIMIT, Severity.MAJOR, Standing.NOT_COMPARABLE, True),
        (FindingKind.SUPPLIER_LIMIT, Severity.MAJOR, Standing.WORDING, False),
        (FindingKind.PDF_PRODUCER, Severity.NOTICE, Standing.FOUND, False),
        (FindingKind.IDENTICAL_LOTS, Severity.MAJOR, Standing.FOUND, True),
        (FindingKind.OWN_LIMIT, Severity.CRITICAL, Standing.FOUND, False),  # answered at its end
    ],
)
def test_what_is_major_or_cannot_be_compared_asks_for_an_assessment(
    kind: FindingKind, severity: Severity, standing: Standing, *, expected: bool
) -> None:
    found = Finding(kind, "C-20", severity, "Endotoxin", WIDER, standing=standing)
    assert found.asks_for_assessment is expected
