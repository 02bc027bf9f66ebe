"""Requirements of several sources set side by side: the worst of a kind, and who has a gap."""

from collections.abc import Iterable, Sequence

from supplier_qc.domain.qualification.requirements import Requirement, RequirementState

_WORST_FIRST = (
    RequirementState.OPEN,
    RequirementState.EXPIRED,
    RequirementState.EXPIRING,
    RequirementState.MET,
    RequirementState.NOT_APPLICABLE,
)


def worst(found: Sequence[Requirement]) -> Requirement:
    """The one that stands worst; what is only optional is never worse than what is required."""
    return min(found, key=_badness)


def has_gap(found: Iterable[Requirement]) -> bool:
    """Whether something required is open or has run out."""
    return any(one.is_lacking and one.is_required for one in found)


def _badness(one: Requirement) -> tuple[int, int, int]:
    if one.is_lacking and not one.is_required:  # beside what is met, before what nobody asks
        return _WORST_FIRST.index(RequirementState.MET), 1, 0
    days = one.days_left if one.days_left is not None else 10**6
    return _WORST_FIRST.index(one.state), int(one.covered_until is not None), days
