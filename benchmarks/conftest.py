"""A large installation, made once by the real services."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask

from supplier_qc.app import create_app
from supplier_qc.config import settings_from
from supplier_qc.domain.people import Role
from supplier_qc.domain.specification.lines import LimitLine
from supplier_qc.domain.specification.operator import Operator
from supplier_qc.persistence.migrating import upgrade
from supplier_qc.services.installation import Installation, open_installation
from supplier_qc.services.lots import LotDraft, ResultDraft, add_lot_with_results
from supplier_qc.services.reference_lists import load_shipped
from tests.browser import Browser
from tests.conftest import actor_of
from tests.factories import make_item, make_specification
from tests.people import add_people

LOTS = 2000
ITEMS = 20
ATTRIBUTES = 12
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Large:
    installation: Installation
    app: Flask
    item_id: int

    def browser(self, username: str) -> Browser:
        return Browser(self.app, self.installation).sign_in(username)


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Large]:
    """2,000 lots of 20 items with 12 results each, on SQLite."""
    folder = tmp_path_factory.mktemp("large")
    installation = _installation(folder)
    item_ids = [_item(installation) for _ in range(ITEMS)]
    ben = actor_of(Role.QA_REVIEWER)
    for number in range(LOTS):
        made_on = NOW.date() - timedelta(days=LOTS - number)
        draft = LotDraft(
            item_id=item_ids[number % ITEMS],
            manufacturer_lot=f"B-{number:05d}",
            manufactured_on=made_on,
            expires_on=made_on + timedelta(days=1500),
        )
        results = [
            ResultDraft(f"Attribute {n:02d}", f"{20 + (number * 7 + n * 3) % 11 / 10}", "ng/mL")
            for n in range(ATTRIBUTES)
        ]
        add_lot_with_results(installation.sessions, draft, results, actor=ben, now=NOW)
    yield Large(installation, create_app(installation), item_ids[0])
    installation.engine.dispose()


def _installation(folder: Path) -> Installation:
    installation = open_installation(settings_from({"SUPPLIER_QC_DATA": str(folder)}))
    upgrade(installation.settings.database_url)
    load_shipped(installation.sessions, now=NOW)
    add_people(installation.settings.database_url, NOW)
    return installation


def _item(installation: Installation) -> int:
    item_id = make_item(installation.sessions)
    lines = [
        LimitLine(
            f"Attribute {n:02d}",
            Operator.BETWEEN,
            low=Decimal(10),
            high=Decimal(40),
            unit="ng/mL",
        )
        for n in range(ATTRIBUTES)
    ]
    make_specification(installation.sessions, item_id, lines=lines)
    return item_id
