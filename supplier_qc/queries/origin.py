"""Where items come from and what the rules conclude of it, as pages and tables show it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from supplier_qc.domain.origin.description import Pair, fact_pairs, origin_words
from supplier_qc.domain.origin.engine import assess_all, assess_item
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.findings import Assessment, HumanVerdict, OverallAssessment
from supplier_qc.domain.origin.fingerprint import fingerprint
from supplier_qc.domain.origin.nesting import Position, position_text, walk
from supplier_qc.domain.origin.reference import ReferenceLists
from supplier_qc.domain.origin.vocabulary import Authority, Level, severity
from supplier_qc.persistence import tables
from supplier_qc.queries.origin_facts import (
    StoredComponent,
    facts_of,
    stored_component,
    stored_components,
)
from supplier_qc.queries.origin_recorded import (
    RecordedAssessmentRow,
    RecordedState,
    recorded_assessments,
    recorded_state,
)
from supplier_qc.queries.reference_lists import reference_lists

DOSSIER_AUTHORITIES = (
    Authority.EU,
    Authority.US,
    Authority.JAPAN,
    Authority.CANADA,
    Authority.BRAZIL,
)
"""Those a dossier is written for; the bare WOAH list takes no part in the overall level."""

NOTHING_RECORDED = "No origin facts recorded."


@dataclass(frozen=True, slots=True)
class OriginItemRow:
    item_id: int
    item_name: str
    catalogue_number: str
    manufacturer: str
    site_name: str
    site_country: str
    material_code: str
    material_name: str
    in_final_product: bool


@dataclass(frozen=True, slots=True)
class PartRow:
    """One component of the tree; `path` is its name behind those above it, as rules cite it."""

    component_id: int
    version: int
    position: str
    depth: int
    path: str
    name: str
    pairs: tuple[Pair, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemOrigin:
    """`overall` holds an assessment for each authority of `DOSSIER_AUTHORITIES`."""

    item: OriginItemRow
    parts: tuple[PartRow, ...]
    overall: OverallAssessment
    fingerprints: Mapping[Authority, str]
    recorded: tuple[RecordedAssessmentRow, ...]

    def assessment(self, authority: Authority) -> Assessment:
        return next(one for one in self.overall.by_authority if one.authority is authority)


@dataclass(frozen=True, slots=True)
class OriginIndexRow:
    """One item with its level for each authority, and the first reason for the worst of them."""

    item: OriginItemRow
    origin: str
    has_facts: bool
    level: Level
    blocks: bool
    levels: Mapping[Authority, Level]
    blocking: Mapping[Authority, bool]
    human_verdict: HumanVerdict | None
    gaps: int
    reason: str
    recorded: RecordedState


@dataclass(frozen=True, slots=True)
class TseSummaryRow:
    """The flag of one item for one authority, as a dossier table prints it."""

    item_id: int
    authority: Authority
    level: Level
    blocks: bool
    list_edition: str
    origin: str
    human_verdict: HumanVerdict | None
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """A record of a component, for the page that changes it."""

    id: int
    version: int
    item_id: int
    lot_id: int | None
    facts: OriginComponent
    is_withdrawn: bool


def get_item_origin(
    session: Session, item_id: int, lists: ReferenceLists, today: date
) -> ItemOrigin | None:
    """The item with its components, what is concluded today, and what was signed before."""
    item = next(_items(session, _item_select().where(tables.ManufacturerItem.id == item_id)), None)
    if item is None:
        return None
    components = stored_components(session, [item_id]).get(item_id, ())
    facts = facts_of(components)
    overall = assess_all(facts, DOSSIER_AUTHORITIES, lists, today)
    recorded = recorded_assessments(session, {item_id: (facts, overall)}, lists, today)
    return ItemOrigin(
        item=item,
        parts=tuple(row for component in components for row in part_rows(component)),
        overall=overall,
        fingerprints={one.authority: fingerprint(facts, one) for one in overall.by_authority},
        recorded=recorded.get(item_id, ()),
    )


def list_origin_items(session: Session) -> list[OriginItemRow]:
    """All items by name."""
    return list(_items(session, _item_select()))


def get_origin_item(session: Session, item_id: int) -> OriginItemRow | None:
    chosen = _item_select().where(tables.ManufacturerItem.id == item_id)
    return next(_items(session, chosen), None)


def list_origin(session: Session, lists: ReferenceLists, today: date) -> list[OriginIndexRow]:
    """All items, the worst first; an item without a component is unknown."""
    stored = stored_components(session)
    items = list_origin_items(session)
    judged = {}
    for item in items:
        facts = facts_of(stored.get(item.item_id, ()))
        judged[item.item_id] = (facts, assess_all(facts, DOSSIER_AUTHORITIES, lists, today))
    recorded = recorded_assessments(session, judged, lists, today)
    rows = [
        _index_row(item, *judged[item.item_id], recorded.get(item.item_id, ())) for item in items
    ]
    return sorted(rows, key=lambda row: (-severity(row.level), not row.blocks, -row.gaps))


def get_tse_summary(
    session: Session, item_ids: Sequence[int], authority: Authority, on: date
) -> dict[int, TseSummaryRow]:
    """The flag of each item for one authority; an item without facts is unknown, and blocks."""
    stored = stored_components(session, item_ids)
    lists = reference_lists(session)
    return {
        item_id: _summary(item_id, facts_of(stored.get(item_id, ())), authority, lists, on)
        for item_id in item_ids
    }


def list_components(session: Session, item_id: int) -> list[ComponentRow]:
    """The components of an item that are in force."""
    stored = stored_components(session, [item_id]).get(item_id, ())
    return [
        ComponentRow(one.id, one.version, item_id, None, one.facts, is_withdrawn=False)
        for one in stored
    ]


def get_component(session: Session, component_id: int) -> ComponentRow | None:
    record = session.get(tables.OriginComponent, component_id)
    if record is None:
        return None
    stored = stored_component(record)
    return ComponentRow(
        record.id,
        record.version,
        record.item_id,
        record.lot_id,
        stored.facts,
        record.is_withdrawn,
    )


def get_recorded_assessment(
    session: Session, assessment_id: int, lists: ReferenceLists, today: date
) -> RecordedAssessmentRow | None:
    """One signed assessment as it was, with what is different today."""
    item_id = session.scalar(
        select(tables.OriginAssessment.item_id).where(tables.OriginAssessment.id == assessment_id)
    )
    found = None if item_id is None else get_item_origin(session, item_id, lists, today)
    rows = () if found is None else found.recorded
    return next((row for row in rows if row.id == assessment_id), None)


# --- items and components ------------------------------------------------------------------------


def _item_select() -> Select[*tuple[Any, ...]]:
    item, site, maker = tables.ManufacturerItem, tables.Site, tables.Organisation
    return (
        select(
            item.id,
            item.name,
            item.catalogue_number,
            maker.name,
            site.name,
            site.country,
            tables.Material.code,
            tables.Material.name,
            tables.Material.in_final_product,
        )
        .join(site, site.id == item.site_id)
        .join(maker, maker.id == site.organisation_id)
        .join(tables.Material, tables.Material.id == item.material_id)
        .order_by(item.name, item.catalogue_number, item.id)
    )


def _items(session: Session, chosen: Select[*tuple[Any, ...]]) -> Iterator[OriginItemRow]:
    return (OriginItemRow(*row) for row in session.execute(chosen))


def part_rows(component: StoredComponent) -> list[PartRow]:
    """The component and all beneath it, as pages list them."""
    names: dict[Position, str] = {}
    rows = []
    for position, part in walk(component.facts):
        above = names.get(position[:-1], "") if position else ""
        names[position] = f"{above} › {part.name}" if above else part.name
        rows.append(
            PartRow(
                component_id=component.id,
                version=component.version,
                position=position_text(position),
                depth=len(position),
                path=names[position],
                name=part.name,
                pairs=fact_pairs(part),
                problems=component.problems,
            )
        )
    return rows


# --- what is concluded ---------------------------------------------------------------------------


def _index_row(
    item: OriginItemRow,
    facts: tuple[OriginComponent, ...],
    overall: OverallAssessment,
    recorded: Sequence[RecordedAssessmentRow],
) -> OriginIndexRow:
    verdicts = [one.human_verdict for one in overall.by_authority]
    return OriginIndexRow(
        item=item,
        origin=origin_words(facts),
        has_facts=bool(facts),
        level=overall.level,
        blocks=overall.blocks,
        levels={one.authority: one.level for one in overall.by_authority},
        blocking={one.authority: one.blocks for one in overall.by_authority},
        human_verdict=HumanVerdict.GAPS if HumanVerdict.GAPS in verdicts else verdicts[0],
        gaps=len({gap for one in overall.by_authority for gap in one.gaps}),
        reason=_reason(facts, overall),
        recorded=recorded_state(recorded),
    )


def _reason(facts: tuple[OriginComponent, ...], overall: OverallAssessment) -> str:
    """Why the level is what it is: the first rule that led to it, else to the worst one."""
    if not facts:
        return NOTHING_RECORDED
    decisive = next(one for one in overall.by_authority if one.level is overall.level)
    rules = [rule for rule in decisive.fired if rule.level is not None]
    rules.sort(key=lambda rule: -severity(rule.level) if rule.level else 0)
    return rules[0].sentence if rules else "; ".join(decisive.gaps)


def _summary(
    item_id: int,
    facts: tuple[OriginComponent, ...],
    authority: Authority,
    lists: ReferenceLists,
    on: date,
) -> TseSummaryRow:
    assessment = assess_item(facts, authority, lists, on)
    return TseSummaryRow(
        item_id=item_id,
        authority=authority,
        level=assessment.level,
        blocks=assessment.blocks,
        list_edition=assessment.list_edition,
        origin=origin_words(facts),
        human_verdict=assessment.human_verdict,
        gaps=assessment.gaps,
    )
