"""Steps up and down from the base level: T12, T13, T14 and the validated process of T06."""

from dataclasses import replace

from supplier_qc.domain.origin.cep import cep_problems
from supplier_qc.domain.origin.conditions import Purpose, unmet
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.findings import FiredRule
from supplier_qc.domain.origin.reference import citations
from supplier_qc.domain.origin.ruminant_case import RuminantCase, rows_of
from supplier_qc.domain.origin.vocabulary import Residue, Route, words
from supplier_qc.domain.origin.weighing import Weighing, is_lower


def serum_step(case: RuminantCase) -> tuple[FiredRule, ...]:
    """T12: one step up, however many of the conditions are not shown."""
    open_rows = [
        (row, clause)
        for row, conditions in rows_of(case, Purpose.EXPECTED)
        for clause in unmet(conditions, case.component)
    ]
    if not open_rows:
        return ()
    missing = tuple(sorted({clause.words() for _, clause in open_rows}))
    rule = case.rule(
        "T12",
        None,
        tuple(f"not shown: {text}" for text in missing),
        f"One level up, because the record of a blood product does not show: {', '.join(missing)}.",
        citations(row for row, _ in open_rows),
    )
    return (rule,)


def exposure_step(case: RuminantCase) -> tuple[FiredRule, ...]:
    """T13: unless the facts show that nothing unquantified reaches the patient's blood."""
    component = case.component
    is_parenteral = component.route is not Route.NOT_PARENTERAL
    is_left = component.residue not in {Residue.NONE, Residue.QUANTIFIED}
    if not (is_parenteral and is_left):
        return ()
    route = words(component.route) if component.route else "not stated, taken as parenteral"
    residue = words(component.residue) if component.residue else "not stated, taken as unquantified"
    rule = case.rule(
        "T13",
        None,
        (f"route: {route}", f"residue in the product: {residue}"),
        "One level up, because the product is parenteral and the residue is in it or is not "
        "quantified.",
    )
    return (rule,)


def process_credit(base: tuple[FiredRule, ...], component: OriginComponent) -> bool:
    """The validated process of T06; T11 asks for the removal itself, so it is not lowered."""
    ids = {rule.rule_id for rule in base}
    return "T06" in ids and "T11" not in ids and _has_validated_process(component)


def _has_validated_process(component: OriginComponent) -> bool:
    return any(step.is_validated_for_tse and step.evidence for step in component.process)


def certificate(
    case: RuminantCase, weighing: Weighing
) -> tuple[tuple[FiredRule, ...], Weighing, tuple[str, ...]]:
    """T14: the rule if it lowers the level, the weighing with it, and why it does not count."""
    cep = case.component.cep
    if cep is None:
        return (), weighing, ()
    problems = cep_problems(cep, case.lists, case.on)
    if problems:
        return (), weighing, (f"CEP {cep.number} does not count: {'; '.join(problems)}.",)
    credited = replace(weighing, has_credit=True)
    if not is_lower(credited.level(), weighing.level()):
        return (), credited, ()
    rule = case.rule(
        "T14",
        None,
        (f"CEP: {cep.number}", f"status checked on: {cep.checked_on}"),
        "One level down, not below low, because a valid TSE CEP covers the material.",
    )
    return (rule,), credited, ()
