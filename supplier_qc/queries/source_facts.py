"""What the rules of qualification take about sources, read in a constant number of statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from supplier_qc.domain.catalogue import label
from supplier_qc.domain.countries import country_name
from supplier_qc.domain.qualification.evidence_policy import EvidencePolicy
from supplier_qc.domain.qualification.papers import Paper
from supplier_qc.domain.qualification.requirements import (
    Condition,
    Requirement,
    SourceFacts,
    due_reasons,
    open_words,
    requirements,
)
from supplier_qc.persistence.tables.lots import Lot
from supplier_qc.persistence.tables.materials import ManufacturerItem, Material
from supplier_qc.persistence.tables.parties import Organisation, Site
from supplier_qc.persistence.tables.qualification import Evidence, Qualification
from supplier_qc.persistence.tables.reference import RequalificationCause
from supplier_qc.persistence.tables.source_qualification import QualificationCondition
from supplier_qc.queries.evidence_policy import list_evidence_policies
from supplier_qc.queries.source_events import events_of


@dataclass(frozen=True, slots=True)
class SourceIdentity:
    """Which item of which site the source is."""

    item_id: int
    item_name: str
    catalogue_number: str
    material_id: int
    material_code: str
    material_name: str
    site_id: int
    site_name: str
    country: str
    vendor_id: int
    vendor_name: str

    @property
    def country_name(self) -> str:
        return country_name(self.country)

    @property
    def words(self) -> str:
        return f"{self.item_name} ({self.catalogue_number}), {self.vendor_name}, {self.site_name}"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source today: its facts, what the policy asks of it, and why it is due."""

    id: int
    version: int
    identity: SourceIdentity
    decided_on: date | None
    facts: SourceFacts
    requirements: tuple[Requirement, ...]
    due_reasons: tuple[str, ...]

    @property
    def is_due(self) -> bool:
        return bool(self.due_reasons)

    @property
    def open_words(self) -> str:
        return open_words(self.requirements)

    @property
    def words(self) -> str:
        return f"{self.identity.words}, for {label(self.facts.use_scope).lower()}"

    @property
    def next_end(self) -> date | None:
        """The first day on which something required of it runs out, passed or to come."""
        ends = [one.valid_until for one in self.requirements if one.is_required]
        return min((day for day in ends if day is not None), default=None)


def list_source_rows(
    session: Session,
    today: date,
    *conditions: ColumnElement[bool],
    policies: Sequence[EvidencePolicy] | None = None,
) -> list[SourceRow]:
    """Sources by material, item and use; ten SQL statements, or nine when policies are given,
    and one fewer while no corrective action runs.
    """
    found = session.scalars(
        select(Qualification)
        .join(Qualification.item)
        .join(ManufacturerItem.material)
        .join(ManufacturerItem.site)
        .join(Site.organisation)
        .options(
            joinedload(Qualification.item).joinedload(ManufacturerItem.material),
            joinedload(Qualification.item)
            .joinedload(ManufacturerItem.site)
            .joinedload(Site.organisation),
        )
        .where(*conditions)
        .order_by(Material.code, ManufacturerItem.catalogue_number, Qualification.id)
    ).all()
    facts = facts_of(session, found)
    rows = list_evidence_policies(session) if policies is None else policies
    return [_row(one, facts[one.id], rows, today) for one in found]


def get_source_row(session: Session, qualification_id: int, today: date) -> SourceRow | None:
    found = list_source_rows(session, today, Qualification.id == qualification_id)
    return found[0] if found else None


def facts_of(session: Session, found: Sequence[Qualification]) -> Mapping[int, SourceFacts]:
    """The facts of each qualification by its number; items, materials and sites are loaded."""
    numbers = [one.id for one in found]
    papers = _papers(session, {one.item.site.organisation_id for one in found})
    conditions = _conditions(session, numbers)
    causes, events = _causes(session, numbers), events_of(session, found)
    lots = _lots_received(session, {one.item_id for one in found})
    return {
        one.id: SourceFacts(
            status=one.status,
            use_scope=one.use_scope,
            risk_class=one.item.material.risk_class,
            category=one.item.material.category,
            grade=one.item.grade,
            requalification_due_on=one.requalification_due_on,
            papers=tuple(
                _paper(paper)
                for paper in papers.get(one.item.site.organisation_id, ())
                if _covers(paper, one.item)
            ),
            conditions=tuple(conditions.get(one.id, ())),
            open_causes=tuple(causes.get(one.id, ())),
            events=events[one.id],
            lots_received=lots.get(one.item_id, ()),
        )
        for one in found
    }


