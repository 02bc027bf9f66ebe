"""Cover against what a way out would take: case tables, and what no fact may ever do."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.catalogue import RiskClass, UseScope
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.qualification.states import QualificationStatus
from supplier_qc.domain.supply.amounts import Amount, AmountsDiffer, months_asked, months_held
from supplier_qc.domain.supply.demand import Demand, PlannedUse, monthly_demand
from supplier_qc.domain.supply.exposure import (
    ExposureLevel,
    NeededMonths,
    exposure,
    months_of_cover,
    needed_months,
)
from supplier_qc.domain.supply.policies import (
    SupplyPolicy,
    supply_policy_in_force,
    supply_policy_problems,
)
from supplier_qc.domain.supply.sources import Standing, SupplySource
from supplier_qc.domain.supply.stock import CountedLot, Parcel, Stock, StockCount, usable_stock

TODAY = date(2026, 11, 24)
YEAR = timedelta(days=365)


def used(amount: str, batches: str | None, product: str = "MSC", unit: str = "mL") -> PlannedUse:
    planned = None if batches is None else Decimal(batches)
    return PlannedUse(product, "Expansion", Amount(Decimal(amount), unit), planned)


@pytest.mark.parametrize(
    ("uses", "a_month", "reason"),
    [
        ([used("250", "2")], "500", ""),
        ([used("250", "2"), used("1.5", "2", unit="L")], "3500", ""),
        ([used("250", "0")], "0", ""),
        ([], None, "No use with its amount"),
        ([used("250", "2"), used("100", None, "Other")], None, "batches of Other"),
        ([used("250", "2"), used("10", "2", unit="mg")], None, "cannot be converted"),
        ([used("1", "2", unit="bag"), used("1", "1", unit="box")], None, "do not convert"),
    ],
)
def test_a_part_that_is_not_known_makes_the_demand_unknown(
    uses: list[PlannedUse], a_month: str | None, reason: str
) -> None:
    found = monthly_demand(uses)
    assert found.a_month == (None if a_month is None else Decimal(a_month))
    assert reason in " ".join(found.reasons)


def test_a_unit_no_table_knows_fits_only_itself() -> None:
    assert Amount(Decimal(2), "bag").in_unit("bag") == 2
    with pytest.raises(AmountsDiffer):
        Amount(Decimal(2), "bag").in_unit("mL")


def counted(
    amount: str,
    lot: str | None = None,
    *,
    days_ago: int = 1,
    order: int = 1,
    unit: str = "mL",
    disposition: Disposition = Disposition.RELEASED,
    expires_on: date | None = TODAY + YEAR,
) -> StockCount:
    of = None if lot is None else CountedLot(ord(lot), lot, disposition, expires_on)
    return StockCount(Amount(Decimal(amount), unit), TODAY - timedelta(days=days_ago), order, of)


_Q, _R = Disposition.QUARANTINE, Disposition.REJECTED


@pytest.mark.parametrize(
    ("counts", "quantity", "said"),
    [
        ([], None, "No stock is counted yet"),
        ([counted("500")], "500", "Counted as a whole"),
        ([counted("500", "A"), counted("300", "B")], "800", ""),
        # the last count of a lot stands, also of two on one day
        ([counted("500", "A", days_ago=9), counted("200", "A")], "200", ""),
        ([counted("500", "A"), counted("200", "A", order=2)], "200", ""),
        # the whole and its lots are never added
        ([counted("900", days_ago=5), counted("200", "A")], "200", ""),
        ([counted("900"), counted("200", "A", days_ago=5)], "900", ""),
        ([counted("900"), counted("200", "A")], "900", ""),
        # what may not be used is no stock
        ([counted("500", "A", disposition=_Q), counted("100", "B")], "100", "is in quarantine"),
        ([counted("500", "A", disposition=_R)], "0", "is rejected"),
        ([counted("500", "A", expires_on=TODAY - timedelta(days=1))], "0", "expired on"),
        ([counted("500", "A", expires_on=None)], "500", "no expiry date"),
        ([counted("0.5", "A", unit="L")], "500.0", ""),
        # what cannot be told is no stock either
        ([counted("500", "A", days_ago=91)], None, "a count holds 90 days"),
        ([counted("0", "A", days_ago=91), counted("5", "B")], "5", ""),
        ([counted("500", "A", unit="mg")], None, "cannot be converted"),
    ],
)
def test_the_stock_is_what_may_be_used(
    counts: list[StockCount], quantity: str | None, said: str
) -> None:
    found = usable_stock(counts, "mL", TODAY, 90)
    assert found.quantity == (None if quantity is None else Decimal(quantity))
    assert said in " ".join((*found.reasons, *found.notes))


def test_without_a_policy_no_count_is_believed() -> None:
    found = usable_stock([counted("500")], "mL", TODAY, None)
    assert found.quantity is None
    assert "No policy row" in found.reasons[0]


def parcel(quantity: int, days: int | None = None) -> Parcel:
    return Parcel(Decimal(quantity), None if days is None else TODAY + timedelta(days=days))


@pytest.mark.parametrize(
    ("parcels", "months"),
    [
        ([parcel(300)], "3.0 months"),
        ([parcel(300), parcel(200)], "5.0 months"),
        ([], "0.0 months"),
        # 62 days are two months: of 300 only 200 are used
        ([parcel(300, 62)], "2.0 months"),
        # what expires first is used first
        ([parcel(300), parcel(100, 62)], "4.0 months"),
        ([parcel(300, 62), parcel(100, 62)], "2.0 months"),
    ],
)
def test_what_expires_before_it_is_used_covers_nothing(parcels: list[Parcel], months: str) -> None:
    assert months_held(months_of_cover(parcels, Decimal(100), TODAY, TODAY)) == months


def test_what_was_used_since_the_count_is_gone() -> None:
    counted_on = TODAY - timedelta(days=61)
    assert months_held(months_of_cover([parcel(300)], Decimal(100), counted_on, TODAY)) == (
        "0.9 months"
    )
    assert months_of_cover([parcel(100)], Decimal(100), counted_on, TODAY) == 0


def test_cover_is_never_rounded_up_and_need_never_down() -> None:
    assert months_held(Decimal("2.99")) == "2.9 months"
    assert months_asked(Decimal("2.01")) == "2.1 months"


POLICY = SupplyPolicy(RiskClass.CRITICAL, 12, 90, date(2020, 1, 1), "C", "House")
_APPROVED, _OPEN = QualificationStatus.APPROVED, QualificationStatus.PROPOSED


def source(
    number: int,
    *,
    use: UseScope = UseScope.PHASE_3,
    status: QualificationStatus = _APPROVED,
    lead: int | None = 30,
    upstream: int | None = None,
) -> SupplySource:
    leads = () if lead is None else (lead,)
    standings = (Standing(use, status),)
    return SupplySource(number, f"Item {number}", number, standings, upstream, None, leads)


_RESEARCH = UseScope.RESEARCH


@pytest.mark.parametrize(
    ("sources", "months", "reason"),
    [
        ([], "12.0 months", "A second source takes 12 months"),
        ([source(1)], "12.0 months", "a convention"),
        ([source(1), source(2, status=_OPEN)], "12.0 months", "12 months"),
        # two brands of one plant are one source
        ([source(1), source(2, upstream=1)], "12.0 months", "12 months"),
        # two sources for research are none for phase 3
        (
            [source(1), source(2, use=_RESEARCH), source(3, use=_RESEARCH)],
            "12.0 months",
            "12 months",
        ),
        ([source(1, lead=30), source(2, lead=61)], "2.1 months", "within 61 days"),
        ([source(1, lead=30), source(2, lead=None)], None, "No lead time is recorded for Item 2"),
    ],
)
def test_a_second_approved_plant_alone_spares_the_qualification(
    sources: list[SupplySource], months: str | None, reason: str
) -> None:
    found = needed_months(sources, POLICY)
    assert months == (None if found.months is None else months_asked(found.months))
    assert reason in found.reason


def test_without_a_policy_it_is_not_known_how_long_a_second_source_takes() -> None:
    assert needed_months([source(1)], None).months is None


_STOCK = Stock((parcel(1200),), "mL", TODAY)
_YEAR_NEEDED = NeededMonths(Decimal(12), "A second source takes 12 months.")


@pytest.mark.parametrize(
    ("demand", "stock", "needed", "level", "words"),
    [
        (Demand(Decimal(100), "mL"), _STOCK, _YEAR_NEEDED, ExposureLevel.COVERED, "0.0 months to"),
        (Demand(Decimal(200), "mL"), _STOCK, _YEAR_NEEDED, ExposureLevel.SHORT, "Short by 6.0"),
        (Demand(Decimal(0), "mL"), _STOCK, _YEAR_NEEDED, ExposureLevel.NO_DEMAND, "No demand"),
        (Demand(None, None), _STOCK, _YEAR_NEEDED, ExposureLevel.UNKNOWN, "Not known"),
        (Demand(Decimal(9), "mL"), Stock(None), _YEAR_NEEDED, ExposureLevel.UNKNOWN, "Not known"),
        (
            Demand(Decimal(9), "mL"),
            _STOCK,
            NeededMonths(None, "?"),
            ExposureLevel.UNKNOWN,
            "Not known",
        ),
    ],
)
def test_no_data_is_never_covered(
    demand: Demand, stock: Stock, needed: NeededMonths, level: ExposureLevel, words: str
) -> None:
    found = exposure(demand, stock, needed, TODAY)
    assert found.level is level
    assert words in found.words


def test_the_unknown_comes_first_then_the_shortest() -> None:
    def found(a_month: int | None) -> tuple[int, Decimal]:
        demand = Demand(None if a_month is None else Decimal(a_month), "mL")
        return exposure(demand, _STOCK, _YEAR_NEEDED, TODAY).sort_key

    assert sorted([found(0), found(50), found(400), found(None)]) == [
        found(None),
        found(400),
        found(50),
        found(0),
    ]


_parcels = st.lists(
    st.builds(
        parcel, st.integers(0, 2_000), st.one_of(st.none(), st.integers(min_value=0, max_value=900))
    ),
    max_size=5,
)
_rates = st.integers(1, 500).map(Decimal)


@given(_parcels, _rates, st.integers(0, 90), st.data())
def test_nothing_that_gets_worse_ever_lengthens_the_cover(
    parcels: list[Parcel], rate: Decimal, days: int, data: st.DataObject
) -> None:
    counted_on = TODAY - timedelta(days=days)
    cover = months_of_cover(parcels, rate, counted_on, TODAY)
    slack = Decimal("1e-20")
    assert months_of_cover(parcels, rate + 1, counted_on, TODAY) <= cover + slack
    assert months_of_cover(parcels, rate, counted_on, TODAY + timedelta(days=9)) <= cover
    assert months_of_cover(list(reversed(parcels)), rate, counted_on, TODAY) == pytest.approx(
        cover, abs=slack
    )
    if parcels:
        place = data.draw(st.integers(0, len(parcels) - 1))
        without = [one for index, one in enumerate(parcels) if index != place]
        assert months_of_cover(without, rate, counted_on, TODAY) <= cover + slack
        sooner = replace(parcels[place], expires_on=TODAY)
        assert months_of_cover([*without, sooner], rate, counted_on, TODAY) <= cover + slack


def test_the_newest_row_in_force_counts_and_a_row_is_never_changed_back() -> None:
    later = replace(POLICY, months_to_qualify=9, valid_from=TODAY)
    ended = replace(POLICY, valid_to=TODAY)
    assert supply_policy_in_force([ended, later], RiskClass.CRITICAL, TODAY) is later
    assert supply_policy_in_force([ended, later], RiskClass.MINOR, TODAY) is None
    assert list(supply_policy_problems(later, [POLICY], TODAY)) == []
    wrong = replace(POLICY, months_to_qualify=0, count_holds_days=0, valid_from=date(2019, 1, 1))
    assert len(list(supply_policy_problems(wrong, [POLICY], TODAY))) == 4
