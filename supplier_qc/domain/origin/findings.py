"""What the rules hand back: rules that fired, what would change them, and evidence gaps."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from supplier_qc.domain.origin.country_status import PlaceStatus
from supplier_qc.domain.origin.reference import Citation
from supplier_qc.domain.origin.vocabulary import Authority, Level


@dataclass(frozen=True, slots=True)
class CounterFact:
    """A fact that would change the conclusion; `level` None: it would let one be drawn."""

    sentence: str
    level: Level | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiredRule:
    """A rule that applied. `level` is what it alone leads to, where it leads to one.

    `component` is the path of names from the item's component downwards; `facts` are the facts
    it used, each as `what: value`.
    """

    rule_id: str
    component: str
    level: Level | None = None
    facts: tuple[str, ...] = ()
    sentence: str
    citations: tuple[Citation, ...] = ()
    counter_facts: tuple[CounterFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """Rules that fired and gaps, each gap a sentence that says what is missing."""

    fired: tuple[FiredRule, ...] = ()
    gaps: tuple[str, ...] = ()

    def __add__(self, other: "Findings") -> "Findings":
        return Findings(self.fired + other.fired, self.gaps + other.gaps)


NOTHING = Findings()


class HumanVerdict(StrEnum):
    COMPLETE = "complete"
    GAPS = "gaps"


@dataclass(frozen=True, slots=True)
class ComponentLevel:
    component: str
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The conclusion for one target authority on one day.

    `blocks`: nothing may be released on it, because it is critical, unknown, or human material
    with gaps. `list_edition` names the edition of the country list that was used.
    `human_verdict` is None where nothing is of human origin.
    """

    authority: Authority
    on: date
    level: Level
    blocks: bool
    fired: tuple[FiredRule, ...]
    gaps: tuple[str, ...]
    list_edition: str
    places: tuple[PlaceStatus, ...]
    component_levels: tuple[ComponentLevel, ...]
    human_verdict: HumanVerdict | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverallAssessment:
    """All target authorities side by side; `level` is the worst of them."""

    by_authority: tuple[Assessment, ...]
    level: Level
    blocks: bool
    disagreements: tuple[FiredRule, ...]
