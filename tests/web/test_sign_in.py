"""The front door: who comes in, where they land, and what they carry in."""

from datetime import timedelta

import pytest
from flask import Flask

from supplier_qc.domain.people import Role
from supplier_qc.services.installation import Installation
from supplier_qc.services.people import PersonDraft, change_person
from tests.browser import Browser
from tests.conftest import NOW, actor_of
from tests.people import PASSWORD


def test_a_stranger_lands_where_they_wanted_to_go(browser: Browser) -> None:
    browser.get("/vendors/?q=a%26b")
    page = browser.submit("Sign in", {"username": "ana", "password": PASSWORD})
    assert page.path == "/vendors/?q=a%26b"


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example",
        "javascript:alert(1)",
        "/\r\nX-Injected: yes",
        "elsewhere",
    ],
)
def test_nobody_is_sent_to_another_place_by_a_link_to_the_door(
    browser: Browser, target: str
) -> None:
    browser.get("/account/sign-in")
    token = browser.page.tree.xpath("//main//input[@name='csrf_token']/@value")[0]  # type: ignore[union-attr]
    answer = browser._client.post(
        "/account/sign-in",
        query_string={"next": target},
        data={"csrf_token": token, "username": "ana", "password": PASSWORD},
    )
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"


def test_a_wrong_password_says_so_beside_the_field_and_keeps_the_name(browser: Browser) -> None:
    browser.get("/account/sign-in")
    page = browser.submit("Sign in", {"username": "ana", "password": "wrong"}, expect=422)
    assert "Name or password is not right." in page.text
    assert page.tree.xpath("//input[@name='username']/@value") == ["ana"]
    assert page.tree.xpath("//input[@name='password']/@value") in ([], [""])


def test_empty_fields_are_named(browser: Browser) -> None:
    browser.get("/account/sign-in")
    page = browser.submit("Sign in", expect=422)
    assert "Type your user name." in page.text
    assert "Type your password." in page.text


def test_what_a_stranger_planted_in_the_session_does_not_survive_signing_in(
    browser: Browser,
) -> None:
    with browser._client.session_transaction() as session:
        session["planted"] = "by somebody else"
    browser.sign_in("ana")
    with browser._client.session_transaction() as session:
        assert "planted" not in session
        assert session["person_id"] == 1


def test_a_session_of_a_closed_account_is_over_with_the_next_page(
    browser: Browser, installation: Installation
) -> None:
    browser.sign_in("ana").get("/vendors/")
    draft = PersonDraft("ana", "Ana", "ana@example.invalid", frozenset({Role.PROCUREMENT}))
    change_person(
        installation.sessions,
        1,
        draft,
        is_active=False,
        reason="Left.",
        actor=actor_of(Role.ADMINISTRATOR),
        now=NOW,
    )
    assert browser.get("/vendors/").path.startswith("/account/sign-in")


def test_a_new_password_ends_the_session_on_another_machine(
    app: Flask, installation: Installation
) -> None:
    here = Browser(app, installation).sign_in("ana")
    there = Browser(app, installation).sign_in("ana")
    here.get("/account/password")
    here.submit(
        "Change password",
        {"old": PASSWORD, "new": "another long password", "again": "another long password"},
    )
    assert there.get("/vendors/").path.startswith("/account/sign-in")


def test_the_present_password_is_asked_for_before_a_new_one(browser: Browser) -> None:
    browser.sign_in("ana").get("/account/password")
    page = browser.submit(
        "Change password",
        {"old": "a guess", "new": "another long password", "again": "another long password"},
        expect=422,
    )
    assert "This is not your present password. Nothing was changed." in page.text


@pytest.mark.parametrize(
    ("new", "again", "words"),
    [
        ("short", "short", "At least 12 characters."),
        ("another long password", "another long passwort", "The two new passwords differ."),
        ("", "", "Type a new password."),
    ],
)
def test_a_new_password_that_is_no_good_is_refused_beside_its_field(
    browser: Browser, new: str, again: str, words: str
) -> None:
    browser.sign_in("ana").get("/account/password")
    fields = {"old": PASSWORD, "new": new, "again": again}
    assert words in browser.submit("Change password", fields, expect=422).text


def test_who_signed_out_is_a_stranger(browser: Browser) -> None:
    browser.sign_in("ana")
    page = browser.submit("Sign out")
    assert "You are signed out." in page.response.text
    assert browser.get("/").path.startswith("/account/sign-in")


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(browser: Browser) -> None:
    browser.get("/account/sign-in")
    token = browser.page.tree.xpath("//main//input[@name='csrf_token']/@value")[0]  # type: ignore[union-attr]
    answer = browser.post(
        "/account/sign-in", {"csrf_token": token, "username": "ana", "password": PASSWORD}
    )
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_session_that_nobody_uses_runs_out(app: Flask) -> None:
    assert app.permanent_session_lifetime == timedelta(minutes=60)


def test_a_copied_cookie_is_worth_nothing_after_its_owner_signed_out(
    app: Flask, browser: Browser
) -> None:
    browser.sign_in("ana")
    copied = browser._client.get_cookie("supplier_qc")
    assert copied is not None
    browser.submit("Sign out")
    thief = app.test_client()
    thief.set_cookie("supplier_qc", copied.value)
    assert thief.get("/lots/").status_code == 302
