"""Where a material can come from, and where two sources are less than two."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from supplier_qc.domain.catalogue import UseScope, label
from supplier_qc.domain.qualification.sources import SourceMark, source_mark
from supplier_qc.domain.qualification.states import APPROVALS, QualificationStatus


class Comparability(StrEnum):
    """How far a source was shown to be comparable with the one the process was developed with."""

    REFERENCE = "reference"  # the process was developed with it
    NOT_SHOWN = "not_shown"
    PLANNED = "planned"
    DONE = "done"


class SupplyFlag(StrEnum):
    FEW_SOURCES = "few_sources"
    SAME_MAKER = "same_maker"
    SAME_ORIGIN = "same_origin"
    ORIGIN_UNKNOWN = "origin_unknown"
    NOT_COMPARED = "not_compared"
    NO_LEAD_TIME = "no_lead_time"


@dataclass(frozen=True, slots=True)
class Standing:
    """How the item stands for one use."""

    use_scope: UseScope
    status: QualificationStatus

    @property
    def is_approved(self) -> bool:
        return self.status in APPROVALS


@dataclass(frozen=True, slots=True)
class OriginPlace:
    """A species and the country (in words) its tissue or fluid was taken in, where recorded."""

    species: str
    country: str | None

    @property
    def words(self) -> str:
        return f"{self.species} from {self.country or 'a country that is not recorded'}"


@dataclass(frozen=True, slots=True)
class SupplySource:
    """An item that is still sold.

    `upstream_site_id` is the site that makes it where that is another than the one on the label.
    `lead_time_days` are those of its sellers, as recorded. `origins` is None where nothing of its
    origin is recorded, and empty where it comes from no animal or human.
    """

    item_id: int
    words: str
    site_id: int
    standings: tuple[Standing, ...] = ()
    upstream_site_id: int | None = None
    upstream_words: str | None = None
    lead_time_days: tuple[int, ...] = ()
    comparability: Comparability | None = None
    origins: frozenset[OriginPlace] | None = None

    @property
    def maker_site_id(self) -> int:
        """The site that makes it: two brands of one plant are one source."""
        return self.upstream_site_id or self.site_id

    @property
    def is_approved(self) -> bool:
        return any(one.is_approved for one in self.standings)

    def is_approved_for(self, use_scope: UseScope) -> bool:
        return any(one.is_approved for one in self.standings if one.use_scope is use_scope)

    @property
    def longest_lead_days(self) -> int | None:
        return max(self.lead_time_days, default=None)


@dataclass(frozen=True, slots=True)
class Finding:
    flag: SupplyFlag
    words: str


def mark_of(sources: Iterable[SupplySource]) -> SourceMark:
    """By the plants that make the items, not by the names on their labels."""
    listed = list(sources)
    makers = {one.maker_site_id for one in listed}
    return source_mark(len(makers), len({one.maker_site_id for one in listed if one.is_approved}))


def approved_makers(sources: Iterable[SupplySource]) -> Mapping[UseScope, int]:
    """How many plants are approved for each use that anything was proposed for."""
    listed = list(sources)
    named = {standing.use_scope for one in listed for standing in one.standings}
    return {
        use: len({one.maker_site_id for one in listed if one.is_approved_for(use)})
        for use in UseScope
        if use in named
    }


def fewest_approved(sources: Iterable[SupplySource]) -> int:
    """Of the uses that have an approved source, the number of the one with fewest; 0: none has."""
    return min((number for number in approved_makers(sources).values() if number), default=0)


def findings(sources: Sequence[SupplySource]) -> tuple[Finding, ...]:
    """Everything that makes the sources fewer than they look, or their number untold."""
    return (
        *_few(sources),
        *_same_maker(sources),
        *_same_origin(sources),
        *_not_compared(sources),
        *_no_lead_time(sources),
    )


def _few(sources: Sequence[SupplySource]) -> Iterator[Finding]:
    if not sources:
        yield Finding(SupplyFlag.FEW_SOURCES, "No item supplies this material.")
    for use, number in approved_makers(sources).items():
        if number == 0:
            words = f"No approved source for {label(use).lower()}."
            yield Finding(SupplyFlag.FEW_SOURCES, words)
        elif number == 1:
            named = " and ".join(one.words for one in sources if one.is_approved_for(use))
            words = f"One approved source for {label(use).lower()}: {named}."
            yield Finding(SupplyFlag.FEW_SOURCES, words)


def _same_maker(sources: Sequence[SupplySource]) -> Iterator[Finding]:
    for one, other in combinations(sources, 2):
        if one.maker_site_id == other.maker_site_id:
            made_at = one.upstream_words or other.upstream_words or "one site"
            words = f"{one.words} and {other.words} are both made at {made_at}: one source."
            yield Finding(SupplyFlag.SAME_MAKER, words)


def _same_origin(sources: Sequence[SupplySource]) -> Iterator[Finding]:
    for one in sources:
        if one.origins is None and len(sources) > 1:
            words = f"The origin of {one.words} is not recorded; whether it is shared is not known."
            yield Finding(SupplyFlag.ORIGIN_UNKNOWN, words)
    for one, other in combinations(sources, 2):
        shared = (one.origins or frozenset()) & (other.origins or frozenset())
        named = " and ".join(sorted(place.words for place in shared))
        if named:
            words = f"{one.words} and {other.words} share an origin: {named}."
            yield Finding(SupplyFlag.SAME_ORIGIN, words)


_COMPARED = frozenset({Comparability.REFERENCE, Comparability.DONE})


def _not_compared(sources: Sequence[SupplySource]) -> Iterator[Finding]:
    """A source alone has nothing to be compared with."""
    if len(sources) < 2:  # noqa: PLR2004 -- a pair is what can be compared
        return
    for one in sources:
        if one.comparability not in _COMPARED:
            state = {
                None: "is not recorded",
                Comparability.NOT_SHOWN: "was not shown",
                Comparability.PLANNED: "is planned and not shown yet",
            }[one.comparability]
            words = f"The comparability of {one.words} {state}."
            yield Finding(SupplyFlag.NOT_COMPARED, words)


def _no_lead_time(sources: Sequence[SupplySource]) -> Iterator[Finding]:
    for one in sources:
        if one.longest_lead_days is None:
            words = f"No seller's lead time is recorded for {one.words}."
            yield Finding(SupplyFlag.NO_LEAD_TIME, words)
