"""The tier of an ancillary material by grade, intended use and source (USP <1043>).

The definitions of the tiers were read in a quotation of the chapter (V2); which grade and which
source leads to which tier is this product's convention (C). Tier 4 is the highest risk. What is
not known never lowers a tier: unless tier 4 is certain already, a gap leaves it unassigned.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from supplier_qc.domain.catalogue import Grade, MaterialCategory, label
from supplier_qc.domain.material_identity import IntendedUse, Toxicity
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.nesting import walk
from supplier_qc.domain.origin.vocabulary import DerivativeClass, Exposure, SourceClass

MARK = "C"
SOURCE = "USP <1043>, definitions as quoted (V2); the mapping is a convention (C)"
COVERED = frozenset({MaterialCategory.RAW, MaterialCategory.ANCILLARY})
LICENSED = frozenset({Grade.LICENSED_DRUG, Grade.DEVICE})
HIGHEST = 4

_SERA = frozenset(
    {
        DerivativeClass.SERUM_FOETAL,
        DerivativeClass.SERUM_NEWBORN,
        DerivativeClass.SERUM_CALF,
        DerivativeClass.SERUM_DONOR,
        DerivativeClass.SERUM_ADULT,
    }
)


@dataclass(frozen=True, slots=True)
class TierFacts:
    """`components` are the recorded origin facts of the item; empty when nobody recorded any."""

    category: MaterialCategory
    in_final_product: bool
    toxicity: Toxicity
    grade: Grade
    intended_use: IntendedUse
    components: tuple[OriginComponent, ...]


@dataclass(frozen=True, slots=True)
class TierAssignment:
    """`tier` is 1 to 4, or None where it cannot be assigned; `reasons` say why, all of them."""

    tier: int | None
    reasons: tuple[str, ...]

    @property
    def words(self) -> str:
        return "Tier cannot be assigned" if self.tier is None else f"Tier {self.tier}"


@dataclass(frozen=True, slots=True)
class _Finding:
    """What one fact says; a tier of None is a gap."""

    tier: int | None
    reason: str


def assign_tier(facts: TierFacts) -> TierAssignment:
    """The highest tier that any fact leads to."""
    outside = tuple(_outside(facts))
    if outside:
        return TierAssignment(None, outside)
    findings = (*_toxicity(facts), *_grade(facts), *_intended_use(facts), *_source(facts))
    tiers = [finding.tier for finding in findings if finding.tier is not None]
    gaps = tuple(finding.reason for finding in findings if finding.tier is None)
    highest = max(tiers, default=0)
    if gaps and highest < HIGHEST:
        return TierAssignment(None, gaps)
    reasons = tuple(finding.reason for finding in findings if finding.tier == highest)
    return TierAssignment(highest, reasons)


def _outside(facts: TierFacts) -> Iterator[str]:
    if facts.category not in COVERED:
        kind = label(facts.category).lower()
        yield f"USP <1043> speaks of ancillary materials; this one is recorded as {kind}."
    if facts.in_final_product:
        yield "USP <1043> speaks of materials that are not meant to be in the final product."


def _toxicity(facts: TierFacts) -> Iterator[_Finding]:
    if facts.toxicity is Toxicity.TOXIC:
        yield _Finding(4, "It is a known toxin, whatever its grade.")
    elif facts.toxicity is Toxicity.NOT_RECORDED:
        yield _Finding(None, "Nobody has recorded whether it is a known toxin.")


def _grade(facts: TierFacts) -> Iterator[_Finding]:
    if facts.grade in LICENSED:
        yield _Finding(1, f"{label(facts.grade)}: an authority has assessed it as it is.")
    elif facts.grade is Grade.GMP_FOR_FURTHER_MANUFACTURE:
        yield _Finding(2, "It is made under GMP for the manufacture of medicines.")
    elif facts.grade is Grade.IVD:
        yield _Finding(3, "It is made for diagnostics and not for manufacture.")
    elif facts.grade is Grade.RUO:
        yield _Finding(4, "It is sold for research; nothing shows that it is made under GMP.")
    else:
        yield _Finding(None, "The grade is not known.")


def _intended_use(facts: TierFacts) -> Iterator[_Finding]:
    stated = facts.intended_use
    if stated is IntendedUse.FOR_FURTHER_MANUFACTURE:
        yield _Finding(2, "The manufacturer states that it is for further manufacture.")
    elif stated is IntendedUse.DIAGNOSTIC:
        yield _Finding(3, "The manufacturer states diagnostic use.")
    elif stated is IntendedUse.RESEARCH:
        yield _Finding(4, "The manufacturer states research use.")
    elif stated is IntendedUse.NOT_STATED and facts.grade not in LICENSED:
        yield _Finding(None, "What the manufacturer states the item is for is not recorded.")


def _source(facts: TierFacts) -> Iterator[_Finding]:
    """A licensed product was assessed with its source (albumin, heparin for injection)."""
    if facts.grade in LICENSED:
        return
    if not facts.components:
        yield _Finding(None, "No origin is recorded, so animal material cannot be ruled out.")
    for part in _parts(facts.components):
        yield from _of_part(part)


def _parts(components: Iterable[OriginComponent]) -> Iterator[OriginComponent]:
    """What is in the material; what was only used to make it raises no tier."""
    for component in components:
        for _, part in walk(component):
            if part.exposure in (Exposure.PRIMARY, None):
                yield part


def _of_part(part: OriginComponent) -> Iterator[_Finding]:
    if part.source is SourceClass.UNANSWERED:
        yield _Finding(None, f"The origin of {part.name} is not answered.")
    if part.source is not SourceClass.ANIMAL:
        return
    if part.derivative is None:
        yield _Finding(None, f"What of the animal {part.name} is made of is not recorded.")
    elif part.derivative in _SERA:
        yield _Finding(4, f"{part.name} is a serum of animals: complex and not defined.")
    elif part.derivative is DerivativeClass.OTHER:
        yield _Finding(4, f"{part.name} is of animal origin and of no purified class.")
