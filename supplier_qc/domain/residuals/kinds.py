"""Kinds of step, of reagent and of limit. Stored by value; keep the values."""

from enum import StrEnum


class StepKind(StrEnum):
    BATCH_WASH = "batch_wash"
    MEDIUM_EXCHANGE = "medium_exchange"
    DIAFILTRATION = "diafiltration"


class ReagentClass(StrEnum):
    """What kind of thing the reagent is; it decides how much a calculation alone may claim."""

    PROTEIN_SERUM = "protein_serum"
    ANTIBODY = "antibody"
    BEAD = "bead"
    NUCLEASE = "nuclease"
    ENZYME = "enzyme"
    GROWTH_FACTOR = "growth_factor"
    ANTIBIOTIC = "antibiotic"
    POLYSACCHARIDE = "polysaccharide"
    SMALL_MOLECULE = "small_molecule"
    OTHER = "other"


class LimitBasis(StrEnum):
    GUIDELINE = "guideline"
    ANALOGY = "analogy"  # a limit of another product class, quoted by analogy
    CONVENTION = "convention"
    HEALTH_BASED = "health_based"  # PDE or HBEL of our own
    OWN = "own"
