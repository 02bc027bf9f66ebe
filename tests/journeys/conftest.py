"""A running server and real browsers for the journeys."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from supplier_qc.config import Settings
from tests.journeys.person import WIDE, Album, Person
from tests.journeys.server import RunningServer
from tests.journeys.watch import Watch

# A person waits a while for a busy machine; nothing here is about speed.
expect.set_options(timeout=20_000)

CHROMIUM = shutil.which("chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed: no journey is made")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def server(settings: Settings, tmp_path: Path) -> Iterator[RunningServer]:
    """The product over a fresh database that holds nothing but the test people."""
    running = RunningServer(settings, tmp_path / "server.log")
    try:
        running.start()
        yield running
    finally:
        running.stop()
        # Shown by pytest where the test failed, and nowhere else.
        sys.stdout.write(f"The server printed:\n{running.printed}")


@pytest.fixture
def watch(server: RunningServer) -> Iterator[Watch]:
    """Fails the test at its end when a page did what no page may do."""
    watching = Watch(server.url)
    yield watching
    assert watching.faults == []


@pytest.fixture
def album(tmp_path: Path, backend: str) -> Album:
    """In the folder of SUPPLIER_QC_SCREENSHOTS, else beside the test's other files."""
    return Album(Path(os.environ.get("SUPPLIER_QC_SCREENSHOTS", tmp_path / "pictures")) / backend)


@pytest.fixture
def person(
    chromium: Browser, server: RunningServer, watch: Watch, album: Album
) -> Iterator[Callable[[str], Person]]:
    """`person("ana")` sits down at a browser of her own and signs in."""
    contexts = []

    def sit_down(name: str) -> Person:
        context = chromium.new_context(viewport=WIDE, locale="en-GB", accept_downloads=True)
        contexts.append(context)
        watch.look_at(context)
        who = Person(name, context, server.url, watch, album)
        who.sign_in()
        return who

    yield sit_down
    for context in contexts:
        context.close()
