"""Materials and manufacturers' items: what is kept and what is refused."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import Grade, OrganisationRole, RiskClass
from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import ChangedMeanwhile, NotFound, Refused
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import ManufacturerItem, Material
from supplier_qc.services.materials import ItemDraft, MaterialDraft, change_item, change_material
from tests.conftest import NOW, actor_of
from tests.factories import make_item, make_material, make_site, make_vendor

ANA = actor_of(Role.PROCUREMENT)


def test_a_code_keeps_its_leading_zeros(sessions: sessionmaker[Session]) -> None:
    number = make_material(sessions, code=" 00042 ")
    with reading(sessions) as session:
        assert session.get_one(Material, number).code == "00042"


def test_a_code_belongs_to_one_material(sessions: sessionmaker[Session]) -> None:
    make_material(sessions, code="RM-A1", name="Trypsin")
    with pytest.raises(Refused, match="The code RM-A1 belongs to Trypsin already"):
        make_material(sessions, code="rm-a1")


def test_a_refusal_names_every_blank(sessions: sessionmaker[Session]) -> None:
    with pytest.raises(Refused) as refusal:
        make_material(sessions, code=" ", name="", function="\n", stage_of_use="")
    assert len(refusal.value.reasons) == 4


def test_a_material_is_changed_by_the_version_that_stands(sessions: sessionmaker[Session]) -> None:
    number = make_material(sessions, code="RM-1")
    with reading(sessions) as session:
        found = session.get_one(Material, number)
    draft = MaterialDraft(
        "RM-1", "Lysate", found.category, RiskClass.MAJOR, "Supplement", "Expansion"
    )
    change_material(sessions, number, draft, version=1, reason="Reviewed.", actor=ANA, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        change_material(sessions, number, draft, version=1, reason="Late.", actor=ANA, now=NOW)


@pytest.mark.parametrize(
    "role", [OrganisationRole.DISTRIBUTOR, OrganisationRole.CONTRACT_LABORATORY]
)
def test_who_makes_nothing_has_no_item(
    sessions: sessionmaker[Session], role: OrganisationRole
) -> None:
    site_id = make_site(sessions, make_vendor(sessions, roles=frozenset({role})))
    with pytest.raises(Refused, match="makes nothing"):
        make_item(sessions, site_id=site_id)


def test_a_blood_establishment_makes_what_it_collects(sessions: sessionmaker[Session]) -> None:
    roles = frozenset({OrganisationRole.BLOOD_ESTABLISHMENT})
    site_id = make_site(sessions, make_vendor(sessions, roles=roles))
    assert make_item(sessions, site_id=site_id) > 0


def test_a_catalogue_number_stands_once_a_site(sessions: sessionmaker[Session]) -> None:
    site_id, other_site = make_site(sessions), make_site(sessions)
    make_item(sessions, site_id=site_id, catalogue_number="PL 1", name="Lysate")
    make_item(sessions, site_id=other_site, catalogue_number="PL 1")
    with pytest.raises(Refused, match="number PL 1 is Lysate already"):
        make_item(sessions, site_id=site_id, catalogue_number="pl  1")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"site_id": 4711}, "Choose the site"),
        ({"catalogue_number": ""}, "The catalogue number is missing"),
        ({"catalogue_number": "x" * 61}, "61 characters"),
        ({"shelf_life_months": 0}, "between 1 and 600"),
        ({"storage": "x" * 201}, "201 characters"),
    ],
)
def test_an_item_that_cannot_be_is_refused(
    sessions: sessionmaker[Session], changes: Mapping[str, Any], reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        make_item(sessions, **changes)


def test_an_item_is_changed_by_the_version_that_stands(sessions: sessionmaker[Session]) -> None:
    number = make_item(sessions)
    with reading(sessions) as session:
        site_id = session.get_one(ManufacturerItem, number).site_id
    draft = ItemDraft(site_id, "PL-9", "Lysate", Grade.RUO)
    change_item(sessions, number, draft, version=1, reason="New label.", actor=ANA, now=NOW)
    with reading(sessions) as session:
        found = session.get_one(ManufacturerItem, number)
        assert (found.catalogue_number, found.storage, found.shelf_life_months) == (
            "PL-9",
            None,
            None,
        )
    with pytest.raises(ChangedMeanwhile):
        change_item(sessions, number, draft, version=1, reason="Late.", actor=ANA, now=NOW)


def test_a_material_that_is_not_there_is_named(sessions: sessionmaker[Session]) -> None:
    with pytest.raises(NotFound, match="Material 99 does not exist"):
        make_item(sessions, material_id=99)
