"""Kinds of clearance step and bases of a residual limit. Stored by value; keep the values."""

from enum import StrEnum


class StepKind(StrEnum):
    BATCH_WASH = "batch_wash"
    MEDIUM_EXCHANGE = "medium_exchange"
    DIAFILTRATION = "diafiltration"


class LimitBasis(StrEnum):
    GUIDELINE = "guideline"
    ANALOGY = "analogy"  # a limit of another product class, quoted by analogy
    CONVENTION = "convention"
    HEALTH_BASED = "health_based"  # PDE or HBEL of our own
    OWN = "own"
