"""An awaited certificate is known when it comes, and late is late whatever the goods do."""

from datetime import date, timedelta

import pytest

from supplier_qc.domain.expected_certificates import (
    ArrivedCertificate,
    ChaseFacts,
    Delay,
    ExpectedFacts,
    ExpectedState,
    arrival_of,
    chase_text,
    delay_words,
    expected_problems,
    expected_state,
    vendor_delay,
)

TODAY = date(2026, 11, 24)


def expected(
    lot: str | None = "L-1", order: str | None = None, *, days: int = 0, withdrawn: bool = False
) -> ExpectedFacts:
    return ExpectedFacts(1, 7, 3, lot, order, TODAY + timedelta(days=days), withdrawn)


def came(
    lot: str | None, order: str | None = None, *, number: int = 5, item: int = 7
) -> ArrivedCertificate:
    return ArrivedCertificate(number, item, lot, order, TODAY)


@pytest.mark.parametrize(
    ("awaited", "certificate", "fitting"),
    [
        (expected("L-1"), came("l1"), True),
        (expected("L-1"), came("L-2"), False),
        (expected("L-1"), came("L-1", item=8), False),
        (expected("L-1"), came(None), False),
        (expected("L-1", "45/10"), came("L-2", "45/10"), False),
        (expected(None, "45/10"), came("L-2", "45 / 10"), True),
        (expected(None, "45/10"), came("L-2", "45/20"), False),
        (expected(None, "45/10"), came("L-2"), False),
    ],
)
def test_a_certificate_is_the_awaited_one_by_item_and_lot_or_else_by_order(
    awaited: ExpectedFacts, certificate: ArrivedCertificate, fitting: object
) -> None:
    assert (arrival_of(awaited, [certificate]) is not None) is fitting


def test_of_several_the_first_is_the_arrival() -> None:
    first = ArrivedCertificate(9, 7, "L1", None, TODAY - timedelta(days=3))
    assert arrival_of(expected(), [came("L1"), first]) is first


@pytest.mark.parametrize(
    ("awaited", "arrival", "state"),
    [
        (expected(days=0), None, ExpectedState.AWAITED),
        (expected(days=-1), None, ExpectedState.LATE),
        (expected(days=-1), came("L1"), ExpectedState.ARRIVED),
        (expected(days=-1, withdrawn=True), None, ExpectedState.WITHDRAWN),
        (expected(days=-1, withdrawn=True), came("L1"), ExpectedState.ARRIVED),
    ],
)
def test_the_day_itself_is_not_late_and_the_next_is(
    awaited: ExpectedFacts, arrival: ArrivedCertificate | None, state: ExpectedState
) -> None:
    assert expected_state(awaited, arrival, TODAY) is state


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ([], None),
        ([4, 9], None),
        ([4, 9, 2], Delay(4, 3)),
        ([-2, 0, 1, 10], Delay(0.5, 4)),
    ],
)
def test_two_arrivals_are_no_habit(days: list[int], found: Delay | None) -> None:
    assert vendor_delay(days) == found


@pytest.mark.parametrize(
    ("delay", "words"),
    [
        (None, "No history"),
        (Delay(1, 3), "median of 1 day after the expected day (n = 3)"),
        (Delay(4.5, 6), "median of 4.5 days after"),
        (Delay(-2, 3), "median of 2 days before"),
    ],
)
def test_the_vendors_own_record_is_told_with_its_number(delay: Delay | None, words: str) -> None:
    assert words in delay_words(delay)


def test_the_text_to_the_vendor_names_what_is_wanted_and_how_late_it_is() -> None:
    facts = ChaseFacts("Lysate", "PL-1", "L-1", "45/10", TODAY - timedelta(days=6), Delay(4, 3))
    text = chase_text(facts, TODAY)
    for words in ("lot L-1 of Lysate", "PL-1", "our order 45/10", "2026-11-18, 6 days ago"):
        assert words in text
    assert "So far your certificates came a median of 4 days after" in text


def test_what_is_not_late_yet_is_not_called_late() -> None:
    facts = ChaseFacts("Lysate", "PL-1", None, "45/10", TODAY, None)
    assert "ago" not in chase_text(facts, TODAY)
    assert "No history" not in chase_text(facts, TODAY)


@pytest.mark.parametrize(
    ("lot", "order", "count"),
    [("L1", None, 0), (None, "45", 0), (None, None, 1), (" - ", "", 1), ("L" * 81, "4" * 81, 2)],
)
def test_lot_or_order_has_to_be_named(lot: str | None, order: str | None, count: int) -> None:
    assert len(expected_problems(lot, order)) == count
