"""Deliveries: what is refused, and what the policy stops at receipt."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from supplier_qc.domain.deliveries import (
    DeliveryStanding,
    Observation,
    Receipt,
    lots_of,
    order_problems,
    receipt_problems,
    standing_problems,
)
from supplier_qc.domain.qualification.buying import BuyAnswer, BuyVerdict

TODAY = date(2026, 11, 24)
ORDERED = date(2026, 10, 1)
SOUND = Receipt(date(2026, 11, 20), DeliveryStanding.RECEIVED, ("0012", "0013"))


@pytest.mark.parametrize(
    ("ordered_on", "promised_on", "quantity", "unit", "problems"),
    [
        (ORDERED, date(2026, 11, 1), "2", "bottles", 0),
        (ORDERED, None, "0.5", "L", 0),
        (date(2026, 11, 25), None, "2", "bottles", 1),
        (ORDERED, date(2026, 9, 30), "0", "", 3),
        (ORDERED, None, "-1", "x" * 41, 2),
    ],
)
def test_an_order_that_cannot_be_is_refused_with_every_reason(
    ordered_on: date, promised_on: date | None, quantity: str, unit: str, problems: int
) -> None:
    found = list(order_problems(ordered_on, promised_on, Decimal(quantity), unit, TODAY))
    assert len(found) == problems


@pytest.mark.parametrize(
    ("receipt", "words"),
    [
        (replace(SOUND, received_on=date(2026, 9, 30)), "before it was ordered on 2026-10-01"),
        (replace(SOUND, received_on=date(2026, 11, 25)), "a day to come"),
        (replace(SOUND, lots=()), "Name the lots"),
        (replace(SOUND, lots=("1", "1")), "named twice"),
        (replace(SOUND, lots=("x" * 81,)), "A lot number has 81 characters"),
        (replace(SOUND, lots=tuple(map(str, range(51)))), "At most 50 lots"),
        (replace(SOUND, excursion=Observation.YES), "Describe the temperature excursion."),
        (replace(SOUND, excursion_note="12 °C"), "not said that there was one"),
        (replace(SOUND, damage=Observation.YES), "Describe the damage."),
        (replace(SOUND, standing=DeliveryStanding.ON_THE_WAY), "Say whether it was received"),
    ],
)
def test_a_receipt_that_cannot_be_is_refused(receipt: Receipt, words: str) -> None:
    assert list(receipt_problems(SOUND, ORDERED, TODAY)) == []
    assert words in " ".join(receipt_problems(receipt, ORDERED, TODAY))


@pytest.mark.parametrize("verdict", BuyVerdict)
@pytest.mark.parametrize("standing", [DeliveryStanding.RECEIVED, DeliveryStanding.QUARANTINED])
def test_what_the_policy_stops_is_received_into_quarantine_or_not_at_all(
    verdict: BuyVerdict, standing: DeliveryStanding
) -> None:
    answer = BuyAnswer(verdict, ("Audit: Nothing is on file.",))
    refused = verdict is BuyVerdict.NO and standing is DeliveryStanding.RECEIVED
    problems = standing_problems(standing, answer)
    assert bool(problems) is refused
    assert ("Audit: Nothing is on file." in problems) is refused


def test_lots_keep_their_zeros_and_are_split_at_lines_and_commas() -> None:
    assert lots_of(" 0012,0013\n\nAB 7 ") == ("0012", "0013", "AB 7")
    assert lots_of(None) == ()
