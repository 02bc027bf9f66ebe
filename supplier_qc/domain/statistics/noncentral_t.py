"""The noncentral t distribution by numerical integration, without a numerical library."""

import math
from collections.abc import Callable
from itertools import pairwise

_PANELS = 24  # of each part
_REACH = 9.0  # standard deviations beyond which a part adds less than 1e-17
_HALVINGS = 60
_INNER = math.sqrt(5 - 2 * math.sqrt(10 / 7)) / 3
_OUTER = math.sqrt(5 + 2 * math.sqrt(10 / 7)) / 3
_INNER_WEIGHT = (322 + 13 * math.sqrt(70)) / 900
_OUTER_WEIGHT = (322 - 13 * math.sqrt(70)) / 900
_GAUSS = (
    (0.0, 128 / 225),
    (-_INNER, _INNER_WEIGHT),
    (_INNER, _INNER_WEIGHT),
    (-_OUTER, _OUTER_WEIGHT),
    (_OUTER, _OUTER_WEIGHT),
)


def noncentral_t_cdf(t: float, df: int, noncentrality: float) -> float:
    """P(T <= t) for t > 0: the mean of Φ(t·s - δ) over s, the root of a chi-square over df."""
    low = max(0.0, 1 - _REACH / math.sqrt(df))
    high = 1 + _REACH / math.sqrt(df)
    turn, width = noncentrality / t, _REACH / t

    def integrand(s: float) -> float:
        return _normal_cdf(t * s - noncentrality) * _root_chi_density(s, df)

    # The integrand turns sharply around δ/t, so that stretch has its own grid.
    ends = [low, *(min(max(end, low), high) for end in (turn - width, turn + width)), high]
    parts = [(start, end) for start, end in pairwise(ends) if end > start]
    return math.fsum(_integral(integrand, start, end) for start, end in parts)


def noncentrality_at(t: float, df: int, probability: float) -> float | None:
    """The δ > 0 with P(T <= t) = probability; None when only a δ of zero or less has it."""
    if noncentral_t_cdf(t, df, 0.0) <= probability:
        return None
    low, high = 0.0, t * (1 + _REACH / math.sqrt(df)) + _REACH
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if noncentral_t_cdf(t, df, middle) > probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _normal_cdf(z: float) -> float:
    return math.erfc(-z / math.sqrt(2)) / 2


def _root_chi_density(s: float, df: int) -> float:
    logarithm = (
        math.log(2)
        + df / 2 * math.log(df / 2)
        - math.lgamma(df / 2)
        + (df - 1) * math.log(s)
        - df * s * s / 2
    )
    return math.exp(logarithm)


def _integral(function: Callable[[float], float], start: float, end: float) -> float:
    """Five-point Gauss-Legendre quadrature on equal panels."""
    half = (end - start) / _PANELS / 2
    return half * math.fsum(
        weight * function(start + half * (2 * panel + 1 + node))
        for panel in range(_PANELS)
        for node, weight in _GAUSS
    )
