"""When a source is due again, and why there is sometimes no date."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.catalogue import RiskClass
from supplier_qc.domain.due_dates.policies import RequalificationPolicy, due_on
from supplier_qc.domain.months import months_after

TODAY = date(2026, 11, 24)
OLD = RequalificationPolicy(
    RiskClass.CRITICAL, 12, date(2020, 1, 1), date(2024, 1, 1), "C", "house policy 1", 1
)
NEW = RequalificationPolicy(
    RiskClass.CRITICAL, 24, date(2024, 1, 1), None, "V", "house policy 2", 2
)
MINOR = RequalificationPolicy(RiskClass.MINOR, 60, date(2020, 1, 1), None, "C", "house policy 1", 3)
POLICIES = (OLD, NEW, MINOR)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2025-12-15", 1, "2026-01-15"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2025-06-15", 24, "2027-06-15"),
        ("2025-06-15", 0, "2025-06-15"),
    ],
)
def test_months_are_added_to_the_day_or_to_the_last_day(start: str, months: int, end: str) -> None:
    assert months_after(date.fromisoformat(start), months) == date.fromisoformat(end)


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(0, 600))
def test_the_month_is_always_the_one_counted_and_the_day_never_later(
    start: date, months: int
) -> None:
    end = months_after(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day <= start.day


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(0, 300), st.integers(0, 300))
def test_a_longer_interval_is_never_due_earlier(start: date, one: int, other: int) -> None:
    assert months_after(start, min(one, other)) <= months_after(start, max(one, other))


def test_the_policy_in_force_sets_the_date_and_stands_in_the_result() -> None:
    found = due_on(RiskClass.CRITICAL, date(2025, 1, 31), POLICIES, TODAY)
    assert (found.due_on, found.policy) == (date(2027, 1, 31), NEW)
    assert "house policy 2" in found.reason
    assert "convention" not in found.reason


@pytest.mark.parametrize(
    ("on", "policy"),
    [
        (date(2020, 1, 1), OLD),
        (date(2023, 12, 31), OLD),
        (date(2024, 1, 1), NEW),
        (date(2019, 12, 31), None),
    ],
)
def test_a_policy_is_in_force_until_the_day_before_its_end(
    on: date, policy: RequalificationPolicy | None
) -> None:
    assert due_on(RiskClass.CRITICAL, date(2019, 1, 1), POLICIES, on).policy is policy


def test_a_later_row_supersedes_an_earlier_one_that_was_left_open() -> None:
    still_open = replace(OLD, valid_to=None)
    for policies in ((still_open, NEW), (NEW, still_open)):
        assert due_on(RiskClass.CRITICAL, date(2025, 1, 1), policies, TODAY).policy is NEW


def test_what_is_a_convention_is_called_one() -> None:
    found = due_on(RiskClass.MINOR, date(2025, 1, 1), POLICIES, TODAY)
    assert "a convention" in found.reason


@pytest.mark.parametrize(
    ("risk_class", "decided_on", "policies", "words"),
    [
        (RiskClass.MAJOR, date(2025, 1, 1), POLICIES, "No requalification policy is in force"),
        (RiskClass.CRITICAL, date(2025, 1, 1), (), "No requalification policy is in force"),
        (RiskClass.CRITICAL, date(2025, 1, 1), (NEW, NEW), "2 requalification policies"),
        (RiskClass.CRITICAL, None, POLICIES, "never decided on"),
        (None, date(2025, 1, 1), POLICIES, "risk class of the material is not known"),
        (
            RiskClass.MAJOR,
            date(2025, 1, 1),
            (RequalificationPolicy(RiskClass.MAJOR, 0, date(2020, 1, 1), None, "C", "x"),),
            "not above 0",
        ),
    ],
)
def test_without_a_date_there_is_always_a_reason(
    risk_class: RiskClass | None,
    decided_on: date | None,
    policies: tuple[RequalificationPolicy, ...],
    words: str,
) -> None:
    found = due_on(risk_class, decided_on, policies, TODAY)
    assert found.due_on is None
    assert words in found.reason


def test_all_that_is_missing_is_named_at_once() -> None:
    reason = due_on(None, None, POLICIES, TODAY).reason
    assert "risk class" in reason
    assert "never decided" in reason
