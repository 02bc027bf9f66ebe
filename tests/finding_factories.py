"""Findings and corrective actions for tests, made by the services themselves."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.corrective_actions import CorrectiveActionStep
from supplier_qc.domain.people import Actor
from supplier_qc.domain.supplier_findings import FindingOrigin, FindingSeverity
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import (
    CorrectiveActionRequest,
    ManufacturerItem,
    SupplierFinding,
)
from supplier_qc.services.corrective_actions import (
    RequestDraft,
    StepDone,
    issue_request,
    record_step,
)
from supplier_qc.services.installation import Installation
from supplier_qc.services.supplier_findings import FindingDraft, record_finding
from tests.conftest import NOW
from tests.lot_factories import BEA, BEN

STEPS = tuple(CorrectiveActionStep)
ISSUED_AT = NOW - timedelta(days=100)


def vendor_of(sessions: sessionmaker[Session], item_id: int) -> int:
    with reading(sessions) as session:
        return session.get_one(ManufacturerItem, item_id).site.organisation_id


def make_finding(sessions: sessionmaker[Session], item_id: int, /, **changes: Any) -> int:
    """A major finding of an audit on the item; `changes` are fields of FindingDraft."""
    values: dict[str, Any] = {
        "origin": FindingOrigin.AUDIT,
        "severity": FindingSeverity.MAJOR,
        "title": "Filling line without an alarm",
        "found_on": ISSUED_AT.date(),
        "item_id": item_id,
    }
    vendor_id = vendor_of(sessions, item_id)
    draft = FindingDraft(**(values | changes))
    return record_finding(sessions, vendor_id, draft, actor=BEN, now=ISSUED_AT)


def make_request(sessions: sessionmaker[Session], finding_id: int, **changes: Any) -> int:
    """Issued a hundred days ago; `changes` are fields of RequestDraft."""
    with reading(sessions) as session:
        version = session.get_one(SupplierFinding, finding_id).version
    draft = RequestDraft("Correct the alarm and show why it failed.", version, **changes)
    return issue_request(sessions, finding_id, draft, actor=BEN, now=ISSUED_AT)


def version_of(sessions: sessionmaker[Session], request_id: int) -> int:
    with reading(sessions) as session:
        return session.get_one(CorrectiveActionRequest, request_id).version


def do_steps(
    installation: Installation,
    request_id: int,
    steps: Iterable[CorrectiveActionStep] = STEPS,
    *,
    checker: Actor = BEA,
) -> None:
    """Each done two days after the issue, recorded by the reviewer, the check by `checker`."""
    for step in steps:
        is_check = step is CorrectiveActionStep.EFFECTIVENESS
        done = StepDone(
            step,
            ISSUED_AT.date() + timedelta(days=2),
            f"{step.words}, as in the supplier's letter.",
            version_of(installation.sessions, request_id),
        )
        record_step(
            installation.sessions,
            installation.documents,
            request_id,
            done,
            actor=checker if is_check else BEN,
            now=NOW,
        )
