"""What it takes to assess 20,000 lots by the lists before and after a change.

Peer in the same run: 2,000 lots, each assessed alone. Both print their time per lot.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice, product

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from supplier_qc.domain.origin.facts import OriginComponent, Place, ProcessStep, Statement
from supplier_qc.domain.origin.list_impact import AuthorityChange, Facts, Reassessment
from supplier_qc.domain.origin.reference import ReferenceLists
from supplier_qc.domain.origin.vocabulary import (
    Attestation,
    BseStatus,
    DerivativeClass,
    Exposure,
    IndirectOrigin,
    IssuerRole,
    Residue,
    Route,
    SourceClass,
    Species,
    StepKind,
    Stunning,
    Tissue,
    Use,
)
from supplier_qc.persistence.reference_files import read_reference_lists
from supplier_qc.queries.origin import DOSSIER_AUTHORITIES

LOTS = 20_000
LOTS_ALONE = 2_000
ON = date(2026, 11, 24)
COUNTRIES = ("AU", "NZ", "FR", "US", "MX")
COLLECTED = 40
"""Days of collection: 5 countries, 40 days and 2 irradiation doses are 400 different facts."""

STATEMENT = Statement(
    issued_on=date(2026, 5, 4),
    issuer_role=IssuerRole.MANUFACTURER,
    covers_item=True,
    covers_site=True,
    guideline_edition="EMA/410/01 rev. 3",
    is_signed=True,
)


def serum(country: str, collected_on: date, dose_kgy: Decimal) -> OriginComponent:
    place = Place(country)
    return OriginComponent(
        name="Foetal blood",
        exposure=Exposure.PRIMARY,
        source=SourceClass.ANIMAL,
        species=Species.CATTLE,
        tissue=Tissue.BLOOD,
        derivative=DerivativeClass.SERUM_FOETAL,
        birth=place,
        rearing=place,
        slaughter=place,
        collected_on=collected_on,
        stunning=Stunning.NON_PENETRATIVE,
        attested=frozenset({Attestation.CLOSED_COLLECTION, Attestation.DEDICATED_COLLECTION_AREA}),
        process=(ProcessStep(kind=StepKind.IRRADIATION, evidence="T-12", dose_kgy=dose_kgy),),
        statements=(STATEMENT,),
        indirect_origin=IndirectOrigin.NONE_WITH_EVIDENCE,
        use=Use.REAGENT_ROUTINE,
        route=Route.PARENTERAL,
        residue=Residue.QUANTIFIED,
    )


def lots(number: int) -> list[Facts]:
    """As many lots as asked for, over all the different facts in turn; each its own object."""
    return list(islice(_lots(), number))


def _lots() -> Iterator[Facts]:
    doses = (Decimal(30), Decimal(35))
    while True:
        for day, country, dose in product(range(COLLECTED), COUNTRIES, doses):
            yield (serum(country, date(2024, 1, 1) + timedelta(days=day), dose),)


def changed_lists(before: ReferenceLists) -> ReferenceLists:
    """Every list calls Australia undetermined."""
    rows = (
        replace(row, status=BseStatus.UNDETERMINED) if row.country == "AU" else row
        for row in before.countries
    )
    return replace(before, countries=tuple(rows))


def reassessment() -> Reassessment:
    before = read_reference_lists()
    return Reassessment(DOSSIER_AUTHORITIES, before, changed_lists(before), ON)


def test_reassessment_of_20_000_lots(benchmark: BenchmarkFixture) -> None:
    facts = lots(LOTS)

    def reassess() -> list[tuple[AuthorityChange, ...]]:
        one = reassessment()
        return [one.of(lot) for lot in facts]

    found = benchmark.pedantic(reassess, rounds=3)
    assert sum(bool(changes) for changes in found) == LOTS // len(COUNTRIES)
    _print(benchmark, LOTS, "equal facts assessed once")


def test_reassessment_of_2_000_lots_each_alone_peer(benchmark: BenchmarkFixture) -> None:
    facts = lots(LOTS_ALONE)
    one = reassessment()
    found = benchmark.pedantic(lambda: [one.alone(lot) for lot in facts], rounds=1)
    assert sum(bool(changes) for changes in found) == LOTS_ALONE // len(COUNTRIES)
    _print(benchmark, LOTS_ALONE, "each assessed alone")


def _print(benchmark: BenchmarkFixture, number: int, how: str) -> None:
    if benchmark.stats is None:
        pytest.skip("benchmarks are switched off: nothing was timed")
    seconds = benchmark.stats.stats.median
    took = f"{number} lots, {how}: {seconds:.2f} s, {seconds / number * 1e6:.0f} µs a lot"
    print(f"\n{took}")  # noqa: T201 -- the figure a lot is what the run is for
