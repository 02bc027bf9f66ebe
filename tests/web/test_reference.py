"""The pages of the regulatory lists."""

import pytest

from supplier_qc.persistence.reference_files import SHIPPED
from tests.browser import Browser


def test_every_list_is_counted_with_its_marks(browser: Browser) -> None:
    page = browser.sign_in("eve").get("/reference/")
    assert "this is not legal advice" in page.text
    assert len(page.tree.xpath("//table[@id='lists']/tbody/tr")) == 9
    page = browser.follow("Country statuses")
    assert "this is not legal advice" in page.text
    assert "170 of 170 rows" in page.text


@pytest.mark.parametrize(
    ("on", "status"), [("2019-06-01", "Controlled"), ("2023-06-01", "Negligible")]
)
def test_a_status_is_looked_up_for_a_day(browser: Browser, on: str, status: str) -> None:
    browser.sign_in("cyd").get("/reference/country_status")
    page = browser.submit("Filter", {"q": "France", "authority": "woah", "on": on})
    rows = page.tree.xpath("//table[@id='rows']/tbody/tr")
    assert len(rows) == 1
    assert status in rows[0].text_content()


def test_a_day_that_is_none_is_named_and_a_filter_may_leave_nothing(browser: Browser) -> None:
    browser.sign_in("cyd").get("/reference/country_status")
    page = browser.submit("Filter", {"on": "yesterday"}, expect=422)
    assert "Not a valid date value." in page.text
    page = browser.submit("Filter", {"q": "Atlantis", "on": ""})
    assert "No row matches" in page.text


def test_a_list_is_downloaded_as_the_shipped_file_or_as_filtered(browser: Browser) -> None:
    browser.sign_in("cyd").get("/reference/country_status")
    whole = browser.raw_get("/reference/country_status.csv")
    assert whole.mimetype == "text/csv"
    assert "country_status.csv" in whole.headers["Content-Disposition"]
    assert whole.data == (SHIPPED / "country_status.csv").read_bytes()
    browser.submit("Filter", {"q": "Mexico"})
    assert browser.page is not None
    filtered = browser.raw_get(browser.page.link("Download as CSV"))
    assert 1 < len(filtered.text.splitlines()) < 10


@pytest.mark.parametrize("path", ["/reference/none", "/reference/none.csv"])
def test_a_list_that_does_not_exist_is_not_found(browser: Browser, path: str) -> None:
    browser.sign_in("cyd").get(path, expect=404)


@pytest.mark.parametrize(
    "kind",
    ["tissue_category", "derivative_rule", "agent_expectation", "rule_basis", "species_scope"],
)
def test_every_list_has_a_page(browser: Browser, kind: str) -> None:
    page = browser.sign_in("cyd").get(f"/reference/{kind}?mark=K")
    assert "Unverified" in page.text
