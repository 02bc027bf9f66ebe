"""Deliveries of an item: what was ordered, what came, and whether it may be taken in.

A delivery that the policy stops at receipt is taken into quarantine or not at all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from supplier_qc.domain.entered_text import text_problems
from supplier_qc.domain.qualification.buying import BuyAnswer, BuyVerdict

LONGEST_NUMBER = 80
LONGEST_UNIT = 40
LONGEST_NOTE = 2_000
MOST_LOTS = 50


class Observation(StrEnum):
    NO = "no"
    YES = "yes"
    NOT_RECORDED = "not_recorded"


class DeliveryStanding(StrEnum):
    ON_THE_WAY = "on_the_way"
    RECEIVED = "received"
    QUARANTINED = "quarantined"  # received and set apart, for the reasons kept with it


@dataclass(frozen=True, slots=True)
class DeliveryFacts:
    """`received_on` is None while it is on its way."""

    ordered_on: date
    promised_on: date | None
    received_on: date | None
    excursion: Observation = Observation.NOT_RECORDED
    damage: Observation = Observation.NOT_RECORDED

    def days_late(self, today: date) -> int:
        """After the promised day, so far where it is on its way; 0 without such a day."""
        if self.promised_on is None:
            return 0
        return max(0, ((self.received_on or today) - self.promised_on).days)


def order_problems(
    ordered_on: date, promised_on: date | None, quantity: Decimal, unit: str, today: date
) -> Iterator[str]:
    """Every reason why an order cannot be recorded so."""
    if ordered_on > today:
        yield f"It cannot have been ordered on {ordered_on.isoformat()}, a day to come."
    if promised_on is not None and promised_on < ordered_on:
        yield (
            f"It is promised for {promised_on.isoformat()}, before it was ordered on "
            f"{ordered_on.isoformat()}."
        )
    if quantity <= 0:
        yield "The quantity is above 0."
    yield from text_problems("The unit of the quantity", unit, longest=LONGEST_UNIT, required=True)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was seen when the goods came; `lots` as printed on them."""

    received_on: date
    standing: DeliveryStanding
    lots: tuple[str, ...] = ()
    excursion: Observation = Observation.NOT_RECORDED
    excursion_note: str | None = None
    damage: Observation = Observation.NOT_RECORDED
    damage_note: str | None = None


def receipt_problems(receipt: Receipt, ordered_on: date, today: date) -> Iterator[str]:
    """Every reason why a receipt cannot be recorded so; whether it may be taken in is apart."""
    if receipt.received_on < ordered_on:
        yield (
            f"It was received on {receipt.received_on.isoformat()}, before it was ordered on "
            f"{ordered_on.isoformat()}."
        )
    if receipt.received_on > today:
        yield f"It cannot have been received on {receipt.received_on.isoformat()}, a day to come."
    if receipt.standing is DeliveryStanding.ON_THE_WAY:
        yield "Say whether it was received, or received into quarantine."
    yield from _lot_problems(receipt.lots)
    yield from _note_problems(
        "the temperature excursion", receipt.excursion, receipt.excursion_note
    )
    yield from _note_problems("the damage", receipt.damage, receipt.damage_note)


def _lot_problems(lots: Sequence[str]) -> Iterator[str]:
    if not lots:
        yield "Name the lots that came, as printed on them."
    if len(lots) > MOST_LOTS:
        yield f"At most {MOST_LOTS} lots are recorded with one delivery."
    for lot in lots:
        yield from text_problems("A lot number", lot, longest=LONGEST_NUMBER)
    if len(set(lots)) < len(lots):
        yield "A lot is named twice."


def _note_problems(what: str, seen: Observation, note: str | None) -> Iterator[str]:
    if seen is Observation.YES and not note:
        yield f"Describe {what}."
    if seen is not Observation.YES and note:
        yield f"There is a text about {what}, but it is not said that there was one."
    yield from text_problems(f"The text about {what}", note, longest=LONGEST_NOTE)


def standing_problems(standing: DeliveryStanding, answer: BuyAnswer) -> tuple[str, ...]:
    """Why goods cannot be received without quarantine: with every reason of the answer."""
    if answer.verdict is not BuyVerdict.NO or standing is not DeliveryStanding.RECEIVED:
        return ()
    refused = "The policy stops it at receipt: record it as received into quarantine."
    return (refused, *answer.reasons)


def lots_of(text: str | None) -> tuple[str, ...]:
    """Lot numbers as typed, one a line or with commas; their own spaces and zeros stay."""
    lines = (text or "").replace(",", "\n").splitlines()
    return tuple(found for line in lines if (found := " ".join(line.split())))
