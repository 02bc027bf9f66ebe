"""Sessions: one kind that reads and cannot write, and the raw factory for services."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker

from supplier_qc.persistence import search_terms
from supplier_qc.persistence.engine import READ_ONLY_BEGIN


class ReadingSessionWrote(RuntimeError):
    """A page or a query tried to change something outside a service."""


class BulkChangeRefused(RuntimeError):
    """A bulk UPDATE or DELETE would leave no trace in the audit trail."""


def make_sessions(engine: Engine) -> sessionmaker[Session]:
    sessions = sessionmaker(engine, expire_on_commit=False)
    event.listen(sessions, "before_flush", _refuse_writes_of_readers)
    event.listen(sessions, "do_orm_execute", _refuse_bulk_changes)
    search_terms.install(sessions)
    return sessions


@contextmanager
def reading(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session for queries: a plain BEGIN, never waits for a writer, never flushes.

    Once closed it stays closed: opened anew by itself, it would take the writer's place.
    """
    with sessions(close_resets_only=False) as session:
        session.info["read_only"] = True
        session.connection(execution_options=READ_ONLY_BEGIN)
        yield session


def _refuse_writes_of_readers(session: Session, _context: Any, _instances: Any) -> None:
    if session.info.get("read_only") and (session.new or session.dirty or session.deleted):
        raise ReadingSessionWrote("A reading session holds changes; call a service instead.")


def _refuse_bulk_changes(state: ORMExecuteState) -> None:
    if state.is_update or state.is_delete:
        raise BulkChangeRefused("Change the records one by one, so that each leaves its trace.")
