"""Rules H00-H09 for material of human origin: donors and pools, never a BSE level."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from supplier_qc.domain.origin.facts import HumanOrigin, PathogenReduction
from supplier_qc.domain.origin.findings import Findings, FiredRule, HumanVerdict
from supplier_qc.domain.origin.reference import AgentExpectationRow, ReferenceLists, citations
from supplier_qc.domain.origin.vocabulary import (
    Agent,
    DonorAttestation,
    Level,
    PathogenReductionStage,
    words,
)


@dataclass(frozen=True, slots=True)
class HumanResult:
    verdict: HumanVerdict
    findings: Findings


def judge_human(
    human: HumanOrigin | None, path: str, lists: ReferenceLists, on: date
) -> HumanResult:
    """What is known of the donors; complete only when nothing is missing.

    A licensed medicine answers for its donors in its own dossier; look-back and traceability are
    asked for all the same.
    """
    known = human or HumanOrigin()
    gaps = tuple(_gaps(known, lists, on))
    fired = (_not_a_tse_question(path, lists, on), *_licence(known, path, lists, on))
    fired += tuple(
        FiredRule(
            rule_id=rule_id,
            component=path,
            facts=("not shown",),
            sentence=sentence,
            citations=lists.basis(rule_id, on) + citations(_tests_of(rule_id, lists, on)),
        )
        for rule_id, sentence in gaps
    )
    verdict = HumanVerdict.GAPS if gaps else HumanVerdict.COMPLETE
    return HumanResult(verdict, Findings(fired, tuple(sentence for _, sentence in gaps)))


def _not_a_tse_question(path: str, lists: ReferenceLists, on: date) -> FiredRule:
    return FiredRule(
        rule_id="H00",
        component=path,
        level=Level.NOT_APPLICABLE,
        facts=("source: human",),
        sentence="Human origin is judged by the human-origin rules; it has no BSE level.",
        citations=lists.basis("H00", on),
    )


def _licence(
    human: HumanOrigin, path: str, lists: ReferenceLists, on: date
) -> tuple[FiredRule, ...]:
    if human.licence is None:
        return ()
    rule = FiredRule(
        rule_id="H08",
        component=path,
        facts=(f"licence: {human.licence}",),
        sentence="The material is a licensed medicine; donor selection, testing and pathogen "
        "reduction are those of its licence.",
        citations=lists.basis("H08", on),
    )
    return (rule,)


def _gaps(human: HumanOrigin, lists: ReferenceLists, on: date) -> Iterator[tuple[str, str]]:
    if human.licence is None:
        yield from _donor_gaps(human, lists, on)
    if DonorAttestation.LOOK_BACK_AGREED not in human.attested:
        yield "H06", f"Not shown: {words(DonorAttestation.LOOK_BACK_AGREED)}."
    if DonorAttestation.TRACEABLE_DONOR_TO_LOT not in human.attested:
        yield "H07", f"Not shown: {words(DonorAttestation.TRACEABLE_DONOR_TO_LOT)}."


def _donor_gaps(human: HumanOrigin, lists: ReferenceLists, on: date) -> Iterator[tuple[str, str]]:
    if DonorAttestation.DONORS_ELIGIBLE not in human.attested:
        yield "H01", f"Not shown: {words(DonorAttestation.DONORS_ELIGIBLE)}."
    for rule_id, label, tested in (
        ("H02", "by serology", human.serology),
        ("H03", "by nucleic-acid testing", human.nat),
    ):
        yield from _test_gap(rule_id, label, tested, lists, on)
    yield from _pool_gaps(human)
    if not human.donor_countries:
        yield "H09", "The countries of the donors are not stated; some authorities ask for them."


def _test_gap(
    rule_id: str, label: str, tested: frozenset[Agent], lists: ReferenceLists, on: date
) -> Iterator[tuple[str, str]]:
    expected = {row.agent for row in _tests_of(rule_id, lists, on)}
    missing = ", ".join(sorted(words(agent) for agent in expected - tested))
    if not expected:
        yield rule_id, f"No list of agents to test donors for {label} is loaded."
    elif missing:
        yield rule_id, f"Donors are not shown to be tested {label} for {missing}."


def _tests_of(rule_id: str, lists: ReferenceLists, on: date) -> tuple[AgentExpectationRow, ...]:
    return tuple(row for row in lists.agents if row.rule_id == rule_id and row.in_force(on))


def _pool_gaps(human: HumanOrigin) -> Iterator[tuple[str, str]]:
    if human.pool_donors is None:
        yield "H04", "The number of donors in the pool is not stated."
    reduction = human.pathogen_reduction
    if reduction is None:
        yield "H05", "Whether pathogens are reduced, and at which stage, is not stated."
    elif reduction.stage is PathogenReductionStage.NONE:
        if human.pool_donors != 1:
            yield (
                "H05",
                "A pool without pathogen reduction: one infected unit would reach all of it.",
            )
    elif not _method(reduction):
        yield "H05", "The method of pathogen reduction is not stated."


def _method(reduction: PathogenReduction) -> str:
    return (reduction.method or "").strip()
