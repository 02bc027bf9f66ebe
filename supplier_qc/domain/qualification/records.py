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


class CauseKind(StrEnum):
    """What opened a requalification for cause."""

    REFERENCE_LIST = "reference_list"  # a new edition made an origin worse
    SUPPLIER_NOTICE = "supplier_notice"  # the assessment of a notice asked for it
    CORRECTIVE_ACTION = "corrective_action"  # a request was closed as not effective
