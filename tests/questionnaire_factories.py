"""Rounds of questionnaires for tests, made by the real services."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.people import Role
from supplier_qc.persistence.sessions import reading
from supplier_qc.queries.questionnaire_rounds import RoundPage, get_round_page
from supplier_qc.queries.questionnaires import versions_in_force
from supplier_qc.services.questionnaire_answers import TypedAnswer, enter_answers
from supplier_qc.services.questionnaire_rounds import (
    RoundDraft,
    hand_over_round,
    send_questionnaire,
)
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import make_vendor

QUALITY = "Quality system, version 1"
GOOD_QUALITY = {
    "QS-01": "Mill Lane; own laboratory",
    "QS-02": "ISO 9001",
    "QS-03": "2027-12-31",
    "QS-04": "yes",
    "QS-05": "no",
    "QS-07": "yes",
    "QS-08": "yes",
    "QS-09": "with results, by the maker",
    "QS-10": "yes",
    "QS-11": "no",
    "QS-13": "yes",
    "QS-14": "24",
    "QS-15": "yes",
    "QS-16": "12",
    "QS-17": "yes",
    "QS-18": "10",
    "QS-19": "no",
    "QS-21": "no",
    "QS-23": "20",
    "QS-24": "yes",
    "QS-25": "further manufacture of medicines",
    "QS-27": "yes",
    "QS-28": "Quality department",
}
"""Answers to every required question, none of them a finding but for papers that are missing."""


def version_id(sessions: sessionmaker[Session], name: str = QUALITY) -> int:
    with reading(sessions) as session:
        found = {words: number for number, words in versions_in_force(session, TODAY).items()}
    return found[name]


def make_round(
    sessions: sessionmaker[Session],
    vendor_id: int | None = None,
    *,
    questionnaire: str = QUALITY,
    sent_on: date = TODAY - timedelta(days=10),
    due_on: date = TODAY + timedelta(days=20),
    **changes: Any,
) -> int:
    """Ana sent it."""
    draft = RoundDraft(version_id(sessions, questionnaire), sent_on, due_on, **changes)
    vendor = make_vendor(sessions) if vendor_id is None else vendor_id
    return send_questionnaire(sessions, vendor, draft, actor=actor_of(Role.PROCUREMENT), now=NOW)


def round_page(sessions: sessionmaker[Session], round_id: int) -> RoundPage:
    with reading(sessions) as session:
        found = get_round_page(session, round_id, TODAY)
    assert found is not None
    return found


def type_answers(
    sessions: sessionmaker[Session], round_id: int, typed: Mapping[str, str], **common: Any
) -> None:
    """Ana types them."""
    enter_answers(
        sessions,
        round_id,
        {key: TypedAnswer(text, **common) for key, text in typed.items()},
        version=round_page(sessions, round_id).row.version,
        actor=actor_of(Role.PROCUREMENT),
        now=NOW,
    )


def hand_over(sessions: sessionmaker[Session], round_id: int, answered_on: date = TODAY) -> None:
    hand_over_round(
        sessions,
        round_id,
        answered_on,
        version=round_page(sessions, round_id).row.version,
        actor=actor_of(Role.PROCUREMENT),
        now=NOW,
    )
