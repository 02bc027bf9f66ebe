"""The flag of items as pages and the dossier read it, and how many statements that takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.origin.findings import HumanVerdict
from supplier_qc.domain.origin.vocabulary import Authority, Level
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import OriginComponent
from supplier_qc.queries.origin import (
    DOSSIER_AUTHORITIES,
    OriginIndexRow,
    get_item_origin,
    get_tse_summary,
    list_origin,
)
from supplier_qc.queries.origin_recorded import RecordedState
from supplier_qc.queries.reference_lists import reference_lists
from tests.conftest import NOW, TODAY
from tests.factories import make_item
from tests.origin_factories import PLATELETS, SALTS, SERUM, make_assessment, make_component

GELATIN = {
    **SERUM,
    "name": "Gelatin",
    "tissue": "hide",
    "derivative": "gelatin",
    "birth": {"country": "MX"},
    "rearing": {"country": "MX"},
    "slaughter": {"country": "MX"},
}


def rows(sessions: sessionmaker[Session]) -> dict[int, OriginIndexRow]:
    with reading(sessions) as session:
        return {r.item.item_id: r for r in list_origin(session, reference_lists(session), TODAY)}


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def test_an_item_without_a_component_is_unknown_and_blocks(
    sessions: sessionmaker[Session],
) -> None:
    item = make_item(sessions)
    row = rows(sessions)[item]
    assert (row.level, row.blocks, row.reason) == (
        Level.UNKNOWN,
        True,
        "No origin facts recorded.",
    )
    assert set(row.levels.values()) == {Level.UNKNOWN}


def test_the_worst_comes_first(sessions: sessionmaker[Session]) -> None:
    clean, unknown, serum = (make_item(sessions) for _ in range(3))
    make_component(sessions, clean, SALTS)
    make_component(sessions, serum)
    assert list(rows(sessions)) == [unknown, serum, clean]


def test_authorities_stand_side_by_side_where_their_lists_differ(
    sessions: sessionmaker[Session],
) -> None:
    item = make_item(sessions)
    make_component(sessions, item, GELATIN)
    with reading(sessions) as session:
        found = get_item_origin(session, item, reference_lists(session), TODAY)
    assert found is not None
    levels = {one.authority: one.level for one in found.overall.by_authority}
    assert tuple(sorted(levels)) == tuple(sorted(DOSSIER_AUTHORITIES))
    assert levels[Authority.EU] is not levels[Authority.JAPAN]
    assert found.overall.level is max(levels.values(), key=list(Level).index)
    assert found.overall.disagreements


def test_a_part_beneath_another_is_found_under_its_path(sessions: sessionmaker[Session]) -> None:
    item = make_item(sessions)
    make_component(sessions, item, PLATELETS)
    with reading(sessions) as session:
        found = get_item_origin(session, item, reference_lists(session), TODAY)
    assert found is not None
    assert [(part.path, part.position, part.depth) for part in found.parts] == [
        ("Platelets", "", 0),
        ("Platelets › Heparin", "0", 1),
    ]
    judged = {one.component for one in found.assessment(Authority.EU).component_levels}
    assert judged == {part.path for part in found.parts}


def test_facts_that_can_no_longer_be_read_are_unknown(sessions: sessionmaker[Session]) -> None:
    item = make_item(sessions)
    with sessions() as session:
        session.add(
            OriginComponent(
                item_id=item,
                name="Old",
                facts={"name": "Old", "species": "unicorn"},
                recorded_by_id=1,
                recorded_at=NOW,
            )
        )
        session.commit()
    assert rows(sessions)[item].level is Level.UNKNOWN
    with reading(sessions) as session:
        found = get_item_origin(session, item, reference_lists(session), TODAY)
    assert found is not None
    assert "“unicorn” is not known" in found.parts[0].problems[0]


def test_the_index_says_whether_a_signed_assessment_stands(
    sessions: sessionmaker[Session],
) -> None:
    unsigned, signed, outdated = (make_item(sessions) for _ in range(3))
    for item in (unsigned, signed, outdated):
        make_component(sessions, item, SALTS)
    make_assessment(sessions, signed)
    make_assessment(sessions, outdated)
    make_component(sessions, outdated)
    states = {item: row.recorded for item, row in rows(sessions).items()}
    assert states == {
        unsigned: RecordedState.NONE,
        signed: RecordedState.CURRENT,
        outdated: RecordedState.OUTDATED,
    }


@pytest.mark.parametrize("items", [1, 12])
def test_the_index_takes_the_same_number_of_statements(
    sessions: sessionmaker[Session], items: int
) -> None:
    for _ in range(items):
        item = make_item(sessions)
        make_component(sessions, item, SALTS)
        make_component(sessions, item, PLATELETS)
        make_assessment(sessions, item)
    with reading(sessions) as session, counted(session) as statements:
        list_origin(session, reference_lists(session), TODAY)
    assert len(statements) == 4


def test_the_summary_has_a_row_for_every_item_asked_for(sessions: sessionmaker[Session]) -> None:
    lysate, empty = make_item(sessions), make_item(sessions)
    make_component(sessions, lysate, PLATELETS)
    with reading(sessions) as session, counted(session) as statements:
        found = get_tse_summary(session, [lysate, empty], Authority.EU, TODAY)
    assert len(statements) == 2
    assert found[lysate].origin == (
        "Platelets: human blood, donors of DE, DK; "
        "Heparin: porcine heparin of intestine, born/reared/slaughtered or collected in a country "
        "not stated"
    )
    assert found[lysate].human_verdict is HumanVerdict.GAPS
    assert found[lysate].list_edition.startswith("EU: Decision 2007/453/EC")
    assert (found[empty].level, found[empty].blocks) == (Level.UNKNOWN, True)
    assert found[empty].origin == "no origin facts recorded"


def test_the_summary_is_that_of_the_day_it_is_asked_for(sessions: sessionmaker[Session]) -> None:
    item = make_item(sessions)
    make_component(sessions, item)
    with reading(sessions) as session:
        before = get_tse_summary(session, [item], Authority.EU, date(2024, 1, 1))[item]
        today = get_tse_summary(session, [item], Authority.EU, TODAY)[item]
    assert before.level is Level.UNKNOWN  # collected after that day
    assert today.level is not Level.UNKNOWN
