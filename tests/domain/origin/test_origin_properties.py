"""What holds for any facts: missing never helps, worse never helps, order never matters."""

import random
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_qc.domain.origin.engine import assess, assess_all, assess_item
from supplier_qc.domain.origin.facts import (
    Cep,
    HumanOrigin,
    OriginComponent,
    Place,
)
from supplier_qc.domain.origin.fingerprint import fingerprint
from supplier_qc.domain.origin.reference import ReferenceLists
from supplier_qc.domain.origin.vocabulary import (
    Attestation,
    Authority,
    BseStatus,
    IndirectOrigin,
    InfectivityCategory,
    Level,
    Residue,
    Route,
    SourceClass,
    Species,
    Stunning,
    severity,
    worst,
)
from tests.domain.origin.origin_facts import GOOD_CEP, HUMANS, ON, components, shipped

Facts = TypeVar("Facts")


@cache
def with_status_floor(floor: BseStatus) -> ReferenceLists:
    rows = (replace(row, status=worst((row.status, floor))) for row in shipped().countries)
    return replace(shipped(), countries=tuple(rows))


@cache
def with_category_floor(floor: InfectivityCategory) -> ReferenceLists:
    rows = (replace(row, category=worst((row.category, floor))) for row in shipped().tissues)
    return replace(shipped(), tissues=tuple(rows))


NEVER_LOWER = settings(max_examples=60, deadline=None)
# Japan, Canada and Brazil go by the list of WOAH as shipped.
AUTHORITIES = st.sampled_from([Authority.EU, Authority.US, Authority.WOAH])

MISSING = {
    "source": SourceClass.UNANSWERED,
    "species": None,
    "tissue": None,
    "derivative": None,
    "birth": None,
    "rearing": None,
    "slaughter": None,
    "collected_on": None,
    "age_months": None,
    "stunning": None,
    "attested": frozenset[Attestation](),
    "process": (),
    "cep": None,
    "statements": (),
    "indirect_origin": IndirectOrigin.UNANSWERED,
    "route": None,
    "residue": None,
    "human": None,
}


def changed(facts: Facts, part: str, value: object) -> Facts:
    """The facts with one part replaced, named by a table of the tests."""
    return replace(facts, **{part: value})  # type: ignore[type-var]  # one of the fact classes


def without(component: OriginComponent, fact: str) -> OriginComponent:
    return changed(component, fact, MISSING[fact])


def judged(component: OriginComponent, authority: Authority) -> tuple[Level, bool]:
    assessment = assess(component, authority, shipped(), ON)
    return assessment.level, assessment.blocks


def assert_not_better(worse: OriginComponent, than: OriginComponent, authority: Authority) -> None:
    level_before, blocked_before = judged(than, authority)
    level_after, blocked_after = judged(worse, authority)

    assert severity(level_after) >= severity(level_before)
    assert blocked_after or not blocked_before


@NEVER_LOWER
@given(components(), AUTHORITIES)
def test_removing_a_fact_never_lowers_the_level(
    component: OriginComponent, authority: Authority
) -> None:
    for fact in MISSING:
        assert_not_better(without(component, fact), component, authority)


@NEVER_LOWER
@given(components(), st.data(), AUTHORITIES)
def test_removing_a_part_of_a_fact_never_lowers_the_level(
    component: OriginComponent, data: st.DataObject, authority: Authority
) -> None:
    worse = component
    if component.cep:
        part = data.draw(st.sampled_from(["valid_from", "valid_to", "checked_on"]))
        worse = replace(worse, cep=changed(component.cep, part, None))
    if component.process:
        first = component.process[0]
        part = data.draw(st.sampled_from(["evidence", "temperature_c", "minutes", "pressure_bar"]))
        worse = replace(worse, process=(changed(first, part, None), *component.process[1:]))
    for role in ("birth", "rearing", "slaughter"):
        place = getattr(component, role)
        if place and data.draw(st.booleans()):
            worse = changed(worse, role, Place(place.country))
    kept = data.draw(st.sets(st.sampled_from(sorted(component.attested)))
                     if component.attested else st.just(set[Attestation]()))  # fmt: skip
    worse = replace(worse, attested=frozenset(kept))

    assert_not_better(worse, component, authority)


@NEVER_LOWER
@given(HUMANS, AUTHORITIES)
def test_removing_what_is_known_of_donors_never_unblocks(
    human: HumanOrigin, authority: Authority
) -> None:
    full = OriginComponent(
        name="lysate",
        source=SourceClass.HUMAN,
        indirect_origin=IndirectOrigin.NONE_WITH_EVIDENCE,
        human=human,
    )
    removed: dict[str, object] = {
        "licence": None,
        "attested": frozenset(),
        "serology": frozenset(),
        "nat": frozenset(),
        "pool_donors": None,
        "pathogen_reduction": None,
        "donor_countries": frozenset(),
    }
    for part, nothing in removed.items():
        fewer = replace(full, human=changed(human, part, nothing))
        assert_not_better(fewer, full, authority)


def one_step_worse(component: OriginComponent) -> list[OriginComponent]:
    """The same component with one fact that is worse, for each fact that has an order."""
    worse = [replace(component, cep=expired(component.cep))] if component.cep else []
    if component.species is Species.PIG:
        worse.append(replace(component, species=Species.CATTLE))
    if component.stunning:
        worse += [replace(component, stunning=other) for other in Stunning
                  if severity(other) > severity(component.stunning)]  # fmt: skip
    if component.age_months is not None:
        worse.append(replace(component, age_months=component.age_months + 30))
    if component.residue:
        worse += [replace(component, residue=other) for other in Residue
                  if severity(other) > severity(component.residue)]  # fmt: skip
    if component.route is Route.NOT_PARENTERAL:
        worse.append(replace(component, route=Route.PARENTERAL))
    if component.indirect_origin is IndirectOrigin.NONE_WITH_EVIDENCE:
        worse.append(replace(component, indirect_origin=IndirectOrigin.SOME))
    # Russia is on no list.
    worse += (
        [replace(component, birth=Place("RU")), replace(component, slaughter=Place("RU"))]
        if (component.birth and component.slaughter)
        else []
    )
    return worse


