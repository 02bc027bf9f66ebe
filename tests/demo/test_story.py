"""The story holds together, and shows what the tour promises on whatever day it is told."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from supplier_qc.demo.records import Story
from supplier_qc.demo.story import story
from supplier_qc.domain.catalogue import (
    ContactFunction,
    Grade,
    MaterialCategory,
    OrganisationRole,
    RiskClass,
    UseScope,
)
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.measurement.units import parse_unit
from supplier_qc.domain.measurement.values import read_value
from supplier_qc.domain.months import months_after
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.vocabulary import IndirectOrigin, SourceClass, Species, Tissue
from supplier_qc.domain.people import Role
from supplier_qc.domain.qualification.moves import condition_problems, move_blockers
from supplier_qc.domain.qualification.requirements import Condition
from supplier_qc.domain.qualification.states import QualificationStatus
from supplier_qc.domain.residuals.dose import judge_measured
from supplier_qc.domain.residuals.limits import Dose, DoseLimit
from supplier_qc.domain.specification.lines import validate_line
from supplier_qc.domain.specification.results import result_from_reading
from supplier_qc.domain.specification.verdicts import Verdict
from tests.demo.judging import LINES, limit_line, verdict

TODAY = date(2026, 11, 24)
STORY = story(TODAY)
ANY_DAY = st.dates(min_value=date(2024, 1, 1), max_value=date(2040, 12, 31))


def _components(parts: tuple[OriginComponent, ...]) -> list[OriginComponent]:
    return [found for part in parts for found in (part, *_components(part.components))]


def _all_components(told: Story) -> dict[str, list[OriginComponent]]:
    return {origin.item: _components(origin.components) for origin in told.origins}


@pytest.mark.parametrize(
    ("what", "found", "at_least"),
    [
        ("vendors", len(STORY.vendors), 10),
        ("countries of sites", len({s.country for v in STORY.vendors for s in v.sites}), 8),
        ("materials", len(STORY.materials), 25),
        ("items with a specification", len(STORY.specifications), 8),
        ("lots of other items", sum(lot.item != "lysate" for lot in STORY.lots), 12),
        ("reagents that may remain", len(STORY.product.residuals), 5),
        ("lines of the lysate specification", len(LINES["lysate"]), 10),
    ],
)
def test_the_story_is_as_large_as_the_tour_needs(what: str, found: int, at_least: int) -> None:
    assert found >= at_least, what


def test_every_value_of_the_controlled_lists_is_shown_by_some_record() -> None:
    assert {role for vendor in STORY.vendors for role in vendor.roles} == set(OrganisationRole)
    assert {material.category for material in STORY.materials} == set(MaterialCategory)
    assert {material.risk_class for material in STORY.materials} == set(RiskClass)
    assert {item.grade for item in STORY.items} == set(Grade)
    assert {role for person in STORY.people for role in person.roles} == set(Role)
    assert {lot.disposition for lot in STORY.lots} == set(Disposition)
    functions = {contact.function for vendor in STORY.vendors for contact in vendor.contacts}
    assert functions == set(ContactFunction) - {ContactFunction.OTHER}


def test_every_key_stands_once() -> None:
    sites = [site.key for vendor in STORY.vendors for site in vendor.sites]
    materials = [material.key for material in STORY.materials]
    codes = [material.code for material in STORY.materials]
    items = [item.key for item in STORY.items]
    catalogue = [(item.site, item.catalogue_number) for item in STORY.items]
    names = [vendor.legal_name for vendor in STORY.vendors]
    for keys in (sites, materials, codes, items, catalogue, names):
        assert len(set(keys)) == len(keys)


def test_no_lot_number_stands_twice_for_one_item() -> None:
    counted = Counter((lot.item, lot.lot_number) for lot in STORY.lots)
    assert [lot for lot, times in counted.items() if times > 1] == []


def test_an_item_is_qualified_once_for_a_use() -> None:
    counted = Counter((found.item, found.use) for found in STORY.qualifications)
    assert [source for source, times in counted.items() if times > 1] == []


def test_every_reference_names_a_record_of_the_story() -> None:
    vendors = {vendor.key for vendor in STORY.vendors}
    sites = {site.key: vendor.key for vendor in STORY.vendors for site in vendor.sites}
    materials = {material.key for material in STORY.materials}
    items = {item.key: item for item in STORY.items}
    named_items = [
        *(specification.item for specification in STORY.specifications),
        *(lot.item for lot in STORY.lots),
        *(origin.item for origin in STORY.origins),
        *(found.item for found in STORY.qualifications),
        *(paper.item for paper in STORY.evidence if paper.item),
    ]
    assert set(named_items) <= set(items)
    assert {item.site for item in STORY.items} <= set(sites)
    assert {item.material for item in STORY.items} == materials
    assert {item.distributor for item in STORY.items if item.distributor} <= vendors
    assert {residual.material for residual in STORY.product.residuals} <= materials
    for paper in STORY.evidence:
        assert paper.item is None or sites[items[paper.item].site] == paper.vendor, paper.reference


def test_process_facts_cite_papers_that_the_vendor_has_given() -> None:
    references = {paper.reference for paper in STORY.evidence}
    cited = {
        step.evidence
        for parts in _all_components(STORY).values()
        for part in parts
        for step in part.process
    }
    assert cited
    assert cited <= references


def test_a_statement_of_an_origin_is_as_old_as_a_paper_on_file_for_the_item() -> None:
    issued = defaultdict(set)
    for paper in STORY.evidence:
        issued[paper.item].add(paper.issued_on)
    for origin in STORY.origins:
        stated = {
            statement.issued_on
            for part in _components(origin.components)
            for statement in part.statements
        }
        assert stated <= issued[origin.item], origin.item


def test_no_mail_of_the_demo_can_reach_anybody() -> None:
    addresses = [contact.email for vendor in STORY.vendors for contact in vendor.contacts]
    assert addresses
    assert [address for address in addresses if not address.endswith(".example")] == []


def test_passwords_are_long_and_differ() -> None:
    passwords = {person.password for person in STORY.people}
    assert len(passwords) == len(STORY.people) == 6
    assert min(map(len, passwords)) >= 20


def test_some_catalogue_numbers_begin_with_a_zero() -> None:
    zeros = [item.catalogue_number for item in STORY.items if item.catalogue_number[0] == "0"]
    assert len(zeros) >= 3


def test_the_lysate_is_the_only_critical_material_with_a_single_maker() -> None:
    vendor_of = {site.key: vendor.key for vendor in STORY.vendors for site in vendor.sites}
    makers = defaultdict(set)
    for item in STORY.items:
        makers[item.material].add(vendor_of[item.site])
    single = [
        material.key
        for material in STORY.materials
        if material.risk_class is RiskClass.CRITICAL and len(makers[material.key]) == 1
    ]
    assert single == ["lysate"]


def test_the_transferrin_has_no_country_and_no_other_whole_material_lacks_one() -> None:
    without = [
        origin.item
        for origin in STORY.origins
        for part in origin.components
        if part.source in {SourceClass.ANIMAL, SourceClass.HUMAN} and part.slaughter is None
    ]
    assert without == ["transferrin"]


def test_the_lysate_carries_porcine_heparin_as_a_part_of_its_own() -> None:
    inherited = [part for part in _all_components(STORY)["lysate"] if part.species is Species.PIG]
    assert [part.tissue for part in inherited] == [Tissue.INTESTINE]


def test_an_animal_free_material_can_hide_an_animal_in_its_making() -> None:
    hidden = {
        origin.item
        for origin in STORY.origins
        for part in origin.components
        if part.source in {SourceClass.MICROBIAL, SourceClass.SYNTHETIC_OR_MINERAL}
        and part.indirect_origin is IndirectOrigin.SOME
    }
    assert hidden == {"protease", "gentamicin", "culture-bag"}


@pytest.mark.parametrize("item", sorted(LINES))
def test_every_line_of_our_specifications_can_be_judged_against(item: str) -> None:
    problems = {name: validate_line(limit_line(line)) for name, line in LINES[item].items()}
    assert {name: reasons for name, reasons in problems.items() if reasons} == {}


def test_every_unit_of_our_specifications_is_in_the_unit_table() -> None:
    units = {line.unit for lines in LINES.values() for line in lines.values() if line.unit}
    assert {unit for unit in units if parse_unit(unit) is None} == set()


def test_no_attribute_stands_twice_in_a_specification() -> None:
    for specification in STORY.specifications:
        assert len(LINES[specification.item]) == len(specification.lines), specification.item


def test_each_result_of_a_lot_answers_a_line_of_the_specification_in_its_unit() -> None:
    for lot in STORY.lots:
        for result in lot.results:
            assert LINES[lot.item][result.attribute].unit == result.unit, (lot, result)


@pytest.mark.parametrize(
    ("lot_number", "failing", "missing"),
    [
        ("D0422", {"Water"}, set()),  # rejected for it
        ("QF25-019", set(), {"Identity"}),  # waits for the identity test
        ("7", set(), {"Endotoxin"}),  # nobody reported it
    ],
)
def test_the_lots_that_are_not_released_have_a_reason(
    lot_number: str, failing: set[str], missing: set[str]
) -> None:
    (lot,) = [lot for lot in STORY.lots if lot.lot_number == lot_number]
    judged = {r.attribute: verdict(lot.item, r.attribute, r.raw, r.unit) for r in lot.results}
    assert lot.disposition is not Disposition.RELEASED
    assert {name for name, found in judged.items() if found is Verdict.FAIL} == failing
    assert set(LINES[lot.item]) - set(judged) == missing


def test_every_released_lot_meets_every_line_of_our_specification() -> None:
    for lot in STORY.lots:
        if lot.disposition is not Disposition.RELEASED:
            continue
        judged = {r.attribute: verdict(lot.item, r.attribute, r.raw, r.unit) for r in lot.results}
        assert set(judged) == set(LINES[lot.item]), lot.lot_number
        assert set(judged.values()) == {Verdict.PASS}, (lot.lot_number, judged)


def test_every_decision_is_one_that_the_states_allow() -> None:
    for found in STORY.qualifications:
        if found.status is QualificationStatus.PROPOSED:
            assert (found.decided_on, found.requalify_on) == (None, None)
            continue
        conditions = (Condition(found.conditions),) if found.conditions else ()
        assert move_blockers(QualificationStatus.PROPOSED, found.status) == (), found.item
        assert condition_problems(found.status, conditions, TODAY) == (), found.item


def test_the_lysate_is_qualified_for_early_trials_and_only_proposed_for_later_ones() -> None:
    status = {found.use: found.status for found in STORY.qualifications if found.item == "lysate"}
    assert status == {
        UseScope.PHASE_1_2: QualificationStatus.APPROVED,
        UseScope.PHASE_3: QualificationStatus.PROPOSED,
    }


def test_steps_follow_one_another_and_reagents_start_at_one_of_them_or_after_the_last() -> None:
    positions = [step.position for step in STORY.product.steps]
    assert positions == list(range(1, len(positions) + 1))
    starts = {residual.from_position for residual in STORY.product.residuals}
    assert starts <= {*positions, len(positions) + 1}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Bovine serum albumin", Verdict.PASS),
        ("DMSO", Verdict.PASS),
        ("Gentamicin", Verdict.NOT_EVALUABLE),  # its method cannot show the limit
        ("Recombinant protease", Verdict.NOT_EVALUABLE),  # no limit is known
    ],
)
def test_measured_residuals_show_a_pass_a_coarse_method_and_a_missing_limit(
    name: str, expected: Verdict
) -> None:
    (residual,) = [found for found in STORY.product.residuals if found.name == name]
    limit, measured = residual.limit, residual.measured
    assert measured is not None
    judged = judge_measured(
        result_from_reading(read_value(measured.raw, decimal_comma=False), measured.unit),
        Dose(
            Decimal(STORY.product.dose_volume_ml), Decimal(STORY.product.lowest_patient_weight_kg)
        ),
        None
        if limit is None
        else DoseLimit(Decimal(limit.amount), limit.unit, limit.source, limit.mark),
        loq=Decimal(measured.loq),
    )
    assert judged.verdict is expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 24), 24, date(2028, 11, 24)),
        (date(2026, 11, 24), -35, date(2023, 12, 24)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


@given(today=ANY_DAY)
@example(today=date(2032, 3, 31))
def test_one_paper_ran_out_within_the_last_month_and_one_does_so_within_the_next(
    today: date,
) -> None:
    month = timedelta(days=33)  # from 31 March back to the last day but one of February
    ends = [paper.expires_on for paper in story(today).evidence if paper.expires_on]
    assert sum(today - month <= end < today for end in ends) == 1
    assert sum(today <= end <= today + month for end in ends) == 1


@given(today=ANY_DAY)
def test_one_requalification_is_overdue_and_one_is_due_within_twenty_days(today: date) -> None:
    told = story(today).qualifications
    due = {(found.item, found.use): found.requalify_on for found in told if found.requalify_on}
    soon = {source for source, day in due.items() if day <= today + timedelta(days=20)}
    assert soon == {("lysate", UseScope.PHASE_1_2), ("serum", UseScope.PHASE_1_2)}
    assert due["serum", UseScope.PHASE_1_2] < today < due["lysate", UseScope.PHASE_1_2]


@given(today=ANY_DAY)
def test_the_dates_of_every_lot_and_paper_are_in_order(today: date) -> None:
    told = story(today)
    for lot in told.lots:
        assert lot.manufactured_on < lot.received_on <= today
        assert lot.received_on < lot.expires_on
    for paper in told.evidence:
        assert paper.issued_on <= today
        assert paper.expires_on is None or paper.issued_on < paper.expires_on
    for found in told.qualifications:
        assert found.decided_on is None or found.decided_on <= today


@given(today=ANY_DAY)
def test_some_lots_have_expired_and_one_expires_within_a_month(today: date) -> None:
    ends = [lot.expires_on for lot in story(today).lots]
    assert any(end < today for end in ends)
    assert any(today <= end <= today + timedelta(days=31) for end in ends)


@given(today=ANY_DAY)
def test_only_the_dates_of_the_story_move_with_the_day(today: date) -> None:
    told = story(today)
    assert [(lot.item, lot.lot_number, lot.results) for lot in told.lots] == [
        (lot.item, lot.lot_number, lot.results) for lot in STORY.lots
    ]
