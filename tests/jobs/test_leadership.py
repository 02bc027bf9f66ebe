"""One scheduler leads an installation; when its process dies another takes over."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from subprocess import Popen
from threading import Barrier

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.config import Settings
from supplier_qc.jobs.leadership import leadership_for
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import JobRun
from supplier_qc.services.installation import Installation
from tests.processes import let_go, say, started

LEADER = ("-m", "tests.jobs.leader")


def test_the_second_process_waits_and_takes_over_when_the_first_is_killed(
    settings: Settings,
) -> None:
    with started(settings, *LEADER) as first:
        assert say(first) == "leads"
        with started(settings, *LEADER) as second:
            assert say(second) == "waits"
            first.kill()
            first.wait()
            assert comes_to_lead(second)


def comes_to_lead(process: Popen[str]) -> bool:
    """Within five seconds: PostgreSQL notices a killed client after a moment."""
    for _ in range(50):
        let_go(process)
        if say(process) == "leads":
            return True
        time.sleep(0.1)
    return False


def test_who_leads_goes_on_leading_and_can_let_go(
    installation: Installation, settings: Settings
) -> None:
    first = leadership_for(installation.engine, settings.data_folder)
    second = leadership_for(installation.engine, settings.data_folder)
    assert [first.hold(), second.hold(), first.hold()] == [True, False, True]
    first.close()
    assert second.hold()
    assert not first.hold()
    second.close()


def test_all_threads_of_the_leading_process_lead(
    installation: Installation, settings: Settings
) -> None:
    leadership = leadership_for(installation.engine, settings.data_folder)
    together = Barrier(4)

    def ask(_thread: int) -> bool:
        together.wait()
        return leadership.hold()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(4))) == [True] * 4
    leadership.close()


def test_a_running_product_fires_its_jobs(
    settings: Settings, sessions: sessionmaker[Session]
) -> None:
    """`python run.py` on a port the system chose."""
    with started(settings, "run.py", SUPPLIER_QC_PORT=free_port()) as product:
        assert say(product).startswith("Supplier QC serves on http://127.0.0.1:")
        ran = wait_for_runs(sessions, {"due notices", "outbox"})
    assert {"due notices", "outbox"} <= ran


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def wait_for_runs(sessions: sessionmaker[Session], wanted: set[str]) -> set[str]:
    ran: set[str] = set()
    for _ in range(100):
        with reading(sessions) as session:
            ran = set(session.scalars(select(JobRun.job)))
        if wanted <= ran:
            break
        time.sleep(0.1)
    return ran
