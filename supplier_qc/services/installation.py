"""What one running installation consists of; handed to pages, jobs and commands."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.config import Settings
from supplier_qc.mail.senders import Sender, sender_for
from supplier_qc.persistence.document_store import DocumentStore
from supplier_qc.persistence.engine import make_engine
from supplier_qc.persistence.sessions import make_sessions, reading


@dataclass(frozen=True, slots=True)
class Installation:
    settings: Settings
    engine: Engine
    sessions: sessionmaker[Session]
    documents: DocumentStore
    # None where no mail server is set: messages then stay readable in the outbox.
    sender: Sender | None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for queries; it cannot write."""
        with reading(self.sessions) as session:
            yield session


def open_installation(settings: Settings, *, sender: Sender | None = None) -> Installation:
    engine = make_engine(settings.database_url)
    return Installation(
        settings=settings,
        engine=engine,
        sessions=make_sessions(engine),
        documents=DocumentStore(settings.documents_folder),
        sender=sender or sender_for(settings.mail),
    )
