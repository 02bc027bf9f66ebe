"""How long the server takes for one decision of a review, the answer page included."""

from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.conftest import Large
from supplier_qc.domain.specification.lines import LimitLine
from supplier_qc.domain.specification.operator import Operator
from tests.browser import Browser
from tests.lot_factories import document_reading, make_proposal, specified_item

ROWS = 20


def test_confirm_one_of_twenty_rows(benchmark: BenchmarkFixture, large: Large) -> None:
    """Each round confirms the next row, as Enter does, and draws the page again."""
    names = [f"Growth factor {chr(ord('A') + number)}" for number in range(ROWS)]
    lines = [LimitLine(name, Operator.EQUALS_TEXT, allowed_texts=("Conforms",)) for name in names]
    item_id = specified_item(large.installation.sessions, lines=lines)
    found = document_reading([(name, "Conforms", "Conforms") for name in names])
    number = make_proposal(large.installation, found, item_id=item_id)
    browser = large.browser("ben")
    browser.get(f"/certificates/{number}")

    def confirm(browser: Browser, name: str) -> None:
        browser.submit(f"Confirm {name}")

    waiting = iter(names)
    benchmark.pedantic(
        confirm, setup=lambda: ((browser, next(waiting)), {}), rounds=ROWS, iterations=1
    )
