"""The table of jobs, and the scheduler that starts them in the leading process."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from supplier_qc.jobs import clock
from supplier_qc.jobs.due_notices import make_due_notices
from supplier_qc.jobs.leadership import Leadership, leadership_for
from supplier_qc.jobs.outbox import send_outbox
from supplier_qc.jobs.reading import read_waiting_certificates
from supplier_qc.jobs.watched_folder import take_from_watched_folder
from supplier_qc.services.installation import Installation
from supplier_qc.services.job_runs import IDLE, record_idle_run, record_job_run

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """`work` returns what it did in words, or None when there was nothing to do."""

    name: str
    every: timedelta
    work: Callable[[Installation, datetime], str | None]
    # Each run that found nothing gets a row of its own; a frequent job moves its last one forward.
    records_idle_runs: bool = True


JOBS: tuple[Job, ...] = (
    Job("reading", timedelta(seconds=2), read_waiting_certificates, records_idle_runs=False),
    Job("watched folder", timedelta(minutes=1), take_from_watched_folder, records_idle_runs=False),
    Job("due notices", timedelta(minutes=15), make_due_notices),
    Job("outbox", timedelta(minutes=1), send_outbox, records_idle_runs=False),
)
"""Modules of jobs hold plain functions and import nothing from here."""


def run_job(installation: Installation, job: Job, now: datetime) -> None:
    """Run a job once and keep the proof of it; a failing job is recorded and tried again later."""
    try:
        outcome = job.work(installation, now)
    except Exception as failure:  # the scheduler outlives any job; the failure is kept and shown
        logger.exception("The job %s failed", job.name)
        record_job_run(
            installation.sessions,
            job.name,
            started_at=now,
            ended_at=clock.now(),
            outcome=f"{type(failure).__name__}: {failure}",
            is_failure=True,
        )
        return
    if outcome is None and not job.records_idle_runs:
        record_idle_run(installation.sessions, job.name, started_at=now, ended_at=clock.now())
        return
    record_job_run(
        installation.sessions,
        job.name,
        started_at=now,
        ended_at=clock.now(),
        outcome=outcome or IDLE,
    )


def start_scheduler(installation: Installation) -> BackgroundScheduler:
    """Start the clock in this process; jobs run only while it leads."""
    leadership = leadership_for(installation.engine, installation.settings.data_folder)
    scheduler = BackgroundScheduler(timezone="UTC")
    for job in JOBS:
        scheduler.add_job(
            _run_if_leading,
            "interval",
            args=(installation, leadership, job),
            seconds=job.every.total_seconds(),
            id=job.name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            next_run_time=clock.now(),
        )
    scheduler.start()
    return scheduler


def _run_if_leading(installation: Installation, leadership: Leadership, job: Job) -> None:
    if leadership.hold():
        run_job(installation, job, clock.now())
