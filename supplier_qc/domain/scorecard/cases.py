"""One case of a measure: a lot, a certificate, a notice, a delivery; good, not good, or open.

What cannot be judged is never good: it is shown and not counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from supplier_qc.domain.deliveries import DeliveryFacts, Observation
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.months import MONTHS_A_YEAR, months_after


class Outcome(StrEnum):
    GOOD = "good"
    NOT_GOOD = "not_good"
    NOT_JUDGED = "not_judged"
    COUNTED = "counted"  # a lot that a rate is taken over, or an answer with its days


@dataclass(frozen=True, slots=True)
class Judged:
    """`words` is the sentence that says why; `days` is of a request for evidence."""

    outcome: Outcome
    words: str
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """Both days belong to it."""

    first_on: date
    last_on: date

    def holds(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on


def rolling_year(today: date) -> Window:
    """The 12 months that end today."""
    return Window(months_after(today, -MONTHS_A_YEAR) + timedelta(days=1), today)


def judge_lot(disposition: Disposition) -> Judged | None:
    """None for a lot that is not decided on."""
    if disposition is Disposition.RELEASED:
        return Judged(Outcome.GOOD, "Released.")
    if disposition is Disposition.REJECTED:
        return Judged(Outcome.NOT_GOOD, "Rejected.")
    return None


def judge_certificate(corrected: int, questions: int, *, was_reissued: bool) -> Judged:
    faults = []
    if corrected:
        faults.append(f"{_count(corrected, 'value')} corrected at the review.")
    if questions:
        faults.append(f"{_count(questions, 'question')} on the certificate.")
    if was_reissued:
        faults.append("It was issued anew.")
    if faults:
        return Judged(Outcome.NOT_GOOD, " ".join(faults))
    return Judged(Outcome.GOOD, "Confirmed as it came.")


def judge_notice(
    received_on: date, effective_on: date | None, months_of_notice: int | None
) -> Judged:
    """A notice of a change against the period of the quality agreement then in force."""
    if effective_on is None:
        words = "The notice does not say from when the change is in effect."
        return Judged(Outcome.NOT_JUDGED, words)
    if effective_on <= received_on:
        words = f"The change was in effect on {effective_on.isoformat()} already."
        return Judged(Outcome.NOT_GOOD, words)
    return _against_agreement(received_on, effective_on, months_of_notice, "in effect from")


def judge_change(
    seen_on: date, told_on: date | None, months_of_notice: int | None, *, has_notice: bool
) -> Judged:
    """A change that was found on a certificate, first seen on a day."""
    if not has_notice:
        return Judged(Outcome.NOT_GOOD, "No notice of the supplier stands behind the change.")
    if told_on is None:
        return Judged(Outcome.NOT_JUDGED, "The day of the supplier's notice is not recorded.")
    if told_on > seen_on:
        words = f"The notice of {told_on.isoformat()} came after the change was seen."
        return Judged(Outcome.NOT_GOOD, words)
    return _against_agreement(told_on, seen_on, months_of_notice, "seen on")


def _against_agreement(
    told_on: date, change_on: date, months_of_notice: int | None, what: str
) -> Judged:
    if months_of_notice is None:
        words = "No quality agreement on file for that day states the months of notice."
        return Judged(Outcome.NOT_JUDGED, words)
    asked_by = months_after(change_on, -months_of_notice)
    words = (
        f"Told on {told_on.isoformat()}, {what} {change_on.isoformat()}; the agreement asks for "
        f"{_count(months_of_notice, 'month')}"
    )
    if told_on <= asked_by:
        return Judged(Outcome.GOOD, f"{words}.")
    return Judged(Outcome.NOT_GOOD, f"{words}, so by {asked_by.isoformat()}.")


def judge_delivery(delivery: DeliveryFacts, today: date) -> Judged | None:
    """None while it is on its way and no promised day has passed."""
    if delivery.received_on is None:
        if delivery.promised_on is None or delivery.promised_on >= today:
            return None
        words = f"Promised for {delivery.promised_on.isoformat()} and not here."
        return Judged(Outcome.NOT_GOOD, words)
    faults = list(_delivery_faults(delivery, delivery.received_on))
    if faults:
        return Judged(Outcome.NOT_GOOD, " ".join(faults))
    gaps = list(_delivery_gaps(delivery))
    if gaps:
        return Judged(Outcome.NOT_JUDGED, " ".join(gaps))
    return Judged(Outcome.GOOD, "On time, no excursion, no damage.")


def _delivery_faults(delivery: DeliveryFacts, received_on: date) -> Iterator[str]:
    promised_on = delivery.promised_on
    if promised_on is not None and received_on > promised_on:
        days = (received_on - promised_on).days
        yield f"{_count(days, 'day')} after the promised {promised_on.isoformat()}."
    if delivery.excursion is Observation.YES:
        yield "Temperature excursion."
    if delivery.damage is Observation.YES:
        yield "Damaged."


def _delivery_gaps(delivery: DeliveryFacts) -> Iterator[str]:
    if delivery.promised_on is None:
        yield "No promised day is recorded."
    if delivery.excursion is Observation.NOT_RECORDED:
        yield "Whether there was a temperature excursion is not recorded."
    if delivery.damage is Observation.NOT_RECORDED:
        yield "Whether it was damaged is not recorded."


def judge_request(
    asked_on: date, due_on: date, answered_on: date | None, today: date
) -> Judged | None:
    """None while it is open and its day has not passed: its days are not known yet."""
    if answered_on is not None:
        days = (answered_on - asked_on).days
        return Judged(Outcome.COUNTED, f"Answered after {_count(days, 'day')}.", days)
    if due_on >= today:
        return None
    days = (today - asked_on).days
    return Judged(Outcome.COUNTED, f"Not answered after {_count(days, 'day')}.", days)


def judge_corrective_action(
    late_steps: tuple[str, ...], *, is_closed: bool, is_effective: bool | None
) -> Judged | None:
    """`late_steps` are words for steps that were, or are, overdue.

    None while it is open and nothing of it is late; `is_effective` None: not checked.
    """
    faults = [f"Late: {step}." for step in late_steps]
    if is_effective is False:
        faults.append("The action was not effective.")
    if faults:
        return Judged(Outcome.NOT_GOOD, " ".join(faults))
    if not is_closed:
        return None
    if is_effective is None:
        return Judged(Outcome.NOT_JUDGED, "Closed without a check of its effect.")
    return Judged(Outcome.GOOD, "On time and effective.")


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"
