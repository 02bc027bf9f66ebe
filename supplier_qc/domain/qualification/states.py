"""States of a qualification and the moves between them (domain convention, no legal source)."""

from enum import StrEnum


class QualificationStatus(StrEnum):
    """What was last decided; that a source is due again follows from dates and is not stored."""

    PROPOSED = "proposed"
    CONDITIONALLY_APPROVED = "conditionally_approved"
    APPROVED = "approved"
    SUSPENDED = "suspended"
    DISQUALIFIED = "disqualified"
    UNDER_EVALUATION = "under_evaluation"
    ON_PROBATION = "on_probation"
    RETIRED = "retired"


_S = QualificationStatus
_ENDS = frozenset({_S.DISQUALIFIED, _S.RETIRED})
MOVES: dict[QualificationStatus, frozenset[QualificationStatus]] = {
    _S.PROPOSED: frozenset({_S.UNDER_EVALUATION, _S.CONDITIONALLY_APPROVED, _S.APPROVED}) | _ENDS,
    _S.UNDER_EVALUATION: frozenset({_S.CONDITIONALLY_APPROVED, _S.APPROVED}) | _ENDS,
    _S.CONDITIONALLY_APPROVED: frozenset(
        {_S.CONDITIONALLY_APPROVED, _S.APPROVED, _S.ON_PROBATION, _S.SUSPENDED}
    )
    | _ENDS,
    _S.APPROVED: frozenset({_S.APPROVED, _S.CONDITIONALLY_APPROVED, _S.ON_PROBATION, _S.SUSPENDED})
    | _ENDS,
    _S.ON_PROBATION: frozenset(
        {_S.ON_PROBATION, _S.APPROVED, _S.CONDITIONALLY_APPROVED, _S.SUSPENDED}
    )
    | _ENDS,
    _S.SUSPENDED: frozenset({_S.CONDITIONALLY_APPROVED, _S.APPROVED, _S.ON_PROBATION}) | _ENDS,
    _S.RETIRED: frozenset({_S.UNDER_EVALUATION}),
    _S.DISQUALIFIED: frozenset(),
}

DECISIONS = (
    _S.APPROVED,
    _S.CONDITIONALLY_APPROVED,
    _S.ON_PROBATION,
    _S.SUSPENDED,
    _S.RETIRED,
    _S.DISQUALIFIED,
)
"""What a signature can end in; an evaluation is begun without one."""

APPROVALS = frozenset({_S.APPROVED, _S.CONDITIONALLY_APPROVED, _S.ON_PROBATION})
"""In use: may be bought, perhaps within limits, and is qualified again when its day comes."""

OPENING = frozenset({_S.APPROVED, _S.CONDITIONALLY_APPROVED})
"""Decisions that open a source, or open it again: proposed by one person, signed by another."""

LIMITING = frozenset({_S.CONDITIONALLY_APPROVED, _S.ON_PROBATION})
"""Decisions that name what has to be done, or what the source is limited to."""
