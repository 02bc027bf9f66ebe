"""Intervals for shares, rates and medians of few cases; floats, each with its source."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

CONVENTION = (
    "95 % intervals: Wilson score for shares (Wilson 1927; Newcombe 1998, method 3), exact Poisson "
    "for rates (Garwood 1936), order statistics for medians (Hahn and Meeker 1991, 5.2), where "
    "fewer than 6 cases have none."
)

_HALVINGS = 200


@dataclass(frozen=True, slots=True)
class Interval:
    lower: float
    upper: float


def wilson_interval(successes: int, n: int, confidence: float = 0.95) -> Interval:
    """Two-sided score interval, without correction for continuity, of a share between 0 and 1.

    Newcombe RG, Statistics in Medicine 1998;17:857-872, method 3. `n` is above 0.
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, scale = successes / n, 1 + z * z / n
    middle = (share + z * z / (2 * n)) / scale
    half = z / scale * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    lower = 0.0 if successes == 0 else middle - half
    return Interval(lower, 1.0 if successes == n else middle + half)


def poisson_interval(count: int, confidence: float = 0.95) -> Interval:
    """Exact two-sided interval of the mean of a Poisson count.

    Garwood F, Biometrika 1936;28:437-442: the ends leave half of the error on either side.
    """
    tail = (1 - confidence) / 2
    reach = count + 10 * math.sqrt(count + 1) + 20

    def upper_tail(mean: float) -> float:
        return 1 - _poisson_cdf(count - 1, mean)

    def lower_tail(mean: float) -> float:
        return 1 - _poisson_cdf(count, mean)

    lower = 0.0 if count == 0 else _where(upper_tail, tail, reach)
    return Interval(lower, _where(lower_tail, 1 - tail, reach))


def _poisson_cdf(count: int, mean: float) -> float:
    if mean == 0:
        return 1.0
    logarithm = math.log(mean)
    terms = (math.exp(k * logarithm - mean - math.lgamma(k + 1)) for k in range(count + 1))
    return math.fsum(terms)


def _where(rising: Callable[[float], float], level: float, reach: float) -> float:
    """The place between 0 and `reach` at which a rising function takes the level."""
    low, high = 0.0, reach
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if rising(middle) < level:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def median_interval(values: Sequence[float], confidence: float = 0.95) -> Interval | None:
    """Distribution-free interval of the median between two order statistics.

    Hahn GJ, Meeker WQ, Statistical Intervals, 1991, 5.2: the narrowest symmetric pair that holds
    the confidence. None where not even the extremes hold it, which is so below 6 values at 95 %.
    """
    ordered = sorted(values)
    n = len(ordered)
    found = None
    for rank in range(1, n // 2 + 1):
        beyond = 2 * sum(math.comb(n, k) for k in range(rank)) / 2**n
        if 1 - beyond < confidence:
            break
        found = Interval(ordered[rank - 1], ordered[n - rank])
    return found
