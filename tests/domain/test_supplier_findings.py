"""What closes a finding against a supplier, and when corrective action may be asked for."""

from datetime import date

import pytest

from supplier_qc.domain.supplier_findings import (
    FindingFacts,
    FindingReach,
    FindingSeverity,
    finding_closing_problems,
    lowering_problems,
    narrowing_problems,
    requesting_problems,
)

S = FindingSeverity
DAY = date(2026, 5, 4)
CRITICAL = (
    "A critical finding is closed by a corrective action that proved effective; issue a "
    "corrective action request."
)
RUNNING = "Corrective action request 4 is open; its closing as effective closes the finding."


@pytest.mark.parametrize(
    ("facts", "problems"),
    [
        (FindingFacts(S.MINOR), ()),
        (FindingFacts(S.MAJOR), ()),
        (FindingFacts(S.CRITICAL), (CRITICAL,)),
        (FindingFacts(S.CRITICAL, was_effective=True), ()),
        (FindingFacts(S.MINOR, open_request_id=4), (RUNNING,)),
        (FindingFacts(S.CRITICAL, open_request_id=4), (RUNNING,)),
        (FindingFacts(S.MINOR, closed_on=DAY), ("The finding was closed on 2026-05-04.",)),
    ],
)
def test_a_finding_is_closed_by_hand_only_where_nothing_runs(
    facts: FindingFacts, problems: tuple[str, ...]
) -> None:
    assert finding_closing_problems(facts) == problems


def test_one_request_runs_at_a_time_and_none_on_a_closed_finding() -> None:
    assert requesting_problems(FindingFacts(S.MINOR)) == ()
    assert requesting_problems(FindingFacts(S.MINOR, DAY, 4)) == (
        "The finding was closed on 2026-05-04.",
        "Corrective action request 4 is open already.",
    )


@pytest.mark.parametrize(
    ("before", "after", "may_close", "is_refused"),
    [
        (S.CRITICAL, S.MAJOR, False, True),
        (S.CRITICAL, S.MINOR, False, True),
        (S.MAJOR, S.MINOR, False, True),
        (S.CRITICAL, S.MINOR, True, False),
        (S.MINOR, S.CRITICAL, False, False),
        (S.MAJOR, S.MAJOR, False, False),
        (None, S.MINOR, False, False),
    ],
)
def test_a_finding_is_lowered_only_by_who_may_close_it(
    before: FindingSeverity | None,
    after: FindingSeverity,
    may_close: bool,  # noqa: FBT001 -- a column of the table of cases
    is_refused: bool,  # noqa: FBT001 -- a column of the table of cases
) -> None:
    problems = lowering_problems(before, after, may_close=may_close)
    assert bool(problems) is is_refused
    assert all(before in one and after in one for one in problems if before)


VENDOR, SITE, ITEM, OTHER_ITEM = (
    FindingReach(),
    FindingReach(1),
    FindingReach(1, 7),
    FindingReach(1, 8),
)


@pytest.mark.parametrize(
    ("before", "after", "is_refused"),
    [
        (None, ITEM, False),
        (ITEM, ITEM, False),
        (ITEM, SITE, False),
        (ITEM, VENDOR, False),
        (SITE, VENDOR, False),
        (ITEM, OTHER_ITEM, True),
        (ITEM, FindingReach(2), True),
        (SITE, ITEM, True),
        (SITE, FindingReach(2), True),
        (VENDOR, SITE, True),
        (VENDOR, ITEM, True),
    ],
)
def test_a_finding_is_narrowed_only_by_who_may_close_it(
    before: FindingReach | None,
    after: FindingReach,
    is_refused: bool,  # noqa: FBT001 -- a column of the table of cases
) -> None:
    assert bool(narrowing_problems(before, after, may_close=False)) is is_refused
    assert narrowing_problems(before, after, may_close=True) == ()
