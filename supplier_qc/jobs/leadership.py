"""One scheduler an installation: the leader holds a lock that dies with its process.

A short double leadership is possible after a lost database session, so every effect of a job
still stands behind a unique key.
"""

import fcntl
from pathlib import Path
from threading import Lock
from typing import IO, Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

_LOCK = 7_143_020_432
"""Any constant that nothing else in the database locks."""


class Leadership(Protocol):
    def hold(self) -> bool:
        """Whether this process leads now; takes the lead when it is free.

        Jobs ask from several threads at once: one of them takes the lead, and all of them lead.
        """

    def close(self) -> None: ...


class FileLeadership:
    """A lock on a file beside the SQLite database; the kernel frees it when the process ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None
        self._asking = Lock()

    def hold(self) -> bool:
        with self._asking:
            return self._file is not None or self._take()

    def _take(self) -> bool:
        file = self._path.open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


class PostgresLeadership:
    """An advisory lock on a connection of its own; the server frees it when the session ends."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._asking = Lock()

    def hold(self) -> bool:
        with self._asking:
            return self._still_held() or self._take()

    def _take(self) -> bool:
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _LOCK}):
            self._connection = connection
            return True
        connection.close()
        return False

    def close(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    def _still_held(self) -> bool:
        connection = self._connection
        if connection is None:
            return False
        try:
            connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            self.close()
            return False
        return True


def leadership_for(engine: Engine, data_folder: Path) -> Leadership:
    if engine.dialect.name == "postgresql":
        return PostgresLeadership(engine)
    return FileLeadership(data_folder / "scheduler.lock")
