"""The page of tokens: made, shown once, revoked with a reason."""

import pytest

from supplier_qc.domain.api_tokens import is_token
from tests.browser import Browser


@pytest.fixture
def dan(browser: Browser) -> Browser:
    browser.sign_in("dan").get("/api-tokens/")
    return browser


def test_a_new_token_is_shown_once_and_never_again(dan: Browser) -> None:
    page = dan.submit("Make the token", {"name": "Purchasing", "days": "90"})
    (token,) = page.tree.xpath("//code[@data-token]/text()")
    assert is_token(token)
    assert page.response.cache_control.no_store
    assert token not in dan.get("/api-tokens/").response.text
    assert token[:12] in dan.get("/api-tokens/").text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "Name the program."),
        ({"name": "ERP", "days": "0"}, "1 to 366 days."),
        ({"name": "ERP", "days": "400"}, "1 to 366 days."),
        ({"name": "ERP", "days": ""}, "Say for how many days."),
        ({"name": "x" * 81}, "longer than 80"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    dan: Browser, fields: dict[str, str], words: str
) -> None:
    assert words in dan.submit("Make the token", fields, expect=422).text


def test_a_name_that_stands_is_refused(dan: Browser) -> None:
    dan.submit("Make the token", {"name": "ERP"})
    assert "has this name" in dan.submit("Make the token", {"name": "ERP"}, expect=409).text


def test_a_token_is_revoked_with_a_reason(dan: Browser) -> None:
    dan.submit("Make the token", {"name": "ERP"})
    assert "Say why" in dan.submit("Revoke this token of ERP", expect=422).text
    page = dan.submit("Revoke this token of ERP", {"reason": "The server was replaced."})
    assert "is revoked" in page.text
    assert "Revoked Dan Administrator" in page.text


def test_tokens_are_for_administrators(browser: Browser) -> None:
    browser.sign_in("bea").get("/api-tokens/", expect=403)
