"""An administrator adds, changes and closes accounts."""

import pytest

from tests.browser import Browser
from tests.people import PASSWORD

FAY = {
    "full_name": "Fay Newcomer",
    "username": "fay",
    "email": "fay@example.invalid",
    "roles": ["qa_reviewer", "procurement"],
    "password": "the first long password",
}


def test_a_new_person_can_sign_in_with_the_roles_given(browser: Browser) -> None:
    browser.sign_in("dan").get("/people/")
    browser.follow("Add person")
    page = browser.submit("Add person", FAY)
    assert "Fay Newcomer can sign in now." in page.response.text
    assert "Procurement, QA reviewer" in page.text
    browser.submit("Sign out")
    assert "Fay Newcomer" in browser.sign_in("fay", FAY["password"]).page.response.text  # type: ignore[union-attr,arg-type]


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"full_name": ""}, 422, "Type the full name."),
        ({"username": ""}, 422, "Type a user name."),
        ({"username": "ANA"}, 409, "There is already a person with the user name ana."),
        ({"email": "nowhere"}, 409, "A person needs a mail address"),
        ({"roles": []}, 409, "A person needs at least one role."),
        ({"password": "short"}, 409, "at least 12 characters"),
        ({"full_name": "x" * 201}, 422, "longer than 200"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    browser: Browser, change: dict[str, object], status: int, words: str
) -> None:
    browser.sign_in("dan").get("/people/new")
    page = browser.submit("Add person", FAY | change, expect=status)
    assert words in page.text
    if "email" not in change:
        assert page.tree.xpath("//input[@name='email']/@value") == ["fay@example.invalid"]


def test_a_change_needs_its_reason(browser: Browser) -> None:
    browser.sign_in("dan").get("/people/1")
    assert "Say why: the audit trail keeps it." in browser.submit("Save person", expect=422).text


def test_an_account_is_closed_and_says_so(browser: Browser) -> None:
    browser.sign_in("dan").get("/people/1")
    page = browser.submit("Save person", {"is_active": False, "reason": "Left the company."})
    assert "Ana Procurement is saved." in page.response.text
    assert "Closed" in page.text


def test_the_form_shows_the_roles_the_person_holds(browser: Browser) -> None:
    page = browser.sign_in("dan").get("/people/2")
    checked = page.tree.xpath("//input[@name='roles'][@checked]/@value")
    assert checked == ["qa_reviewer"]


def test_the_last_administrator_cannot_close_their_own_account(browser: Browser) -> None:
    browser.sign_in("dan").get("/people/5")
    page = browser.submit("Save person", {"is_active": False, "reason": "Tidying."}, expect=409)
    assert "Nobody else could manage people" in page.text
    assert browser.get("/people/").status == 200


def test_changed_roles_end_the_persons_session(browser: Browser) -> None:
    browser.sign_in("dan").get("/people/5")
    browser.submit("Save person", {"roles": ["administrator", "auditor"], "reason": "Holiday."})
    page = browser.sign_in("dan", PASSWORD).get("/people/5")
    assert page.tree.xpath("//input[@name='roles'][@checked]/@value") == [
        "administrator",
        "auditor",
    ]
