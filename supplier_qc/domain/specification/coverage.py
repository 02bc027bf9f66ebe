"""Whether every test of our specification has a result, and which results go beyond it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from supplier_qc.domain.measurement.values import ValueKind
from supplier_qc.domain.specification.lines import LimitLine
from supplier_qc.domain.specification.results import Result
from supplier_qc.domain.specification.verdicts import Judgement, evaluate


@dataclass(frozen=True, slots=True)
class Coverage:
    missing: tuple[str, ...]  # our attributes without a result
    extra: tuple[str, ...]  # results that our specification does not ask for

    @property
    def is_complete(self) -> bool:
        return not self.missing


def coverage(lines: Sequence[LimitLine], results: Mapping[str, Result | None]) -> Coverage:
    """Name missing and extra tests; a blank, "n/a" or "not tested" result is a missing one."""
    given = {
        name
        for name, result in results.items()
        if result is not None and result.kind is not ValueKind.EMPTY
    }
    ours = [line.attribute for line in lines]
    return Coverage(
        missing=tuple(name for name in ours if name not in given),
        extra=tuple(name for name in results if name not in ours),
    )


def judge_all(
    lines: Sequence[LimitLine], results: Mapping[str, Result | None]
) -> dict[str, Judgement]:
    """The judgement of every line, in the order of the specification; none is left out."""
    return {line.attribute: evaluate(results.get(line.attribute), line) for line in lines}
