"""Regulatory lists as dated rows, and the lookups that the rules make in them.

A row carries document, clause, edition, dates, verification mark and source. Several rows may be
in force for one question; the rules take the worst answer, so the order of rows never matters.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from supplier_qc.domain.origin.vocabulary import (
    Agent,
    Authority,
    BseStatus,
    DerivativeClass,
    InfectivityCategory,
    ListAuthority,
    Mark,
    Species,
    Tissue,
)

_MARK_WORDS = {Mark.V: "", Mark.V2: " (secondary source)", Mark.K: " (unverified)",
               Mark.C: " (convention)"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule or a list row comes from."""

    document: str
    clause: str | None
    edition: str
    mark: Mark
    source: str

    def words(self) -> str:
        """As in `EMA/410/01 rev. 3 section 6.4 (unverified)`."""
        named = (self.document, self.edition, self.clause or "")
        return " ".join(part for part in named if part) + _MARK_WORDS[self.mark]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedRow:
    """What every regulatory datum carries; `valid_to` is the first day it is out of force."""

    document: str
    clause: str | None
    edition: str
    valid_from: date | None
    valid_to: date | None
    mark: Mark
    source: str
    remark: str | None = None

    def in_force(self, on: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on < self.valid_to)

    @property
    def citation(self) -> Citation:
        return Citation(self.document, self.clause, self.edition, self.mark, self.source)


Row = TypeVar("Row", bound=DatedRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryStatusRow(DatedRow):
    """The BSE status of a country (ISO 3166-1 alpha-2), or of a zone in it, on one list."""

    authority: ListAuthority
    country: str
    zone: str | None
    status: BseStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryListRow(DatedRow):
    """An edition of a list; `valid_from` is the first day that the loaded rows answer for."""

    authority: ListAuthority


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetListRow(DatedRow):
    """Which list the authority of a dossier goes by."""

    authority: Authority
    list_authority: ListAuthority


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeciesScopeRow(DatedRow):
    """Whether a species is relevant for TSE."""

    species: Species
    is_tse_relevant: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TissueRow(DatedRow):
    """Infectivity category of a tissue; `species` None holds where no row names the species."""

    tissue: Tissue
    species: Species | None
    category: InfectivityCategory


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivativeRuleRow(DatedRow):
    """One condition of a material rule, in the notation of `conditions.py`."""

    derivative: DerivativeClass
    conditions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentExpectationRow(DatedRow):
    """A test that rule `rule_id` looks for; `species` None with human donors (H rules).

    `derivative` None: whatever the class, except `except_derivative`.
    """

    rule_id: str
    species: Species | None
    derivative: DerivativeClass | None
    except_derivative: DerivativeClass | None = None
    agent: Agent


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPolicyRow(DatedRow):
    """How old evidence of a kind may be: a convention."""

    kind: str
    maximum_age_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBasisRow(DatedRow):
    """The document that a rule of the engine rests on."""

    rule_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceLists:
    """All rows that an assessment may look at, of whatever date."""

    country_lists: tuple[CountryListRow, ...] = ()
    countries: tuple[CountryStatusRow, ...] = ()
    targets: tuple[TargetListRow, ...] = ()
    species: tuple[SpeciesScopeRow, ...] = ()
    tissues: tuple[TissueRow, ...] = ()
    derivatives: tuple[DerivativeRuleRow, ...] = ()
    agents: tuple[AgentExpectationRow, ...] = ()
    policies: tuple[StatementPolicyRow, ...] = ()
    bases: tuple[RuleBasisRow, ...] = ()
    _by_country: dict[tuple[ListAuthority, str], list[CountryStatusRow]] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        # Thousands of lots are assessed against one set of lists; the index is built once.
        index: dict[tuple[ListAuthority, str], list[CountryStatusRow]] = defaultdict(list)
        for row in self.countries:
            index[row.authority, row.country].append(row)
        object.__setattr__(self, "_by_country", dict(index))

    def country_rows(
        self, authority: ListAuthority, country: str, on: date
    ) -> tuple[CountryStatusRow, ...]:
        """The rows in force for a country and its zones."""
        rows = self._by_country.get((authority, country), [])
        return tuple(row for row in rows if row.in_force(on))

    def list_edition(self, authority: ListAuthority, on: date) -> CountryListRow | None:
        """The newest edition that answers for the day."""
        return _newest(row for row in self.country_lists
                       if row.authority is authority and row.in_force(on))  # fmt: skip

    def target_list(self, authority: Authority, on: date) -> TargetListRow | None:
        return _newest(row for row in self.targets
                       if row.authority is authority and row.in_force(on))  # fmt: skip

    def species_rows(self, species: Species, on: date) -> tuple[SpeciesScopeRow, ...]:
        return tuple(row for row in self.species if row.species is species and row.in_force(on))

    def tissue_rows(self, tissue: Tissue, species: Species, on: date) -> tuple[TissueRow, ...]:
        """The rows of the species, else those for any species."""
        rows = [row for row in self.tissues if row.tissue is tissue and row.in_force(on)]
        own = tuple(row for row in rows if row.species is species)
        return own or tuple(row for row in rows if row.species is None)

    def derivative_rows(
        self, derivative: DerivativeClass, on: date
    ) -> tuple[DerivativeRuleRow, ...]:
        rows = (row for row in self.derivatives
                if row.derivative is derivative and row.in_force(on))  # fmt: skip
        return tuple(sorted(rows, key=lambda row: row.conditions))

    def policy(self, kind: str, on: date) -> StatementPolicyRow | None:
        """The strictest policy in force for a kind of evidence."""
        rows = [row for row in self.policies if row.kind == kind and row.in_force(on)]
        return min(rows, key=lambda row: row.maximum_age_months, default=None)

    def basis(self, rule_id: str, on: date) -> tuple[Citation, ...]:
        """What a rule rests on; empty when no row says."""
        return citations(row for row in self.bases if row.rule_id == rule_id and row.in_force(on))


def citations(rows: Iterable[DatedRow]) -> tuple[Citation, ...]:
    """The distinct citations of rows, in a fixed order."""
    return tuple(sorted({row.citation for row in rows}, key=_citation_key))


def _citation_key(citation: Citation) -> tuple[str, str, str, str, str]:
    return (citation.document, citation.edition, citation.clause or "", citation.mark,
            citation.source)  # fmt: skip


def _newest(rows: Iterable[Row]) -> Row | None:
    """The row that came into force last; equal dates are decided by what the rows say."""
    return max(rows, key=lambda row: (row.valid_from or date.min, repr(row)), default=None)
