"""The lists of deliveries and of requests for evidence read as much for many as for one."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from supplier_qc.persistence.sessions import reading
from supplier_qc.queries.deliveries import latest_of_item, list_deliveries
from supplier_qc.queries.evidence_requests import list_evidence_requests
from supplier_qc.services.installation import Installation
from tests.conftest import TODAY
from tests.factories import make_item, make_vendor
from tests.services.test_deliveries import QUARANTINE, make_delivery
from tests.services.test_evidence_requests import make_request


def requests(session: Session) -> list[Any]:
    return list_evidence_requests(session, TODAY)


def deliveries(session: Session) -> list[Any]:
    return list(list_deliveries(session, TODAY, open_only=False, page=1, size=100).rows)


def of_item(session: Session) -> list[Any]:
    return latest_of_item(session, 1, TODAY)


@pytest.mark.parametrize(
    ("read", "statements", "shown"), [(requests, 1, 8), (deliveries, 4, 12), (of_item, 3, 10)]
)
def test_a_list_is_read_in_a_constant_number_of_statements(
    installation: Installation,
    read: Callable[[Session], list[Any]],
    statements: int,
    shown: int,
) -> None:
    sessions = installation.sessions
    item_id, vendor_id = make_item(sessions), make_vendor(sessions)
    for _ in range(8):
        make_request(sessions, vendor_id)
    for _ in range(12):
        make_delivery(sessions, item_id, receipt=QUARANTINE)
    counted: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        counted.append(statement)

    with reading(sessions) as session:
        session.scalar(select(1))  # the transaction has begun
        event.listen(installation.engine, "before_cursor_execute", note)
        found = read(session)
    event.remove(installation.engine, "before_cursor_execute", note)
    assert (len(counted), len(found)) == (statements, shown)
