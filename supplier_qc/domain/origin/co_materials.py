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

    @property
    def key(self) -> tuple[Preparation, str]:
        """What the rule is about; a rule with the same key supersedes it."""
        return self.preparation, self.component.casefold()


PULLING = frozenset(Preparation) - {Preparation.NOT_RECORDED, Preparation.OTHER}
"""Preparations that may pull a material in; the others say nothing of how an item is made."""


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


def rule_problems(
    rule: CoMaterialRule, standing: Iterable[CoMaterialRule], today: date
) -> tuple[str, ...]:
    """Every reason why a rule cannot take the place of the one for the same component."""
    problems = []
    if rule.preparation not in PULLING:
        problems.append("Choose how it is prepared; nothing follows from what is not recorded.")
    if rule.valid_from < today:
        problems.append("The rules cannot be changed for days that have passed.")
    if any(rule.valid_from <= one.valid_from for one in standing if one.key == rule.key):
        problems.append("A rule for the same begins on that day or later; choose a later day.")
    if rule.source_class is SourceClass.ANIMAL and rule.species is None:
        problems.append("Name the species of the animal.")
    if rule.source_class is not SourceClass.ANIMAL and rule.species is not None:
        problems.append("Only what comes from an animal has a species.")
    return tuple(problems)
