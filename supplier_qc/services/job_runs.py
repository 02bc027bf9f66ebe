"""Proof that the clock ran."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables.notices import JobRun

KEPT_FOR = timedelta(days=90)

IDLE = "nothing to do"

IDLE_PROOF_EVERY = timedelta(minutes=1)
"""How often the proof of a frequent job that finds nothing is renewed."""


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


def record_idle_run(
    sessions: sessionmaker[Session], job: str, *, started_at: datetime, ended_at: datetime
) -> None:
    """Prove that a frequent job lives, without a row for every minute in which it found nothing.

    The last row is moved forward while it is itself an idle run, at most once a minute.
    """
    last = _last_run(sessions, job)
    is_idle = last is not None and last.outcome == IDLE and not last.is_failure
    if last is not None and is_idle and started_at - last.started_at < IDLE_PROOF_EVERY:
        return
    with sessions() as session, session.begin():
        run = session.get(JobRun, last.id) if last is not None and is_idle else None
        if run is None:
            run = JobRun(job=job, outcome=IDLE)
            session.add(run)
        run.started_at = started_at
        run.ended_at = ended_at


def _last_run(sessions: sessionmaker[Session], job: str) -> JobRun | None:
    """Read apart from the writing, so that a frequent job never waits for another writer."""
    last = select(JobRun).where(JobRun.job == job).order_by(JobRun.id.desc()).limit(1)
    with reading(sessions) as session:
        return session.scalar(last)
