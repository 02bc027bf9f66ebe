"""A re-issued certificate shows every difference, and replaces only one of its own lot."""

from datetime import date

import pytest

from supplier_qc.domain.certificate_changes.facts import (
    CertificateFacts,
    PrintedField,
    PrintedTest,
)
from supplier_qc.domain.reissues import (
    DeltaChange,
    DeltaRow,
    ReplacedFacts,
    delta,
    reissue_blockers,
)

ON = date(2026, 11, 24)
LABELS = {"lot_number": "Lot number", "expiry_date": "Expires on"}
ENDOTOXIN = PrintedTest(
    "Endotoxin (LAL)", attribute="Endotoxin", result="< 0.05", unit="EU/mL", limit="NMT 0.5 EU/mL"
)
PH = PrintedTest("pH", attribute="pH", result="7.3", limit="7.0 - 7.6")


def facts(*tests: PrintedTest, **fields: str) -> CertificateFacts:
    printed = {name: PrintedField(value) for name, value in fields.items()}
    return CertificateFacts(1, "L1", ON, printed, tests)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (facts(PH), facts(PH), []),
        (facts(PH), facts(PH, ENDOTOXIN), [("Endotoxin", "added", None)]),
        (facts(PH, ENDOTOXIN), facts(PH), [("Endotoxin", "dropped", "< 0.05 EU/mL")]),
        (
            facts(PH),
            facts(PrintedTest("pH", attribute="pH", result="7.30", limit="7.0 - 7.6")),
            [("pH: result", "changed", "7.3")],
        ),
        (
            facts(PH),
            facts(PrintedTest("PH", result="7.3", limit="7.0 - 7.8")),
            [("PH: limit", "changed", "7.0 - 7.6")],
        ),
        (
            facts(PH, expiry_date="2028-09-16"),
            facts(PH, expiry_date="2027-09-16"),
            [("Expires on", "changed", "2028-09-16")],
        ),
        (facts(PH), facts(PH, expiry_date="2027-09-16"), [("Expires on", "added", None)]),
    ],
    ids=["the same", "a new test", "a test gone", "digits", "a limit", "a date", "a date added"],
)
def test_every_difference_is_shown_and_nothing_else(
    before: CertificateFacts, after: CertificateFacts, expected: list[tuple[str, str, str | None]]
) -> None:
    found = [
        (row.subject, row.change.value, row.before and row.before.split(" (")[0])
        for row in delta(before, after, LABELS)
    ]
    assert found == expected


def test_a_test_that_stands_twice_is_compared_one_by_one() -> None:
    twice = facts(PH, PrintedTest("pH", attribute="pH", result="7.4", limit="7.0 - 7.6"))
    found = delta(facts(PH), twice, LABELS)
    assert [(row.subject, row.change) for row in found] == [("pH", DeltaChange.ADDED)]


def test_a_row_comes_back_as_it_was_kept() -> None:
    row = DeltaRow("pH: result", DeltaChange.CHANGED, "7.3", "7.4")
    assert DeltaRow.from_json(row.to_json()) == row


GOOD = ReplacedFacts(3, is_confirmed=True, is_replaced=False, item_id=7, lot_number="L-1")


@pytest.mark.parametrize(
    ("replaced", "words"),
    [
        (None, ""),
        (GOOD, ""),
        (ReplacedFacts(3, False, False, 7, "L1"), "not confirmed"),
        (ReplacedFacts(3, True, True, 7, "L1"), "meanwhile"),
        (ReplacedFacts(3, True, False, 8, "L1"), "another item"),
        (ReplacedFacts(3, True, False, 7, "L2"), "of lot L2"),
        (ReplacedFacts(3, True, False, 7, None), "without number"),
    ],
)
def test_only_a_confirmed_certificate_of_the_same_lot_is_replaced(
    replaced: ReplacedFacts | None, words: str
) -> None:
    found = " ".join(reissue_blockers(replaced, 7, "L1"))
    assert words in found
    assert bool(found) == bool(words)


def test_all_reasons_against_a_re_issue_are_named_at_once() -> None:
    assert len(reissue_blockers(ReplacedFacts(3, False, True, 8, "L2"), 7, "L1")) == 4
