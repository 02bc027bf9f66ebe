"""A mark where one source alone stands between a material and a shortage."""

import pytest

from supplier_qc.domain.catalogue import RiskClass
from supplier_qc.domain.qualification.sources import SourceMark, source_mark, source_words


@pytest.mark.parametrize(
    ("sites", "approved", "mark"),
    [
        (0, 0, SourceMark.NO_SOURCE),
        (1, 0, SourceMark.NO_APPROVED_SOURCE),
        (3, 0, SourceMark.NO_APPROVED_SOURCE),
        (1, 1, SourceMark.SINGLE_SOURCE),
        (2, 1, SourceMark.ONE_APPROVED_SOURCE),
        (2, 2, SourceMark.SEVERAL_APPROVED),
    ],
)
def test_a_site_that_was_never_approved_is_no_second_source(
    sites: int, approved: int, mark: SourceMark
) -> None:
    assert source_mark(sites, approved) is mark


@pytest.mark.parametrize("mark", list(SourceMark))
def test_a_critical_material_says_so_unless_it_has_several(mark: SourceMark) -> None:
    assert source_words(mark, RiskClass.CRITICAL).endswith(", critical") is (
        mark is not SourceMark.SEVERAL_APPROVED
    )
    assert "critical" not in source_words(mark, RiskClass.MAJOR)
