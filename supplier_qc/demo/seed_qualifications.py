"""Qualifications of the story, decided so that the policy in force gives the story's due dates."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from supplier_qc.demo import records
from supplier_qc.demo.seed_context import Event, Seeding
from supplier_qc.domain.qualification.states import QualificationStatus
from supplier_qc.services.qualifications import (
    Decision,
    decide_qualification,
    propose_qualification,
)

_PROPOSED_BEFORE = timedelta(days=21)


def events(seeding: Seeding, story: records.Story, begun_on: date) -> Iterator[Event]:
    for source in story.qualifications:
        decided_on = source.decided_on
        proposed_on = (decided_on or seeding.today - timedelta(days=9)) - _PROPOSED_BEFORE
        yield Event(
            max(proposed_on, begun_on + timedelta(days=12)),
            partial(_propose, seeding, source),
            hour=11,
        )
        if decided_on is not None:
            yield Event(
                decided_on,
                partial(_decide, seeding, source),
                hour=12,
            )


def _propose(seeding: Seeding, source: records.Qualification, now: datetime) -> None:
    seeding.qualifications[source.item, source.use] = propose_qualification(
        seeding.sessions,
        seeding.items[source.item],
        source.use,
        "Needed by the process; paper assessment and qualification lots are on file.",
        actor=seeding.actor("ben"),
        now=now,
    )


def _decide(seeding: Seeding, source: records.Qualification, now: datetime) -> None:
    number = seeding.qualifications[source.item, source.use]
    conditional = source.status is QualificationStatus.CONDITIONALLY_APPROVED
    decision = Decision(
        status=source.status,
        version=1,
        reason="Evidence complete for this use." if not conditional else "Approved within limits.",
        password=seeding.password("bea"),
        conditions=source.conditions or None,
    )
    decide_qualification(seeding.sessions, number, decision, actor=seeding.actor("bea"), now=now)
