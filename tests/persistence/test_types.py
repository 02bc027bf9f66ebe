"""Moments and quantities come back from both databases as they went in."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import Column, Engine, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import IntegrityError, StatementError

from supplier_qc.persistence.base import ExactDecimal, UtcDateTime
from supplier_qc.persistence.engine import make_engine
from tests.conftest import NOW

KEPT = Table(
    "kept_by_test",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime),
    Column("amount", ExactDecimal),
)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    KEPT.create(engine)
    yield engine
    engine.dispose()


def kept(engine: Engine, **values: object) -> tuple[datetime | None, Decimal | None]:
    with engine.begin() as connection:
        connection.execute(insert(KEPT).values(**values))
        at, amount = connection.execute(select(KEPT.c.at, KEPT.c.amount)).one()
    return at, amount


def test_a_moment_without_a_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(StatementError, match="has no time zone"):
        kept(engine, at=NOW.replace(tzinfo=None))


@pytest.mark.parametrize("hours", [-11, -5, 0, 2, 14])
def test_a_moment_of_any_zone_comes_back_as_the_same_moment_in_utc(
    engine: Engine, hours: int
) -> None:
    local = NOW.astimezone(timezone(timedelta(hours=hours)))
    at, _ = kept(engine, at=local)
    assert at == NOW
    assert at is not None
    assert at.tzinfo is UTC


def test_microseconds_are_kept(engine: Engine) -> None:
    moment = NOW.replace(microsecond=123_456)
    assert kept(engine, at=moment)[0] == moment


@pytest.mark.parametrize(
    "printed",
    ["1.00", "0.5", "-0.000001", "12345678901.12345678", "100", "0", "1000000000000000000000.1"],
)
def test_a_quantity_keeps_every_digit_and_its_trailing_zeros(engine: Engine, printed: str) -> None:
    _, amount = kept(engine, amount=Decimal(printed))
    assert str(amount) == printed


def test_a_quantity_in_powers_of_ten_keeps_its_value(engine: Engine) -> None:
    assert kept(engine, amount=Decimal("1E+6"))[1] == Decimal(1_000_000)


def test_nothing_is_kept_as_nothing(engine: Engine) -> None:
    assert kept(engine, at=None, amount=None) == (None, None)


PEOPLE_COLUMNS = (
    "username, full_name, email, password_hash, is_active, session_stamp, failed_sign_ins"
)


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        (
            f"INSERT INTO person ({PEOPLE_COLUMNS}) VALUES ('ANA', 'A', 'a@b', 'h', true, 's', 0)",
            "ck_person_username_lower",
        ),
        (
            "INSERT INTO person_role (person_id, role) VALUES (1, 'owner')",
            "ck_person_role_role",
        ),
        (
            "INSERT INTO organisation (name, version) VALUES ('   ', 1)",
            "ck_organisation_name_not_blank",
        ),
        (
            """INSERT INTO requalification_policy
            (risk_class, interval_months, valid_from, mark, source)
            VALUES ('minor', 0, '2030-01-01', 'C', 'test')""",
            "ck_requalification_policy_interval_positive",
        ),
        (
            """INSERT INTO evidence
            (organisation_id, kind, title, issued_on, expires_on, version)
            VALUES (1, 'other', 't', '2026-02-02', '2026-02-01', 1)""",
            "ck_evidence_expiry_after_issue",
        ),
    ],
    ids=lambda value: value if str(value).startswith("ck_") else "",
)
def test_the_database_itself_refuses_what_must_not_exist(
    engine: Engine, statement: str, constraint: str
) -> None:
    with engine.connect() as connection, connection.begin() as transaction:
        with pytest.raises(IntegrityError) as refused:
            connection.exec_driver_sql(statement)
        transaction.rollback()
    assert constraint in str(refused.value.orig)


def test_a_row_that_points_nowhere_is_refused(engine: Engine) -> None:
    with engine.connect() as connection, connection.begin() as transaction:
        with pytest.raises(IntegrityError):
            connection.exec_driver_sql(
                "INSERT INTO person_role (person_id, role) VALUES (999, 'auditor')"
            )
        transaction.rollback()