def expired(cep: Cep) -> Cep:
    return replace(cep, valid_from=date(2010, 1, 1), valid_to=ON - timedelta(days=1))


@NEVER_LOWER
@given(components(), AUTHORITIES)
def test_a_worse_fact_never_lowers_the_level(
    component: OriginComponent, authority: Authority
) -> None:
    for worse in one_step_worse(component):
        assert_not_better(worse, component, authority)


@NEVER_LOWER
@given(components(), AUTHORITIES, st.sampled_from(list(BseStatus)))
def test_a_worse_status_on_a_list_never_lowers_the_level(
    component: OriginComponent, authority: Authority, floor: BseStatus
) -> None:
    before = assess(component, authority, shipped(), ON).level
    after = assess(component, authority, with_status_floor(floor), ON).level

    assert severity(after) >= severity(before)


@NEVER_LOWER
@given(components(), AUTHORITIES, st.sampled_from(list(InfectivityCategory)))
def test_a_worse_category_of_a_tissue_never_lowers_the_level(
    component: OriginComponent, authority: Authority, floor: InfectivityCategory
) -> None:
    before = assess(component, authority, shipped(), ON).level
    after = assess(component, authority, with_category_floor(floor), ON).level

    assert severity(after) >= severity(before)


@NEVER_LOWER
@given(components(depth=1), components(depth=1), AUTHORITIES)
def test_a_further_component_never_lowers_the_level(
    component: OriginComponent, further: OriginComponent, authority: Authority
) -> None:
    with_child = replace(component, components=(*component.components, further))
    named = component.components or component.indirect_origin is not IndirectOrigin.SOME

    if named:
        assert_not_better(with_child, component, authority)
    assert severity(judged(with_child, authority)[0]) >= severity(judged(further, authority)[0])


def shuffled(lists: ReferenceLists, seed: int) -> ReferenceLists:
    def mixed(rows: tuple[object, ...]) -> tuple[object, ...]:
        # A fixed seed: the order has to be any, not secret.
        return tuple(random.Random(seed).sample(rows, len(rows)))  # noqa: S311 -- an order, not a secret

    names = ("country_lists", "countries", "targets", "species", "tissues", "derivatives",
             "agents", "policies", "bases")  # fmt: skip
    for name in names:
        lists = changed(lists, name, mixed(getattr(lists, name)))
    return lists


@settings(max_examples=25, deadline=None)
@given(st.lists(components(depth=1), min_size=1, max_size=3), st.integers(0, 2**32))
def test_the_order_of_rows_and_of_components_never_matters(
    item: list[OriginComponent], seed: int
) -> None:
    authorities = list(Authority)
    mixed = [replace(c, components=tuple(reversed(c.components))) for c in reversed(item)]

    one = assess_all(item, authorities, shipped(), ON)
    other = assess_all(mixed, authorities[::-1], shuffled(shipped(), seed), ON)

    assert one == other


@settings(max_examples=20, deadline=None)
@given(st.lists(components(depth=1), min_size=1, max_size=3), AUTHORITIES)
def test_an_item_is_as_bad_as_its_worst_component(
    item: list[OriginComponent], authority: Authority
) -> None:
    together = assess_item(item, authority, shipped(), ON)
    alone = [assess(component, authority, shipped(), ON) for component in item]

    assert together.level is worst(assessment.level for assessment in alone)
    assert together.blocks == any(assessment.blocks for assessment in alone)


@NEVER_LOWER
@given(components(), AUTHORITIES)
def test_a_counter_fact_about_a_certificate_is_true(
    component: OriginComponent, authority: Authority
) -> None:
    assessment = assess(component, authority, shipped(), ON)
    promised = {
        counter.level
        for rule in assessment.fired
        for counter in rule.counter_facts
        if counter.sentence.startswith("A valid TSE CEP")
    }
    with_cep = assess(replace(component, cep=GOOD_CEP), authority, shipped(), ON)
    is_answered = component.indirect_origin is IndirectOrigin.NONE_WITH_EVIDENCE

    if promised and is_answered:
        assert promised == {with_cep.level}
    elif not promised:
        assert assessment.level is with_cep.level or component.cep == GOOD_CEP


@NEVER_LOWER
@given(components(), AUTHORITIES)
def test_a_counter_fact_about_the_residue_is_true(
    component: OriginComponent, authority: Authority
) -> None:
    assessment = assess(component, authority, shipped(), ON)
    promised = {
        counter.level
        for rule in assessment.fired
        for counter in rule.counter_facts
        if counter.sentence.startswith("A residue quantified")
    }
    quantified = replace(component, residue=Residue.QUANTIFIED)

    if promised and component.indirect_origin is IndirectOrigin.NONE_WITH_EVIDENCE:
        assert promised == {assess(quantified, authority, shipped(), ON).level}


@settings(max_examples=40, deadline=None)
@given(components(), AUTHORITIES)
def test_the_fingerprint_tells_facts_apart_and_not_days(
    component: OriginComponent, authority: Authority
) -> None:
    lists = shipped()
    assessment = assess(component, authority, lists, ON)
    renamed = replace(component, name="another")

    assert fingerprint([component], assessment) == fingerprint(
        [component], replace(assessment, on=ON + timedelta(days=1))
    )
    assert fingerprint([component], assessment) != fingerprint(
        [renamed], assess(renamed, authority, lists, ON)
    )
