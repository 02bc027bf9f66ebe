"""Findings as they were recorded at the confirmation of a certificate."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from supplier_qc.domain.certificate_changes.facts import Place
from supplier_qc.domain.certificate_changes.findings import (
    Finding,
    FindingGroup,
    Spot,
    Standing,
)
from supplier_qc.persistence.tables.certificate_changes import CertificateFinding
from supplier_qc.persistence.tables.certificates import Certificate
from supplier_qc.queries.certificate_facts import facts_of


def recorded_finding(record: CertificateFinding) -> Finding:
    return Finding(
        kind=record.kind,
        rule=record.rule,
        severity=record.severity,
        subject=record.subject,
        sentence=record.sentence,
        before=record.before,
        after=record.after,
        standing=record.standing,
        spot_before=_spot(record.evidence["before"]),
        spot_after=_spot(record.evidence["after"]),
        history=record.history,
    )


def _spot(stored: Mapping[str, Any]) -> Spot:
    place = stored["place"]
    return Spot(stored["field"], stored["row_id"], Place(**place) if place else None)


def as_evidence(finding: Finding) -> dict[str, Any]:
    """Where the finding stands on both certificates, as it is stored."""
    return {"before": _stored(finding.spot_before), "after": _stored(finding.spot_after)}


def _stored(spot: Spot) -> dict[str, Any]:
    place = asdict(spot.place) if spot.place else None
    return {"field": spot.field, "row_id": spot.row_id, "place": place}


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """All changes that one certificate of an item brought."""

    certificate_id: int
    lot: str | None
    on: datetime
    findings: tuple[Finding, ...]


def list_item_changes(session: Session, item_id: int) -> list[TimelineEntry]:
    """What changed on the item's certificates, the newest first; without other wordings."""
    records = session.scalars(
        select(CertificateFinding)
        .join(Certificate, Certificate.id == CertificateFinding.certificate_id)
        .where(
            Certificate.item_id == item_id,
            CertificateFinding.standing != Standing.WORDING,
        )
        .options(joinedload(CertificateFinding.certificate).selectinload(Certificate.fields))
        .order_by(
            CertificateFinding.found_at.desc(),
            CertificateFinding.certificate_id.desc(),
            CertificateFinding.id,
        )
    ).all()
    by_certificate: dict[int, list[CertificateFinding]] = defaultdict(list)
    for record in records:
        if record.kind.group is not FindingGroup.INCONSISTENCY:
            by_certificate[record.certificate_id].append(record)
    return [
        TimelineEntry(
            number,
            facts_of(own[0].certificate, own[0].found_at.date()).lot,
            own[0].found_at,
            tuple(recorded_finding(record) for record in own),
        )
        for number, own in by_certificate.items()
    ]
