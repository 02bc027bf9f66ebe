"""The notation in which the lists state the conditions of a material rule.

`PURPOSE [where GUARD]: CLAUSE and CLAUSE ...`, for example
`compliant: step=saponification_batch and temperature_c>=95 and minutes>=180` or
`expected where status>=controlled: stunning<=non_penetrative`.

A clause holds only when the facts show it. A guard decides whether the row concerns the
component at all; where the facts leave that open, a row that helps does not apply and a row
that asks for something does.
"""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache

from supplier_qc.domain.origin.facts import OriginComponent, ProcessStep, possible_tissues
from supplier_qc.domain.origin.vocabulary import (
    Attestation,
    BseStatus,
    Species,
    StepKind,
    Stunning,
    Tissue,
    severity,
    words,
)
from supplier_qc.domain.refusals import Refused


class ConditionsUnreadable(Refused):
    """A row of the material rules is not in the notation."""


class Purpose(StrEnum):
    COMPLIANT = "compliant"  # shown: the material is low whatever its geography
    EXPECTED = "expected"  # not shown: one level up
    EVIDENCE = "evidence"  # not shown: a gap
    VIRUS = "virus"  # not shown: a gap of virus safety


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound on a number, as in `temperature_c>=200`."""

    field: str
    sign: str
    value: Decimal

    def words(self) -> str:
        noun, unit = _QUANTITIES[self.field]
        return f"{noun} {self.sign} {self.value} {unit}"

    def holds(self, measured: Decimal | None) -> bool:
        return measured is not None and _SIGNS[self.sign](measured, self.value)


@dataclass(frozen=True, slots=True)
class Word:
    """A value of a controlled list, as in `attested=closed_collection`."""

    field: str
    value: StrEnum

    def words(self) -> str:
        if self.field == "stunning":
            return f"stunning stated and no worse than {words(self.value)}"
        return words(self.value)


Clause = Limit | Word


@dataclass(frozen=True, slots=True)
class Conditions:
    purpose: Purpose
    guard: tuple[Word, ...]
    clauses: tuple[Clause, ...]

    def words(self) -> str:
        return ", ".join(clause.words() for clause in self.clauses)


_STEP_QUANTITIES = {
    "temperature_c": ("temperature", "°C"),
    "minutes": ("duration", "min"),
    "pressure_bar": ("pressure", "bar"),
    "dose_kgy": ("dose", "kGy"),
}
_QUANTITIES = {**_STEP_QUANTITIES, "age_months": ("age of the animals", "months")}
_WORDED: dict[str, type[StrEnum]] = {
    "step": StepKind,
    "attested": Attestation,
    "stunning": Stunning,
    "species": Species,
    "tissue": Tissue,
    "status": BseStatus,
}
_SIGNS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
# The signs with which a worded field can be evaluated.
_WORDED_SIGNS = {"stunning": "<=", "status": ">="}
_ROW = re.compile(r"(?P<purpose>[a-z]+)(?: where (?P<guard>[^:]+))?: (?P<clauses>.+)")
_CLAUSE = re.compile(r"(?P<field>[a-z_]+)(?P<sign>>=|<=|<|>|=)(?P<value>[a-z0-9_.]+)")
_STEP_FIELDS = frozenset({"step", *_STEP_QUANTITIES})
_GUARD_FIELDS = frozenset({"species", "tissue", "status"})


@cache
def parse(text: str) -> Conditions:
    """The conditions of a row; raises ConditionsUnreadable."""
    found = _ROW.fullmatch(text)
    if not found or found["purpose"] not in set(Purpose):
        raise ConditionsUnreadable(
            f"“{text}” does not read as “purpose: condition and condition”; "
            f"the purpose is one of {', '.join(Purpose)}."
        )
    guard = _clauses(found["guard"]) if found["guard"] else ()
    clauses = _clauses(found["clauses"])
    ConditionsUnreadable.unless_empty(_misplaced(text, guard, clauses))
    if found["purpose"] == Purpose.COMPLIANT and any(part.field == "status" for part in guard):
        raise ConditionsUnreadable(f"“{text}”: what is compliant is so whatever the geography.")
    words_of_guard = tuple(clause for clause in guard if isinstance(clause, Word))
    return Conditions(Purpose(found["purpose"]), words_of_guard, clauses)


def _clauses(text: str) -> tuple[Clause, ...]:
    return tuple(_clause(part) for part in text.split(" and "))


def _clause(text: str) -> Clause:
    found = _CLAUSE.fullmatch(text)
    if not found:
        raise ConditionsUnreadable(f"“{text}” is not a condition such as “minutes>=20”.")
    field, sign, value = found["field"], found["sign"], found["value"]
    try:
        if field in _QUANTITIES and sign in _SIGNS:
            return Limit(field, sign, Decimal(value))
        if field in _WORDED and sign == _WORDED_SIGNS.get(field, "="):
            return Word(field, _WORDED[field](value))
    except (InvalidOperation, ValueError):
        raise ConditionsUnreadable(f"“{text}”: the value {value} is not known.") from None
    raise ConditionsUnreadable(f"“{text}”: {field} cannot be compared with {sign}.")


def _misplaced(text: str, guard: tuple[Clause, ...], clauses: tuple[Clause, ...]) -> list[str]:
    named = {clause.field for clause in clauses}
    reasons = [
        f"“{text}”: {clause.field} does not belong behind “where”."
        for clause in guard
        if clause.field not in _GUARD_FIELDS
    ]
    reasons += [f"“{text}”: {name} belongs behind “where”." for name in named & _GUARD_FIELDS]
    if named & set(_STEP_QUANTITIES) and "step" not in named:
        reasons.append(f"“{text}”: parameters need the step that they are parameters of.")
    return sorted(reasons)


def concerns(conditions: Conditions, component: OriginComponent, status: BseStatus | None) -> bool:
    """Whether the row's guard holds; an open question counts against the component."""
    is_certain = conditions.purpose is Purpose.COMPLIANT
    return all(
        _guard_holds(clause, component, status, is_certain=is_certain)
        for clause in conditions.guard
    )


