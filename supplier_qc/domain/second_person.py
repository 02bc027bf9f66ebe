"""How many persons read a certificate before its results count, and who may take which step."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from supplier_qc.domain.catalogue import RiskClass
from supplier_qc.domain.certificates import CertificateState
from supplier_qc.domain.dated_rows import DatedRow, newest

ONE_PERSON, TWO_PERSONS = 1, 2


@dataclass(frozen=True, slots=True)
class ReadingPolicy(DatedRow):
    """Persons for a risk class, in force from `valid_from` until the day before `valid_to`.

    `is_double_entry` lets the second person type the results without seeing the first reading.
    `mark` is V, V2, K or C.
    """

    risk_class: RiskClass
    persons: int
    is_double_entry: bool
    valid_from: date
    valid_to: date | None
    mark: str
    source: str
    row_id: int | None = None


@dataclass(frozen=True, slots=True)
class ReadingDemand:
    """What a certificate asks for, with the sentence that says why."""

    persons: int
    is_double_entry: bool
    reason: str

    @property
    def needs_second(self) -> bool:
        return self.persons > ONE_PERSON


def policy_in_force(
    policies: Iterable[ReadingPolicy], risk_class: RiskClass, on: date
) -> ReadingPolicy | None:
    """The newest row in force on the day; None where there is none, or two began on one day."""
    fitting = [one for one in policies if one.risk_class is risk_class and one.is_in_force(on)]
    latest = newest(fitting)
    return latest[0] if len(latest) == 1 else None


def reading_demand(
    risk_class: RiskClass | None,
    policies: Iterable[ReadingPolicy],
    on: date,
    *,
    item_asks_double_entry: bool = False,
) -> ReadingDemand:
    """How many persons read a certificate of this risk class on this day.

    Without an item, or without a single row in force, two are asked for: what is not known never
    lowers a check. An item that asks for double entry gets it whatever its class.
    """
    if risk_class is None:
        return ReadingDemand(TWO_PERSONS, item_asks_double_entry, "No item is chosen yet.")
    policy = policy_in_force(policies, risk_class, on)
    if policy is None:
        reason = f"No single policy is in force for {risk_class.value} materials; two persons read."
        return ReadingDemand(TWO_PERSONS, item_asks_double_entry, reason)
    if item_asks_double_entry:
        return ReadingDemand(
            TWO_PERSONS, True, "The item asks for double entry: the second person types blind."
        )
    return ReadingDemand(policy.persons, policy.is_double_entry, _policy_words(policy))


def _policy_words(policy: ReadingPolicy) -> str:
    persons = "one person reads" if policy.persons == ONE_PERSON else "two persons read"
    standing = ", a convention" if policy.mark == "C" else ""
    return (
        f"By the policy of {policy.valid_from.isoformat()}, {persons} a certificate of a "
        f"{policy.risk_class.value} material ({policy.source}{standing})."
    )


class ReviewStep(StrEnum):
    HAND_OVER = "hand_over"  # the first reader is done
    CONFIRM = "confirm"  # the results go to the lot
    RETURN = "return"  # back to review, with a reason
    ENTER_AGAIN = "enter_again"  # the second person types the results blind
    SETTLE = "settle"  # one of the two readings of a row is taken


_FROM: dict[ReviewStep, frozenset[CertificateState]] = {
    ReviewStep.HAND_OVER: frozenset({CertificateState.PROPOSED}),
    ReviewStep.CONFIRM: frozenset({CertificateState.PROPOSED, CertificateState.AWAITING_SECOND}),
    ReviewStep.RETURN: frozenset({CertificateState.AWAITING_SECOND}),
    ReviewStep.ENTER_AGAIN: frozenset({CertificateState.AWAITING_SECOND}),
    ReviewStep.SETTLE: frozenset({CertificateState.AWAITING_SECOND}),
}

_TO: dict[ReviewStep, CertificateState] = {
    ReviewStep.HAND_OVER: CertificateState.AWAITING_SECOND,
    ReviewStep.CONFIRM: CertificateState.CONFIRMED,
    ReviewStep.RETURN: CertificateState.PROPOSED,
    ReviewStep.ENTER_AGAIN: CertificateState.AWAITING_SECOND,
    ReviewStep.SETTLE: CertificateState.AWAITING_SECOND,
}


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """`second_reader_id` typed the blind entries; `open_differences` are not settled yet."""

    state: CertificateState
    demand: ReadingDemand
    first_reader_id: int | None = None
    is_double_entry: bool = False
    second_reader_id: int | None = None
    open_differences: int = 0


def state_after(step: ReviewStep) -> CertificateState:
    return _TO[step]


def step_refusals(step: ReviewStep, facts: ReviewFacts, person_id: int | None) -> tuple[str, ...]:
    """Every reason why this person may not take this step now; empty when they may."""
    if facts.state not in _FROM[step]:
        return (_wrong_state(step, facts.state),)
    return tuple(_STEP_REFUSALS[step](facts, person_id))


def _wrong_state(step: ReviewStep, state: CertificateState) -> str:
    words = {
        CertificateState.PROPOSED: "under review by its first reader",
        CertificateState.AWAITING_SECOND: "waiting for a second person",
    }.get(state, state.value)
    return f"The certificate is {words}; “{step.value.replace('_', ' ')}” is not a step from there."


def _hand_over(facts: ReviewFacts, person_id: int | None) -> Iterator[str]:
    del person_id
    if not facts.demand.needs_second:
        yield "This certificate needs no second person; confirm it."


def _confirm(facts: ReviewFacts, person_id: int | None) -> Iterator[str]:
    if facts.state is CertificateState.PROPOSED:
        if facts.demand.needs_second:
            yield (
                "Two persons read this certificate; hand it over to the second. "
                f"{facts.demand.reason}"
            )
        return
    yield from _same_person(facts, person_id)
    if not facts.is_double_entry:
        return
    if facts.second_reader_id is None:
        yield "The second person has not typed the results yet."
    elif facts.second_reader_id != person_id:
        yield "Another person typed the second reading; they confirm it."
    if facts.open_differences:
        count = facts.open_differences
        yield (
            "1 row was read differently and is not settled."
            if count == 1
            else f"{count} rows were read differently and are not settled."
        )


def _return(facts: ReviewFacts, person_id: int | None) -> Iterator[str]:
    del facts, person_id
    yield from ()


def _enter_again(facts: ReviewFacts, person_id: int | None) -> Iterator[str]:
    yield from _same_person(facts, person_id)
    if not facts.is_double_entry:
        yield "This certificate asks for no second entry; check the first and confirm it."
    if facts.second_reader_id is not None:
        yield "The results were typed a second time already."


def _settle(facts: ReviewFacts, person_id: int | None) -> Iterator[str]:
    if facts.second_reader_id is None:
        yield "Nothing was typed a second time yet."
    elif person_id not in (facts.first_reader_id, facts.second_reader_id):
        yield "One of the two readers settles a difference between them."


def _same_person(facts: ReviewFacts, person_id: int | None) -> Iterator[str]:
    """EU GMP Annex 11 (2011) 6: critical data entered by hand are checked by a second operator
    or by validated means (clause text unverified); that it is another person is the whole point.
    """
    if person_id is None or person_id == facts.first_reader_id:
        yield "You read this certificate first; another person has to check it."


_STEP_REFUSALS = {
    ReviewStep.HAND_OVER: _hand_over,
    ReviewStep.CONFIRM: _confirm,
    ReviewStep.RETURN: _return,
    ReviewStep.ENTER_AGAIN: _enter_again,
    ReviewStep.SETTLE: _settle,
}


def kept_from_release(first_reader_id: int | None, confirmed_by_id: int | None) -> int | None:
    """The person on whose reading a lot's results rest, who therefore does not release it.

    Of two readers it is the first: no value rests on the second alone (product policy, so that
    two people in quality assurance are enough for a critical material).
    """
    return first_reader_id if first_reader_id is not None else confirmed_by_id
