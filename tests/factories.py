"""Records for tests, made by the real services: valid by default, changed by keyword."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import (
    AuditManner,
    ContactFunction,
    EvidenceKind,
    EvidenceResult,
    Grade,
    MaterialCategory,
    OrganisationRole,
    RiskClass,
    UseScope,
    label,
)
from supplier_qc.domain.evidence_details import EvidenceDetails
from supplier_qc.domain.people import Role
from supplier_qc.domain.qualification import QualificationStatus
from supplier_qc.domain.qualification.requirements import Condition
from supplier_qc.domain.qualification.states import MOVES, OPENING
from supplier_qc.domain.specification.lines import LimitLine
from supplier_qc.domain.specification.operator import Operator
from supplier_qc.persistence.document_store import DocumentStore
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import ManufacturerItem, Qualification, Specification
from supplier_qc.services.evidence import EvidenceDraft, add_evidence
from supplier_qc.services.materials import ItemDraft, MaterialDraft, add_item, add_material
from supplier_qc.services.qualifications import (
    Decision,
    decide_qualification,
    propose_qualification,
)
from supplier_qc.services.source_evaluation import propose_decision
from supplier_qc.services.source_records import DecisionDraft, open_decision
from supplier_qc.services.specifications import (
    Approval,
    add_specification_lines,
    approve_specification,
    draft_specification,
    remove_specification_line,
)
from supplier_qc.services.vendors import (
    ContactDraft,
    OrganisationDraft,
    SiteDraft,
    add_contact,
    add_organisation,
    add_site,
)
from tests.conftest import NOW, actor_of
from tests.people import PASSWORD

_numbers = count(1)
"""Makes names that do not repeat within a run of the tests."""

LINES = (
    LimitLine(
        "Endotoxin", Operator.AT_MOST, high=Decimal("0.5"), unit="EU/mL", method="Ph. Eur. 2.6.14"
    ),
    LimitLine("pH", Operator.BETWEEN, low=Decimal("7.0"), high=Decimal("7.6"), unit="pH"),
    LimitLine(
        "Sterility", Operator.EQUALS_TEXT, allowed_texts=("No growth",), method="Ph. Eur. 2.6.1"
    ),
)
"""The lines of a specification when a test names none."""

_GOOD = EvidenceDetails(result=EvidenceResult.SATISFACTORY)
REQUIRED_PAPERS = (
    (EvidenceKind.QUESTIONNAIRE, _GOOD),
    (EvidenceKind.AUDIT_REPORT, replace(_GOOD, manner=AuditManner.ON_SITE)),
    (EvidenceKind.QUALITY_AGREEMENT, EvidenceDetails(change_notice_months=6)),
    (EvidenceKind.CERTIFICATE, EvidenceDetails()),
    (EvidenceKind.TSE_STATEMENT, EvidenceDetails()),
    (EvidenceKind.QUALIFICATION_LOTS, EvidenceDetails(lots=3)),
    (EvidenceKind.COA_VERIFICATION, _GOOD),
)
_NO_FILES = DocumentStore(Path("no-such-folder"))
"""Papers without a file never reach it."""


def make_vendor(sessions: sessionmaker[Session], *, now: datetime = NOW, **changes: Any) -> int:
    """A manufacturer without sites; `changes` are fields of OrganisationDraft."""
    draft = OrganisationDraft(
        name=f"Aspen Reagents {next(_numbers)}",
        roles=frozenset({OrganisationRole.MANUFACTURER}),
        website="https://aspen.example",
    )
    actor = actor_of(Role.PROCUREMENT)
    return add_organisation(sessions, replace(draft, **changes), actor=actor, now=now)


def make_site(
    sessions: sessionmaker[Session],
    organisation_id: int | None = None,
    *,
    now: datetime = NOW,
    **changes: Any,
) -> int:
    """A site of the vendor, or of a new one; `changes` are fields of SiteDraft."""
    vendor_id = make_vendor(sessions, now=now) if organisation_id is None else organisation_id
    draft = SiteDraft(name=f"Plant {next(_numbers)}", address="1 Mill Lane", country="DE")
    actor = actor_of(Role.PROCUREMENT)
    return add_site(sessions, vendor_id, replace(draft, **changes), actor=actor, now=now)


def make_contact(
    sessions: sessionmaker[Session], organisation_id: int, *, now: datetime = NOW, **changes: Any
) -> int:
    draft = ContactDraft("Robin Vale", ContactFunction.QUALITY, "quality@aspen.example")
    actor = actor_of(Role.PROCUREMENT)
    return add_contact(sessions, organisation_id, replace(draft, **changes), actor=actor, now=now)


def make_material(sessions: sessionmaker[Session], *, now: datetime = NOW, **changes: Any) -> int:
    """A critical ancillary material; `changes` are fields of MaterialDraft."""
    draft = MaterialDraft(
        code=f"RM-{next(_numbers):04d}",
        name="Human platelet lysate",
        category=MaterialCategory.ANCILLARY,
        risk_class=RiskClass.CRITICAL,
        function="Growth supplement",
        stage_of_use="Expansion of the cells",
    )
    actor = actor_of(Role.PROCUREMENT)
    return add_material(sessions, replace(draft, **changes), actor=actor, now=now)


def make_item(
    sessions: sessionmaker[Session],
    *,
    material_id: int | None = None,
    site_id: int | None = None,
    now: datetime = NOW,
    **changes: Any,
) -> int:
    """An item of a manufacturer's site; vendor, site and material are made unless given."""
    draft = ItemDraft(
        site_id=make_site(sessions, now=now) if site_id is None else site_id,
        catalogue_number=f"PL-{next(_numbers):04d}",
        name="Platelet lysate, 500 mL",
        grade=Grade.GMP_FOR_FURTHER_MANUFACTURE,
        storage="-20 °C or below",
        shelf_life_months=24,
    )
    material = make_material(sessions, now=now) if material_id is None else material_id
    actor = actor_of(Role.PROCUREMENT)
    return add_item(sessions, material, replace(draft, **changes), actor=actor, now=now)


