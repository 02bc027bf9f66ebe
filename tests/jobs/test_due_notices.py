"""A notice is made exactly once, however often, however late and by however many the job runs."""

from collections import Counter
from contextlib import ExitStack
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.config import Settings
from supplier_qc.jobs.due_notices import make_due_notices
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import AuditEntry, Message, Notice
from supplier_qc.services.installation import Installation
from tests.conftest import NOW, TODAY
from tests.factories import make_evidence, make_vendor
from tests.processes import let_go, say, started

PAPERS = 6


@pytest.fixture
def papers(installation: Installation) -> None:
    """Six papers that expire within the next 30 days."""
    vendor = make_vendor(installation.sessions)
    for number in range(PAPERS):
        make_evidence(
            installation.sessions,
            installation.documents,
            vendor,
            title=f"Certificate {number}",
            expires_on=TODAY + timedelta(days=20 + number),
        )


def keys(sessions: sessionmaker[Session]) -> list[str]:
    with reading(sessions) as session:
        return list(session.scalars(select(Notice.key).order_by(Notice.key)))


def everything_stands_once(sessions: sessionmaker[Session]) -> bool:
    """One notice a paper, two messages and one audit entry a notice."""
    with reading(sessions) as session:
        notices = session.scalars(select(Notice.id)).all()
        messages = session.scalars(select(Message.notice_id)).all()
        audited = session.scalars(
            select(AuditEntry.subject_id).where(AuditEntry.subject_type == "notice")
        ).all()
    return (
        len(notices) == PAPERS
        and Counter(messages) == Counter([*notices, *notices])
        and Counter(audited) == Counter(notices)
    )


@pytest.mark.usefixtures("papers")
def test_a_second_run_makes_nothing(installation: Installation) -> None:
    assert make_due_notices(installation, NOW) == "6 made"
    assert make_due_notices(installation, NOW) is None
    assert make_due_notices(installation, NOW + timedelta(days=3)) is None
    assert everything_stands_once(installation.sessions)


@pytest.mark.usefixtures("papers")
def test_days_without_a_run_lose_nothing(installation: Installation) -> None:
    """The first run comes when the papers expired two weeks ago."""
    assert make_due_notices(installation, NOW + timedelta(days=40)) == "6 made"
    assert all(key.endswith(":0") for key in keys(installation.sessions))


def test_each_threshold_is_announced_once_though_runs_are_late_doubled_and_missing(
    installation: Installation,
) -> None:
    make_evidence(
        installation.sessions, installation.documents, expires_on=TODAY + timedelta(days=200)
    )
    for day in (0, 19, 20, 20, 22, 109, 111, 111, 140, 170, 171, 199, 200, 201, 260):
        make_due_notices(installation, NOW + timedelta(days=day))
    thresholds = [key.rsplit(":", 1)[1] for key in keys(installation.sessions)]
    assert sorted(thresholds, key=int) == ["0", "30", "90", "180"]


def test_a_renewed_paper_is_announced_anew(installation: Installation) -> None:
    vendor = make_vendor(installation.sessions)
    for days in (10, 400):
        make_evidence(
            installation.sessions,
            installation.documents,
            vendor,
            expires_on=TODAY + timedelta(days=days),
        )
        make_due_notices(installation, NOW)
    assert len(keys(installation.sessions)) == 1
    make_due_notices(installation, NOW + timedelta(days=380))
    assert len(keys(installation.sessions)) == 2


def run_to_the_end(settings: Settings, moment: datetime) -> str:
    with started(
        settings, "-m", "tests.jobs.one_run", "due notices", moment.isoformat()
    ) as process:
        assert say(process) == "ready"
        let_go(process)
        return say(process)


@pytest.mark.usefixtures("papers")
def test_processes_at_the_same_moment_make_each_notice_once(
    settings: Settings, sessions: sessionmaker[Session]
) -> None:
    with ExitStack() as stack:
        processes = [
            stack.enter_context(
                started(settings, "-m", "tests.jobs.one_run", "due notices", NOW.isoformat())
            )
            for _ in range(3)
        ]
        assert [say(process) for process in processes] == ["ready"] * 3
        for process in processes:
            let_go(process)
        said = [say(process) for process in processes]
    made = [int(words.removesuffix(" made")) for words in said if words != "None"]
    assert sum(made) == PAPERS
    assert everything_stands_once(sessions)


@pytest.mark.usefixtures("papers")
@pytest.mark.parametrize("written", [1, 4])
def test_a_process_killed_in_the_middle_leaves_the_rest_to_the_next(
    settings: Settings, sessions: sessionmaker[Session], written: int
) -> None:
    arguments = ("-m", "tests.jobs.one_run", "due notices", NOW.isoformat(), str(written))
    with started(settings, *arguments) as process:
        assert say(process) == "ready"
        let_go(process)
        assert say(process) == "in the middle"
        process.kill()
        process.wait()
    assert len(keys(sessions)) == written - 1
    assert run_to_the_end(settings, NOW) == f"{PAPERS - written + 1} made"
    assert everything_stands_once(sessions)
