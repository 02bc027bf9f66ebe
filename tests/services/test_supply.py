"""Counts, plans and rules of supply: audited, appended, and kept by the database itself."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from supplier_qc.domain.catalogue import RiskClass
from supplier_qc.domain.material_identity import Preparation
from supplier_qc.domain.origin.co_materials import CoMaterialRule
from supplier_qc.domain.origin.vocabulary import DerivativeClass, SourceClass
from supplier_qc.domain.people import Role
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.domain.supply.policies import SupplyPolicy, supply_policy_in_force
from supplier_qc.queries.co_materials import list_rules
from supplier_qc.queries.supply import list_counts, list_plans
from supplier_qc.queries.supply_policy import list_supply_policies
from supplier_qc.services.co_material_rules import supersede_co_material_rule
from supplier_qc.services.installation import Installation
from supplier_qc.services.supply import PlanDraft, StockCountDraft, count_stock, plan_production
from supplier_qc.services.supply_policy import supersede_supply_policy
from tests.conftest import NOW, TODAY, actor_of
from tests.factories import make_material
from tests.identity_factories import make_product_of_doses

ANA, BEA = actor_of(Role.PROCUREMENT), actor_of(Role.QA_APPROVER)
COUNT = StockCountDraft(Decimal("12.50"), "mL", TODAY)
PLAN = PlanDraft(Decimal("1.5"), TODAY, "Campaign plan 2027")


def test_counts_and_plans_are_appended_and_never_altered(installation: Installation) -> None:
    sessions = installation.sessions
    material, product = make_material(sessions), make_product_of_doses(sessions)
    count_stock(sessions, material, COUNT, actor=ANA, now=NOW)
    later = replace(PLAN, batches_a_month=Decimal(2), valid_from=TODAY + timedelta(days=30))
    for plan in (PLAN, later):
        plan_production(sessions, product, plan, actor=ANA, now=NOW)
    with installation.reading() as session:
        assert [one.count.amount.words for one in list_counts(session, material)] == ["12.50 mL"]
        in_force = [one.batches_a_month for one in list_plans(session, TODAY) if one.is_in_force]
    assert in_force == [Decimal("1.5")]
    for statement in ("UPDATE stock_count SET unit = 'L'", "DELETE FROM production_plan"):
        with (
            pytest.raises(IntegrityError, match="append-only"),
            installation.engine.begin() as connection,
        ):
            connection.execute(text(statement))


def test_every_reason_of_a_refused_count_is_named(installation: Installation) -> None:
    material = make_material(installation.sessions)
    wrong = StockCountDraft(Decimal(-1), " ", TODAY + timedelta(days=1), lot_id=77)
    with pytest.raises(Refused) as refused:
        count_stock(installation.sessions, material, wrong, actor=ANA, now=NOW)
    assert len(refused.value.reasons) == 4
    with installation.reading() as session:
        assert list_counts(session, material) == []


def test_the_shipped_policy_is_a_convention_and_is_superseded(installation: Installation) -> None:
    sessions = installation.sessions
    row = SupplyPolicy(RiskClass.MAJOR, 15, 60, TODAY, "C", "SOP-QA-21")
    with pytest.raises(NotPermitted):
        supersede_supply_policy(sessions, row, reason="Longer.", actor=ANA, now=NOW)
    supersede_supply_policy(sessions, row, reason="Longer.", actor=BEA, now=NOW)
    with installation.reading() as session:
        policies = list_supply_policies(session)
    assert {one.mark for one in policies} == {"C"}
    found = supply_policy_in_force(policies, RiskClass.MAJOR, TODAY)
    before = supply_policy_in_force(policies, RiskClass.MAJOR, TODAY - timedelta(days=1))
    assert found is not None
    assert before is not None
    assert (found.months_to_qualify, before.months_to_qualify) == (15, 9)


def test_a_co_material_rule_takes_the_place_of_the_one_before(installation: Installation) -> None:
    sessions = installation.sessions
    with installation.reading() as session:
        shipped = next(
            one for one in list_rules(session) if one.preparation is Preparation.LYSATE_NOT_DEPLETED
        )
    rule = CoMaterialRule(
        preparation=shipped.preparation,
        component=shipped.component.upper(),
        source_class=SourceClass.SYNTHETIC_OR_MINERAL,
        species=None,
        derivative=DerivativeClass.HEPARIN,
        valid_from=TODAY,
        valid_to=None,
        mark="C",
        source="SOP-QA-30",
    )
    with pytest.raises(NotPermitted):
        supersede_co_material_rule(sessions, rule, reason="Synthetic.", actor=ANA, now=NOW)
    early = replace(rule, valid_from=date(2019, 1, 1))
    with pytest.raises(Refused, match="begins on that day or later"):
        supersede_co_material_rule(sessions, early, reason="Synthetic.", actor=BEA, now=NOW)
    supersede_co_material_rule(sessions, rule, reason="Synthetic.", actor=BEA, now=NOW)
    with installation.reading() as session:
        found = [one for one in list_rules(session) if one.key == shipped.key]
    assert [one.valid_to for one in sorted(found, key=lambda one: one.valid_from)] == [TODAY, None]
