"""Databases, the application, browsers and people for the tests that need them."""

import os
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.app import create_app
from supplier_qc.config import Settings, settings_from
from supplier_qc.domain.people import Actor, Role
from supplier_qc.mail.senders import RecordingSender
from supplier_qc.persistence.engine import make_engine
from supplier_qc.persistence.migrating import upgrade
from supplier_qc.persistence.sessions import make_sessions
from supplier_qc.services.installation import Installation, open_installation
from supplier_qc.services.reference_lists import load_shipped
from tests.browser import Browser
from tests.people import PEOPLE, add_people

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TODAY = NOW.date()

ON_BOTH_DATABASES = ("tests/persistence", "tests/services", "tests/jobs", "tests/migrations")
"""Folders whose tests run on SQLite and on PostgreSQL."""

POSTGRESQL_SERVER = os.environ.get("SUPPLIER_QC_TEST_POSTGRESQL", "")
"""postgresql+psycopg://user@host:port/postgres of a server on which databases may be made."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "backend" not in metafunc.fixturenames:
        return
    path = Path(metafunc.definition.path).as_posix()
    backends: list[object] = ["sqlite"]
    on_both = any(folder in path for folder in ON_BOTH_DATABASES)
    if on_both or metafunc.definition.get_closest_marker("postgresql"):
        missing = "SUPPLIER_QC_TEST_POSTGRESQL names no server: not run on PostgreSQL"
        skip = pytest.mark.skipif(not POSTGRESQL_SERVER, reason=missing)
        backends.append(pytest.param("postgresql", marks=skip))
    metafunc.parametrize("backend", backends, scope="session", indirect=False)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database with the test people; each test gets a copy."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    _fill(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_template() -> Iterator[str]:
    """The name of a migrated PostgreSQL database with the test people."""
    name = f"template_{uuid.uuid4().hex}"
    _administer(f"CREATE DATABASE {name}")
    _fill(_server_url(name))
    yield name
    _administer(f"DROP DATABASE {name}")


@pytest.fixture
def database_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if backend == "sqlite":
        path = tmp_path / "test.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    template = request.getfixturevalue("postgresql_template")
    name = f"test_{uuid.uuid4().hex}"
    # The files are copied as they are: quicker than by way of the log (PostgreSQL 15 and newer).
    _administer(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    yield _server_url(name)
    _administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    found = settings_from({"SUPPLIER_QC_DATA": str(tmp_path / "data")})
    return replace(found, database_url=database_url)


@pytest.fixture
def outbox() -> RecordingSender:
    """The sender of the test installation: nothing leaves the machine."""
    return RecordingSender()


@pytest.fixture
def installation(settings: Settings, outbox: RecordingSender) -> Iterator[Installation]:
    opened = open_installation(settings, sender=outbox)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def sessions(installation: Installation) -> sessionmaker[Session]:
    return installation.sessions


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Each test has an application of its own; they need not all compile the same templates."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(installation: Installation, compiled_templates: FileSystemBytecodeCache) -> Flask:
    made = create_app(installation)
    made.jinja_env.bytecode_cache = compiled_templates
    return made


@pytest.fixture
def browser(app: Flask, installation: Installation) -> Browser:
    """A stranger's browser; `browser.sign_in("ana")` makes it Ana's."""
    return Browser(app, installation)


@pytest.fixture
def actors() -> dict[str, Actor]:
    """The test people by user name."""
    return {
        username: Actor(number, full_name, frozenset({role}))
        for number, (username, full_name, role) in enumerate(PEOPLE, start=1)
    }


def actor_of(role: Role) -> Actor:
    """The test person who holds a role."""
    for number, (_username, full_name, held) in enumerate(PEOPLE, start=1):
        if held is role:
            return Actor(number, full_name, frozenset({role}))
    raise AssertionError(role)


def _fill(url: str) -> None:
    upgrade(url)
    add_people(url, NOW)
    engine = make_engine(url)
    load_shipped(make_sessions(engine), now=NOW)
    engine.dispose()


def _server_url(name: str) -> str:
    return make_url(POSTGRESQL_SERVER).set(database=name).render_as_string(hide_password=False)


def _administer(statement: str) -> None:
    with _server().connect() as connection:
        connection.execute(text(statement))


@cache
def _server() -> Engine:
    """One for all tests of a process; each makes and drops a database."""
    return create_engine(POSTGRESQL_SERVER, isolation_level="AUTOCOMMIT")
