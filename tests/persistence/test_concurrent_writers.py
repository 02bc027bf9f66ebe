"""Several processes write at once: nothing is lost, and the audit chain stays one chain."""

from contextlib import ExitStack

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.config import Settings
from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.people import SCHEDULER
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import AuditEntry, Organisation
from supplier_qc.queries.audit_trail import verify_chain
from supplier_qc.services.transaction import changing
from tests.conftest import NOW
from tests.processes import let_go, say, started

WRITERS, ROUNDS = 4, 25
"""Each round is two audited changes: 4 processes of 50 changes."""


def test_four_processes_lose_no_change_and_break_no_chain(
    settings: Settings, sessions: sessionmaker[Session]
) -> None:
    with changing(sessions, AuditAction.ORGANISATION_ADDED, actor=SCHEDULER, now=NOW) as change:
        shared = Organisation(name="Shared")
        change.session.add(shared)
        change.session.flush()
        change.about(shared, "Shared")
    before = count(sessions)
    run_writers(settings)
    with reading(sessions) as session:
        notes = session.scalars(
            select(Organisation.note).where(Organisation.name == "Shared")
        ).one()
        vendors = session.scalar(select(func.count()).select_from(Organisation))
        verdict = verify_chain(session)
    assert notes == str(WRITERS * ROUNDS)
    assert vendors == WRITERS * ROUNDS + 1
    assert count(sessions) == before + 2 * WRITERS * ROUNDS
    assert verdict.is_whole, verdict
    assert verdict.entries == count(sessions)


def run_writers(settings: Settings) -> None:
    with ExitStack() as stack:
        writers = [
            stack.enter_context(
                started(settings, "-m", "tests.persistence.writer", f"Writer {number}", str(ROUNDS))
            )
            for number in range(WRITERS)
        ]
        assert [say(writer) for writer in writers] == ["ready"] * WRITERS
        for writer in writers:
            let_go(writer)
        assert [say(writer) for writer in writers] == ["done"] * WRITERS


def count(sessions: sessionmaker[Session]) -> int:
    with reading(sessions) as session:
        return session.scalar(select(func.count()).select_from(AuditEntry)) or 0
