"""The due list follows from the records, in a constant number of statements."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from supplier_qc.domain.due_dates.states import DueState
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.requirements import Condition
from supplier_qc.domain.reminders import DueSubject
from supplier_qc.persistence.tables import Lot, Qualification
from supplier_qc.queries.due import DueRow, list_due, list_due_by_policy
from supplier_qc.services.installation import Installation
from tests.conftest import TODAY
from tests.factories import (
    decide_made_qualification,
    make_evidence,
    make_qualification,
    make_vendor,
)
from tests.lot_factories import make_lot


@pytest.fixture
def session(installation: Installation) -> Iterator[Session]:
    """A session that stages what the services would need many steps for; never committed."""
    with installation.sessions() as opened:
        yield opened


def due(session: Session) -> list[DueRow]:
    return list_due(session, TODAY)


def test_an_empty_installation_has_nothing_due(session: Session) -> None:
    assert due(session) == []


def test_a_qualified_source_is_due_by_its_date(
    installation: Installation, session: Session
) -> None:
    number = make_qualification(installation.sessions)
    session.get_one(Qualification, number).requalification_due_on = TODAY + timedelta(days=12)
    (row,) = due(session)
    assert (row.subject, row.subject_id, row.days_left) == (DueSubject.QUALIFICATION, number, 12)
    assert row.state is DueState.DUE_SOON
    assert (row.page_table, row.page_id) == ("qualification", number)


def test_a_qualified_source_without_a_date_is_never_shown_as_later(
    installation: Installation, session: Session
) -> None:
    number = make_qualification(installation.sessions)
    session.get_one(Qualification, number).requalification_due_on = None
    (row,) = due(session)
    assert (row.state, row.days_left) == (DueState.NOT_KNOWN, None)


def test_a_condition_is_due_until_it_is_fulfilled_or_replaced(
    installation: Installation, session: Session
) -> None:
    number = make_qualification(installation.sessions)
    limits = (Condition("Third lot.", TODAY + timedelta(days=5)), Condition("Two lots only."))
    status = QualificationStatus.CONDITIONALLY_APPROVED
    decide_made_qualification(installation.sessions, number, status, conditions=limits)
    (row,) = [one for one in due(session) if one.subject is DueSubject.CONDITION]
    assert (row.days_left, row.page_id) == (5, number)
    assert "Third lot." in row.title
    session.rollback()
    decide_made_qualification(installation.sessions, number)
    assert DueSubject.CONDITION not in {one.subject for one in due(session)}


def test_a_paper_that_stops_counting_by_policy_is_due_once(
    installation: Installation, session: Session
) -> None:
    """The agreement answers two requirements that end on one day; optional ones remind nobody."""
    make_qualification(installation.sessions)
    rows = [one for one in list_due_by_policy(session, TODAY) if one.subject is DueSubject.EVIDENCE]
    assert len(rows) == 6
    assert rows[0].days_left == 364
    assert all("by policy no longer counted" in one.title for one in rows)


@pytest.mark.parametrize("status", [None, QualificationStatus.DISQUALIFIED])
def test_a_source_that_is_not_approved_is_not_due(
    installation: Installation, session: Session, status: QualificationStatus | None
) -> None:
    number = make_qualification(installation.sessions, approved=False)
    if status is not None:
        decide_made_qualification(installation.sessions, number, status)
    assert due(session) == []


def test_a_paper_is_due_until_a_later_one_of_its_title_replaces_it(
    installation: Installation, session: Session
) -> None:
    vendor = make_vendor(installation.sessions)

    def record(title: str, days: int) -> int:
        return make_evidence(
            installation.sessions,
            installation.documents,
            vendor,
            title=title,
            expires_on=TODAY + timedelta(days=days),
        )

    old, other = record("ISO 9001", -3), record("ISO 13485", 30)
    assert [(row.subject_id, row.state) for row in due(session)] == [
        (old, DueState.OVERDUE),
        (other, DueState.DUE_SOON),
    ]
    session.rollback()  # SQLite has one writer at a time
    new = record("iso 9001", 700)
    assert [row.subject_id for row in due(session)] == [other, new]


def test_the_paper_of_one_vendor_replaces_none_of_another(
    installation: Installation, session: Session
) -> None:
    for days in (1, 700):
        make_evidence(
            installation.sessions, installation.documents, expires_on=TODAY + timedelta(days=days)
        )
    assert len(due(session)) == 2


@pytest.mark.parametrize(
    ("disposition", "days", "shown"),
    [
        (Disposition.RELEASED, 90, True),
        (Disposition.RELEASED, 91, False),
        (Disposition.RELEASED, 0, True),
        (Disposition.RELEASED, -90, True),
        (Disposition.RELEASED, -91, False),
        (Disposition.QUARANTINE, 10, False),
        (Disposition.REJECTED, 10, False),
    ],
)
def test_released_lots_are_due_around_their_expiry(
    installation: Installation,
    session: Session,
    disposition: Disposition,
    days: int,
    shown: bool,  # noqa: FBT001 -- a column of the table
) -> None:
    number = make_lot(
        installation.sessions,
        manufactured_on=TODAY - timedelta(days=400),
        expires_on=TODAY + timedelta(days=days),
    )
    session.get_one(Lot, number).disposition = disposition
    assert [row.subject_id for row in due(session)] == ([number] if shown else [])


def test_the_list_takes_ten_statements_however_long_it_is(
    installation: Installation, session: Session
) -> None:
    vendor = make_vendor(installation.sessions)
    for number in range(12):
        make_evidence(
            installation.sessions,
            installation.documents,
            vendor,
            title=f"Paper {number}",
            expires_on=TODAY,
        )
    session.scalar(select(1))  # the transaction has begun
    statements: list[str] = []
    event.listen(
        installation.engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, *_rest: statements.append(statement),
    )
    assert len(due(session)) == 12
    assert len(statements) == 10
