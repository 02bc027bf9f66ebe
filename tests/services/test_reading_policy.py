"""How many persons read is a dated row: superseded by the user's own, never edited."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import RiskClass
from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.domain.second_person import policy_in_force, reading_demand
from supplier_qc.persistence.sessions import reading
from supplier_qc.queries.reading_policy import list_reading_policies
from supplier_qc.services.installation import Installation
from supplier_qc.services.reading_policy import PolicyDraft, supersede_reading_policy
from tests.conftest import NOW, TODAY, actor_of
from tests.lot_factories import BEA, critical_item, make_confirmed_lot

DRAFT = PolicyDraft(
    RiskClass.CRITICAL,
    persons=1,
    is_double_entry=False,
    valid_from=TODAY,
    source="SOP-QA-17: one person on site",
)


def supersede(sessions: sessionmaker[Session], draft: PolicyDraft = DRAFT) -> int:
    return supersede_reading_policy(sessions, draft, reason="One reader.", actor=BEA, now=NOW)


@pytest.mark.parametrize(
    ("risk_class", "persons"),
    [(RiskClass.CRITICAL, 2), (RiskClass.MAJOR, 1), (RiskClass.MINOR, 1)],
)
def test_the_shipped_default_asks_two_persons_for_critical_materials_alone(
    sessions: sessionmaker[Session], risk_class: RiskClass, persons: int
) -> None:
    with reading(sessions) as session:
        found = reading_demand(risk_class, list_reading_policies(session), TODAY)
    assert (found.persons, found.is_double_entry) == (persons, False)
    assert "a convention" in found.reason


def test_a_site_with_one_reader_supersedes_the_row_and_keeps_the_old_one(
    installation: Installation,
) -> None:
    supersede(installation.sessions)
    with reading(installation.sessions) as session:
        policies = list_reading_policies(session)
    today = policy_in_force(policies, RiskClass.CRITICAL, TODAY)
    before = policy_in_force(policies, RiskClass.CRITICAL, TODAY - timedelta(days=1))
    assert today is not None
    assert before is not None
    assert (today.persons, before.persons, before.valid_to) == (1, 2, TODAY)
    assert make_confirmed_lot(installation, item_id=critical_item(installation.sessions))


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (replace(DRAFT, persons=0), "One or two"),
        (replace(DRAFT, is_double_entry=True), "takes two persons"),
        (replace(DRAFT, valid_from=TODAY - timedelta(days=1)), "days that have passed"),
        (replace(DRAFT, valid_from=date(2019, 1, 1)), "choose a later day"),
        (replace(DRAFT, source=" "), "source"),
    ],
)
def test_a_row_that_cannot_be_is_refused(
    sessions: sessionmaker[Session], draft: PolicyDraft, reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        supersede(sessions, draft)


def test_two_rows_do_not_begin_on_one_day(sessions: sessionmaker[Session]) -> None:
    supersede(sessions)
    with pytest.raises(Refused, match="choose a later day"):
        supersede(sessions, replace(DRAFT, persons=2))


def test_only_an_approver_changes_the_policy(sessions: sessionmaker[Session]) -> None:
    with pytest.raises(NotPermitted):
        supersede_reading_policy(
            sessions, DRAFT, reason="x", actor=actor_of(Role.QA_REVIEWER), now=NOW
        )


def test_a_row_is_never_deleted(installation: Installation) -> None:
    with installation.engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text("DELETE FROM reading_policy"))
