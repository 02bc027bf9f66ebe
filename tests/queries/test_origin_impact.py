"""What other lists would change is found in the same number of statements, however many lots."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.persistence.sessions import reading
from supplier_qc.queries.origin_impact import impact
from supplier_qc.queries.reference_effects import kept_effects
from supplier_qc.queries.reference_lists import reference_lists, reference_lists_with
from tests.conftest import TODAY
from tests.factories import make_item, make_qualification
from tests.lot_factories import make_lot
from tests.origin_factories import SERUM, make_component
from tests.reference_factories import make_proposal, sign_proposal


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("items", [1, 6])
def test_what_a_proposal_would_change_takes_five_statements(
    sessions: sessionmaker[Session], items: int
) -> None:
    for _ in range(items):
        item = make_item(sessions)
        make_component(sessions, item, SERUM)
        make_qualification(sessions, item)
        make_lot(sessions, item)
    number = make_proposal(sessions)
    with reading(sessions) as session:
        before, after = reference_lists(session), reference_lists_with(session, number)
        with counted(session) as statements:
            found = impact(session, before, after, TODAY)
    assert (len(found.items), found.assessed_lots) == (items, items)
    assert len(statements) == 5
    sign_proposal(sessions, number)
    with reading(sessions) as session, counted(session) as statements:
        assert len(kept_effects(session, number).items) == items
    assert len(statements) == 3


def test_the_lists_in_force_are_read_once_and_then_only_recognised(
    sessions: sessionmaker[Session],
) -> None:
    sign_proposal(sessions, make_proposal(sessions))
    with reading(sessions) as session:
        first = reference_lists(session)
        with counted(session) as statements:
            assert reference_lists(session) is first
    assert len(statements) == 1
