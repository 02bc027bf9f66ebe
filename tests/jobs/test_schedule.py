"""Each run leaves its proof, a failing job spoils nothing, a frequent one leaves few rows."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.job_runs import minutes_overdue
from supplier_qc.jobs.schedule import JOBS, Job, run_job
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import JobRun
from supplier_qc.queries.job_runs import list_last_runs
from supplier_qc.services.installation import Installation
from supplier_qc.services.job_runs import KEPT_FOR
from tests.conftest import NOW

HOURLY = timedelta(hours=1)


def idle(_installation: Installation, _now: datetime) -> str | None:
    return None


def busy(_installation: Installation, _now: datetime) -> str | None:
    return "3 made"


def broken(_installation: Installation, _now: datetime) -> str | None:
    raise LookupError("the mail server's name")


def runs(sessions: sessionmaker[Session]) -> list[tuple[str | None, bool]]:
    with reading(sessions) as session:
        found = session.scalars(select(JobRun).order_by(JobRun.id))
        return [(run.outcome, run.is_failure) for run in found]


def test_a_run_that_found_nothing_is_recorded_too(installation: Installation) -> None:
    for work in (busy, idle):
        run_job(installation, Job("a job", HOURLY, work), NOW)
    assert runs(installation.sessions) == [("3 made", False), ("nothing to do", False)]


def test_a_job_that_fails_is_recorded_with_its_failure_and_runs_again(
    installation: Installation,
) -> None:
    run_job(installation, Job("a job", HOURLY, broken), NOW)
    run_job(installation, Job("a job", HOURLY, busy), NOW)
    assert runs(installation.sessions) == [
        ("LookupError: the mail server's name", True),
        ("3 made", False),
    ]


def test_a_frequent_job_moves_its_idle_row_forward(installation: Installation) -> None:
    job = Job("often", timedelta(seconds=2), idle, records_idle_runs=False)
    for second in range(0, 600, 2):
        run_job(installation, job, NOW + timedelta(seconds=second))
    assert runs(installation.sessions) == [("nothing to do", False)]
    with installation.reading() as session:
        last = list_last_runs(session)["often"]
    assert NOW + timedelta(seconds=600) - last.started_at <= timedelta(minutes=1)


def test_an_idle_run_never_covers_what_a_job_did(installation: Installation) -> None:
    for minute, work in enumerate((busy, idle, broken, idle, idle)):
        job = Job("often", timedelta(minutes=1), work, records_idle_runs=False)
        run_job(installation, job, NOW + timedelta(minutes=minute))
    assert [outcome for outcome, _ in runs(installation.sessions)] == [
        "3 made",
        "nothing to do",
        "LookupError: the mail server's name",
        "nothing to do",
    ]


def test_old_runs_of_the_same_job_go(installation: Installation) -> None:
    run_job(installation, Job("a job", HOURLY, busy), NOW - KEPT_FOR - HOURLY)
    run_job(installation, Job("another", HOURLY, busy), NOW - KEPT_FOR - HOURLY)
    run_job(installation, Job("a job", HOURLY, busy), NOW)
    with installation.reading() as session:
        assert session.scalars(select(JobRun.job).order_by(JobRun.id)).all() == ["another", "a job"]


def test_a_job_is_late_once_its_next_run_is_overdue() -> None:
    quarter = timedelta(minutes=15)
    assert minutes_overdue(NOW, quarter, NOW + timedelta(minutes=17)) is None
    assert minutes_overdue(NOW, quarter, NOW + timedelta(minutes=18)) == 18
    assert minutes_overdue(NOW, quarter, NOW + timedelta(hours=3, seconds=59)) == 180


def test_each_job_has_a_name_of_its_own() -> None:
    assert len({job.name for job in JOBS}) == len(JOBS)
