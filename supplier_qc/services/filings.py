"""Marking a version of a specification as filed with an authority, under a signature."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.catalogue import SpecificationStatus, UseScope
from supplier_qc.domain.entered_text import one_line, text_problems
from supplier_qc.domain.origin.vocabulary import Authority
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.refusals import Refused
from supplier_qc.domain.signatures import SignatureMeaning, SignedRecord
from supplier_qc.domain.specification.versions import signed_content
from supplier_qc.persistence.tables.filings import SpecificationFiling
from supplier_qc.persistence.tables.specifications import Specification
from supplier_qc.queries.limit_lines import limit_line
from supplier_qc.services.signing import sign
from supplier_qc.services.transaction import changing

_FILED = frozenset({SpecificationStatus.EFFECTIVE, SpecificationStatus.SUPERSEDED})


@dataclass(frozen=True, slots=True)
class FilingDraft:
    """`reference` is that of the submission, such as a sequence or application number."""

    authority: Authority
    use_scope: UseScope
    reference: str
    filed_on: date


def file_specification(
    sessions: sessionmaker[Session],
    specification_id: int,
    draft: FilingDraft,
    *,
    reason: str,
    password: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Record that this version stands in a filed dossier; returns the filing's number.

    It stands until another filing for the same authority and use takes its place.
    """
    action = AuditAction.SPECIFICATION_FILED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        specification = change.get(Specification, specification_id, "Specification")
        Refused.unless_empty(_problems(specification, draft, now.date()))
        filing = SpecificationFiling(
            specification=specification,
            authority=draft.authority,
            use_scope=draft.use_scope,
            reference=one_line(draft.reference),
            filed_on=draft.filed_on,
            recorded_by_id=actor.person_id,
            recorded_at=now,
        )
        change.session.add(filing)
        change.about(specification, f"{specification.item.name}, version {specification.number}")
        change.session.flush()  # the signature is bound to the number
        sign(
            change,
            _signed_record(filing),
            meaning=SignatureMeaning.FILED,
            password=password,
            permission=Permission.APPROVE_SPECIFICATION,
        )
        return filing.id


def _problems(specification: Specification, draft: FilingDraft, today: date) -> Iterator[str]:
    if specification.status not in _FILED:
        yield f"Version {specification.number} was never approved, so that it cannot be filed."
    if draft.authority is Authority.WOAH:
        yield "WOAH receives no dossier; choose an authority."
    if draft.filed_on > today:
        yield "The day of filing lies in the future."
    yield from text_problems("The reference", one_line(draft.reference), longest=200, required=True)


def _signed_record(filing: SpecificationFiling) -> SignedRecord:
    specification = filing.specification
    content = signed_content(
        item_id=specification.item_id,
        number=specification.number,
        effective_on=specification.effective_on,
        lines=[limit_line(line) for line in specification.lines],
    )
    filed = {
        "authority": filing.authority.value,
        "use_scope": filing.use_scope.value,
        "reference": filing.reference,
        "filed_on": filing.filed_on,
    }
    return SignedRecord("specification_filing", filing.id, 1, {**content, **filed})
