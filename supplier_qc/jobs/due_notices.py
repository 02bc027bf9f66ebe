"""The job that turns what is due into notices."""

from datetime import datetime

from supplier_qc.domain.due_dates.notices import DueItem, DueNotice, notices_due
from supplier_qc.domain.reminders import DueSubject, NoticeFacts
from supplier_qc.queries.due import list_due_by_policy
from supplier_qc.queries.notices import list_notice_keys
from supplier_qc.services.installation import Installation
from supplier_qc.services.notices import NoticeDraft, make_notice


def make_due_notices(installation: Installation, now: datetime) -> str | None:
    """Make the notices that are missing, each in a transaction of its own.

    A run that breaks off keeps what it made; the next one makes the rest.
    """
    today = now.date()
    with installation.reading() as session:
        items = [
            DueItem(row.subject.value, row.subject_id, row.title, row.due_on)
            for row in list_due_by_policy(session, today)
        ]
        missing = notices_due(items, today, list_notice_keys(session))
    base_url = installation.settings.base_url
    made = sum(
        make_notice(installation.sessions, _draft(notice, now), base_url=base_url, now=now)
        for notice in missing
    )
    return f"{made} made" if made else None


def _draft(notice: DueNotice, now: datetime) -> NoticeDraft:
    facts = NoticeFacts(
        subject=DueSubject(notice.item.subject_type),
        title=notice.item.title,
        due_on=notice.due_on,
        days_left=(notice.due_on - now.date()).days,
    )
    return NoticeDraft(notice.key, notice.item.subject_id, notice.threshold_days, facts)
