"""The way to materials free of animal origin: nothing is free because nothing is known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.origin.listing import OriginClass
from supplier_qc.domain.origin.roadmap import (
    ItemOnRoad,
    MaterialOnRoad,
    RoadClass,
    Span,
    is_overdue,
    road,
    road_days,
    standing,
)

TODAY = date(2026, 11, 24)
FREE, ANIMAL, MAKING, OPEN, HUMAN = (
    OriginClass.ANIMAL_FREE,
    OriginClass.ANIMAL_IN_MATERIAL,
    OriginClass.ANIMAL_IN_MAKING,
    OriginClass.NOT_ANSWERED,
    OriginClass.HUMAN,
)
LONG = (Span(date(2020, 1, 1)),)


def material(*origins: OriginClass, planned_on: date | None = None) -> MaterialOnRoad:
    return MaterialOnRoad(tuple(ItemOnRoad(one, LONG) for one in origins), planned_on)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (material(FREE), RoadClass.ANIMAL_FREE),
        (material(FREE, ANIMAL), RoadClass.ANIMAL_IN_MATERIAL),
        (material(HUMAN, MAKING), RoadClass.ANIMAL_IN_MAKING),
        (material(FREE, OPEN), RoadClass.NOT_ANSWERED),
        (material(FREE, HUMAN), RoadClass.HUMAN),
        (material(), RoadClass.NO_SOURCE),
        (MaterialOnRoad((ItemOnRoad(FREE),)), RoadClass.NO_SOURCE),
    ],
)
def test_the_item_nearest_to_an_animal_decides(found: MaterialOnRoad, expected: RoadClass) -> None:
    assert standing(found, TODAY, TODAY) is expected


def test_a_day_that_has_passed_counts_what_was_approved_then() -> None:
    change = date(2026, 3, 1)
    switched = MaterialOnRoad(
        (
            ItemOnRoad(ANIMAL, (Span(date(2024, 1, 1), change),)),
            ItemOnRoad(FREE, (Span(change),)),
        )
    )
    assert standing(switched, date(2026, 2, 28), TODAY) is RoadClass.ANIMAL_IN_MATERIAL
    assert standing(switched, change, TODAY) is RoadClass.ANIMAL_FREE
    assert standing(switched, date(2023, 12, 31), TODAY) is RoadClass.NO_SOURCE


def test_a_plan_counts_from_its_day_and_only_ahead() -> None:
    planned = material(ANIMAL, planned_on=date(2027, 6, 1))
    assert standing(planned, TODAY, TODAY) is RoadClass.ANIMAL_IN_MATERIAL
    assert standing(planned, date(2027, 5, 31), TODAY) is RoadClass.ANIMAL_IN_MATERIAL
    assert standing(planned, date(2027, 6, 1), TODAY) is RoadClass.PLANNED_FREE


def test_a_plan_whose_day_has_passed_is_overdue_and_frees_nothing() -> None:
    late = material(ANIMAL, planned_on=date(2026, 1, 1))
    assert is_overdue(late, TODAY)
    assert standing(late, date(2028, 1, 1), TODAY) is RoadClass.ANIMAL_IN_MATERIAL
    assert not is_overdue(material(FREE, planned_on=date(2026, 1, 1)), TODAY)
    assert not is_overdue(material(ANIMAL, planned_on=date(2026, 12, 1)), TODAY)


def test_the_days_are_quarters_with_today_among_them() -> None:
    days = road_days([material(ANIMAL, planned_on=date(2027, 6, 1))], TODAY)
    assert days[0] == date(2025, 1, 1)
    assert TODAY in days
    assert days[-1] == date(2027, 7, 1)
    assert list(days) == sorted(days)


days = st.dates(date(2022, 1, 1), date(2031, 1, 1))
materials = st.builds(
    MaterialOnRoad,
    st.lists(
        st.builds(
            ItemOnRoad,
            st.sampled_from(OriginClass),
            st.lists(st.builds(Span, days, st.none() | days), max_size=2).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    st.none() | days,
)


@given(st.lists(materials, max_size=5), days)
def test_every_material_is_counted_once_on_every_day(
    found: list[MaterialOnRoad], today: date
) -> None:
    for point in road(found, today):
        assert sum(point.counts.values()) == len(found)
        assert point.counts[RoadClass.PLANNED_FREE] == 0 or point.is_plan


@given(materials, days, days)
def test_one_more_item_of_animal_origin_never_brings_a_material_nearer_to_free(
    found: MaterialOnRoad, on: date, today: date
) -> None:
    worse = MaterialOnRoad(
        (*found.items, ItemOnRoad(ANIMAL, (Span(date(2000, 1, 1)),))), found.planned_on
    )
    assert standing(worse, on, today) in {RoadClass.ANIMAL_IN_MATERIAL, RoadClass.PLANNED_FREE}
