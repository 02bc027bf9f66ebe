"""The kinds of regulatory lists: what a row of each is, and where it stands in the lists."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from supplier_qc.domain.origin.reference import (
    AgentExpectationRow,
    CountryListRow,
    CountryStatusRow,
    DatedRow,
    DerivativeRuleRow,
    ReferenceLists,
    RuleBasisRow,
    SpeciesScopeRow,
    StatementPolicyRow,
    TargetListRow,
    TissueRow,
)


class ReferenceListKind(StrEnum):
    """The values name the shipped files."""

    COUNTRY_STATUS = "country_status"
    COUNTRY_LIST = "country_list"
    TARGET_LIST = "target_list"
    SPECIES_SCOPE = "species_scope"
    TISSUE_CATEGORY = "tissue_category"
    DERIVATIVE_RULE = "derivative_rule"
    AGENT_EXPECTATION = "agent_expectation"
    STATEMENT_POLICY = "statement_policy"
    RULE_BASIS = "rule_basis"

    @property
    def heading(self) -> str:
        return _KINDS[self].heading

    @property
    def text(self) -> str:
        """What the list answers, in one sentence."""
        return _KINDS[self].text

    @property
    def row(self) -> type[DatedRow]:
        return _KINDS[self].row

    @property
    def names(self) -> tuple[str, ...]:
        """The columns by which two rows are about the same thing."""
        return _KINDS[self].names

    def rows(self, lists: ReferenceLists) -> tuple[DatedRow, ...]:
        rows: tuple[DatedRow, ...] = getattr(lists, _KINDS[self].member)
        return rows

    def put_into(self, lists: ReferenceLists, rows: Iterable[DatedRow]) -> ReferenceLists:
        """The lists with other rows of this kind."""
        changes: dict[str, tuple[DatedRow, ...]] = {_KINDS[self].member: tuple(rows)}
        return replace(lists, **changes)  # type: ignore[arg-type]  # the member's rows are of the kind


@dataclass(frozen=True, slots=True)
class _Described:
    heading: str
    text: str
    row: type[DatedRow]
    member: str
    names: tuple[str, ...]


_K = ReferenceListKind
_KINDS = {
    _K.COUNTRY_STATUS: _Described(
        "Country statuses", "BSE status of countries and zones, list by list.",
        CountryStatusRow, "countries", ("authority", "country", "zone")),
    _K.COUNTRY_LIST: _Described(
        "Editions of the country lists", "From which day the loaded rows of a list answer.",
        CountryListRow, "country_lists", ("authority",)),
    _K.TARGET_LIST: _Described(
        "Lists by authority", "Which country list is used for which authority.",
        TargetListRow, "targets", ("authority",)),
    _K.SPECIES_SCOPE: _Described(
        "Species", "Whether a species is relevant for TSE.",
        SpeciesScopeRow, "species", ("species",)),
    _K.TISSUE_CATEGORY: _Described(
        "Tissue categories", "Infectivity category by tissue and species.",
        TissueRow, "tissues", ("tissue", "species")),
    _K.DERIVATIVE_RULE: _Described(
        "Material rules", "Conditions for classes of material, such as gelatin or serum.",
        DerivativeRuleRow, "derivatives", ("derivative", "conditions")),
    _K.AGENT_EXPECTATION: _Described(
        "Agents to test for", "Results that the virus and donor rules look for.",
        AgentExpectationRow, "agents",
        ("rule_id", "species", "derivative", "except_derivative", "agent")),
    _K.STATEMENT_POLICY: _Described(
        "Age of evidence", "How old a paper may be: a convention of the site.",
        StatementPolicyRow, "policies", ("kind",)),
    _K.RULE_BASIS: _Described(
        "Basis of the rules", "The document that each rule of the engine rests on.",
        RuleBasisRow, "bases", ("rule_id", "document")),
}  # fmt: skip
