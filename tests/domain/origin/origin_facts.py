"""Arbitrary origin facts for property tests, and the lists as shipped."""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import TypeVar

from hypothesis import strategies as st

from supplier_qc.domain.origin.facts import (
    TISSUES_OF,
    AgentTest,
    Cep,
    HumanOrigin,
    OpenEnded,
    OriginComponent,
    PathogenReduction,
    Place,
    ProcessStep,
    Statement,
)
from supplier_qc.domain.origin.reference import ReferenceLists
from supplier_qc.domain.origin.vocabulary import (
    Agent,
    Attestation,
    DerivativeClass,
    DonorAttestation,
    IndirectOrigin,
    IssuerRole,
    PathogenReductionStage,
    Residue,
    Route,
    SourceClass,
    Species,
    StepKind,
    Stunning,
    TestResult,
    Tissue,
)
from supplier_qc.persistence.reference_files import read_reference_lists

ON = date(2026, 6, 1)
GOOD_CEP = Cep(
    number="R1-CEP 2010-001",
    valid_from=date(2022, 1, 1),
    valid_to=OpenEnded.OPEN_ENDED,
    checked_on=date(2026, 1, 10),
)


@cache
def shipped() -> ReferenceLists:
    return read_reference_lists()


Drawn = TypeVar("Drawn")


def mostly(stated: st.SearchStrategy[Drawn]) -> st.SearchStrategy[Drawn | None]:
    """The fact, and now and then none.

    One missing fact among many makes the level unknown, and from unknown nothing can get worse;
    so most facts have to be stated for a property to see anything.
    """
    return st.integers(0, 11).flatmap(lambda number: stated if number else st.none())


PLACES = st.builds(
    Place,
    country=st.sampled_from(["AU", "FR", "GB", "CN", "MX", "RU", "BO"]),
    zone=st.sampled_from([None, "Scotland", "Mainland China", "nowhere"]),
)
# Around the days on which a status changed, and outside what the lists answer for.
DAYS = st.sampled_from([
    date(2014, 1, 1), date(2018, 6, 1), date(2022, 8, 3), date(2023, 5, 1), date(2024, 5, 1),
    date(2025, 6, 2), date(2025, 6, 3), date(2026, 12, 31),
])  # fmt: skip
STEPS = st.builds(
    ProcessStep,
    kind=st.sampled_from(list(StepKind)),
    evidence=st.sampled_from([None, "report"]),
    temperature_c=st.sampled_from([None, Decimal(90), Decimal(210), Decimal(850)]),
    minutes=st.sampled_from([None, Decimal(10), Decimal(200)]),
    pressure_bar=st.sampled_from([None, Decimal(1), Decimal(3)]),
    dose_kgy=st.sampled_from([None, Decimal(20), Decimal(35)]),
    is_validated_for_tse=st.booleans(),
)
CEPS = st.builds(
    Cep,
    number=st.just("R1-CEP 2010-001"),
    valid_from=st.sampled_from([None, date(2020, 1, 1), date(2026, 7, 1)]),
    valid_to=st.sampled_from([None, date(2026, 8, 1), date(2026, 9, 1), OpenEnded.OPEN_ENDED]),
    checked_on=st.sampled_from([None, date(2024, 1, 1), date(2026, 1, 10)]),
)
STATEMENTS = st.builds(
    Statement,
    issued_on=st.none() | DAYS,
    issuer_role=st.none() | st.sampled_from(list(IssuerRole)),
    covers_item=st.none() | st.booleans(),
    covers_site=st.none() | st.booleans(),
    guideline_edition=st.sampled_from([None, "EMA/410/01 rev. 2", "EMA/410/01 Rev 03"]),
    is_signed=st.none() | st.booleans(),
)
TESTS = st.builds(
    AgentTest, agent=st.sampled_from(list(Agent)), result=st.sampled_from(list(TestResult))
)
HUMANS = st.builds(
    HumanOrigin,
    licence=st.sampled_from([None, None, "EU/1/00/0000"]),
    attested=st.just(frozenset(DonorAttestation))
    | st.frozensets(st.sampled_from(list(DonorAttestation))),
    serology=st.just(frozenset(Agent)) | st.frozensets(st.sampled_from(list(Agent))),
    nat=st.just(frozenset(Agent)) | st.frozensets(st.sampled_from(list(Agent))),
    pool_donors=st.sampled_from([None, 1, 120]),
    pathogen_reduction=st.none()
    | st.builds(
        PathogenReduction,
        stage=st.sampled_from(list(PathogenReductionStage)),
        method=st.sampled_from([None, "gamma irradiation"]),
    ),
    donor_countries=st.frozensets(st.sampled_from(["DE", "US"])),
)


CLASSES = st.none() | st.sampled_from([
    *DerivativeClass, DerivativeClass.SERUM_FOETAL, DerivativeClass.SERUM_ADULT,
    DerivativeClass.GELATIN, DerivativeClass.TALLOW_DERIVATIVE, DerivativeClass.OTHER,
])  # fmt: skip
# The tissues that a rule of their own names come up more often than all the others.
TISSUES = [Tissue.BLOOD, Tissue.BONE, Tissue.TALLOW] * 8 + list(Tissue)


@st.composite
def components(draw: st.DrawFn, depth: int = 0) -> OriginComponent:
    """Facts that do not contradict each other; cattle and complete most of the time."""
    source = draw(st.sampled_from([SourceClass.ANIMAL] * 12 + list(SourceClass)))
    is_animal = source in {SourceClass.ANIMAL, SourceClass.UNANSWERED}
    derivative = draw(CLASSES)
    tissues = sorted((derivative and TISSUES_OF[derivative]) or TISSUES)
    species = st.sampled_from([Species.CATTLE] * 12 + list(Species))
    can_be_human = source in {SourceClass.HUMAN, SourceClass.UNANSWERED}
    beneath = st.lists(components(depth=depth - 1), max_size=2) if depth else st.just([])
    usual = draw(PLACES)
    place = mostly(st.sampled_from([usual] * 4) | PLACES)
    return OriginComponent(
        name=draw(st.sampled_from(["serum", "peptone", "film"])),
        source=source,
        species=draw(mostly(species)) if is_animal else None,
        tissue=draw(mostly(st.sampled_from(tissues))),
        derivative=derivative,
        birth=draw(place),
        rearing=draw(place),
        slaughter=draw(place),
        collected_on=draw(mostly(DAYS)),
        age_months=draw(mostly(st.sampled_from([Decimal(0), Decimal(10), Decimal(40)]))),
        stunning=draw(mostly(st.sampled_from(list(Stunning)))),
        attested=draw(
            st.just(frozenset(Attestation)) | st.frozensets(st.sampled_from(list(Attestation)))
        ),
        process=tuple(draw(st.lists(STEPS, max_size=2))),
        cep=draw(st.none() | st.just(GOOD_CEP) | CEPS),
        statements=tuple(draw(st.lists(STATEMENTS, max_size=1))),
        tests=tuple(draw(st.lists(TESTS, max_size=1))),
        indirect_origin=draw(
            st.sampled_from([IndirectOrigin.NONE_WITH_EVIDENCE] * 15 + list(IndirectOrigin))
        ),
        route=draw(mostly(st.sampled_from(list(Route)))),
        residue=draw(mostly(st.sampled_from(list(Residue)))),
        human=draw(st.none() | HUMANS) if can_be_human else None,
        components=tuple(draw(beneath)),
    )
