"""What counts as good, not good, and as not judged."""

from datetime import date

import pytest

from supplier_qc.domain.deliveries import DeliveryFacts, Observation
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.scorecard.cases import (
    Outcome,
    judge_certificate,
    judge_change,
    judge_corrective_action,
    judge_delivery,
    judge_lot,
    judge_notice,
    judge_request,
    rolling_year,
)

TODAY = date(2026, 11, 24)
NO, YES, UNKNOWN = Observation.NO, Observation.YES, Observation.NOT_RECORDED
GOOD, BAD, OPEN = Outcome.GOOD, Outcome.NOT_GOOD, Outcome.NOT_JUDGED


def on(text: str) -> date:
    return date.fromisoformat(text)


def day(text: str | None) -> date | None:
    return None if text is None else on(text)


def test_the_rolling_year_holds_twelve_months_and_no_day_more() -> None:
    year = rolling_year(TODAY)
    assert (year.first_on, year.last_on) == (on("2025-11-25"), TODAY)
    assert year.holds(on("2025-11-25"))
    assert not year.holds(on("2025-11-24"))


def test_a_lot_that_is_not_decided_on_is_no_case() -> None:
    judged = [judge_lot(one) for one in Disposition]
    assert [one.outcome if one else None for one in judged] == [None, GOOD, BAD]


@pytest.mark.parametrize(
    ("corrected", "questions", "was_reissued", "outcome", "words"),
    [
        (0, 0, False, GOOD, "Confirmed as it came."),
        (1, 0, False, BAD, "1 value corrected at the review."),
        (0, 1, False, BAD, "1 question on the certificate."),
        (2, 0, True, BAD, "2 values corrected at the review. It was issued anew."),
    ],
)
def test_a_certificate_is_right_first_time_only_as_it_came(
    *, corrected: int, questions: int, was_reissued: bool, outcome: Outcome, words: str
) -> None:
    judged = judge_certificate(corrected, questions, was_reissued=was_reissued)
    assert (judged.outcome, judged.words) == (outcome, words)


@pytest.mark.parametrize(
    ("received_on", "effective_on", "months", "outcome"),
    [
        ("2026-01-31", "2026-07-31", 6, GOOD),  # on the last day
        ("2026-02-01", "2026-07-31", 6, BAD),
        ("2026-07-31", "2026-07-31", 0, BAD),  # in effect already
        ("2026-08-02", "2026-07-31", None, BAD),  # late whatever the agreement says
        ("2026-01-31", None, 6, OPEN),
        ("2026-01-31", "2026-07-31", None, OPEN),  # no agreement states a period
    ],
)
def test_a_change_is_notified_in_time_by_the_months_of_the_agreement(
    received_on: str, effective_on: str | None, months: int | None, outcome: Outcome
) -> None:
    judged = judge_notice(on(received_on), day(effective_on), months)
    assert judged.outcome is outcome


@pytest.mark.parametrize(
    ("told_on", "months", "has_notice", "outcome"),
    [
        (None, 6, False, BAD),
        (None, None, False, BAD),  # nobody told us: no agreement is needed to say so
        (None, 6, True, OPEN),
        ("2026-06-01", None, True, OPEN),
        ("2026-01-01", 6, True, GOOD),
        ("2026-06-01", 6, True, BAD),
        ("2026-09-01", 0, True, BAD),  # after it was seen
    ],
)
def test_a_change_found_on_a_certificate_without_a_notice_was_not_notified(
    *, told_on: str | None, months: int | None, has_notice: bool, outcome: Outcome
) -> None:
    judged = judge_change(on("2026-08-01"), day(told_on), months, has_notice=has_notice)
    assert judged.outcome is outcome


def delivery(
    promised_on: str | None, received_on: str | None, excursion: Observation, damage: Observation
) -> DeliveryFacts:
    return DeliveryFacts(on("2026-10-01"), day(promised_on), day(received_on), excursion, damage)


@pytest.mark.parametrize(
    ("promised_on", "received_on", "excursion", "damage", "outcome"),
    [
        ("2026-11-01", "2026-11-01", NO, NO, GOOD),
        ("2026-11-01", "2026-11-02", NO, NO, BAD),
        ("2026-11-01", "2026-11-01", YES, NO, BAD),
        ("2026-11-01", "2026-11-01", NO, YES, BAD),
        ("2026-11-01", "2026-11-01", UNKNOWN, NO, OPEN),
        ("2026-11-01", "2026-11-01", NO, UNKNOWN, OPEN),
        (None, "2026-11-01", NO, NO, OPEN),
        (None, "2026-11-01", YES, NO, BAD),  # what is known to be bad needs no promised day
        ("2026-11-23", None, UNKNOWN, UNKNOWN, BAD),  # promised for yesterday and not here
        ("2026-11-24", None, UNKNOWN, UNKNOWN, None),  # promised for today
        (None, None, UNKNOWN, UNKNOWN, None),
    ],
)
def test_a_delivery_is_good_only_where_all_of_it_is_known_to_be(
    promised_on: str | None,
    received_on: str | None,
    excursion: Observation,
    damage: Observation,
    outcome: Outcome | None,
) -> None:
    judged = judge_delivery(delivery(promised_on, received_on, excursion, damage), TODAY)
    assert (judged.outcome if judged else None) is outcome


@pytest.mark.parametrize(
    ("due_on", "answered_on", "days"),
    [
        ("2026-10-31", "2026-10-11", 10),
        ("2026-10-31", "2026-11-20", 50),
        ("2026-10-31", None, 54),  # past its day: the days so far
        ("2026-11-24", None, None),  # due today: not known yet
    ],
)
def test_a_request_that_nobody_answers_counts_once_its_day_has_passed(
    due_on: str, answered_on: str | None, days: int | None
) -> None:
    judged = judge_request(on("2026-10-01"), on(due_on), day(answered_on), TODAY)
    assert (judged.days if judged else None) == days


@pytest.mark.parametrize(
    ("late", "is_closed", "is_effective", "outcome"),
    [
        ((), True, True, GOOD),
        ((), True, False, BAD),
        ((), True, None, OPEN),
        (("root cause",), True, True, BAD),
        (("root cause",), False, None, BAD),  # overdue and still open
        ((), False, None, None),
    ],
)
def test_a_corrective_action_is_good_only_on_time_and_effective(
    *, late: tuple[str, ...], is_closed: bool, is_effective: bool | None, outcome: Outcome | None
) -> None:
    judged = judge_corrective_action(late, is_closed=is_closed, is_effective=is_effective)
    assert (judged.outcome if judged else None) is outcome
