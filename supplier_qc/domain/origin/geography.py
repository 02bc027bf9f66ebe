"""The base level of a TSE-relevant component: T02, T04-T11 and T23."""

from dataclasses import replace

from supplier_qc.domain.origin.conditions import Purpose, parse, unmet
from supplier_qc.domain.origin.findings import CounterFact, FiredRule
from supplier_qc.domain.origin.reference import Citation, DerivativeRuleRow, citations
from supplier_qc.domain.origin.ruminant_case import (
    RuminantCase,
    has_class,
    missing_facts,
    rows_of,
)
from supplier_qc.domain.origin.vocabulary import (
    Attestation,
    BseStatus,
    InfectivityCategory,
    Level,
    Species,
    Tissue,
    words,
)


def compliant_row(case: RuminantCase) -> DerivativeRuleRow | None:
    """The first row that makes the material compliant; only for a class that is stated."""
    if not has_class(case.component):
        return None
    met = (row for row, conditions in rows_of(case, Purpose.COMPLIANT)
           if not unmet(conditions, case.component))  # fmt: skip
    return next(met, None)


def derivative_met(case: RuminantCase, row: DerivativeRuleRow) -> FiredRule:
    return case.rule(
        "T10",
        Level.LOW,
        (f"process or evidence on file: {parse(row.conditions).words()}",),
        f"The {words(row.derivative)} meets a derivative rule with evidence on file, so geography "
        "does not decide.",
        (row.citation,),
    )


def geography(case: RuminantCase) -> tuple[FiredRule, ...]:
    rules = (
        _high_infectivity(case),
        _unanswered(case),
        _undetermined(case),
        _matrix(case),
        _bone_without_removal(case),
        _bone_of_undetermined(case),
    )
    return tuple(rule for rule in rules if rule is not None)


def _high_infectivity(case: RuminantCase) -> FiredRule | None:
    rows = [row for row in case.tissue_rows if row.category is InfectivityCategory.A]
    if not rows:
        return None
    return case.rule(
        "T04",
        Level.CRITICAL,
        (case.category_words(),),
        "The tissue is of the category of high infectivity; reject or escalate.",
        citations(rows),
    )


def _unanswered(case: RuminantCase) -> FiredRule | None:
    missing = missing_facts(case)
    if not missing:
        return None
    rule = case.rule(
        "T02",
        Level.UNKNOWN,
        (case.category_words(), *case.place_words()),
        "Facts that decide the level are missing: " + " ".join(missing),
    )
    counter = CounterFact("Stating the missing facts would let the level be judged.", None)
    return replace(rule, counter_facts=(counter,))


def _undetermined(case: RuminantCase) -> FiredRule | None:
    places = [place for place in case.places if place.status is BseStatus.UNDETERMINED]
    if case.species is Species.DEER:
        return case.rule(
            "T05", Level.HIGH, (f"species: {words(case.species)}",),
            "No list loaded gives the status of a country for chronic wasting disease.",
        )  # fmt: skip
    if not places:
        return None
    cited = {citation for place in places for citation in place.citations}
    return case.rule(
        "T05",
        Level.HIGH,
        tuple(place.words() for place in places),
        "The BSE status is undetermined: " + " ".join(sorted({place.reason for place in places})),
        tuple(sorted(cited, key=Citation.words)),
    )


_MATRIX = {
    (BseStatus.CONTROLLED, InfectivityCategory.B): ("T06", Level.HIGH),
    (BseStatus.CONTROLLED, InfectivityCategory.C): ("T07", Level.MEDIUM),
    (BseStatus.NEGLIGIBLE, InfectivityCategory.B): ("T08", Level.MEDIUM),
    (BseStatus.NEGLIGIBLE, InfectivityCategory.C): ("T09", Level.LOW),
}
_CATEGORY_WORDS = {
    InfectivityCategory.B: "A tissue of lower infectivity",
    InfectivityCategory.C: "A tissue without detected infectivity, or a derivative,",
}


def _matrix(case: RuminantCase) -> FiredRule | None:
    if case.status is None or case.category is None:
        return None
    found = _MATRIX.get((case.status, case.category))
    if found is None:
        return None
    rule_id, level = found
    deciding = (row for row in case.tissue_rows if row.category is case.category)
    return case.rule(
        rule_id,
        level,
        (case.category_words(), *case.place_words()),
        f"{_CATEGORY_WORDS[case.category]} from a country of {case.status.value} BSE risk.",
        case.place_citations() + citations(deciding),
    )


def _bone_without_removal(case: RuminantCase) -> FiredRule | None:
    if (
        Tissue.BONE not in case.tissues
        or case.status is not BseStatus.CONTROLLED
        or Attestation.SRM_REMOVED in case.component.attested
    ):
        return None
    return case.rule(
        "T11",
        Level.HIGH,
        (case.category_words(), *case.place_words(), "removal of specified risk material: no"),
        "Bones from a country of controlled BSE risk, and no evidence that skull, spinal cord and "
        "the vertebrae of animals over 30 months were removed.",
        case.place_citations(),
    )


def _bone_of_undetermined(case: RuminantCase) -> FiredRule | None:
    is_undetermined = any(place.status is BseStatus.UNDETERMINED for place in case.places)
    if Tissue.BONE not in case.tissues or not is_undetermined:
        return None
    return case.rule(
        "T23",
        Level.CRITICAL,
        (case.category_words(), *case.place_words()),
        "The note for guidance provides for no use of bones from a country of undetermined BSE "
        "risk.",
    )
