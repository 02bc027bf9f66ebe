"""Proof that the clock ran."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.persistence.tables.notices import JobRun

KEPT_FOR = timedelta(days=90)


def record_job_run(
    sessions: sessionmaker[Session],
    job: str,
    *,
    started_at: datetime,
    ended_at: datetime,
    outcome: str,
    is_failure: bool = False,
) -> None:
    """Keep one run, and let runs of this job older than 90 days go.

    Operational, not a quality record: it changes nothing a decision rests on, so it carries no
    audit entry.
    """
    with sessions() as session, session.begin():
        session.add(
            JobRun(
                job=job,
                started_at=started_at,
                ended_at=ended_at,
                outcome=outcome,
                is_failure=is_failure,
            )
        )
        old = select(JobRun).where(JobRun.job == job, JobRun.started_at < started_at - KEPT_FOR)
        for run in session.scalars(old):
            session.delete(run)
