"""The last run of each job."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from supplier_qc.persistence.tables.notices import JobRun


@dataclass(frozen=True, slots=True)
class JobRunRow:
    job: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    is_failure: bool


def list_last_runs(session: Session) -> dict[str, JobRunRow]:
    """By the job's name; a job that never ran is absent."""
    last = select(func.max(JobRun.id)).group_by(JobRun.job)
    runs = session.scalars(select(JobRun).where(JobRun.id.in_(last)))
    return {
        run.job: JobRunRow(run.job, run.started_at, run.ended_at, run.outcome, run.is_failure)
        for run in runs
    }