def make_specification(
    sessions: sessionmaker[Session],
    item_id: int | None = None,
    *,
    lines: Sequence[LimitLine] = LINES,
    effective: bool = True,
    now: datetime = NOW,
) -> int:
    """A specification of the item (a new one unless given), approved unless `effective` is off.

    A second call for the same item makes the next version; its lines replace the copied ones.
    """
    item = make_item(sessions, now=now) if item_id is None else item_id
    ana = actor_of(Role.PROCUREMENT)
    specification_id = draft_specification(sessions, item, actor=ana, now=now)
    _remove_copied_lines(sessions, specification_id, now)
    version = _version(sessions, specification_id)
    add_specification_lines(sessions, specification_id, lines, version=version, actor=ana, now=now)
    if effective:
        approve_made_specification(sessions, specification_id, now=now)
    return specification_id


def approve_made_specification(
    sessions: sessionmaker[Session], specification_id: int, *, now: datetime = NOW
) -> None:
    approval = Approval(_version(sessions, specification_id), "Limits agreed.", PASSWORD)
    bea = actor_of(Role.QA_APPROVER)
    approve_specification(sessions, specification_id, approval, actor=bea, now=now)


def make_qualification(
    sessions: sessionmaker[Session],
    item_id: int | None = None,
    *,
    use_scope: UseScope = UseScope.PHASE_1_2,
    approved: bool = True,
    with_papers: bool = True,
    now: datetime = NOW,
) -> int:
    """A qualification of the item (a new one unless given), approved unless `approved` is off.

    Every paper that the shipped policy asks for is there, unless `with_papers` is off.
    """
    item = make_item(sessions, now=now) if item_id is None else item_id
    ana = actor_of(Role.PROCUREMENT)
    qualification_id = propose_qualification(
        sessions, item, use_scope, "Questionnaire and three lots are in order.", actor=ana, now=now
    )
    if with_papers:
        make_required_papers(sessions, item, now=now)
    if approved:
        decide_made_qualification(sessions, qualification_id, now=now)
    return qualification_id


def make_required_papers(
    sessions: sessionmaker[Session], item_id: int, *, now: datetime = NOW
) -> None:
    """Every paper that the shipped policy asks for, issued today, without a day of its own."""
    with reading(sessions) as session:
        item = session.get_one(ManufacturerItem, item_id)
        vendor_id = item.site.organisation_id
    for kind, details in REQUIRED_PAPERS:
        draft = EvidenceDraft(
            kind, label(kind), item_id=item_id, issued_on=now.date(), details=details
        )
        actor = actor_of(Role.PROCUREMENT)
        add_evidence(sessions, _NO_FILES, vendor_id, draft, actor=actor, now=now)


def decide_made_qualification(
    sessions: sessionmaker[Session],
    qualification_id: int,
    status: QualificationStatus = QualificationStatus.APPROVED,
    *,
    conditions: Sequence[Condition] = (),
    now: datetime = NOW,
) -> None:
    """Signed by Bea; an approval is proposed by Ana before, unless it is already."""
    with reading(sessions) as session:
        qualification = session.get_one(Qualification, qualification_id)
        is_proposed = open_decision(session, qualification_id) is not None
    version = qualification.version
    if status in OPENING and not is_proposed and status in MOVES[qualification.status]:
        draft = DecisionDraft(status, "Looked at again.", conditions=conditions)
        ana = actor_of(Role.PROCUREMENT)
        propose_decision(sessions, qualification_id, draft, version=version, actor=ana, now=now)
        version += 1
    decision = Decision(status, version, "The evidence is complete.", PASSWORD, conditions)
    bea = actor_of(Role.QA_APPROVER)
    decide_qualification(sessions, qualification_id, decision, actor=bea, now=now)


def make_evidence(
    sessions: sessionmaker[Session],
    documents: DocumentStore,
    organisation_id: int | None = None,
    *,
    now: datetime = NOW,
    **changes: Any,
) -> int:
    """A certificate of the vendor (a new one unless given), from the fields of EvidenceDraft."""
    vendor_id = make_vendor(sessions, now=now) if organisation_id is None else organisation_id
    draft = replace(EvidenceDraft(EvidenceKind.CERTIFICATE, "ISO 9001 certificate"), **changes)
    actor = actor_of(Role.PROCUREMENT)
    return add_evidence(sessions, documents, vendor_id, draft, actor=actor, now=now)


def _remove_copied_lines(
    sessions: sessionmaker[Session], specification_id: int, now: datetime
) -> None:
    with reading(sessions) as session:
        copied = [line.id for line in session.get_one(Specification, specification_id).lines]
    for line_id in copied:
        remove_specification_line(
            sessions,
            specification_id,
            line_id,
            version=_version(sessions, specification_id),
            actor=actor_of(Role.PROCUREMENT),
            now=now,
        )


def _version(sessions: sessionmaker[Session], specification_id: int) -> int:
    with reading(sessions) as session:
        return session.scalars(
            select(Specification.version).where(Specification.id == specification_id)
        ).one()
