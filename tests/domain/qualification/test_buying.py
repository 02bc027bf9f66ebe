"""May this source be bought: yes, with conditions or no, with every reason and until when."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.catalogue import Grade, UseScope
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.buying import BuyVerdict, may_buy
from supplier_qc.domain.qualification.evidence_policy import Effect, Step
from supplier_qc.domain.qualification.requirements import Condition
from tests.domain.qualification.sources_for_tests import (
    PAPERS,
    POLICIES,
    TODAY,
    E,
    K,
    policy,
    source,
    without,
)

_S = QualificationStatus
YES, LIMITED, NO = BuyVerdict
DUE = date(2027, 11, 24)
YESTERDAY = TODAY - timedelta(days=1)
OLD_CERTIFICATE = tuple(
    replace(one, expires_on=YESTERDAY) if one.kind is E.CERTIFICATE else one for one in PAPERS
)


@pytest.mark.parametrize(
    ("facts", "verdict", "words", "until"),
    [
        ({}, YES, "Approved for phase 1/2. All 9 requirements are met.", DUE),
        ({"status": _S.PROPOSED}, NO, "the source is proposed, not approved", None),
        ({"status": _S.UNDER_EVALUATION}, NO, "under evaluation", None),
        ({"status": _S.SUSPENDED}, NO, "suspended", None),
        ({"status": _S.DISQUALIFIED}, NO, "disqualified", None),
        ({"status": _S.RETIRED}, NO, "retired", None),
        ({"requalification_due_on": YESTERDAY}, NO, "ended on 2026-11-23", None),
        ({"requalification_due_on": None}, NO, "No day is known", None),
        ({"requalification_due_on": TODAY}, YES, "Approved", TODAY),
        ({"papers": OLD_CERTIFICATE}, LIMITED, "Certificate: “ISO 9001”, ended on", DUE),
        ({"papers": without(E.QUESTIONNAIRE)}, LIMITED, "Questionnaire: Nothing", DUE),
        (
            {"status": _S.CONDITIONALLY_APPROVED, "conditions": (Condition("Three lots only."),)},
            LIMITED,
            "Condition: Three lots only.",
            DUE,
        ),
        (
            {"status": _S.ON_PROBATION, "conditions": (Condition("Audit.", date(2027, 1, 31)),)},
            LIMITED,
            "Condition: Audit. (by 2027-01-31)",
            date(2027, 1, 31),
        ),
        (
            {"status": _S.CONDITIONALLY_APPROVED, "conditions": (Condition("Lot 3.", YESTERDAY),)},
            NO,
            "Conditions fulfilled in time: Lot 3, ended on 2026-11-23.",
            None,
        ),
        ({"grade": Grade.RUO}, LIMITED, "Research use only for phase 1/2 needs", DUE),
    ],
)
def test_what_may_be_ordered(
    facts: dict[str, Any], verdict: BuyVerdict, words: str, until: date | None
) -> None:
    answer = may_buy(source(**facts), POLICIES, TODAY)
    assert (answer.verdict, answer.holds_until) == (verdict, until)
    assert any(words in reason for reason in answer.reasons), answer.reasons


def test_all_reasons_are_given_at_once() -> None:
    facts = source(status=_S.SUSPENDED, papers=(), conditions=(Condition("Three lots only."),))
    reasons = may_buy(facts, POLICIES, TODAY).reasons
    assert [words.partition(":")[0] for words in reasons] == [
        "For phase 1/2 the source is suspended, not approved.",
        "Condition",
        "Questionnaire",
        "Audit",
        "Quality agreement",
        "Notice of changes",
        "Certificate",
        "Qualification lots",
    ]


def test_a_covered_requirement_may_be_ordered_until_the_condition_ends() -> None:
    rows = (*POLICIES, policy(K.QUESTIONNAIRE, use_scope=UseScope.PHASE_1_2, at_order=Effect.BLOCK))
    facts = source(papers=without(E.QUESTIONNAIRE))
    assert may_buy(facts, rows, TODAY).verdict is NO
    covered = replace(facts, conditions=(Condition("Answer it.", DUE, K.QUESTIONNAIRE),))
    answer = may_buy(covered, rows, TODAY)
    assert (answer.verdict, answer.holds_until) == (LIMITED, DUE)


def test_each_step_has_its_own_effect() -> None:
    facts = source(papers=without(E.QUESTIONNAIRE))
    assert may_buy(facts, POLICIES, TODAY, Step.ORDER).verdict is LIMITED
    assert may_buy(facts, POLICIES, TODAY, Step.RECEIPT).verdict is YES


def test_a_policy_row_that_begins_later_ends_the_answer_before() -> None:
    begins = date(2027, 2, 1)
    row = policy(K.COA_VERIFICATION, valid_from=begins)
    assert may_buy(source(), (*POLICIES, row), TODAY).holds_until == begins - timedelta(days=1)


@given(
    status=st.sampled_from(list(_S)),
    papers=st.lists(st.sampled_from([*PAPERS, *OLD_CERTIFICATE]), max_size=6).map(tuple),
    due_on=st.none() | st.dates(date(2026, 1, 1), date(2029, 1, 1)),
    condition_due=st.none() | st.dates(date(2026, 1, 1), date(2029, 1, 1)),
    covers=st.none() | st.sampled_from(list(K)),
    days=st.integers(0, 1500),
)
def test_the_answer_holds_on_every_day_it_says(
    status: QualificationStatus,
    papers: tuple[Any, ...],
    due_on: date | None,
    condition_due: date | None,
    covers: Any,
    days: int,
) -> None:
    conditions = (Condition("Something.", condition_due, covers),) if condition_due else ()
    facts = source(
        status=status, papers=papers, requalification_due_on=due_on, conditions=conditions
    )
    answer = may_buy(facts, POLICIES, TODAY)
    on = TODAY + timedelta(days=days)
    if answer.verdict is not NO and (answer.holds_until is None or on <= answer.holds_until):
        assert may_buy(facts, POLICIES, on).verdict is answer.verdict
