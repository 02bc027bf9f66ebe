"""Scorecards of vendors, sites and items over the last 12 months, with every case behind them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from supplier_qc.domain.catalogue import RiskClass
from supplier_qc.domain.dated_rows import newest
from supplier_qc.domain.scorecard.cases import Judged, Window, rolling_year
from supplier_qc.domain.scorecard.policy import Measure, bands_in_force, targets_in_force
from supplier_qc.domain.scorecard.rating import Scorecard, proposed_months, rank_key, scorecard
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Organisation, Site
from supplier_qc.queries.qualification_policy import list_policies
from supplier_qc.queries.scorecard_cases import (
    CaseRow,
    certificate_cases,
    corrective_action_cases,
    finding_cases,
    lot_cases,
)
from supplier_qc.queries.scorecard_exchanges import change_cases, delivery_cases, request_cases
from supplier_qc.queries.scorecard_policy import list_measure_targets, list_score_bands


class ScoreScope(StrEnum):
    VENDOR = "vendor"
    SITE = "site"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class ScoreSubject:
    """Whom a scorecard is of; `name` is that of the vendor, the site or the item."""

    scope: ScoreScope
    number: int
    name: str
    vendor_id: int
    vendor_name: str

    def holds(self, case: CaseRow) -> bool:
        """A case of a whole vendor is none of its sites or items."""
        if self.scope is ScoreScope.VENDOR:
            return case.vendor_id == self.number
        numbers = case.site_ids if self.scope is ScoreScope.SITE else case.item_ids
        return self.number in numbers


@dataclass(frozen=True, slots=True)
class ProposedInterval:
    """Months between qualifications by policy, and as the band would have them."""

    risk_class: RiskClass
    months: int
    proposed: int | None


@dataclass(frozen=True, slots=True)
class ScorecardPage:
    subject: ScoreSubject
    window: Window
    card: Scorecard
    cases: tuple[CaseRow, ...]
    intervals: tuple[ProposedInterval, ...]

    def cases_of(self, measure: Measure) -> list[CaseRow]:
        """Newest first."""
        found = [one for one in self.cases if one.measure is measure]
        return sorted(found, key=lambda one: (one.on, one.record_id), reverse=True)


@dataclass(frozen=True, slots=True)
class VendorScore:
    """`count` is the number of records that the measures count, each once."""

    vendor_id: int
    name: str
    card: Scorecard
    count: int


def get_subject(session: Session, scope: ScoreScope, number: int) -> ScoreSubject | None:
    named = {
        ScoreScope.VENDOR: (Organisation.name, Organisation.id),
        ScoreScope.SITE: (Site.name, Site.id),
        ScoreScope.ITEM: (ManufacturerItem.name, ManufacturerItem.id),
    }
    name_column, key = named[scope]
    found = session.execute(
        select(name_column, Organisation.id, Organisation.name)
        .select_from(Organisation)
        .outerjoin(Site, Site.organisation_id == Organisation.id)
        .outerjoin(ManufacturerItem, ManufacturerItem.site_id == Site.id)
        .where(key == number)
        .limit(1)
    ).first()
    if found is None:
        return None
    name, vendor_id, vendor_name = found
    return ScoreSubject(scope, number, name, vendor_id, vendor_name)


def get_scorecard(session: Session, subject: ScoreSubject, today: date) -> ScorecardPage:
    """The score with every case; fourteen SQL statements, however many cases there are."""
    window = rolling_year(today)
    cases = tuple(
        case for case in _cases(session, window, subject.vendor_id, today) if subject.holds(case)
    )
    card = _card(session, cases, today)
    intervals = tuple(_intervals(session, card, today))
    return ScorecardPage(subject, window, card, cases, intervals)


def list_scorecards(session: Session, today: date) -> list[VendorScore]:
    """Every vendor that was not merged into another, the best score first, not rated last."""
    by_vendor: dict[int, list[CaseRow]] = defaultdict(list)
    for case in _cases(session, rolling_year(today), None, today):
        by_vendor[case.vendor_id].append(case)
    targets = targets_in_force(list_measure_targets(session), today)
    bands = bands_in_force(list_score_bands(session), today)
    vendors = session.execute(
        select(Organisation.id, Organisation.name)
        .where(Organisation.merged_into_id.is_(None), Organisation.retired_on.is_(None))
        .order_by(func.lower(Organisation.name), Organisation.id)
    )
    rows = [
        VendorScore(
            number,
            name,
            scorecard(_by_measure(by_vendor[number]), targets, bands),
            len({(case.table, case.record_id) for case in by_vendor[number]}),
        )
        for number, name in vendors
    ]
    return sorted(rows, key=lambda row: rank_key(row.card))


def _card(session: Session, cases: Sequence[CaseRow], today: date) -> Scorecard:
    targets = targets_in_force(list_measure_targets(session), today)
    bands = bands_in_force(list_score_bands(session), today)
    return scorecard(_by_measure(cases), targets, bands)


def _cases(
    session: Session, window: Window, vendor_id: int | None, today: date
) -> Iterable[CaseRow]:
    yield from lot_cases(session, window, vendor_id)
    yield from certificate_cases(session, window, vendor_id)
    yield from finding_cases(session, window, vendor_id)
    yield from change_cases(session, window, vendor_id)
    yield from corrective_action_cases(session, window, vendor_id, today)
    yield from delivery_cases(session, window, vendor_id, today)
    yield from request_cases(session, window, vendor_id, today)


def _by_measure(cases: Iterable[CaseRow]) -> dict[Measure, list[Judged]]:
    found: dict[Measure, list[Judged]] = defaultdict(list)
    for case in cases:
        found[case.measure].append(case.judged)
    return found


def _intervals(session: Session, card: Scorecard, today: date) -> Iterable[ProposedInterval]:
    policies = [row for row in list_policies(session) if row.is_in_force(today)]
    for risk_class in RiskClass:
        rows = newest(row for row in policies if row.risk_class is risk_class)
        if len(rows) == 1:
            months = rows[0].interval_months
            yield ProposedInterval(risk_class, months, proposed_months(months, card.band))
