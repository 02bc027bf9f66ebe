"""Records of a decision on a source: what occasioned it, and what came of it."""

from enum import StrEnum


class DecisionKind(StrEnum):
    INITIAL = "initial"
    PERIODIC = "periodic"
    FOR_CAUSE = "for_cause"


class DecisionOutcome(StrEnum):
    OPEN = "open"  # proposed, and waiting for a signature
    SIGNED = "signed"  # a decision was signed, the one proposed or another
    DECLINED = "declined"  # signed as "no": the state stays what it was
