"""May this source be bought on a day, why, and until when the answer holds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeGuard

from supplier_qc.domain.catalogue import label
from supplier_qc.domain.qualification.evidence_policy import Effect, EvidencePolicy, Step
from supplier_qc.domain.qualification.requirements import (
    Requirement,
    SourceFacts,
    open_words,
    requirements,
)
from supplier_qc.domain.qualification.states import LIMITING


class BuyVerdict(StrEnum):
    YES = "yes"
    WITH_CONDITIONS = "yes_with_conditions"
    NO = "no"


@dataclass(frozen=True, slots=True)
class BuyAnswer:
    """`holds_until` is the last day of this answer by the facts of today; None: no end known."""

    verdict: BuyVerdict
    reasons: tuple[str, ...]
    holds_until: date | None = None


def may_buy(
    facts: SourceFacts,
    policies: Sequence[EvidencePolicy],
    on: date,
    step: Step = Step.ORDER,
) -> BuyAnswer:
    """The answer for a day, today or to come, with every reason.

    Facts are those of today: a decision that is still to be taken is not foreseen.
    """
    found = requirements(facts, policies, on)
    stops = [*_status_stops(facts), *_stopping(found, step)]
    limits = [*_limits(facts), *_covered(found, step), *_warnings(found, step)]
    if stops:
        return BuyAnswer(BuyVerdict.NO, (*stops, *limits))
    until = _holds_until(facts, found, policies, on, step)
    if limits:
        return BuyAnswer(BuyVerdict.WITH_CONDITIONS, tuple(limits), until)
    words = f"{label(facts.status)} for {label(facts.use_scope).lower()}. {open_words(found)}."
    return BuyAnswer(BuyVerdict.YES, (words,), until)


def _status_stops(facts: SourceFacts) -> Iterator[str]:
    if not facts.is_in_use:
        yield (
            f"For {label(facts.use_scope).lower()} the source is {label(facts.status).lower()}, "
            "not approved."
        )


def _stopping(found: Iterable[Requirement], step: Step) -> list[str]:
    return [
        f"{one.name}: {one.reason}"
        for one in found
        if one.at(step) is Effect.BLOCK and one.covered_until is None
    ]


def _covered(found: Iterable[Requirement], step: Step) -> list[str]:
    return [
        f"{one.name}: {one.reason} A condition covers it until {one.covered_until.isoformat()}."
        for one in found
        if one.at(step) is Effect.BLOCK and one.covered_until is not None
    ]


def _warnings(found: Iterable[Requirement], step: Step) -> list[str]:
    return [f"{one.name}: {one.reason}" for one in found if one.at(step) is Effect.WARN]


def _limits(facts: SourceFacts) -> Iterator[str]:
    if facts.status in LIMITING:
        yield f"{label(facts.status)} for {label(facts.use_scope).lower()}."
    for one in facts.conditions:
        due = f" (by {one.due_on.isoformat()})" if one.due_on else ""
        yield f"Condition: {one.text}{due}"


def _holds_until(
    facts: SourceFacts,
    found: Iterable[Requirement],
    policies: Iterable[EvidencePolicy],
    on: date,
    step: Step,
) -> date | None:
    """The earliest last day of anything the answer rests on, the policy's rows included."""
    ends = [one.covered_until for one in found if one.at(step) is not Effect.NONE]
    ends += [
        one.valid_until
        for one in found
        if one.policy is not None and not one.is_lacking and one.policy.at(step) is not Effect.NONE
    ]
    ends += [one.due_on for one in facts.conditions if not one.is_overdue(on)]
    day_before = timedelta(days=1)
    ends += [one.issued_on - day_before for one in facts.papers if _is_to_come(one.issued_on, on)]
    for row in policies:
        if row.risk_class is facts.risk_class:
            days = (row.valid_from, row.valid_to)
            ends += [day - day_before for day in days if _is_to_come(day, on)]
    return min((day for day in ends if day is not None), default=None)


def _is_to_come(day: date | None, on: date) -> TypeGuard[date]:
    return day is not None and day > on
