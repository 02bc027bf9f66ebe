"""States of a qualification and the moves between them (domain convention, no legal source)."""

from enum import StrEnum


class QualificationStatus(StrEnum):
    PROPOSED = "proposed"
    CONDITIONALLY_APPROVED = "conditionally_approved"
    APPROVED = "approved"
    SUSPENDED = "suspended"
    DISQUALIFIED = "disqualified"


_S = QualificationStatus
MOVES: dict[QualificationStatus, frozenset[QualificationStatus]] = {
    _S.PROPOSED: frozenset({_S.CONDITIONALLY_APPROVED, _S.APPROVED, _S.DISQUALIFIED}),
    _S.CONDITIONALLY_APPROVED: frozenset(
        {_S.CONDITIONALLY_APPROVED, _S.APPROVED, _S.SUSPENDED, _S.DISQUALIFIED}
    ),
    _S.APPROVED: frozenset({_S.APPROVED, _S.CONDITIONALLY_APPROVED, _S.SUSPENDED, _S.DISQUALIFIED}),
    _S.SUSPENDED: frozenset({_S.CONDITIONALLY_APPROVED, _S.APPROVED, _S.DISQUALIFIED}),
    _S.DISQUALIFIED: frozenset(),
}

APPROVALS = frozenset({_S.APPROVED, _S.CONDITIONALLY_APPROVED})


def decision_blockers(
    status: QualificationStatus, target: QualificationStatus, conditions: str | None
) -> tuple[str, ...]:
    """Every reason why a qualification in `status` cannot be decided as `target`."""
    blockers = []
    if target not in MOVES[status]:
        blockers.append(
            f"A source that is {status.value.replace('_', ' ')} "
            f"cannot become {target.value.replace('_', ' ')}."
        )
    if target is QualificationStatus.CONDITIONALLY_APPROVED and not (conditions or "").strip():
        blockers.append("A conditional approval names its conditions.")
    return tuple(blockers)
