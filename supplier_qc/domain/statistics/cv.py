"""The coefficient of variation with an interval that is honest for few lots."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from supplier_qc.domain.statistics.noncentral_t import noncentrality_at

CONVENTION = (
    "CV is 100 × standard deviation (n - 1) / mean; small-n corrected CV is CV × (1 + 1/(4n)); "
    "the interval is exact for normal data (noncentral t)."
)


@dataclass(frozen=True, slots=True)
class CoefficientOfVariation:
    """Percentages; None is not defined, and `upper` may be infinite (n = 2 often is)."""

    n: int
    mean: float | None
    sd: float | None = None
    percent: float | None = None
    corrected_percent: float | None = None
    lower: float | None = None
    upper: float | None = None
    reason: str = ""


def coefficient_of_variation(
    values: Sequence[float | None], confidence: float = 0.95
) -> CoefficientOfVariation:
    """CV of `values` without the missing ones; `confidence` is that of the interval."""
    present = [value for value in values if value is not None]
    n = len(present)
    if n == 0:
        return CoefficientOfVariation(0, None, reason="There is no value.")
    mean = fmean(present)
    if n == 1:
        reason = "One value has no spread: the CV is not defined."
        return CoefficientOfVariation(n, mean, reason=reason)
    sd = stdev(present)
    if mean <= 0:
        reason = "The mean is not above zero: the CV is not defined."
        return CoefficientOfVariation(n, mean, sd, reason=reason)
    ratio = sd / mean
    corrected = 100 * ratio * (1 + 1 / (4 * n))
    if ratio == 0:
        reason = "All values are equal: the CV is 0 and has no interval."
        return CoefficientOfVariation(n, mean, sd, 0.0, 0.0, reason=reason)
    lower, upper = _interval(ratio, n, confidence)
    return CoefficientOfVariation(n, mean, sd, 100 * ratio, corrected, lower, upper)


def _interval(ratio: float, n: int, confidence: float) -> tuple[float, float]:
    """Exact two-sided interval in percent: √n / CV is a noncentral t with n - 1 df.

    The upper end is infinite where the data leave a mean of zero possible.
    """
    tail = (1 - confidence) / 2
    lower, upper = (_percent_at(share, ratio, n) for share in (tail, 1 - tail))
    return lower, upper


def _percent_at(share: float, ratio: float, n: int) -> float:
    noncentrality = noncentrality_at(math.sqrt(n) / ratio, n - 1, share)
    return math.inf if noncentrality is None else 100 * math.sqrt(n) / noncentrality
