"""The policy on how many persons read a certificate: rows that are superseded, never edited."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.catalogue import RiskClass
from supplier_qc.domain.entered_text import one_line, text_problems
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.domain.second_person import ONE_PERSON, TWO_PERSONS
from supplier_qc.persistence.tables.second_person import ReadingPolicyRow
from supplier_qc.services.transaction import changing

_OWN_RULE = "C"
"""A rule of the user's own is a convention of theirs, whatever it rests on."""


@dataclass(frozen=True, slots=True)
class PolicyDraft:
    """The row that takes over on `valid_from`; `source` names the procedure it stands in."""

    risk_class: RiskClass
    persons: int
    is_double_entry: bool
    valid_from: date
    source: str


def supersede_reading_policy(
    sessions: sessionmaker[Session],
    draft: PolicyDraft,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Put a row in the place of the one in force; returns the new row's number.

    Certificates that wait for their second person go on as they were handed over.
    """
    action = AuditAction.READING_POLICY_SUPERSEDED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        if not actor.may(Permission.APPROVE_SPECIFICATION):
            raise NotPermitted("Your roles do not include the policy on reading certificates.")
        before = change.session.scalars(
            select(ReadingPolicyRow)
            .where(
                ReadingPolicyRow.risk_class == draft.risk_class, ReadingPolicyRow.valid_to.is_(None)
            )
            .with_for_update()
        ).all()
        Refused.unless_empty(_problems(draft, before, now.date()))
        for row in before:
            row.valid_to = draft.valid_from
        added = ReadingPolicyRow(
            risk_class=draft.risk_class,
            persons=draft.persons,
            is_double_entry=draft.is_double_entry,
            valid_from=draft.valid_from,
            mark=_OWN_RULE,
            source=one_line(draft.source),
        )
        change.session.add(added)
        change.session.flush()  # the number is the audit entry's subject
        change.about(added, f"{draft.risk_class.value} materials from {draft.valid_from}")
        return added.id


def _problems(draft: PolicyDraft, before: Sequence[ReadingPolicyRow], today: date) -> Iterator[str]:
    if draft.persons not in (ONE_PERSON, TWO_PERSONS):
        yield "One or two persons read a certificate."
    if draft.is_double_entry and draft.persons == ONE_PERSON:
        yield "Double entry takes two persons."
    if draft.valid_from < today:
        yield "The policy cannot be changed for days that have passed."
    if any(draft.valid_from <= row.valid_from for row in before):
        yield "A row in force begins on that day or later; choose a later day."
    yield from text_problems("The source", one_line(draft.source), longest=300, required=True)
