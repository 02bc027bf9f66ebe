"""Where two sources are less than two, and where that cannot be told."""

import pytest

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.qualification.sources import SourceMark
from supplier_qc.domain.qualification.states import QualificationStatus
from supplier_qc.domain.supply.sources import (
    Comparability,
    OriginPlace,
    Standing,
    SupplyFlag,
    SupplySource,
    approved_makers,
    findings,
    mark_of,
)

_APPROVED = (Standing(UseScope.COMMERCIAL, QualificationStatus.APPROVED),)
_COW = OriginPlace("Bovine", "Australia")


def source(
    number: int,
    standings: tuple[Standing, ...] = _APPROVED,
    *,
    upstream: int | None = None,
    lead: tuple[int, ...] = (30,),
    comparability: Comparability | None = Comparability.DONE,
    origins: frozenset[OriginPlace] | None = frozenset(),
) -> SupplySource:
    words = f"Item {number}"
    made_at = "Plant, Ghent" if upstream else None
    return SupplySource(
        number, words, number, standings, upstream, made_at, lead, comparability, origins
    )


@pytest.mark.parametrize(
    ("sources", "mark"),
    [
        ([], SourceMark.NO_SOURCE),
        ([source(1)], SourceMark.SINGLE_SOURCE),
        ([source(1), source(2)], SourceMark.SEVERAL_APPROVED),
        ([source(1), source(2, upstream=1)], SourceMark.SINGLE_SOURCE),
        ([source(1, upstream=9), source(2, upstream=9)], SourceMark.SINGLE_SOURCE),
        ([source(1), source(2, ())], SourceMark.ONE_APPROVED_SOURCE),
        ([source(1, ())], SourceMark.NO_APPROVED_SOURCE),
    ],
)
def test_two_brands_of_one_plant_are_one_source(
    sources: list[SupplySource], mark: SourceMark
) -> None:
    assert mark_of(sources) is mark


_F = SupplyFlag


@pytest.mark.parametrize(
    ("sources", "flags"),
    [
        ([source(1), source(2)], []),
        ([], [_F.FEW_SOURCES]),
        ([source(1)], [_F.FEW_SOURCES]),
        ([source(1), source(2, upstream=1)], [_F.FEW_SOURCES, _F.SAME_MAKER]),
        ([source(1), source(2, lead=())], [_F.NO_LEAD_TIME]),
        ([source(1), source(2, comparability=None)], [_F.NOT_COMPARED]),
        ([source(1), source(2, comparability=Comparability.PLANNED)], [_F.NOT_COMPARED]),
        ([source(1), source(2, comparability=Comparability.REFERENCE)], []),
        (
            [source(1, origins=frozenset({_COW})), source(2, origins=frozenset({_COW}))],
            [_F.SAME_ORIGIN],
        ),
        ([source(1, origins=frozenset({_COW})), source(2)], []),
        ([source(1, origins=None), source(2)], [_F.ORIGIN_UNKNOWN]),
    ],
)
def test_every_reason_why_sources_are_fewer_than_they_look_is_named(
    sources: list[SupplySource], flags: list[SupplyFlag]
) -> None:
    assert [one.flag for one in findings(sources)] == flags


def test_a_source_approved_for_research_is_none_for_the_market() -> None:
    research = (Standing(UseScope.RESEARCH, QualificationStatus.APPROVED),)
    proposed = (Standing(UseScope.PHASE_3, QualificationStatus.PROPOSED),)
    found = approved_makers([source(1), source(2, research), source(3, proposed)])
    assert found == {UseScope.RESEARCH: 1, UseScope.COMMERCIAL: 1, UseScope.PHASE_3: 0}
