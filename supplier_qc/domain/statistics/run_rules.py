"""Nelson's eight run rules (Nelson, J. Qual. Technol. 1984;16:237-239), each selectable.

Conventions: "beyond" is strict; a value on the centre line or on a zone line is not beyond it;
rule 3 is six points in a row (five rises or falls), ties break it; a missing lot breaks every
pattern. Each point that completes a pattern is named. For rules 5 and 6 it is named when it lies
beyond the zone line itself; `every_window_end` names each end of a window instead.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from supplier_qc.domain.statistics.individuals import IndividualsLimits, Values

Window = Sequence[float]  # distances from the centre in sigma, oldest first


class NelsonRule(StrEnum):
    BEYOND_THREE_SIGMA = "nelson_1"
    NINE_ON_ONE_SIDE = "nelson_2"
    SIX_IN_A_TREND = "nelson_3"
    FOURTEEN_ALTERNATING = "nelson_4"
    TWO_OF_THREE_BEYOND_TWO_SIGMA = "nelson_5"
    FOUR_OF_FIVE_BEYOND_ONE_SIGMA = "nelson_6"
    FIFTEEN_WITHIN_ONE_SIGMA = "nelson_7"
    EIGHT_OUTSIDE_ONE_SIGMA = "nelson_8"

    @property
    def number(self) -> int:
        return int(self.value[-1])


WORDS: dict[NelsonRule, str] = {
    NelsonRule.BEYOND_THREE_SIGMA: "One point beyond 3 sigma: an outlying lot.",
    NelsonRule.NINE_ON_ONE_SIDE: "Nine points in a row on one side of the centre: a shift.",
    NelsonRule.SIX_IN_A_TREND: "Six points in a row rising or falling: a drift.",
    NelsonRule.FOURTEEN_ALTERNATING: (
        "Fourteen points in a row going up and down in turn: two alternating causes."
    ),
    NelsonRule.TWO_OF_THREE_BEYOND_TWO_SIGMA: (
        "Two of three points beyond 2 sigma on the same side: a likely shift."
    ),
    NelsonRule.FOUR_OF_FIVE_BEYOND_ONE_SIGMA: (
        "Four of five points beyond 1 sigma on the same side: a small shift."
    ),
    NelsonRule.FIFTEEN_WITHIN_ONE_SIGMA: (
        "Fifteen points in a row within 1 sigma: less spread than the limits assume."
    ),
    NelsonRule.EIGHT_OUTSIDE_ONE_SIGMA: (
        "Eight points in a row beyond 1 sigma on either side: two populations mixed."
    ),
}


@dataclass(frozen=True, slots=True)
class RuleFinding:
    """One rule with the numbers (from 1) of the points that complete its pattern."""

    rule: NelsonRule
    points: tuple[int, ...]
    words: str


@dataclass(frozen=True, slots=True)
class RunRuleReport:
    """Findings of the selected rules; where none could be applied, `reason` says why."""

    findings: tuple[RuleFinding, ...]
    reason: str = ""


def run_rules(
    values: Values,
    limits: IndividualsLimits,
    rules: Iterable[NelsonRule] = tuple(NelsonRule),
    *,
    every_window_end: bool = False,
) -> RunRuleReport:
    """Apply the selected rules to `values` in lot order against limits of a baseline."""
    if limits.centre is None or not limits.sigma_within:
        return RunRuleReport((), f"Run rules are not defined. {limits.reason}")
    distances = [
        None if value is None else (value - limits.centre) / limits.sigma_within for value in values
    ]
    found = []
    for rule in rules:
        points = _completing(distances, rule, every_window_end=every_window_end)
        if points:
            found.append(RuleFinding(rule, points, WORDS[rule]))
    return RunRuleReport(tuple(found))


def _completing(distances: Values, rule: NelsonRule, *, every_window_end: bool) -> tuple[int, ...]:
    length, is_pattern, own = _PATTERNS[rule]
    points = []
    for end in range(length, len(distances) + 1):
        window = [one for one in distances[end - length : end] if one is not None]
        if len(window) < length or not is_pattern(window):
            continue
        if every_window_end or own(window):
            points.append(end)
    return tuple(points)


def _beyond(window: Window, sigma: float, wanted: int) -> bool:
    above = sum(one > sigma for one in window)
    below = sum(one < -sigma for one in window)
    return max(above, below) >= wanted


def _own_beyond(window: Window, sigma: float, wanted: int) -> bool:
    """The last point lies beyond the zone on the side where the pattern is."""
    same_side = [one for one in window if (one > 0) == (window[-1] > 0)]
    return abs(window[-1]) > sigma and _beyond(same_side, sigma, wanted)


def _is_trend(window: Window) -> bool:
    steps = _steps(window)
    return all(step > 0 for step in steps) or all(step < 0 for step in steps)


def _alternates(window: Window) -> bool:
    steps = _steps(window)
    return all(step * following < 0 for step, following in pairwise(steps))


def _steps(window: Window) -> list[float]:
    return [later - earlier for earlier, later in pairwise(window)]


def _always(_: Window) -> bool:
    return True


# Rule: points in the pattern, the pattern, and whether its last point is one of those meant.
_PATTERNS: dict[
    NelsonRule, tuple[int, Callable[[Window], bool], Callable[[Window], bool]]
] = {
    NelsonRule.BEYOND_THREE_SIGMA: (1, lambda window: _beyond(window, 3, 1), _always),
    NelsonRule.NINE_ON_ONE_SIDE: (9, lambda window: _beyond(window, 0, 9), _always),
    NelsonRule.SIX_IN_A_TREND: (6, _is_trend, _always),
    NelsonRule.FOURTEEN_ALTERNATING: (14, _alternates, _always),
    NelsonRule.TWO_OF_THREE_BEYOND_TWO_SIGMA: (
        3, lambda window: _beyond(window, 2, 2), lambda window: _own_beyond(window, 2, 2),
    ),
    NelsonRule.FOUR_OF_FIVE_BEYOND_ONE_SIGMA: (
        5, lambda window: _beyond(window, 1, 4), lambda window: _own_beyond(window, 1, 4),
    ),
    NelsonRule.FIFTEEN_WITHIN_ONE_SIGMA: (
        15, lambda window: all(abs(one) < 1 for one in window), _always,
    ),
    NelsonRule.EIGHT_OUTSIDE_ONE_SIGMA: (
        8, lambda window: all(abs(one) > 1 for one in window), _always,
    ),
}  # fmt: skip
