"""The level of a component of a TSE-relevant animal by itself: rules T04-T14 and T20-T23."""

from dataclasses import dataclass
from datetime import date

from supplier_qc.domain.origin.conditions import Purpose, unmet
from supplier_qc.domain.origin.counter_facts import with_counter_facts, with_step_counter
from supplier_qc.domain.origin.country_status import PlaceStatus
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.findings import NOTHING, Findings
from supplier_qc.domain.origin.geography import compliant_row, derivative_met, geography
from supplier_qc.domain.origin.reference import ReferenceLists
from supplier_qc.domain.origin.ruminant_case import (
    RuminantCase,
    missing_facts,
    rows_of,
    ruminant_case,
)
from supplier_qc.domain.origin.steps import (
    certificate,
    exposure_step,
    process_credit,
    serum_step,
)
from supplier_qc.domain.origin.vocabulary import (
    DerivativeClass,
    Level,
    ListAuthority,
    Species,
    words,
)
from supplier_qc.domain.origin.weighing import Weighing, worst_level

# Country lists are about BSE of cattle; for these animals they answer only in part.
_SMALL_RUMINANTS = frozenset({Species.SHEEP, Species.GOAT})
_EVIDENCE_RULES = {
    DerivativeClass.SERUM_FOETAL: "T20",
    DerivativeClass.SERUM_NEWBORN: "T21",
    DerivativeClass.SERUM_CALF: "T21",
    DerivativeClass.SERUM_DONOR: "T21",
}


@dataclass(frozen=True, slots=True)
class RuminantResult:
    level: Level
    findings: Findings
    places: tuple[PlaceStatus, ...]


def judge(
    component: OriginComponent,
    species: Species,
    path: str,
    list_authority: ListAuthority,
    lists: ReferenceLists,
    on: date,
) -> RuminantResult:
    """The level of one component by itself, in the order T04-T14."""
    case = ruminant_case(component, species, path, list_authority, lists, on)
    met = compliant_row(case)
    base = (derivative_met(case, met),) if met else geography(case)
    raised = (*serum_step(case), *exposure_step(case))
    weighing = Weighing(
        base=worst_level(tuple(rule.level for rule in base if rule.level is not None)),
        steps_up=len(raised),
        has_credit=process_credit(base, component),
        is_fixed=any(rule.rule_id in {"T04", "T23"} for rule in base),
    )
    lowered, weighing, gaps = certificate(case, weighing)
    fired = (
        *with_counter_facts(case, base, weighing, is_met=met is not None),
        *(with_step_counter(rule, weighing) for rule in raised),
        *lowered,
    )
    result = Findings(fired, gaps + _fact_gaps(case, is_met=met is not None))
    return RuminantResult(weighing.level(), result + _evidence_gaps(case), case.places)


def _fact_gaps(case: RuminantCase, *, is_met: bool) -> tuple[str, ...]:
    gaps = list(() if is_met else missing_facts(case))
    component = case.component
    if component.route is None:
        gaps.append("The route by which the product is given is not stated.")
    if component.residue is None:
        gaps.append("What is left of it in the product is not stated.")
    if case.species in _SMALL_RUMINANTS and not is_met:
        gaps.append(
            "The country lists are about BSE; the scrapie status of the flock is not on them."
        )
    if component.tissue is None and len(case.tissues) > 1:
        names = ", ".join(sorted(words(tissue) for tissue in case.tissues))
        gaps.append(f"The tissue is not stated; the worst of {names} is taken.")
    return tuple(gaps)


def _evidence_gaps(case: RuminantCase) -> Findings:
    """T20-T22: conditions of a material rule that no evidence shows."""
    found = NOTHING
    for row, conditions in rows_of(case, Purpose.EVIDENCE):
        missing = ", ".join(clause.words() for clause in unmet(conditions, case.component))
        if missing:
            rule_id = _EVIDENCE_RULES.get(row.derivative, "T22")
            sentence = f"{words(row.derivative).capitalize()}: no evidence of {missing}."
            rule = case.rule(rule_id, None, (f"not shown: {missing}",), sentence, (row.citation,))
            found += Findings((rule,), (sentence,))
    return found
