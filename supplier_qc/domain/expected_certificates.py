"""Certificates that vendors owe us: whether they came, how late, and how to ask for them.

Nothing here waits for the goods: a certificate is expected by its own date.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median

from supplier_qc.domain.item_matching import bare_number

FEWEST_FOR_A_MEDIAN = 3
"""Fewer arrivals are told as no history, not as a habit of the vendor (C)."""

REMIND_DAYS = (-1, -14)
"""Days before the expected date at which a notice is made; below 0 they lie after it (C)."""

LONGEST_NUMBER = 80
LONGEST_NOTE = 500


class ExpectedState(StrEnum):
    AWAITED = "awaited"
    LATE = "late"  # the expected day has passed, and no certificate came
    ARRIVED = "arrived"
    WITHDRAWN = "withdrawn"  # no longer expected, for a reason


@dataclass(frozen=True, slots=True)
class ExpectedFacts:
    """What is expected: by lot, by order, or by both."""

    id: int
    item_id: int
    vendor_id: int
    lot: str | None
    purchase_order: str | None
    expected_on: date
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class ArrivedCertificate:
    """A certificate that was not rejected, with what its header names."""

    id: int
    item_id: int
    lot: str | None
    purchase_order: str | None
    arrived_on: date


@dataclass(frozen=True, slots=True)
class Delay:
    """Median days from the expected day to the arrival, over `count` arrivals; below 0 is early."""

    median_days: float
    count: int


def arrival_of(
    expected: ExpectedFacts, certificates: Iterable[ArrivedCertificate]
) -> ArrivedCertificate | None:
    """The first certificate of the item that names the lot, or the order where no lot is known."""
    fitting = [one for one in certificates if _fits(expected, one)]
    return min(fitting, key=lambda one: (one.arrived_on, one.id), default=None)


def _fits(expected: ExpectedFacts, certificate: ArrivedCertificate) -> bool:
    if expected.item_id != certificate.item_id:
        return False
    if bare_number(expected.lot):
        return bare_number(expected.lot) == bare_number(certificate.lot)
    order = bare_number(expected.purchase_order)
    return bool(order) and order == bare_number(certificate.purchase_order)


def expected_state(
    expected: ExpectedFacts, arrival: ArrivedCertificate | None, today: date
) -> ExpectedState:
    if arrival is not None:
        return ExpectedState.ARRIVED
    if expected.is_withdrawn:
        return ExpectedState.WITHDRAWN
    return ExpectedState.LATE if expected.expected_on < today else ExpectedState.AWAITED


def vendor_delay(days: Sequence[int]) -> Delay | None:
    """None while too few certificates of the vendor came to speak of a habit."""
    if len(days) < FEWEST_FOR_A_MEDIAN:
        return None
    return Delay(median(days), len(days))


def delay_words(delay: Delay | None, whose: str = "The vendor's") -> str:
    if delay is None:
        return (
            f"No history: fewer than {FEWEST_FOR_A_MEDIAN} awaited certificates of this vendor "
            "have come so far."
        )
    days, side = abs(delay.median_days), "after" if delay.median_days >= 0 else "before"
    unit = "day" if days == 1 else "days"
    return (
        f"{whose} certificates came a median of {days:g} {unit} {side} the expected day "
        f"(n = {delay.count})."
    )


@dataclass(frozen=True, slots=True)
class ChaseFacts:
    """What a text to the vendor names."""

    item_name: str
    catalogue_number: str
    lot: str | None
    purchase_order: str | None
    expected_on: date
    delay: Delay | None


def chase_text(facts: ChaseFacts, today: date) -> str:
    """A text to send to the vendor; their own record stands in it where there is one.

    That there is none is said beside it, to our own people.
    """
    days = (today - facts.expected_on).days
    late = f", {days} {'day' if days == 1 else 'days'} ago" if days > 0 else ""
    lot = f"lot {facts.lot} of " if facts.lot else ""
    order = f" (our order {facts.purchase_order})" if facts.purchase_order else ""
    history = f" {delay_words(facts.delay, 'So far your')}" if facts.delay else ""
    return (
        f"Please send us the certificate of analysis of {lot}{facts.item_name}, catalogue number "
        f"{facts.catalogue_number}{order}. We expected it on "
        f"{facts.expected_on.isoformat()}{late}, and the lot cannot be released without "
        f"it.{history}"
    )


def expected_problems(lot: str | None, purchase_order: str | None) -> tuple[str, ...]:
    return tuple(_problems(lot, purchase_order))


def _problems(lot: str | None, purchase_order: str | None) -> Iterator[str]:
    if not bare_number(lot) and not bare_number(purchase_order):
        yield "Name the lot or the order, so that the certificate is known when it comes."
    for word, number in (("lot", lot), ("order", purchase_order)):
        if number and len(number) > LONGEST_NUMBER:
            yield f"The number of the {word} has at most {LONGEST_NUMBER} characters."