def _guard_holds(
    clause: Word, component: OriginComponent, status: BseStatus | None, *, is_certain: bool
) -> bool:
    if clause.field == "species":
        return component.species is clause.value
    if clause.field == "tissue":
        tissues = possible_tissues(component)
        return tissues == {clause.value} if is_certain else clause.value in tissues
    return status is None or severity(status) >= severity(clause.value)


def unmet(conditions: Conditions, component: OriginComponent) -> tuple[Clause, ...]:
    """The clauses that the facts do not show; those of a step are met or unmet together."""
    of_step = tuple(clause for clause in conditions.clauses if clause.field in _STEP_FIELDS)
    missing = tuple(
        clause
        for clause in conditions.clauses
        if clause.field not in _STEP_FIELDS and not _shown(clause, component)
    )
    if of_step and not any(_step_meets(step, of_step) for step in component.process):
        return (*of_step, *missing)
    return missing


def _shown(clause: Clause, component: OriginComponent) -> bool:
    if isinstance(clause, Limit):
        return clause.holds(component.age_months)
    if clause.field == "attested":
        return clause.value in component.attested
    stunning = component.stunning
    return stunning is not None and severity(stunning) <= severity(clause.value)


def _step_meets(step: ProcessStep, clauses: tuple[Clause, ...]) -> bool:
    return step.evidence is not None and all(
        clause.holds(_parameter(step, clause.field))
        if isinstance(clause, Limit)
        else step.kind is clause.value
        for clause in clauses
    )


def _parameter(step: ProcessStep, field: str) -> Decimal | None:
    return {
        "temperature_c": step.temperature_c,
        "minutes": step.minutes,
        "pressure_bar": step.pressure_bar,
        "dose_kgy": step.dose_kgy,
    }[field]
