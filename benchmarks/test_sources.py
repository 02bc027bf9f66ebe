"""Pages of a company with 5,000 sources and 20,000 papers, 500 of the sources approved.

Time on the server; the network and the browser come on top. The floor is a form without records.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import pytest
from flask import Flask
from pytest_benchmark.fixture import BenchmarkFixture
from sqlalchemy import select

from benchmarks.conftest import NOW as TODAY
from benchmarks.conftest import _installation
from supplier_qc.app import create_app
from supplier_qc.domain.catalogue import label
from supplier_qc.domain.imports.sheets import SHEETS, SheetKind
from supplier_qc.domain.people import Role
from supplier_qc.persistence.tables import Qualification
from supplier_qc.services.imports import apply_import
from supplier_qc.services.installation import Installation
from tests.browser import Browser
from tests.conftest import actor_of
from tests.factories import REQUIRED_PAPERS, decide_made_qualification
from tests.import_files import SOURCE, Row, large, workbook

NOW = TODAY - timedelta(days=2)
"""When everything was brought in, so that yesterday can be asked for."""

SOURCES, PAPERS, APPROVED, VENDORS = 5_000, 20_000, 500, 100

PAGES = {
    "a form without records (the floor)": "/account/password",
    "evidence by source, a page of 50": "/requirements/",
    "approved supplier list, today": "/approved-suppliers/",
    "approved supplier list, as of a day that has passed": "/approved-suppliers/?on=2026-11-23",
    "the whole list as XLSX": "/approved-suppliers/approved-suppliers.xlsx",
    "may I buy: one item": "/may-buy/?item=0000007&use=phase_1_2",
    "one source": "/qualifications/1",
    "one vendor with 50 items and 211 papers": "/vendors/1",
    "vendors": "/vendors/",
    "materials": "/materials/",
    "one material with 100 items": "/materials/1",
    "search": "/search?q=item+0042",
    "home": "/",
    "reminders": "/reminders/",
    "scorecards of 100 vendors": "/scorecards/",
    "supply of 50 materials": "/supply/",
    "animal origin of 5,000 items": "/origin/",
}


@dataclass(frozen=True, slots=True)
class Company:
    installation: Installation
    app: Flask


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    installation = _installation(tmp_path_factory.mktemp("company"))
    ana = actor_of(Role.PROCUREMENT)
    books = (large(SOURCES, PAPERS - VENDORS * len(REQUIRED_PAPERS)), _sources_and_papers())
    for book in books:
        list(apply_import(installation.sessions, book, "book.xlsx", actor=ana, now=NOW))
    _approve_some(installation)
    yield Company(installation, create_app(installation))
    installation.engine.dispose()


def _sources_and_papers() -> bytes:
    """A proposal for each item, and what the policy asks for of each vendor."""
    sources: list[Row] = [SOURCE | {"Item code": f"I-{n:05d}"} for n in range(SOURCES)]
    papers: list[Row] = [
        {
            "Evidence code": f"N-{vendor:03d}-{place:02d}",
            "Vendor code": f"V-{vendor:03d}",
            "Kind": label(kind),
            "Title": label(kind),
            "Issued on": NOW.date().isoformat(),
            **_details(details),
        }
        for vendor in range(VENDORS)
        for place, (kind, details) in enumerate(REQUIRED_PAPERS)
    ]
    return workbook({SheetKind.SOURCES: sources, SheetKind.EVIDENCE: papers})


def _details(details: object) -> Row:
    columns = SHEETS[SheetKind.EVIDENCE].columns
    kept = {one.heading: getattr(details, one.field, None) for one in columns}
    return {heading: _cell(value) for heading, value in kept.items() if value is not None}


def _cell(value: object) -> object:
    return label(value) if isinstance(value, StrEnum) else value


def _approve_some(installation: Installation) -> None:
    with installation.reading() as session:
        numbers = session.scalars(select(Qualification.id).limit(APPROVED)).all()
    for number in numbers:
        decide_made_qualification(installation.sessions, number, now=NOW)


@pytest.mark.parametrize("name", PAGES, ids=PAGES)
def test_page(benchmark: BenchmarkFixture, company: Company, name: str) -> None:
    browser = Browser(company.app, company.installation).sign_in("ben")
    response = benchmark.pedantic(browser.raw_get, (PAGES[name],), rounds=5, warmup_rounds=1)
    assert response.status_code == 200
