"""The default intervals come with the tables, and go without pulling at a decision."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from supplier_qc.persistence.engine import make_engine
from supplier_qc.persistence.migrating import downgrade, upgrade
from supplier_qc.services.installation import Installation
from tests.factories import make_qualification

INTERVALS = [("critical", 12), ("major", 24), ("minor", 36)]


def intervals(url: str) -> list[tuple[str, int]]:
    engine = make_engine(url)
    statement = "SELECT risk_class, interval_months FROM requalification_policy ORDER BY 2"
    with engine.connect() as connection:
        found = [(row[0], row[1]) for row in connection.execute(text(statement))]
    engine.dispose()
    return found


def test_there_is_one_row_a_risk_class_marked_as_a_convention(database_url: str) -> None:
    assert intervals(database_url) == INTERVALS
    engine = make_engine(database_url)
    with engine.connect() as connection:
        marks = connection.execute(text("SELECT DISTINCT mark FROM requalification_policy")).all()
    engine.dispose()
    assert [mark[0] for mark in marks] == ["C"]


def test_the_rows_go_and_come_back(database_url: str) -> None:
    downgrade(database_url, "0002")
    assert intervals(database_url) == []
    upgrade(database_url)
    assert intervals(database_url) == INTERVALS


def test_a_row_that_a_decision_rests_on_stays(
    database_url: str, installation: Installation
) -> None:
    make_qualification(installation.sessions)
    installation.engine.dispose()
    downgrade(database_url, "0002")
    assert intervals(database_url) == [("critical", 12)]
    upgrade(database_url)
    assert intervals(database_url) == INTERVALS


def test_a_row_is_still_never_deleted_after_going_and_coming_back(database_url: str) -> None:
    downgrade(database_url, "0002")
    upgrade(database_url)
    engine = make_engine(database_url)
    with (
        pytest.raises(IntegrityError, match="never deleted"),
        engine.begin() as connection,
    ):
        connection.execute(text("DELETE FROM requalification_policy"))
    engine.dispose()