def identity_of(item: ManufacturerItem) -> SourceIdentity:
    return identity_from(item, item.material, item.site, item.site.organisation)


def identity_from(
    item: ManufacturerItem, material: Material, site: Site, organisation: Organisation
) -> SourceIdentity:
    """From records that a statement has joined, so that none is loaded again."""
    return SourceIdentity(
        item_id=item.id,
        item_name=item.name,
        catalogue_number=item.catalogue_number,
        material_id=material.id,
        material_code=material.code,
        material_name=material.name,
        site_id=site.id,
        site_name=site.name,
        country=site.country,
        vendor_id=organisation.id,
        vendor_name=organisation.name,
    )


def _row(
    found: Qualification, facts: SourceFacts, policies: Iterable[EvidencePolicy], today: date
) -> SourceRow:
    asked = requirements(facts, policies, today)
    return SourceRow(
        id=found.id,
        version=found.version,
        identity=identity_of(found.item),
        decided_on=found.decided_on,
        facts=facts,
        requirements=asked,
        due_reasons=due_reasons(facts, asked, today),
    )


def _papers(session: Session, vendors: Iterable[int]) -> Mapping[int, list[Evidence]]:
    by_vendor: dict[int, list[Evidence]] = defaultdict(list)
    found = session.scalars(
        select(Evidence).where(Evidence.organisation_id.in_(sorted(vendors))).order_by(Evidence.id)
    )
    for paper in found:
        by_vendor[paper.organisation_id].append(paper)
    return by_vendor


def _covers(paper: Evidence, item: ManufacturerItem) -> bool:
    """A paper of the vendor covers all its sites unless it names one, or an item."""
    if paper.item_id is not None:
        return paper.item_id == item.id
    return paper.site_id is None or paper.site_id == item.site_id


def _paper(paper: Evidence) -> Paper:
    return Paper(
        id=paper.id,
        kind=paper.kind,
        title=paper.title,
        issued_on=paper.issued_on,
        expires_on=paper.expires_on,
        result=paper.result,
        manner=paper.manner,
        lots=paper.lots,
        change_notice_months=paper.change_notice_months,
        region=paper.region,
    )


def _lots_received(session: Session, items: Iterable[int]) -> Mapping[int, tuple[date | None, ...]]:
    """The days on which the lots of each item came, by item."""
    found: dict[int, tuple[date | None, ...]] = defaultdict(tuple)
    for item_id, day in session.execute(
        select(Lot.item_id, Lot.received_on).where(Lot.item_id.in_(sorted(items)))
    ):
        found[item_id] += (day,)
    return found


def _conditions(session: Session, numbers: Sequence[int]) -> Mapping[int, list[Condition]]:
    """Those in force and neither fulfilled nor replaced."""
    row = QualificationCondition
    by_source: dict[int, list[Condition]] = defaultdict(list)
    found = session.scalars(
        select(row)
        .where(
            row.qualification_id.in_(numbers),
            row.in_force_on.is_not(None),
            row.fulfilled_on.is_(None),
            row.lapsed_on.is_(None),
        )
        .order_by(row.due_on.is_(None), row.due_on, row.id)
    )
    for one in found:
        by_source[one.qualification_id].append(Condition(one.text, one.due_on, one.covers, one.id))
    return by_source


def _causes(session: Session, numbers: Sequence[int]) -> Mapping[int, list[str]]:
    by_source: dict[int, list[str]] = defaultdict(list)
    found = session.scalars(
        select(RequalificationCause)
        .where(
            RequalificationCause.qualification_id.in_(numbers),
            RequalificationCause.closed_on.is_(None),
        )
        .order_by(RequalificationCause.id)
    )
    for one in found:
        by_source[one.qualification_id].append(f"For cause: {one.cause}")
    return by_source
