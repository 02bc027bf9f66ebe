"""How the steps up and down add to a level."""

from dataclasses import dataclass, replace

from supplier_qc.domain.origin.vocabulary import Level, severity, worst

_JUDGED = (Level.LOW, Level.MEDIUM, Level.HIGH, Level.CRITICAL)


@dataclass(frozen=True, slots=True)
class Weighing:
    """A base level with its steps.

    Steps up (T12, T13) and the one step down (T14, or the validated process of T06) are added
    before the sum is held between low and critical, so one certificate never takes back more
    than one of several steps up. `is_fixed`: nothing lowers the level (T04, T23).
    """

    base: Level
    steps_up: int = 0
    has_credit: bool = False
    is_fixed: bool = False

    def level(self) -> Level:
        if self.base is Level.UNKNOWN:
            return Level.UNKNOWN
        step_down = int(self.has_credit and not self.is_fixed)
        place = _JUDGED.index(self.base) + self.steps_up - step_down
        return _JUDGED[min(max(place, 0), len(_JUDGED) - 1)]

    def with_credit(self) -> Level:
        return replace(self, has_credit=True).level()

    def with_fewer_steps_up(self) -> Level:
        return replace(self, steps_up=self.steps_up - 1).level()

    def with_base(self, base: Level) -> Level:
        return replace(self, base=base, is_fixed=False).level()


def is_lower(one: Level, other: Level) -> bool:
    return severity(one) < severity(other)


def worst_level(levels: tuple[Level, ...]) -> Level:
    """The worst level; nothing to judge is unknown."""
    return worst(levels) if levels else Level.UNKNOWN
