"""Which medium or supplement was tested for which cells and which culture process.

A combination that nobody tested is not tested, whatever is known of its neighbours. Where a
combination was tested more than once the latest day stands; results of one day that differ settle
nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TissueSource(StrEnum):
    BONE_MARROW = "bone_marrow"
    ADIPOSE = "adipose"
    CORD_TISSUE = "cord_tissue"
    CORD_BLOOD = "cord_blood"


class CultureProcess(StrEnum):
    PLANAR = "planar"
    MICROCARRIER = "microcarrier"
    HOLLOW_FIBRE = "hollow_fibre"
    FIXED_BED = "fixed_bed"


class SuitabilityResult(StrEnum):
    SUITABLE = "suitable"
    WITH_LIMITS = "with_limits"
    INCONCLUSIVE = "inconclusive"
    NOT_SUITABLE = "not_suitable"


PROCESS_WORDS = {
    CultureProcess.PLANAR: "Planar culture (2D)",
    CultureProcess.MICROCARRIER: "Microcarriers",
    CultureProcess.HOLLOW_FIBRE: "Hollow fibre",
    CultureProcess.FIXED_BED: "Fixed bed",
}


@dataclass(frozen=True, slots=True)
class SuitabilityTest:
    tissue: TissueSource
    process: CultureProcess
    result: SuitabilityResult
    tested_on: date


@dataclass(frozen=True, slots=True)
class SuitabilityCell:
    """`result` is None where the combination is not tested; `reason` is a sentence."""

    tissue: TissueSource
    process: CultureProcess
    result: SuitabilityResult | None
    reason: str


def standing(
    tests: Iterable[SuitabilityTest], tissue: TissueSource, process: CultureProcess
) -> SuitabilityCell:
    """What the tests say of one combination."""
    own = [test for test in tests if (test.tissue, test.process) == (tissue, process)]
    if not own:
        return SuitabilityCell(tissue, process, None, "Nobody has tested this combination.")
    latest = max(test.tested_on for test in own)
    results = {test.result for test in own if test.tested_on == latest}
    if len(results) > 1:
        reason = f"Results of {latest.isoformat()} differ, so they settle nothing."
        return SuitabilityCell(tissue, process, SuitabilityResult.INCONCLUSIVE, reason)
    return SuitabilityCell(tissue, process, results.pop(), f"Tested on {latest.isoformat()}.")


def matrix(tests: Sequence[SuitabilityTest]) -> list[list[SuitabilityCell]]:
    """One row a tissue, one cell a process, every combination."""
    return [
        [standing(tests, tissue, process) for process in CultureProcess] for tissue in TissueSource
    ]
