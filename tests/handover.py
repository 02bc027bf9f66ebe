"""One browser, another person: the present one signs out, the next one signs in."""

from tests.browser import Browser


def hand_over(browser: Browser, username: str) -> Browser:
    browser.get("/account/password")
    browser.submit("Sign out")
    return browser.sign_in(username)
