"""Uses of a material, what they cost, and heparin that lysate pulls in by itself."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.material_identity import IntendedUse, Preparation, Toxicity
from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import ChangedMeanwhile, Refused
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import AuditEntry, MaterialUse, OriginComponent
from supplier_qc.queries.item_identity import ItemIdentity, identities
from supplier_qc.queries.items import get_item
from supplier_qc.queries.material_costs import material_costs, step_sums
from supplier_qc.services.material_uses import remove_material_use
from supplier_qc.services.materials import ItemDraft, change_item
from supplier_qc.services.origin import withdraw_component
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import make_item, make_material
from tests.identity_factories import make_pack, make_product_of_doses, make_use


def test_a_batch_and_a_dose_cost_what_they_take(sessions: sessionmaker[Session]) -> None:
    material_id = make_material(sessions)
    make_pack(sessions, make_item(sessions, material_id=material_id))
    make_use(sessions, material_id)
    with reading(sessions) as session:
        (row,) = material_costs(session, material_id).rows
    assert row.cost.a_batch is not None
    assert row.cost.a_dose is not None
    assert (row.cost.a_batch.words, row.cost.a_dose.words) == ("360.00 EUR", "36.00 EUR")


def test_steps_are_summed_and_currencies_are_told_apart(sessions: sessionmaker[Session]) -> None:
    material_id, product_id = make_material(sessions), make_product_of_doses(sessions)
    item_id = make_item(sessions, material_id=material_id)
    make_pack(sessions, item_id)
    make_pack(sessions, item_id, currency="USD")
    for step in ("Passage 1", "Passage 2"):
        make_use(sessions, material_id, product_id=product_id, process_step=step)
    with reading(sessions) as session:
        costs = material_costs(session, material_id)
    assert sorted(words for _, words in step_sums(costs.rows)) == ["720.00 EUR", "720.00 USD"]
    assert costs.currencies is not None
    assert "neither converted nor compared nor added" in costs.currencies


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"process_step": " "}, "process step is missing"),
        ({"process_step": "x" * 201}, "at most 200"),
        ({"unit": ""}, "unit is missing"),
        ({"amount_per_batch": Decimal(0)}, "more than nothing"),
        ({"product_id": 999}, "Choose the product"),
    ],
)
def test_a_wrong_use_is_refused_with_its_reason(
    sessions: sessionmaker[Session], changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        make_use(sessions, **changes)


def test_a_step_stands_once_for_a_product(sessions: sessionmaker[Session]) -> None:
    material_id, product_id = make_material(sessions), make_product_of_doses(sessions)
    make_use(sessions, material_id, product_id=product_id, process_step="Passage 1")
    with pytest.raises(Refused, match="recorded already"):
        make_use(sessions, material_id, product_id=product_id, process_step="passage  1")


def test_a_use_that_is_taken_out_stays_in_the_audit_trail(
    sessions: sessionmaker[Session],
) -> None:
    use_id, ana = make_use(sessions), actor_of(Role.PROCUREMENT)
    with pytest.raises(ChangedMeanwhile):
        remove_material_use(sessions, use_id, version=9, reason="Gone.", actor=ana, now=NOW)
    remove_material_use(sessions, use_id, version=1, reason="Gone.", actor=ana, now=NOW)
    with reading(sessions) as session:
        assert session.get(MaterialUse, use_id) is None
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.action == AuditAction.MATERIAL_USE_REMOVED)
        ).one()
    assert entry.changes[0]["columns"]["process_step"] == ["Expansion, passage 2", None]


def identity(sessions: sessionmaker[Session], item_id: int) -> ItemIdentity:
    with reading(sessions) as session:
        return identities(session, [item_id], TODAY)[item_id]


def prepare(sessions: sessionmaker[Session], item_id: int, preparation: Preparation) -> None:
    with reading(sessions) as session:
        row = get_item(session, item_id)
    assert row is not None
    draft = ItemDraft(
        site_id=row.site_id,
        catalogue_number=row.catalogue_number,
        name=row.name,
        grade=row.grade,
        preparation=preparation,
    )
    change_item(
        sessions,
        item_id,
        draft,
        version=row.version,
        reason="Preparation recorded.",
        actor=actor_of(Role.PROCUREMENT),
        now=NOW,
    )


@pytest.mark.parametrize(
    ("preparation", "parts"),
    [
        (Preparation.LYSATE_NOT_DEPLETED, ["Heparin"]),
        (Preparation.LYSATE_NOT_STATED, ["Heparin"]),
        (Preparation.LYSATE_DEPLETED, []),
        (Preparation.OTHER, []),
    ],
)
def test_lysate_with_fibrinogen_brings_porcine_heparin(
    sessions: sessionmaker[Session], preparation: Preparation, parts: list[str]
) -> None:
    item_id = make_item(sessions, preparation=preparation)
    found = identity(sessions, item_id)
    assert [part.name for part in found.parts] == parts
    assert {part.source for part in found.parts} <= {"Animal, pig, heparin"}
    assert found.missing == ()


def test_heparin_comes_once_however_often_the_item_is_saved(
    sessions: sessionmaker[Session],
) -> None:
    item_id = make_item(sessions)
    prepare(sessions, item_id, Preparation.LYSATE_NOT_DEPLETED)
    prepare(sessions, item_id, Preparation.LYSATE_NOT_STATED)
    assert len(identity(sessions, item_id).parts) == 1


def test_heparin_that_a_reviewer_took_out_is_missed_and_not_put_back(
    sessions: sessionmaker[Session],
) -> None:
    item_id = make_item(sessions, preparation=Preparation.LYSATE_NOT_DEPLETED)
    with reading(sessions) as session:
        component = session.scalars(select(OriginComponent)).one()
    withdraw_component(
        sessions,
        component.id,
        version=component.version,
        reason="A heparin of the user's own is recorded elsewhere.",
        actor=actor_of(Role.QA_REVIEWER),
        now=NOW,
    )
    prepare(sessions, item_id, Preparation.LYSATE_NOT_STATED)
    found = identity(sessions, item_id)
    assert found.parts == ()
    assert [rule.component for rule in found.missing] == ["Heparin"]


def test_a_tier_rests_on_what_is_on_file(sessions: sessionmaker[Session]) -> None:
    material_id = make_material(sessions, toxicity=Toxicity.NOT_TOXIC)
    item_id = make_item(
        sessions, material_id=material_id, intended_use=IntendedUse.FOR_FURTHER_MANUFACTURE
    )
    assert identity(sessions, item_id).tier.tier is None
    prepare(sessions, item_id, Preparation.LYSATE_NOT_DEPLETED)
    assert "is not recorded" in " ".join(identity(sessions, item_id).tier.reasons)
