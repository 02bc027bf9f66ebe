"""Products, steps, reagents and limits: what is kept and what is refused."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.people import Actor
from supplier_qc.domain.refusals import ChangedMeanwhile, NotFound, Refused
from supplier_qc.domain.residuals.kinds import StepKind
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import (
    AuditEntry,
    ProcessStep,
    Product,
    ResidualLimit,
    ResidualReagent,
)
from supplier_qc.services.residual_drafts import StepDraft
from supplier_qc.services.residuals import (
    add_residual,
    add_step,
    change_product,
    change_residual,
    change_step,
    set_limit,
)
from tests.conftest import NOW, TODAY
from tests.factories import make_material
from tests.residual_factories import (
    CYD,
    EXCHANGE,
    FILTRATION,
    LIMIT,
    PRODUCT,
    REAGENT,
    WASH,
    make_limit,
    make_product,
    make_residual,
    make_step,
    make_washed_product,
)

D = Decimal


def reasons_of(refusal: pytest.ExceptionInfo[Refused]) -> str:
    return "\n".join(refusal.value.reasons)


def last_entry(sessions: sessionmaker[Session]) -> AuditEntry:
    with reading(sessions) as session:
        return session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": " "}, "The product's name is missing."),
        ({"name": "x" * 201}, "has 201 characters"),
        ({"route": ""}, "The route is missing."),
        ({"dose_volume_ml": D(0)}, "The dose volume is a number above 0."),
        ({"dose_volume_ml": D(-1)}, "The dose volume is a number above 0."),
        ({"cells_per_dose": D("NaN")}, "The number of cells a dose is not a number."),
        ({"cells_per_dose": D("1e999999")}, "more than 30 digits"),
        ({"lowest_patient_weight_kg": D("Infinity")}, "weight is not a number."),
    ],
)
def test_a_product_that_gives_no_dose_is_refused(
    sessions: sessionmaker[Session], changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused) as refusal:
        make_product(sessions, **changes)
    assert words in reasons_of(refusal)


def test_a_product_has_a_name_of_its_own(sessions: sessionmaker[Session]) -> None:
    make_product(sessions, name="MSC  suspension")
    with pytest.raises(Refused, match="already a product with the name MSC suspension"):
        make_product(sessions, name="MSC suspension ")


def test_a_product_is_changed_with_its_version_and_a_reason(
    sessions: sessionmaker[Session],
) -> None:
    number = make_product(sessions, name="MSC suspension")
    smaller = replace(PRODUCT, dose_volume_ml=D(20))
    change_product(sessions, number, smaller, seen_version=1, reason="New bag.", actor=CYD, now=NOW)
    entry = last_entry(sessions)
    assert (entry.action, entry.reason) == (AuditAction.PRODUCT_CHANGED, "New bag.")
    with reading(sessions) as session:
        assert session.get_one(Product, number).dose_volume_ml == D(20)
    with pytest.raises(ChangedMeanwhile):
        change_product(
            sessions, number, PRODUCT, seen_version=1, reason="Late.", actor=CYD, now=NOW
        )
    with pytest.raises(Refused, match="Say why"):
        change_product(sessions, number, PRODUCT, seen_version=2, reason=" ", actor=CYD, now=NOW)


def test_steps_are_numbered_in_the_order_they_are_added(sessions: sessionmaker[Session]) -> None:
    number = make_washed_product(sessions)
    with reading(sessions) as session:
        steps = session.get_one(Product, number).steps
        assert [(step.position, step.name) for step in steps] == [
            (1, "Wash 1"),
            (2, "Wash 2"),
            (3, "Wash 3"),
        ]


@pytest.mark.parametrize(
    ("draft", "changes", "words"),
    [
        (WASH, {"name": ""}, "The step's name is missing."),
        (WASH, {"residual_volume_ml": None}, "the residual volume is missing"),
        (WASH, {"residual_volume_ml": D(-1)}, "the residual volume is missing or negative"),
        (WASH, {"added_volume_ml": None}, "the added volume is missing"),
        (WASH, {"added_volume_ml": D(-1)}, "The added volume is negative."),
        (WASH, {"added_volume_ml": None, "total_volume_ml": D(19)}, "above the total volume"),
        (WASH, {"total_volume_ml": D(500)}, "not both"),
        (WASH, {"residual_volume_ml": D(0), "added_volume_ml": D(0)}, "total volume is zero"),
        (WASH, {"efficiency": D("1.1")}, "efficiency is missing or not between 0 and 1"),
        (WASH, {"efficiency": D("NaN")}, "The efficiency is not a number."),
        (WASH, {"added_volume_ml": D("1e40")}, "The added volume has more than 30 digits."),
        (EXCHANGE, {"exchanged_fraction": None}, "exchanged share is missing"),
        (EXCHANGE, {"exchanged_fraction": D(80)}, "not between 0 and 1"),
        (FILTRATION, {"diavolumes": None}, "number of diavolumes is missing"),
        (FILTRATION, {"sieving": None}, "sieving coefficient is missing"),
        (FILTRATION, {"sieving": D("1.2")}, "sieving coefficient is missing or not between"),
    ],
)
def test_a_step_that_is_no_possible_process_is_refused(
    sessions: sessionmaker[Session], draft: StepDraft, changes: dict[str, Any], words: str
) -> None:
    product_id = make_product(sessions)
    with pytest.raises(Refused) as refusal:
        make_step(sessions, product_id, draft, **changes)
    assert words in reasons_of(refusal)


def test_all_faults_of_a_step_are_named_at_once(sessions: sessionmaker[Session]) -> None:
    draft = StepDraft(name="", kind=StepKind.BATCH_WASH, efficiency=D(2))
    with pytest.raises(Refused) as refusal:
        add_step(sessions, make_product(sessions), draft, actor=CYD, now=NOW)
    assert len(refusal.value.reasons) == 4


def test_a_wash_may_be_stated_by_its_total_volume(sessions: sessionmaker[Session]) -> None:
    product_id = make_product(sessions)
    number = make_step(sessions, product_id, added_volume_ml=None, total_volume_ml=D(500))
    with reading(sessions) as session:
        assert session.get_one(ProcessStep, number).added_volume_ml == D(480)


def test_a_step_keeps_the_parameters_of_its_kind_alone(sessions: sessionmaker[Session]) -> None:
    product_id = make_product(sessions)
    number = make_step(sessions, product_id, efficiency=D("0.9"))
    mixed = replace(EXCHANGE, residual_volume_ml=D(20), efficiency=D("0.9"), sieving=D(1))
    change_step(sessions, number, mixed, seen_version=1, reason="It is none.", actor=CYD, now=NOW)
    with reading(sessions) as session:
        step = session.get_one(ProcessStep, number)
        assert (step.kind, step.exchanged_fraction) == (StepKind.MEDIUM_EXCHANGE, D("0.8"))
        assert (step.residual_volume_ml, step.added_volume_ml) == (None, None)
        assert (step.efficiency, step.sieving) == (None, None)
    with pytest.raises(ChangedMeanwhile):
        change_step(sessions, number, WASH, seen_version=1, reason="x", actor=CYD, now=NOW)


def test_the_database_refuses_a_step_without_the_parameters_of_its_kind(
    sessions: sessionmaker[Session],
) -> None:
    product_id = make_product(sessions)
    with sessions() as session:
        session.add(
            ProcessStep(product_id=product_id, position=1, name="Wash", kind=StepKind.BATCH_WASH)
        )
        with pytest.raises(IntegrityError, match="parameters_of_kind"):
            session.flush()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "The reagent's name is missing."),
        ({"start_concentration": D(-1)}, "The start concentration is a number not below 0."),
        ({"start_unit": "wibbles"}, "“wibbles” of the concentration is not a unit known here."),
        ({"start_unit": "°C"}, "gives no amount for this dose"),
        ({"start_unit": "ng"}, "gives no amount for this dose"),
        ({"start_unit": " "}, "the unit is missing"),
        ({"from_position": 0}, "present from one of the 3 steps"),
        ({"from_position": 5}, "present from one of the 3 steps"),
        ({"measured": "0.5"}, "The measured result: the unit is missing."),
        ({"measured": "soon", "measured_unit": "ng/mL"}, "“soon” is no result"),
        ({"measured": "1,5", "measured_unit": "ng/mL"}, "with a decimal point"),
        ({"measured": "-1", "measured_unit": "ng/mL"}, "The measured result is negative."),
        ({"measured": "1 µg/mL", "measured_unit": "ng/mL"}, "in its own field"),
        ({"measured": "1", "measured_unit": "ng"}, "The measured result: A concentration in ng"),
        ({"measured_unit": "ng/mL"}, "Enter the measured result itself"),
        ({"loq": D(1)}, "Enter the measured result itself"),
        (
            {"measured": "ND", "measured_unit": "ng/mL", "loq": D(0)},
            "The LOQ is a number above 0.",
        ),
    ],
)
def test_a_reagent_from_which_no_dose_can_be_computed_is_refused(
    sessions: sessionmaker[Session], changes: dict[str, Any], words: str
) -> None:
    product_id = make_washed_product(sessions)
    with pytest.raises(Refused) as refusal:
        make_residual(sessions, product_id, **changes)
    assert words in reasons_of(refusal)


def test_a_measured_result_is_kept_as_it_was_reported(sessions: sessionmaker[Session]) -> None:
    product_id = make_washed_product(sessions)
    number = make_residual(
        sessions,
        product_id,
        material_id=make_material(sessions),
        measured=" <0.50 ",
        measured_unit="ng/mL",
        measured_method="ELISA",
        loq=D("0.50"),
    )
    with reading(sessions) as session:
        found = session.get_one(ResidualReagent, number)
        assert (found.measured, found.measured_unit, found.measured_method) == (
            "<0.50",
            "ng/mL",
            "ELISA",
        )
        assert found.loq == D("0.50")


def test_a_reagent_stands_once_in_a_product(sessions: sessionmaker[Session]) -> None:
    product_id = make_washed_product(sessions)
    make_residual(sessions, product_id)
    with pytest.raises(Refused, match="already has a reagent with the name Gentamicin"):
        make_residual(sessions, product_id)
    make_residual(sessions, make_washed_product(sessions))


def test_a_reagent_is_changed_with_its_version_and_a_reason(
    sessions: sessionmaker[Session],
) -> None:
    product_id = make_washed_product(sessions)
    number = make_residual(sessions, product_id)
    draft = replace(REAGENT, start_concentration=D(40))
    change_residual(sessions, number, draft, seen_version=1, reason="Less.", actor=CYD, now=NOW)
    with reading(sessions) as session:
        assert session.get_one(ResidualReagent, number).start_concentration == D(40)
    with pytest.raises(ChangedMeanwhile):
        change_residual(sessions, number, draft, seen_version=1, reason="x", actor=CYD, now=NOW)


def test_a_material_that_is_not_there_is_named(sessions: sessionmaker[Session]) -> None:
    with pytest.raises(NotFound, match="Material 77"):
        make_residual(sessions, make_washed_product(sessions), material_id=77)


def test_a_new_limit_ends_the_one_before(sessions: sessionmaker[Session]) -> None:
    number = make_residual(sessions, make_washed_product(sessions))
    make_limit(sessions, number, valid_from=TODAY - timedelta(days=30))
    make_limit(sessions, number, amount=D(40), valid_from=TODAY)
    with reading(sessions) as session:
        limits = session.get_one(ResidualReagent, number).limits
        assert [(limit.amount, limit.valid_to) for limit in limits] == [
            (D(50), TODAY),
            (D(40), None),
        ]


@pytest.mark.parametrize("days", [0, -1])
def test_a_limit_never_begins_before_the_present_one(
    sessions: sessionmaker[Session], days: int
) -> None:
    number = make_residual(sessions, make_washed_product(sessions))
    make_limit(sessions, number)
    with pytest.raises(Refused, match="begins after 2026-11-24"):
        make_limit(sessions, number, valid_from=TODAY + timedelta(days=days))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"amount": D(0)}, "The limit is a number above 0."),
        ({"amount": D("NaN")}, "The limit is not a number."),
        ({"unit": ""}, "The limit's unit is missing."),
        ({"unit": "wibbles"}, "not a unit known here"),
        ({"unit": "IU/dose"}, "do not measure the same thing"),
        ({"unit": "ng/mL"}, "gives no amount for this dose"),
        ({"source": " "}, "The limit's source is missing."),
        ({"mark": "X"}, "“X” is no mark"),
    ],
)
def test_a_limit_that_cannot_be_compared_is_refused(
    sessions: sessionmaker[Session], changes: dict[str, Any], words: str
) -> None:
    number = make_residual(sessions, make_washed_product(sessions))
    with pytest.raises(Refused) as refusal:
        make_limit(sessions, number, **changes)
    assert words in reasons_of(refusal)


def test_a_limit_is_set_with_a_reason(sessions: sessionmaker[Session]) -> None:
    number = make_residual(sessions, make_washed_product(sessions))
    with pytest.raises(Refused, match="Say why"):
        set_limit(sessions, number, LIMIT, reason="", actor=CYD, now=NOW)


def test_the_database_keeps_one_limit_without_an_end(sessions: sessionmaker[Session]) -> None:
    number = make_residual(sessions, make_washed_product(sessions))
    make_limit(sessions, number)
    with sessions() as session:
        session.add(
            ResidualLimit(
                residual_id=number,
                amount=D(1),
                unit="ng/dose",
                basis=LIMIT.basis,
                source="second",
                mark="V",
                valid_from=TODAY + timedelta(days=1),
            )
        )
        with pytest.raises(IntegrityError):
            session.flush()


def test_what_is_not_there_is_named(
    sessions: sessionmaker[Session], actors: dict[str, Actor]
) -> None:
    actor = actors["cyd"]
    with pytest.raises(NotFound, match="Product 77"):
        add_step(sessions, 77, WASH, actor=actor, now=NOW)
    with pytest.raises(NotFound, match="Product 77"):
        add_residual(sessions, 77, REAGENT, actor=actor, now=NOW)
    with pytest.raises(NotFound, match="Process step 77"):
        change_step(sessions, 77, WASH, seen_version=1, reason="x", actor=actor, now=NOW)
    with pytest.raises(NotFound, match="Residual reagent 77"):
        set_limit(sessions, 77, LIMIT, reason="x", actor=actor, now=NOW)
