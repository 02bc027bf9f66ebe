"""Individuals and moving-range limits, from a baseline and for later lots.

Conventions: sigma is the mean moving range over d2 = 2/sqrt(pi) exactly (the handbook constant
1.128 differs in the fourth figure), moving ranges do not bridge a missing lot, and a point is
beyond a limit only strictly.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

D2 = 2 / math.sqrt(math.pi)  # mean range of two standard normal values
D3 = math.sqrt(2 - 4 / math.pi)  # standard deviation of that range
D4 = 1 + 3 * D3 / D2  # 3.2665; handbooks print 3.267

CONVENTION = (
    "Individuals chart: sigma from the mean moving range of neighbouring lots over "
    "d2 = 2/√π (1.12838); limits at the centre ± 3 sigma; a missing lot is a gap that no moving "
    "range bridges; a point is beyond a limit only when strictly outside it."
)

Values = Sequence[float | None]  # in lot order; None is a missing lot


@dataclass(frozen=True, slots=True)
class IndividualsLimits:
    """Limits of one baseline; a figure that is not defined is None, with the reason beside it."""

    n: int
    centre: float | None
    mr_bar: float | None = None
    sigma_within: float | None = None
    ucl: float | None = None
    lcl: float | None = None
    mr_ucl: float | None = None
    reason: str = ""


def moving_ranges(values: Values) -> tuple[float | None, ...]:
    """|x[i+1] - x[i]| for each neighbouring pair; None where either of the two is missing."""
    return tuple(
        None if earlier is None or later is None else abs(later - earlier)
        for earlier, later in pairwise(values)
    )


def individuals_limits(values: Values) -> IndividualsLimits:
    """Limits from baseline `values` in lot order; freeze them by keeping the result."""
    present = [value for value in values if value is not None]
    if not present:
        return IndividualsLimits(0, None, reason="There is no baseline value.")
    centre = fmean(present)
    ranges = [one for one in moving_ranges(values) if one is not None]
    if not ranges:
        reason = "Limits are not defined: no two neighbouring lots have a value."
        return IndividualsLimits(len(present), centre, reason=reason)
    mr_bar = fmean(ranges)
    sigma = mr_bar / D2
    reason = "" if sigma else "All moving ranges are zero, so the limits lie on the centre line."
    return IndividualsLimits(
        len(present), centre, mr_bar, sigma,
        ucl=centre + 3 * sigma, lcl=centre - 3 * sigma, mr_ucl=D4 * mr_bar, reason=reason,
    )  # fmt: skip


def points_beyond(values: Values, limits: IndividualsLimits) -> tuple[int, ...]:
    """Numbers (from 1) of the points strictly outside the limits of the baseline."""
    if limits.ucl is None or limits.lcl is None:
        return ()
    return tuple(
        number
        for number, value in enumerate(values, start=1)
        if value is not None and (value > limits.ucl or value < limits.lcl)
    )


def ranges_beyond(values: Values, limits: IndividualsLimits) -> tuple[int, ...]:
    """Numbers (from 1) of the later points whose moving range is strictly above its limit."""
    if limits.mr_ucl is None:
        return ()
    return tuple(
        number
        for number, one in enumerate(moving_ranges(values), start=2)
        if one is not None and one > limits.mr_ucl
    )
