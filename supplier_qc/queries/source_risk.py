"""The risk score of a source, from the facts on file and the weights in force."""

from datetime import date

from sqlalchemy import case, distinct, func, select
from sqlalchemy.orm import Session

from supplier_qc.domain.origin.engine import assess_all
from supplier_qc.domain.origin.vocabulary import Level
from supplier_qc.domain.qualification.evidence_policy import RequirementKind
from supplier_qc.domain.qualification.risk import RiskFacts, RiskScore, risk_score
from supplier_qc.domain.qualification.sources import SourceMark, source_mark
from supplier_qc.domain.qualification.states import APPROVALS
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.qualification import Qualification
from supplier_qc.queries.evidence_policy import list_risk_weights
from supplier_qc.queries.origin import DOSSIER_AUTHORITIES
from supplier_qc.queries.origin_facts import facts_of, stored_components
from supplier_qc.queries.reference_lists import reference_lists
from supplier_qc.queries.source_facts import SourceRow


def get_risk_score(session: Session, source: SourceRow, today: date) -> RiskScore:
    facts = RiskFacts(
        origin=_origin_level(session, source.identity.item_id, today),
        grade=source.facts.grade,
        sources=_source_mark(session, source.identity.material_id),
        requirements=source.requirements,
        country=source.identity.country,
        use_scope=source.facts.use_scope,
        findings=_findings(source),
    )
    return risk_score(facts, list_risk_weights(session), today)


def _origin_level(session: Session, item_id: int, today: date) -> Level:
    """The worst level for all authorities; unknown where nothing is recorded."""
    facts = facts_of(stored_components(session, [item_id]).get(item_id, ()))
    return assess_all(facts, DOSSIER_AUTHORITIES, reference_lists(session), today).level


def _source_mark(session: Session, material_id: int) -> SourceMark:
    sites, approved = session.execute(
        select(
            func.count(distinct(ManufacturerItem.site_id)),
            func.count(
                distinct(
                    case((Qualification.status.in_(sorted(APPROVALS)), ManufacturerItem.site_id))
                )
            ),
        )
        .select_from(ManufacturerItem)
        .join(Qualification, Qualification.item_id == ManufacturerItem.id, isouter=True)
        .where(ManufacturerItem.material_id == material_id)
    ).one()
    return source_mark(sites, approved)


def _findings(source: SourceRow) -> tuple[str, ...]:
    """Open causes, conditions past their day, and a research grade in trials."""
    named = list(source.facts.open_causes)
    for one in source.requirements:
        if one.kind is RequirementKind.CONDITIONS_IN_TIME and one.is_lacking:
            named.append(f"Conditions are overdue: {one.reason}")
        if one.kind is RequirementKind.GRADE_FOR_USE and one.is_asked and one.paper_id is not None:
            named.append(f"A grade that needed a justification: {one.reason}")
    return tuple(named)
