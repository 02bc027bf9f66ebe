"""How long a page takes on the server with 2,000 lots; the network and the browser come on top."""

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.conftest import Large

PAGES = {
    "sign-in (no records: the floor)": "/account/password",
    "home": "/",
    "lots, first of its pages": "/lots/",
    "lots of one item": "/lots/?item={item}",
    "materials": "/materials/",
    "item": "/items/{item}",
    "certificates": "/certificates/",
    "statistics of an item, 100 lots × 12 attributes": "/statistics/items/{item}",
    "statistics of one attribute": "/statistics/items/{item}/attribute?attribute=Attribute+03",
    "its chart as SVG": "/statistics/items/{item}/chart.svg?attribute=Attribute+03",
    "animal origin": "/origin/",
    "section 3.2.S.2.3": "/dossier/",
    "reminders": "/reminders/",
}


@pytest.mark.parametrize("name", PAGES, ids=PAGES)
def test_page(benchmark: BenchmarkFixture, large: Large, name: str) -> None:
    browser = large.browser("ben")
    path = PAGES[name].format(item=large.item_id)
    response = benchmark(browser.raw_get, path)
    assert response.status_code == 200
