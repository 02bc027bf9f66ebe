"""Records found by their names and numbers, on both databases."""

import pytest
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import MaterialCategory, RiskClass
from supplier_qc.domain.people import Role
from supplier_qc.domain.search import sought
from supplier_qc.persistence.sessions import reading
from supplier_qc.queries.search import GROUP_SIZE, FoundGroup, search
from supplier_qc.services.installation import Installation
from supplier_qc.services.materials import MaterialDraft, change_material
from tests.conftest import NOW, actor_of
from tests.factories import make_evidence, make_item, make_material, make_site, make_vendor
from tests.lot_factories import make_lot
from tests.queries.test_catalogue_statements import count

pytestmark = pytest.mark.postgresql


def found(
    sessions: sessionmaker[Session], text: str, kind: str | None = None
) -> dict[str, FoundGroup]:
    with reading(sessions) as session:
        return {group.kind: group for group in search(session, sought(text), kind=kind)}


@pytest.mark.parametrize("text", ["PL-0712", "pl0712", "PL 07 12", "l-071", "pl.0712"])
def test_a_number_is_found_however_it_is_typed(sessions: sessionmaker[Session], text: str) -> None:
    item_id = make_item(sessions, catalogue_number="PL-0712")
    (row,) = found(sessions, text)["manufacturer_item"].rows
    assert row.id == item_id


def test_every_kind_of_record_is_found(installation: Installation) -> None:
    sessions = installation.sessions
    vendor_id = make_vendor(sessions, name="Zephyr Cells")
    site_id = make_site(sessions, vendor_id, name="Zephyr Halle")
    material_id = make_material(sessions, code="ZEPHYR-1")
    item_id = make_item(sessions, material_id=material_id, site_id=site_id, name="Zephyr Medium")
    make_lot(sessions, item_id, manufacturer_lot="ZEPHYR/77")
    make_evidence(sessions, installation.documents, vendor_id, reference="zephyr 9001")
    kinds = {"organisation", "site", "material", "manufacturer_item", "lot", "evidence"}
    assert set(found(sessions, "zephyr")) == kinds


def test_the_whole_number_stands_before_those_that_begin_with_it(
    sessions: sessionmaker[Session],
) -> None:
    for number in ("A-10", "10", "10-2"):
        make_item(sessions, catalogue_number=number, name="Medium")
    rows = found(sessions, "10")["manufacturer_item"].rows
    assert [row.detail.partition(",")[0] for row in rows] == ["10", "10-2", "A-10"]
    assert [row.is_exact for row in rows] == [True, False, False]


def test_words_are_found_in_any_order(sessions: sessionmaker[Session]) -> None:
    make_item(sessions, name="Platelet lysate, 500 mL")
    assert "manufacturer_item" in found(sessions, "lysate platelet")
    assert "manufacturer_item" not in found(sessions, "lysate serum")


def test_a_changed_name_is_found_and_the_old_one_is_not(sessions: sessionmaker[Session]) -> None:
    material_id = make_material(sessions, code="OLD-77", name="First wording")
    draft = MaterialDraft(
        code="NEW-78",
        name="Second wording",
        category=MaterialCategory.RAW,
        risk_class=RiskClass.MAJOR,
        function="Buffer",
        stage_of_use="Wash",
    )
    actor = actor_of(Role.PROCUREMENT)
    change_material(
        sessions, material_id, draft, version=1, reason="Renumbered.", actor=actor, now=NOW
    )
    assert found(sessions, "old77") == {}
    assert found(sessions, "new78")["material"].rows[0].title == "NEW-78 Second wording"


@pytest.mark.parametrize("text", ["%%", "__", "\\", "''", "x" * 500])
def test_signs_of_a_pattern_find_nothing(sessions: sessionmaker[Session], text: str) -> None:
    make_item(sessions)
    assert found(sessions, text) == {}


def test_a_group_is_cut_and_says_how_many_there_are(sessions: sessionmaker[Session]) -> None:
    for number in range(GROUP_SIZE + 3):
        make_material(sessions, name=f"Trypsin {number}")
    group = found(sessions, "trypsin")["material"]
    assert (len(group.rows), group.total) == (GROUP_SIZE, GROUP_SIZE + 3)
    assert len(found(sessions, "trypsin", "material")["material"].rows) == GROUP_SIZE + 3
    assert found(sessions, "trypsin", "lot") == {}


def test_the_search_asks_as_often_for_many_records_as_for_one(installation: Installation) -> None:
    make_item(installation.sessions, name="Basal medium")
    before = count(installation, lambda session: search(session, sought("basal medium")))
    for _ in range(5):
        make_item(installation.sessions, name="Basal medium")
    after = count(installation, lambda session: search(session, sought("basal medium")))
    assert (before, after) == (2, 2)
