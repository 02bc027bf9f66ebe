"""The way of a product to materials free of animal origin: what it used, uses and plans to use.

Facts of origin are those of today, also for days that have passed: what was known then is in the
audit trail. A plan counts from its day on and only for days to come; a plan whose day has passed
without a free material in use is overdue and frees nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from supplier_qc.domain.months import months_after
from supplier_qc.domain.origin.listing import OriginClass

PAST_QUARTERS, MOST_FUTURE_QUARTERS = 8, 20


class RoadClass(StrEnum):
    """Where a material stands on a day, the nearest to an animal first."""

    ANIMAL_IN_MATERIAL = "animal_in_material"
    ANIMAL_IN_MAKING = "animal_in_making"
    NOT_ANSWERED = "not_answered"
    HUMAN = "human"
    ANIMAL_FREE = "animal_free"
    PLANNED_FREE = "planned_free"
    NO_SOURCE = "no_source"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    RoadClass.ANIMAL_IN_MATERIAL: "Animal origin, in the material",
    RoadClass.ANIMAL_IN_MAKING: "Animal origin, in its making",
    RoadClass.NOT_ANSWERED: "Not answered",
    RoadClass.HUMAN: "Human origin",
    RoadClass.ANIMAL_FREE: "Free of animal origin",
    RoadClass.PLANNED_FREE: "Free by plan",
    RoadClass.NO_SOURCE: "No approved source",
}
_WORST_FIRST = (
    OriginClass.ANIMAL_IN_MATERIAL,
    OriginClass.ANIMAL_IN_MAKING,
    OriginClass.NOT_ANSWERED,
    OriginClass.HUMAN,
    OriginClass.ANIMAL_FREE,
)
TO_REPLACE = frozenset({RoadClass.ANIMAL_IN_MATERIAL, RoadClass.ANIMAL_IN_MAKING})


@dataclass(frozen=True, slots=True)
class Span:
    """Days an item was approved for some use; `until` is the first day it was not, None: it is."""

    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class ItemOnRoad:
    origin: OriginClass
    approved: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class MaterialOnRoad:
    """`planned_on`: the day from which it is meant to be free of animal origin; None: no plan."""

    items: tuple[ItemOnRoad, ...]
    planned_on: date | None = None


@dataclass(frozen=True, slots=True)
class RoadPoint:
    """How many materials stand where on a day; `is_plan` for days to come."""

    on: date
    counts: Mapping[RoadClass, int]
    is_plan: bool


def standing(material: MaterialOnRoad, on: date, today: date) -> RoadClass:
    """Of its items approved on the day, the one nearest to an animal decides (P-01 to P-03).

    On a day to come the approvals of today hold, and a plan from its day on.
    """
    day = min(on, today)
    used = {item.origin for item in material.items if any(s.holds(day) for s in item.approved)}
    found = next((RoadClass(one) for one in _WORST_FIRST if one in used), RoadClass.NO_SOURCE)
    if on <= today or material.planned_on is None:
        return found
    is_free_then = today < material.planned_on <= on and found is not RoadClass.ANIMAL_FREE
    return RoadClass.PLANNED_FREE if is_free_then else found


def is_overdue(material: MaterialOnRoad, today: date) -> bool:
    """Whether the planned day has come and the material is not free of animal origin (P-04)."""
    has_come = material.planned_on is not None and material.planned_on <= today
    return has_come and standing(material, today, today) is not RoadClass.ANIMAL_FREE


def road(materials: Sequence[MaterialOnRoad], today: date) -> tuple[RoadPoint, ...]:
    """A point at the beginning of each quarter, and today."""
    return tuple(_point(materials, on, today) for on in road_days(materials, today))


def road_days(materials: Iterable[MaterialOnRoad], today: date) -> tuple[date, ...]:
    """Two years back, today, and on to the quarter after the last planned day."""
    quarter = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    past = [months_after(quarter, -3 * back) for back in range(PAST_QUARTERS - 1, -1, -1)]
    plans = [one.planned_on for one in materials if one.planned_on and one.planned_on > today]
    return tuple(dict.fromkeys([*past, today, *_to_come(quarter, max(plans, default=today))]))


def _to_come(quarter: date, last: date) -> Iterator[date]:
    for ahead in range(1, MOST_FUTURE_QUARTERS + 1):
        begin = months_after(quarter, 3 * ahead)
        yield begin
        if begin >= last:
            return


def _point(materials: Iterable[MaterialOnRoad], on: date, today: date) -> RoadPoint:
    counts = Counter(standing(one, on, today) for one in materials)
    return RoadPoint(on, {kind: counts[kind] for kind in RoadClass}, on > today)
