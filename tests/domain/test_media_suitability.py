"""What is known of a medium for cells and process; what nobody tested is never suitable."""

from datetime import date

import pytest

from supplier_qc.domain.media_suitability import (
    CultureProcess,
    SuitabilityResult,
    SuitabilityTest,
    TissueSource,
    matrix,
    standing,
)

MARROW, CORD = TissueSource.BONE_MARROW, TissueSource.CORD_TISSUE
FLAT, BEADS = CultureProcess.PLANAR, CultureProcess.MICROCARRIER
GOOD, LIMITED = SuitabilityResult.SUITABLE, SuitabilityResult.WITH_LIMITS
OPEN, BAD = SuitabilityResult.INCONCLUSIVE, SuitabilityResult.NOT_SUITABLE
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def culture(result: SuitabilityResult, on: date) -> SuitabilityTest:
    return SuitabilityTest(MARROW, FLAT, result, on)


@pytest.mark.parametrize(
    ("tests", "result"),
    [
        ([], None),
        ([SuitabilityTest(CORD, FLAT, GOOD, MAY)], None),
        ([SuitabilityTest(MARROW, BEADS, GOOD, MAY)], None),
        ([culture(GOOD, MAY)], GOOD),
        ([culture(LIMITED, MAY)], LIMITED),
        ([culture(GOOD, MAY), culture(BAD, JUNE)], BAD),
        ([culture(BAD, MAY), culture(GOOD, JUNE)], GOOD),
        ([culture(GOOD, JUNE), culture(BAD, JUNE)], OPEN),
        ([culture(GOOD, JUNE), culture(GOOD, JUNE), culture(BAD, MAY)], GOOD),
    ],
)
def test_a_combination_stands_as_it_was_tested_last(
    tests: list[SuitabilityTest], result: SuitabilityResult | None
) -> None:
    cell = standing(tests, MARROW, FLAT)
    assert cell.result is result
    assert cell.reason.endswith(".")


def test_every_combination_has_a_cell_and_is_untested_until_somebody_tests_it() -> None:
    cells = [cell for row in matrix([culture(GOOD, MAY)]) for cell in row]
    assert len(cells) == len(TissueSource) * len(CultureProcess)
    assert [cell.result for cell in cells].count(None) == len(cells) - 1
