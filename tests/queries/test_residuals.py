"""Products with what may remain in a dose: the numbers are checked by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.residuals.dose import Basis
from supplier_qc.domain.residuals.kinds import ReagentClass
from supplier_qc.domain.specification.verdicts import Verdict
from supplier_qc.persistence.sessions import reading
from supplier_qc.queries.residuals import (
    AssessedReagentRow,
    get_product,
    get_product_residuals,
    get_reagent,
    get_step,
    list_material_names,
    list_products,
    list_steps,
)
from tests.conftest import TODAY
from tests.factories import make_material
from tests.residual_factories import (
    EXCHANGE,
    FILTRATION,
    make_limit,
    make_product,
    make_residual,
    make_step,
    make_washed_product,
)

D = Decimal


def assessed(sessions: sessionmaker[Session], product_id: int) -> AssessedReagentRow:
    with reading(sessions) as session:
        found = get_product_residuals(session, product_id, TODAY)
    assert found is not None
    return found.reagents[-1]


@contextmanager
def counted_statements(session: Session) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def test_three_washes_of_20_ml_with_480_ml_leave_a_twenty_fifth_cubed(
    sessions: sessionmaker[Session],
) -> None:
    product_id = make_washed_product(sessions)
    make_limit(sessions, make_residual(sessions, product_id))
    row = assessed(sessions, product_id)
    # 50 µg/mL × (20/500)^3 = 50 × 0.000064 = 0.0032 µg/mL; × 40 mL = 0.128 µg = 128 ng a dose
    assert [step.after for step in row.trace] == [D(2), D("0.08"), D("0.0032")]
    assert row.end == D("0.0032")
    assert row.theoretical.amount == D(128)
    assert row.theoretical.amount_unit == "ng/dose"
    # 50 ng / 128 ng; log10(25) a step and three times that in all
    assert row.theoretical.margin == D("0.390625")
    assert row.theoretical.verdict is Verdict.FAIL
    assert [round(step.log_reduction or D(0), 3) for step in row.trace] == [D("1.398")] * 3
    assert round(row.log_reduction or D(0), 3) == D("4.194")


def test_exchange_and_diafiltration_stand_in_the_trace(sessions: sessionmaker[Session]) -> None:
    product_id = make_product(sessions)
    make_step(sessions, product_id, EXCHANGE)
    make_step(sessions, product_id, FILTRATION)
    make_residual(sessions, product_id)
    row = assessed(sessions, product_id)
    # 50 × (1 - 0.8) = 10; 10 × exp(-5) = 0.0673795
    assert row.trace[0].after == D(10)
    assert round(row.trace[1].after, 6) == D("0.067379")
    assert row.trace[1].formula == "10 × exp(-5 × 1) = 0.06738 µg/mL"


@pytest.mark.parametrize(
    ("from_position", "positions", "end", "words"),
    [
        (1, [1, 2, 3], "0.0032", "before step 1, Wash 1"),
        (3, [3], "2", "before step 3, Wash 3"),
        (4, [], "50", "after all steps"),
    ],
)
def test_steps_before_a_reagent_is_added_do_not_clear_it(
    sessions: sessionmaker[Session],
    from_position: int,
    positions: list[int],
    end: str,
    words: str,
) -> None:
    product_id = make_washed_product(sessions)
    make_residual(sessions, product_id, from_position=from_position)
    row = assessed(sessions, product_id)
    assert [step.position for step in row.trace] == positions
    assert (row.end, row.present_from) == (D(end), words)


def test_the_measurement_decides_and_a_non_detect_is_never_zero(
    sessions: sessionmaker[Session],
) -> None:
    product_id = make_washed_product(sessions)
    number = make_residual(
        sessions, product_id, measured="<0.5", measured_unit="ng/mL", loq=D("0.5")
    )
    make_limit(sessions, number)
    row = assessed(sessions, product_id)
    # 0.5 ng/mL × 40 mL = 20 ng against 50 ng; 0.5 ng/mL measured of 3.2 ng/mL calculated
    assert row.decisive.basis is Basis.MEASURED
    assert row.decisive.printed == "< 20 ng/dose"
    assert row.decisive.margin == D("2.5")
    assert row.decisive.verdict is Verdict.PASS
    assert row.retention is not None
    assert row.retention.ratio == D("0.15625")
    assert row.retention.theory_is_accepted is True


def test_without_a_limit_nothing_passes(sessions: sessionmaker[Session]) -> None:
    product_id = make_washed_product(sessions)
    make_residual(sessions, product_id)
    row = assessed(sessions, product_id)
    assert row.limit is None
    assert row.decisive.verdict is Verdict.NOT_EVALUABLE
    assert row.decisive.reasons == ("There is no limit for this reagent.",)
    assert row.decisive.amount == D("0.128")
    assert row.decisive.amount_unit == "µg/dose"


def test_the_limit_of_the_day_counts(sessions: sessionmaker[Session]) -> None:
    product_id = make_washed_product(sessions)
    number = make_residual(sessions, product_id)
    for amount, days in ((10, -60), (200, 0), (5, 30)):
        make_limit(sessions, number, amount=D(amount), valid_from=TODAY + timedelta(days=days))
    row = assessed(sessions, product_id)
    assert row.limit is not None
    assert row.limit.amount == D(200)
    assert [limit.amount for limit in row.other_limits] == [D(10), D(5)]
    with reading(sessions) as session:
        past = get_product_residuals(session, product_id, TODAY - timedelta(days=1))
        coming = get_product_residuals(session, product_id, TODAY + timedelta(days=30))
        before = get_product_residuals(session, product_id, TODAY - timedelta(days=61))
    amounts = [
        found.reagents[0].limit.amount if found and found.reagents[0].limit else None
        for found in (past, coming, before)
    ]
    assert amounts == [D(10), D(5), None]


def test_a_limit_a_kilogram_is_told_as_a_limit_a_dose(sessions: sessionmaker[Session]) -> None:
    product_id = make_product(sessions)
    number = make_residual(
        sessions,
        product_id,
        name="DMSO",
        reagent_class=ReagentClass.SMALL_MOLECULE,
        start_concentration=D("82.5"),
        start_unit="mg/mL",
    )
    make_limit(sessions, number, amount=D(1), unit="g/kg")
    row = assessed(sessions, product_id)
    assert row.allowed is not None
    assert (row.allowed.amount, row.allowed.unit) == (D(10), "g/dose")
    assert row.theoretical.amount == D("3.3")


def test_a_serum_protein_is_warned_about_where_it_is_only_calculated(
    sessions: sessionmaker[Session],
) -> None:
    product_id = make_washed_product(sessions)
    make_residual(sessions, product_id, reagent_class=ReagentClass.PROTEIN_SERUM)
    assert any(
        "binds to cells" in text for text in assessed(sessions, product_id).decisive.warnings
    )


def test_the_list_counts_reagents_by_verdict(sessions: sessionmaker[Session]) -> None:
    product_id = make_washed_product(sessions, name="B")
    make_product(sessions, name="A")
    make_residual(sessions, product_id, name="No limit")
    make_limit(sessions, make_residual(sessions, product_id, name="Too much"))
    passing = make_residual(sessions, product_id, name="Fine")
    make_limit(sessions, passing, amount=D(1), unit="mg/dose")
    with reading(sessions) as session:
        empty, row = list_products(session, TODAY)
    assert (empty.product.name, empty.steps, empty.reagents) == ("A", 0, 0)
    assert (row.product.name, row.steps, row.reagents) == ("B", 3, 3)
    assert (row.passed, row.failed, row.not_evaluable) == (1, 1, 1)


@pytest.mark.parametrize("reagents", [1, 6])
def test_a_product_costs_the_same_statements_however_much_it_holds(
    sessions: sessionmaker[Session], reagents: int
) -> None:
    product_id = make_washed_product(sessions)
    material = make_material(sessions)
    for number in range(reagents):
        residual = make_residual(
            sessions, product_id, name=f"Reagent {number}", material_id=material
        )
        make_limit(sessions, residual)
    with reading(sessions) as session, counted_statements(session) as statements:
        assert get_product_residuals(session, product_id, TODAY) is not None
    assert len(statements) == 5
    with reading(sessions) as session, counted_statements(session) as statements:
        assert list_products(session, TODAY)
    assert len(statements) == 5


def test_forms_find_what_they_change(sessions: sessionmaker[Session]) -> None:
    product_id = make_product(sessions, name="MSC")
    step_id = make_step(sessions, product_id)
    material_id = make_material(sessions, code="RM-1", name="Trypsin")
    residual_id = make_residual(sessions, product_id, material_id=material_id)
    with reading(sessions) as session:
        product, step = get_product(session, product_id), get_step(session, step_id)
        reagent = get_reagent(session, residual_id)
        assert product is not None
        assert step is not None
        assert reagent is not None
        assert (product.name, product.version) == ("MSC", 1)
        assert step.parameters == "20 mL left, 480 mL added, 500 mL in total"
        assert list_steps(session, product_id) == [step]
        assert (reagent.material_name, reagent.product_name) == ("Trypsin", "MSC")
        assert list_material_names(session) == [(material_id, "Trypsin (RM-1)")]


def test_what_is_not_there_is_none(sessions: sessionmaker[Session]) -> None:
    with reading(sessions) as session:
        assert get_product(session, 77) is None
        assert get_product_residuals(session, 77, TODAY) is None
        assert get_step(session, 77) is None
        assert get_reagent(session, 77) is None
