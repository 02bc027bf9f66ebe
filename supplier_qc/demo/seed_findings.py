"""Two findings against suppliers, one in corrective action, as events."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from supplier_qc.demo.seed_context import Event, Seeding
from supplier_qc.domain.corrective_actions import CorrectiveActionStep
from supplier_qc.domain.supplier_findings import FindingOrigin, FindingSeverity
from supplier_qc.persistence.tables import CorrectiveActionRequest, ManufacturerItem
from supplier_qc.queries.finding_drafts import draft_on_lot
from supplier_qc.services.corrective_actions import (
    RequestDraft,
    StepDone,
    issue_request,
    record_step,
)
from supplier_qc.services.supplier_findings import FindingDraft, record_finding

FAILED_LOT = ("dmso", "D0422")
"""Rejected for its water; what its supplier does about it is followed."""

AUDITED_ITEM = "fgf2"
FOUND_DAYS_AGO, AUDITED_DAYS_AGO = 110, 33

_S = CorrectiveActionStep
_DONE = (
    (_S.ACKNOWLEDGEMENT, 2, "The complaint is registered."),
    (_S.CONTAINMENT, 3, "The rest of the lot is blocked; no other lot was filled that week."),
    (_S.ROOT_CAUSE, 34, "The desiccant of the filling line was not changed on its day."),
    (_S.PLAN, 44, "Water is measured in the line; the desiccant is changed by hours of use."),
    (_S.IMPLEMENTATION, 85, "The instrument is qualified, the instruction is in force."),
)
"""Step, days after the finding, what the supplier wrote; the root cause came late."""


def events(seeding: Seeding) -> Iterator[Event]:
    """After the lots and sources of the story; the check of effectiveness is still to come."""
    found_on = seeding.today - timedelta(days=FOUND_DAYS_AGO)
    requests: list[int] = []
    yield Event(found_on, partial(_complain, seeding, requests), hour=16)
    for step, days, words in _DONE:
        act = partial(_record, seeding, requests, step, words)
        yield Event(found_on + timedelta(days=days), act, hour=11)
    audited_on = seeding.today - timedelta(days=AUDITED_DAYS_AGO)
    yield Event(audited_on, partial(_note_at_audit, seeding), hour=16)


def _complain(seeding: Seeding, requests: list[int], now: datetime) -> None:
    """On the lot that failed, in the words that its results draft."""
    with seeding.installation.reading() as session:
        drafted = draft_on_lot(session, seeding.lots[FAILED_LOT])
    if drafted is None:
        raise LookupError(f"Lot {FAILED_LOT} is not on file.")
    draft = FindingDraft(
        origin=FindingOrigin.LOT_RESULT,
        severity=FindingSeverity.MAJOR,
        title=drafted.title,
        found_on=now.date(),
        details=drafted.details,
        lot_id=drafted.lot_id,
    )
    ben, vendor_id = seeding.actor("ben"), drafted.vendor_id
    finding = record_finding(seeding.sessions, vendor_id, draft, actor=ben, now=now)
    asked = RequestDraft("Say how the water came in, and keep it out.", 1, effectiveness_lots=2)
    requests.append(issue_request(seeding.sessions, finding, asked, actor=ben, now=now))


def _record(
    seeding: Seeding,
    requests: list[int],
    step: CorrectiveActionStep,
    words: str,
    now: datetime,
) -> None:
    [request_id] = requests
    with seeding.installation.reading() as session:
        version = session.get_one(CorrectiveActionRequest, request_id).version
    done = StepDone(step, now.date(), words, version)
    documents = seeding.installation.documents
    record_step(seeding.sessions, documents, request_id, done, actor=seeding.actor("ben"), now=now)


def _note_at_audit(seeding: Seeding, now: datetime) -> None:
    item_id = seeding.items[AUDITED_ITEM]
    with seeding.installation.reading() as session:
        site = session.get_one(ManufacturerItem, item_id).site
        vendor_id, site_id = site.organisation_id, site.id
    draft = FindingDraft(
        origin=FindingOrigin.AUDIT,
        severity=FindingSeverity.MINOR,
        title="Training records of two operators are not signed",
        found_on=now.date(),
        site_id=site_id,
    )
    record_finding(seeding.sessions, vendor_id, draft, actor=seeding.actor("ben"), now=now)
