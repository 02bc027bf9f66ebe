"""What no record can hold is refused at the door, on both databases alike."""

import pytest

from tests.browser import Browser

BEYOND = 2**31
"""One more than the largest number of a record that both databases hold."""


@pytest.mark.parametrize(
    "path",
    [
        "/certificates/{}",
        "/certificates/{}/file",
        "/certificates/1/pages/{}.png",
        "/evidence/{}",
        "/items/{}",
        "/lots/{}",
        "/materials/{}",
        "/origin/items/{}",
        "/outbox/{}",
        "/reminders/{}",
        "/specifications/{}",
        "/statistics/items/{}",
        "/vendors/{}",
    ],
)
def test_a_number_no_record_can_have_is_not_found(browser: Browser, path: str) -> None:
    browser.sign_in("ben")
    for number in (str(BEYOND), "9" * 30, "9" * 5000):
        assert browser.get(path.format(number), expect=404).status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/lots/?item={}",
        "/lots/?vendor={}",
        "/lots/?page={}",
        "/certificates/?page={}",
        "/batches/?product={}",
        "/batches/new?lot={}",
        "/changes/?lot={}",
        "/findings/?vendor={}",
        "/questionnaires/?vendor={}",
        "/origin/roadmap/?product={}",
    ],
)
def test_a_filter_by_a_number_no_record_can_have_does_not_break_the_list(
    browser: Browser, path: str
) -> None:
    browser.sign_in("ben")
    for number in (str(BEYOND), "9" * 30, "9" * 5000):
        assert browser.get(path.format(number)).status == 200


@pytest.mark.parametrize("path", ["/lots/?text=%00", "/vendors/?q=a%00b", "/audit-trail/?text=%00"])
def test_the_sign_that_no_text_of_the_database_holds_is_refused_in_an_address(
    browser: Browser, path: str
) -> None:
    browser.sign_in("ben")
    assert browser.get(path, expect=400).status == 400


def test_the_sign_that_no_text_of_the_database_holds_is_refused_in_a_form(
    browser: Browser,
) -> None:
    browser.sign_in("ana")
    browser.get("/vendors/new")
    page = browser.submit(
        "Add vendor", {"name": "Nul\x00Works", "roles": "manufacturer"}, expect=400
    )
    assert "Nothing was changed" in page.text
