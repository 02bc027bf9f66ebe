"""Lysate that still holds fibrinogen pulls in heparin, and with it porcine origin."""

from dataclasses import replace
from datetime import date

import pytest

from supplier_qc.domain.material_identity import Preparation
from supplier_qc.domain.origin.co_materials import CoMaterialRule, component_of, pulled_in
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.vocabulary import DerivativeClass, SourceClass, Species

TODAY = date(2026, 11, 24)
PLATELETS = OriginComponent(name="Platelets", source=SourceClass.HUMAN)
RULE = CoMaterialRule(
    Preparation.LYSATE_NOT_DEPLETED,
    "Heparin",
    SourceClass.ANIMAL,
    Species.PIG,
    DerivativeClass.HEPARIN,
    valid_from=date(2020, 1, 1),
    valid_to=None,
    mark="V",
    source="a paper",
)
HEPARIN = component_of(RULE)


@pytest.mark.parametrize(
    ("preparation", "recorded", "wanted"),
    [
        (Preparation.LYSATE_NOT_DEPLETED, (), ["Heparin"]),
        (Preparation.LYSATE_NOT_DEPLETED, (PLATELETS,), ["Heparin"]),
        (Preparation.LYSATE_NOT_DEPLETED, (PLATELETS, HEPARIN), []),
        (Preparation.LYSATE_NOT_DEPLETED, (replace(PLATELETS, components=(HEPARIN,)),), []),
        (Preparation.LYSATE_DEPLETED, (PLATELETS,), []),
        (Preparation.OTHER, (), []),
    ],
)
def test_heparin_is_pulled_in_once(
    preparation: Preparation, recorded: tuple[OriginComponent, ...], wanted: list[str]
) -> None:
    found = pulled_in(preparation, recorded, [RULE], TODAY)
    assert [rule.component for rule in found] == wanted


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "counts"),
    [
        (date(2026, 11, 24), None, True),
        (date(2026, 11, 25), None, False),
        (date(2020, 1, 1), date(2026, 11, 24), False),
        (date(2020, 1, 1), date(2026, 11, 25), True),
    ],
)
def test_only_a_row_in_force_pulls_in(
    valid_from: date,
    valid_to: date | None,
    counts: bool,  # noqa: FBT001 -- a table of cases
) -> None:
    rule = replace(RULE, valid_from=valid_from, valid_to=valid_to)
    found = pulled_in(Preparation.LYSATE_NOT_DEPLETED, (), [rule], TODAY)
    assert bool(found) is counts


def test_what_is_pulled_in_is_porcine_and_leaves_all_else_open() -> None:
    assert (HEPARIN.source, HEPARIN.species) == (SourceClass.ANIMAL, Species.PIG)
    assert HEPARIN.tissue is None
    assert HEPARIN.statements == ()
