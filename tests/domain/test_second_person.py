"""Who may take which step with a certificate that one or two persons read."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.catalogue import RiskClass
from supplier_qc.domain.certificates import CertificateState
from supplier_qc.domain.second_person import (
    ReadingDemand,
    ReadingPolicy,
    ReviewFacts,
    ReviewStep,
    kept_from_release,
    policy_in_force,
    reading_demand,
    state_after,
    step_refusals,
)

ON = date(2026, 11, 24)
BEN, BEA, FAY = 2, 3, 4
ONE = ReadingDemand(1, is_double_entry=False, reason="By policy.")
TWO = ReadingDemand(2, is_double_entry=False, reason="By policy.")
PROPOSED, WAITING = CertificateState.PROPOSED, CertificateState.AWAITING_SECOND
CONFIRM, HAND_OVER = ReviewStep.CONFIRM, ReviewStep.HAND_OVER


def facts(state: CertificateState, demand: ReadingDemand = TWO) -> ReviewFacts:
    return ReviewFacts(state, demand, first_reader_id=BEN if state is WAITING else None)


BLIND = replace(facts(WAITING), is_double_entry=True)
TYPED = replace(BLIND, second_reader_id=BEA)
ONE_DIFFERS, TWO_DIFFER = replace(TYPED, open_differences=1), replace(TYPED, open_differences=2)

CASES = [
    # step, facts, person, part of the refusal or None where the step may be taken
    (CONFIRM, facts(PROPOSED, ONE), BEN, None),
    (CONFIRM, facts(PROPOSED, TWO), BEN, "hand it over"),
    (HAND_OVER, facts(PROPOSED, TWO), BEN, None),
    (HAND_OVER, facts(PROPOSED, ONE), BEN, "needs no second person"),
    (CONFIRM, facts(WAITING), BEN, "You read this certificate first"),
    (CONFIRM, facts(WAITING), BEA, None),
    (CONFIRM, facts(WAITING), None, "another person"),
    (CONFIRM, facts(WAITING, ONE), BEN, "You read this certificate first"),
    (HAND_OVER, facts(WAITING), BEN, "waiting for a second person"),
    (ReviewStep.RETURN, facts(WAITING), BEN, None),
    (ReviewStep.RETURN, facts(WAITING), BEA, None),
    (ReviewStep.RETURN, facts(PROPOSED), BEN, "under review"),
    (ReviewStep.ENTER_AGAIN, BLIND, BEA, None),
    (ReviewStep.ENTER_AGAIN, BLIND, BEN, "You read this certificate first"),
    (ReviewStep.ENTER_AGAIN, facts(WAITING), BEA, "asks for no second entry"),
    (ReviewStep.ENTER_AGAIN, TYPED, FAY, "typed a second time already"),
    (ReviewStep.ENTER_AGAIN, replace(BLIND, state=PROPOSED), BEA, "under review"),
    (CONFIRM, BLIND, BEA, "has not typed"),
    (CONFIRM, TYPED, BEA, None),
    (CONFIRM, TYPED, FAY, "Another person typed the second reading"),
    (CONFIRM, ONE_DIFFERS, BEA, "1 row was read differently"),
    (CONFIRM, TWO_DIFFER, BEA, "2 rows were read differently"),
    (ReviewStep.SETTLE, ONE_DIFFERS, BEN, None),
    (ReviewStep.SETTLE, ONE_DIFFERS, BEA, None),
    (ReviewStep.SETTLE, ONE_DIFFERS, FAY, "One of the two"),
    (ReviewStep.SETTLE, BLIND, BEN, "Nothing was typed a second time"),
    *(
        (CONFIRM, facts(state), BEA, "is not a step from there")
        for state in CertificateState
        if state not in (PROPOSED, WAITING)
    ),
]


@pytest.mark.parametrize(("step", "found", "person", "reason"), CASES)
def test_a_step_is_taken_by_whom_and_when_the_table_says(
    step: ReviewStep, found: ReviewFacts, person: int | None, reason: str | None
) -> None:
    refusals = step_refusals(step, found, person)
    assert (refusals == ()) if reason is None else (reason in " ".join(refusals))


@given(
    person=st.integers(1, 4),
    demand=st.sampled_from([ONE, TWO]),
    first=st.integers(1, 4),
    is_double_entry=st.booleans(),
    second=st.none() | st.integers(1, 4),
    differences=st.integers(0, 3),
)
def test_no_certificate_is_confirmed_by_its_first_reader_alone(
    person: int,
    demand: ReadingDemand,
    first: int,
    is_double_entry: bool,  # noqa: FBT001 -- drawn by hypothesis
    second: int | None,
    differences: int,
) -> None:
    found = ReviewFacts(WAITING, demand, first, is_double_entry, second, differences)
    if not step_refusals(CONFIRM, found, person):
        assert person != first
        assert not is_double_entry or (second == person and differences == 0)


def test_only_a_confirmation_leads_to_the_lot() -> None:
    leading = {step for step in ReviewStep if state_after(step) is CertificateState.CONFIRMED}
    assert leading == {CONFIRM}


def policy(
    persons: int, since: date, until: date | None = None, *, mark: str = "C"
) -> ReadingPolicy:
    return ReadingPolicy(RiskClass.CRITICAL, persons, False, since, until, mark, "house rule")


OLD = policy(2, date(2020, 1, 1), date(2026, 6, 1))
NEW = policy(1, date(2026, 6, 1), mark="V")


def test_the_newest_row_in_force_on_the_day_counts() -> None:
    assert policy_in_force((OLD, NEW), RiskClass.CRITICAL, date(2026, 5, 31)) is OLD
    assert policy_in_force((OLD, NEW), RiskClass.CRITICAL, date(2026, 6, 1)) is NEW
    assert policy_in_force((OLD, NEW), RiskClass.MAJOR, ON) is None
    assert policy_in_force((NEW, policy(2, date(2026, 6, 1))), RiskClass.CRITICAL, ON) is None


@pytest.mark.parametrize(
    ("risk_class", "policies"),
    [(None, (NEW,)), (RiskClass.CRITICAL, ()), (RiskClass.MAJOR, (NEW,))],
)
def test_what_no_policy_answers_for_is_read_by_two(
    risk_class: RiskClass | None, policies: tuple[ReadingPolicy, ...]
) -> None:
    assert reading_demand(risk_class, policies, ON).needs_second


def test_an_item_that_asks_for_double_entry_gets_it_whatever_its_class() -> None:
    found = reading_demand(RiskClass.CRITICAL, (NEW,), ON, item_asks_double_entry=True)
    assert (found.persons, found.is_double_entry) == (2, True)


def test_a_convention_is_called_one() -> None:
    assert "a convention" in reading_demand(RiskClass.CRITICAL, (policy(2, ON),), ON).reason
    assert "a convention" not in reading_demand(RiskClass.CRITICAL, (NEW,), ON).reason


def test_of_two_readers_the_first_is_kept_from_the_release() -> None:
    assert kept_from_release(BEN, BEA) == BEN
    assert kept_from_release(None, BEN) == BEN
    assert kept_from_release(None, None) is None
