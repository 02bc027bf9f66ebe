"""Virus-safety findings V01-V08; they are gaps of evidence and never a TSE level."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from supplier_qc.domain.origin.conditions import Purpose, parse, unmet
from supplier_qc.domain.origin.country_status import PlaceStatus, worst_status
from supplier_qc.domain.origin.facts import (
    OriginComponent,
    ProcessStep,
    possible_derivatives,
)
from supplier_qc.domain.origin.findings import NOTHING, Findings, FiredRule
from supplier_qc.domain.origin.reference import (
    AgentExpectationRow,
    Citation,
    ReferenceLists,
    citations,
)
from supplier_qc.domain.origin.vocabulary import (
    Attestation,
    Authority,
    BseStatus,
    DerivativeClass,
    Species,
    TestResult,
    VirusFamily,
    words,
)


def virus_findings(
    component: OriginComponent,
    path: str,
    authority: Authority,
    places: tuple[PlaceStatus, ...],
    lists: ReferenceLists,
    on: date,
) -> Findings:
    """What virus safety of a component of animal origin still lacks."""
    return (
        _missing_tests(component, path, lists, on)
        + _detected(component, path, lists, on)
        + _inactivation(component, path, lists, on)
        + _ruminant_heparin(component, path, lists, on)
        + _indirect_contact(component, path, authority, places, lists, on)
    )


def _finding(
    rule_id: str, path: str, facts: tuple[str, ...], sentence: str, lists: ReferenceLists, on: date
) -> Findings:
    rule = FiredRule(
        rule_id=rule_id,
        component=path,
        facts=facts,
        sentence=sentence,
        citations=lists.basis(rule_id, on),
    )
    return Findings((rule,), (sentence,))


def _missing_tests(
    component: OriginComponent, path: str, lists: ReferenceLists, on: date
) -> Findings:
    """V01, V02, V04, V05: agents that a list names and no result on file answers."""
    tested = {test.agent for test in component.tests}
    missing: dict[str, list[AgentExpectationRow]] = defaultdict(list)
    for row in lists.agents:
        if _expected_of(row, component) and row.in_force(on) and row.agent not in tested:
            missing[row.rule_id].append(row)
    found = NOTHING
    for rule_id, rows in sorted(missing.items()):
        names = ", ".join(sorted({words(row.agent) for row in rows}))
        sentence = f"No result on file for {names}."
        rule = FiredRule(
            rule_id=rule_id,
            component=path,
            facts=(f"no result: {names}",),
            sentence=sentence,
            citations=citations(rows),
        )
        found += Findings((rule,), (sentence,))
    return found


def _expected_of(row: AgentExpectationRow, component: OriginComponent) -> bool:
    if row.species is None or row.species is not component.species:
        return False
    if row.derivative is None:
        return row.except_derivative is None or row.except_derivative is not component.derivative
    return row.derivative in possible_derivatives(component)


def _detected(component: OriginComponent, path: str, lists: ReferenceLists, on: date) -> Findings:
    names = sorted({words(test.agent) for test in component.tests
                    if test.result is TestResult.DETECTED})  # fmt: skip
    if not names:
        return NOTHING
    listed = ", ".join(names)
    return _finding(
        "V07",
        path,
        (f"detected: {listed}",),
        f"Detected: {listed}. Whether the material can be used is for quality assurance to decide.",
        lists,
        on,
    )


def _inactivation(
    component: OriginComponent, path: str, lists: ReferenceLists, on: date
) -> Findings:
    """V03: the inactivation steps that the rows of the class name, with their parameters."""
    if component.species is not Species.CATTLE:
        return NOTHING
    missing: dict[str, set[Citation]] = defaultdict(set)
    for derivative in possible_derivatives(component):
        for row in lists.derivative_rows(derivative, on):
            conditions = parse(row.conditions)
            if conditions.purpose is Purpose.VIRUS and unmet(conditions, component):
                missing[conditions.words()].add(row.citation)
    found = NOTHING
    for text, cited in sorted(missing.items()):
        sentence = f"No evidence of {text}."
        rule = FiredRule(
            rule_id="V03",
            component=path,
            facts=(f"not shown: {text}",),
            sentence=sentence,
            citations=tuple(sorted(cited, key=Citation.words)),
        )
        found += Findings((rule,), (sentence,))
    return found


def _ruminant_heparin(
    component: OriginComponent, path: str, lists: ReferenceLists, on: date
) -> Findings:
    if (
        component.derivative is not DerivativeClass.HEPARIN
        or component.species is not Species.PIG
        or Attestation.RUMINANT_ABSENCE_TESTED in component.attested
    ):
        return NOTHING
    return _finding(
        "V06",
        path,
        ("test for material of ruminants: not shown",),
        "No test shows that the porcine heparin is free of heparin of ruminants.",
        lists,
        on,
    )


def _indirect_contact(
    component: OriginComponent,
    path: str,
    authority: Authority,
    places: tuple[PlaceStatus, ...],
    lists: ReferenceLists,
    on: date,
) -> Findings:
    """V08: the FDA draft looks at bovine material even where contact is indirect."""
    if authority is not Authority.US or component.species is not Species.CATTLE:
        return NOTHING
    if worst_status(places) is BseStatus.NEGLIGIBLE:
        return NOTHING
    return _finding(
        "V08",
        path,
        tuple(place.words() for place in places),
        "Bovine material, and it is not shown that the herds were born, raised and slaughtered in "
        "a country of negligible risk.",
        lists,
        on,
    )


@dataclass(frozen=True, slots=True)
class ReductionClaim:
    """Summed log10 reduction for a virus family; `repeated` kinds of step may not add up."""

    family: VirusFamily
    log10: Decimal
    repeated: tuple[str, ...]


def reduction_claims(process: tuple[ProcessStep, ...]) -> tuple[ReductionClaim, ...]:
    """The claims of all steps with evidence, by family.

    Steps of one kind work by one mechanism, so what survives the first may survive the second;
    the sum is given with the kinds that repeat, for a person to judge.
    """
    by_family: dict[VirusFamily, list[tuple[ProcessStep, Decimal]]] = defaultdict(list)
    for step in process:
        for claim in step.log_reductions if step.evidence else ():
            by_family[claim.family].append((step, claim.log10))
    return tuple(_claim(family, steps) for family, steps in sorted(by_family.items()))


def _claim(family: VirusFamily, steps: list[tuple[ProcessStep, Decimal]]) -> ReductionClaim:
    kinds = [step.kind for step, _ in steps]
    repeated = tuple(sorted({words(kind) for kind in kinds if kinds.count(kind) > 1}))
    return ReductionClaim(family, sum((log10 for _, log10 in steps), Decimal(0)), repeated)
