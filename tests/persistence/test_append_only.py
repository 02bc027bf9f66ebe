"""What is only ever added cannot be changed or removed, not even by SQL typed by hand."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import IntegrityError

from supplier_qc.persistence.tables import (
    AuditEntry,
    CertificateRow,
    Document,
    LotResult,
    Signature,
    Specification,
    SpecificationLine,
)
from supplier_qc.services.installation import Installation
from tests.conftest import TODAY
from tests.factories import make_evidence, make_specification
from tests.lot_factories import make_lot, make_proposal


@pytest.fixture
def filled(installation: Installation) -> Installation:
    """An approved and a draft specification, a lot with results, a paper and a certificate."""
    make_specification(installation.sessions)
    make_specification(installation.sessions, effective=False)
    make_lot(installation.sessions)
    make_evidence(
        installation.sessions, installation.documents, expires_on=TODAY + timedelta(days=10)
    )
    make_proposal(installation)
    return installation


@pytest.fixture
def by_hand(filled: Installation) -> Iterator[Connection]:
    with filled.engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


def refused(connection: Connection, statement: str) -> str:
    with pytest.raises(IntegrityError) as refusal, connection.begin_nested():
        connection.execute(text(statement))
    return str(refusal.value.orig)


@pytest.mark.parametrize("table", ["audit_entry", "signature", "document"])
def test_a_row_that_is_only_ever_added_is_neither_changed_nor_removed(
    by_hand: Connection, table: str
) -> None:
    assert by_hand.scalar(text(f"SELECT count(*) FROM {table}"))
    assert f"{table} is append-only" in refused(by_hand, f"UPDATE {table} SET id = id")
    assert f"{table} is append-only" in refused(by_hand, f"DELETE FROM {table}")


@pytest.mark.parametrize(
    "table",
    [
        "person",
        "organisation",
        "material",
        "manufacturer_item",
        "lot",
        "evidence",
        "reading_policy",
    ],
)
def test_a_record_is_never_removed(by_hand: Connection, table: str) -> None:
    assert by_hand.scalar(text(f"SELECT count(*) FROM {table}"))
    assert "never deleted" in refused(by_hand, f"DELETE FROM {table}")


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        (LotResult, "UPDATE lot_result SET literal = 'something better'"),
        (CertificateRow, "UPDATE certificate_row SET literals = '{}'"),
    ],
)
def test_what_stood_on_the_page_stays(
    by_hand: Connection, table: type[LotResult | CertificateRow], statement: str
) -> None:
    assert by_hand.scalar(select(table.id).limit(1))
    assert "is what stood on the page" in refused(by_hand, statement)


def test_beside_it_the_reviewed_value_may_change(by_hand: Connection) -> None:
    by_hand.execute(text("UPDATE certificate_row SET result = '7.4'"))
    assert by_hand.scalar(text("SELECT count(*) FROM certificate_row WHERE result = '7.4'"))


def _line_of(connection: Connection, status: str) -> int:
    found = connection.scalar(
        select(SpecificationLine.id)
        .join(Specification)
        .where(text("specification.status = :status"))
        .params(status=status)
        .limit(1)
    )
    assert found is not None
    return found


def test_the_lines_of_an_approved_specification_are_out_of_reach(by_hand: Connection) -> None:
    line = _line_of(by_hand, "effective")
    changed = f"UPDATE specification_line SET method = 'another' WHERE id = {line}"
    removed = f"DELETE FROM specification_line WHERE id = {line}"
    for statement in (changed, removed):
        assert "no longer a draft" in refused(by_hand, statement)


def test_the_lines_of_a_draft_are_not(by_hand: Connection) -> None:
    line = _line_of(by_hand, "draft")
    by_hand.execute(text(f"UPDATE specification_line SET method = 'another' WHERE id = {line}"))
    by_hand.execute(text(f"DELETE FROM specification_line WHERE id = {line}"))
    assert not by_hand.scalar(select(SpecificationLine.id).where(SpecificationLine.id == line))


def test_there_is_something_to_protect(by_hand: Connection) -> None:
    for table in (AuditEntry, Signature, Document):
        assert by_hand.scalar(select(table.id).limit(1))
