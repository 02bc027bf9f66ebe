"""What would lower a level, computed with the same weighing that gave the level."""

from dataclasses import replace

from supplier_qc.domain.origin.conditions import Conditions, Purpose
from supplier_qc.domain.origin.findings import CounterFact, FiredRule
from supplier_qc.domain.origin.reference import DerivativeRuleRow
from supplier_qc.domain.origin.ruminant_case import RuminantCase, has_class, rows_of
from supplier_qc.domain.origin.vocabulary import Level, words
from supplier_qc.domain.origin.weighing import Weighing, is_lower

_CEP_COUNTER = "A valid TSE CEP, its status checked at EDQM, would lower this to {}."


def with_counter_facts(
    case: RuminantCase, base: tuple[FiredRule, ...], weighing: Weighing, *, is_met: bool
) -> tuple[FiredRule, ...]:
    """The base rules, the one that decides carrying what would lower the level."""
    counters = _counter_facts(case, weighing, {rule.rule_id for rule in base}, is_met=is_met)
    return tuple(
        replace(rule, counter_facts=rule.counter_facts + counters)
        if rule.level is weighing.base
        else rule
        for rule in base
    )


def _counter_facts(
    case: RuminantCase, weighing: Weighing, ids: set[str], *, is_met: bool
) -> tuple[CounterFact, ...]:
    now = weighing.level()
    options = [(_CEP_COUNTER, weighing.with_credit())]
    if "T06" in ids and "T11" not in ids:
        options.append((
            "A step validated for TSE, with evidence on file, would lower this to {}.",
            weighing.with_credit(),
        ))  # fmt: skip
    if not is_met and has_class(case.component):
        options += [
            (_evidence_counter(row, conditions), weighing.with_base(Level.LOW))
            for row, conditions in rows_of(case, Purpose.COMPLIANT)
        ]
    return tuple(
        CounterFact(text.format(words(level)), level)
        for text, level in options
        if is_lower(level, now)
    )


def _evidence_counter(row: DerivativeRuleRow, conditions: Conditions) -> str:
    source = row.citation.words()
    return f"Evidence of {conditions.words()} ({source}) would lower this to {{}}."


def with_step_counter(rule: FiredRule, weighing: Weighing) -> FiredRule:
    level = weighing.with_fewer_steps_up()
    if not is_lower(level, weighing.level()):
        return rule
    sentence = {
        "T12": f"Showing what is missing would lower this to {words(level)}.",
        "T13": f"A residue quantified within its limit would lower this to {words(level)}.",
    }[rule.rule_id]
    return replace(rule, counter_facts=(CounterFact(sentence, level),))
