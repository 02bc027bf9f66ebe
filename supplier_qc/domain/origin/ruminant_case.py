"""A component of a TSE-relevant animal, with everything the rules look up for it."""

from dataclasses import dataclass
from datetime import date

from supplier_qc.domain.origin.conditions import Conditions, Purpose, concerns, parse
from supplier_qc.domain.origin.country_status import PlaceStatus, place_statuses, worst_status
from supplier_qc.domain.origin.facts import (
    OriginComponent,
    possible_derivatives,
    possible_tissues,
)
from supplier_qc.domain.origin.findings import FiredRule
from supplier_qc.domain.origin.reference import (
    Citation,
    DerivativeRuleRow,
    ReferenceLists,
    TissueRow,
)
from supplier_qc.domain.origin.vocabulary import (
    BseStatus,
    DerivativeClass,
    InfectivityCategory,
    Level,
    ListAuthority,
    Species,
    Tissue,
    words,
    worst,
)


@dataclass(frozen=True, slots=True)
class RuminantCase:
    """A component with everything that was looked up for it once."""

    component: OriginComponent
    species: Species
    path: str
    lists: ReferenceLists
    on: date
    places: tuple[PlaceStatus, ...]
    status: BseStatus | None
    tissues: frozenset[Tissue]
    tissue_rows: tuple[TissueRow, ...]
    category: InfectivityCategory | None

    def rule(
        self,
        rule_id: str,
        level: Level | None,
        facts: tuple[str, ...],
        sentence: str,
        cited: tuple[Citation, ...] = (),
    ) -> FiredRule:
        return FiredRule(
            rule_id=rule_id,
            component=self.path,
            level=level,
            facts=facts,
            sentence=sentence,
            citations=tuple(dict.fromkeys(cited + self.lists.basis(rule_id, self.on))),
        )

    def place_words(self) -> tuple[str, ...]:
        return tuple(place.words() for place in self.places)

    def place_citations(self) -> tuple[Citation, ...]:
        """The rows that give the worst known status."""
        cited = {
            citation
            for place in self.places
            if place.status is self.status
            for citation in place.citations
        }
        return tuple(sorted(cited, key=Citation.words))

    def category_words(self) -> str:
        if self.category is None:
            return "tissue: not stated or not on the table"
        tissues = ", ".join(sorted(words(tissue) for tissue in self.tissues))
        return f"tissue: {tissues}, category {self.category.value}"


def ruminant_case(
    component: OriginComponent,
    species: Species,
    path: str,
    list_authority: ListAuthority,
    lists: ReferenceLists,
    on: date,
) -> RuminantCase:
    places = place_statuses(component, path, list_authority, lists, on)
    tissues = possible_tissues(component)
    rows = {tissue: lists.tissue_rows(tissue, species, on) for tissue in tissues}
    tissue_rows = tuple(row for of_tissue in rows.values() for row in of_tissue)
    is_complete = bool(rows) and all(rows.values())
    return RuminantCase(
        component=component,
        species=species,
        path=path,
        lists=lists,
        on=on,
        places=places,
        status=worst_status(places),
        tissues=tissues,
        tissue_rows=tissue_rows,
        category=worst(row.category for row in tissue_rows) if is_complete else None,
    )


def rows_of(
    case: RuminantCase, purpose: Purpose
) -> tuple[tuple[DerivativeRuleRow, Conditions], ...]:
    """The rows of a purpose that concern the component, for each class it may belong to."""
    pairs = (
        (row, parse(row.conditions))
        for derivative in sorted(possible_derivatives(case.component))
        for row in case.lists.derivative_rows(derivative, case.on)
    )
    return tuple(
        (row, conditions)
        for row, conditions in pairs
        if conditions.purpose is purpose and concerns(conditions, case.component, case.status)
    )


def missing_facts(case: RuminantCase) -> tuple[str, ...]:
    reasons = {place.reason for place in case.places if place.status is None}
    if not case.tissues:
        reasons.add("The tissue is not stated.")
    elif case.category is None:
        names = ", ".join(sorted(words(tissue) for tissue in case.tissues))
        reasons.add(f"The tissue table has no row for {names} of {words(case.species)}.")
    return tuple(sorted(reasons))


def has_class(component: OriginComponent) -> bool:
    """Whether a class is stated to which a derivative rule may apply."""
    return component.derivative not in {None, DerivativeClass.OTHER}
