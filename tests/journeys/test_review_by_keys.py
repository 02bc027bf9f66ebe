"""Twenty rows reviewed by keys alone: how many presses a row takes is counted, not timed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from supplier_qc.domain.certificates import ClaimState
from supplier_qc.domain.specification.lines import LimitLine
from supplier_qc.domain.specification.operator import Operator
from supplier_qc.services.certificate_review import decide_field
from supplier_qc.services.installation import Installation
from tests.conftest import NOW
from tests.journeys.person import Person
from tests.lot_factories import (
    BEN,
    document_reading,
    get_certificate,
    make_proposal,
    specified_item,
)

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

ROWS = 20
MOST_PRESSES_A_ROW = 3
NAMES = [f"Growth factor {chr(ord('A') + number)}" for number in range(ROWS)]


class CountedKeys:
    """The keyboard, with how often it was touched."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses = page, 0

    def press(self, key: str) -> None:
        self.presses += 1
        self.page.keyboard.press(key)


def prepared(installation: Installation) -> int:
    """A certificate of twenty right rows whose header is decided."""
    lines = [LimitLine(name, Operator.EQUALS_TEXT, allowed_texts=("Conforms",)) for name in NAMES]
    item_id = specified_item(installation.sessions, lines=lines)
    rows = [(name, "Conforms", "Conforms") for name in NAMES]
    found = document_reading(rows, pages=())  # without an image, whose time is not asked for
    number = make_proposal(installation, found, item_id=item_id)
    for field in get_certificate(installation.sessions, number).fields:
        decide_field(
            installation.sessions,
            number,
            field.id,
            field.value,
            version=field.version,
            actor=BEN,
            now=NOW,
        )
    return number


def test_twenty_right_rows_take_at_most_three_key_presses_each(
    person: Callable[[str], Person], installation: Installation
) -> None:
    number = prepared(installation)
    ben = person("ben")
    ben.open(f"/certificates/{number}")
    keys = CountedKeys(ben.page)
    keys.press("j")
    for done in range(ROWS):
        place = ben.page.locator("[data-review-row]:focus:not([data-decided])")
        expect(place).to_have_count(1)
        keys.press("Enter")
        expect(ben.page.locator(".claim-row[data-decided]")).to_have_count(done + 1)
    rows = get_certificate(installation.sessions, number).rows
    assert {row.state for row in rows} == {ClaimState.CONFIRMED}
    assert keys.presses <= MOST_PRESSES_A_ROW * ROWS
    ben.sees("Everything is decided")
