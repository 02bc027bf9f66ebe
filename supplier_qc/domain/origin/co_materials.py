"""Materials that another one pulls in: lysate that still holds fibrinogen gels without heparin.

Which preparation pulls in what is a dated row with its source. A component that is recorded
already, in the item or beneath one of its components, is not pulled in twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from supplier_qc.domain.dated_rows import DatedRow
from supplier_qc.domain.material_identity import Preparation
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.nesting import walk
from supplier_qc.domain.origin.vocabulary import (
    DerivativeClass,
    Exposure,
    SourceClass,
    Species,
)


@dataclass(frozen=True, slots=True)
class CoMaterialRule(DatedRow):
    """`valid_to` is the first day the row is no longer in force; `mark` is V, V2, K or C."""

    preparation: Preparation
    component: str
    source_class: SourceClass
    species: Species | None
    derivative: DerivativeClass
    valid_from: date
    valid_to: date | None
    mark: str
    source: str


def pulled_in(
    preparation: Preparation,
    recorded: Sequence[OriginComponent],
    rules: Iterable[CoMaterialRule],
    today: date,
) -> tuple[CoMaterialRule, ...]:
    """The rules in force whose material nobody has recorded yet."""
    held = {part.derivative for component in recorded for _, part in walk(component)}
    return tuple(
        rule
        for rule in rules
        if rule.preparation is preparation
        and rule.is_in_force(today)
        and rule.derivative not in held
    )


def component_of(rule: CoMaterialRule) -> OriginComponent:
    """The component as the rule knows it; all else is left unanswered, which is never low."""
    return OriginComponent(
        name=rule.component,
        exposure=Exposure.PRIMARY,
        source=rule.source_class,
        species=rule.species,
        derivative=rule.derivative,
    )
