"""The job that turns what is due into notices."""

from collections.abc import Mapping
from datetime import datetime

from supplier_qc.domain.due_dates.notices import DueItem, DueNotice, notices_due
from supplier_qc.domain.expected_certificates import REMIND_DAYS
from supplier_qc.domain.reminders import DueSubject, NoticeFacts
from supplier_qc.queries.due import DueRow, list_due_by_policy
from supplier_qc.queries.notices import list_notice_keys
from supplier_qc.services.installation import Installation
from supplier_qc.services.notices import NoticeDraft, make_notice


def make_due_notices(installation: Installation, now: datetime) -> str | None:
    """Make the notices that are missing, each in a transaction of its own.

    A run that breaks off keeps what it made; the next one makes the rest.
    """
    today = now.date()
    with installation.reading() as session:
        rows = list_due_by_policy(session, today)
        keys = list_notice_keys(session)
    awaited = [_item(row) for row in rows if row.subject is DueSubject.EXPECTED_CERTIFICATE]
    others = [_item(row) for row in rows if row.subject is not DueSubject.EXPECTED_CERTIFICATE]
    missing = (
        *notices_due(others, today, keys),
        *notices_due(awaited, today, keys, REMIND_DAYS),
    )
    remarks = {(row.subject.value, row.subject_id): row.remark for row in rows}
    base_url = installation.settings.base_url
    made = sum(
        make_notice(installation.sessions, _draft(notice, now, remarks), base_url=base_url, now=now)
        for notice in missing
    )
    return f"{made} made" if made else None


def _item(row: DueRow) -> DueItem:
    return DueItem(row.subject.value, row.subject_id, row.title, row.due_on)


def _draft(notice: DueNotice, now: datetime, remarks: Mapping[tuple[str, int], str]) -> NoticeDraft:
    facts = NoticeFacts(
        subject=DueSubject(notice.item.subject_type),
        title=notice.item.title,
        due_on=notice.due_on,
        days_left=(notice.due_on - now.date()).days,
        remark=remarks[notice.item.subject_type, notice.item.subject_id],
    )
    return NoticeDraft(notice.key, notice.item.subject_id, notice.threshold_days, facts)
