"""The rows of the scorecard on their page."""

from tests.browser import Browser
from tests.handover import hand_over

TYPED = {"source": "SOP-QA-30", "reason": "Agreed in the review of suppliers."}


def test_a_weight_is_superseded_and_the_row_before_is_kept(browser: Browser) -> None:
    page = browser.sign_in("bea").get("/scorecard-policy/")
    assert "add up to 100" in page.text
    browser.follow("Supersede: Lot acceptance")
    page = browser.submit("Put in force", TYPED | {"weight": "40"})
    assert "add up to 110" in page.text
    ended = page.tree.xpath("//table[@id='ended-targets']")[0].text_content()
    assert "Lot acceptance" in ended


def test_a_band_is_superseded(browser: Browser) -> None:
    browser.sign_in("bea").get("/scorecard-policy/")
    browser.follow("Supersede: band A")
    page = browser.submit("Put in force", TYPED | {"least_score": "60"}, expect=409)
    assert "Band B is worse and begins at 75." in page.text
    page = browser.submit("Put in force", TYPED | {"least_score": "95"})
    assert page.path == "/scorecard-policy/"


def test_what_is_wrong_with_a_row_is_said(browser: Browser) -> None:
    browser.sign_in("bea").get("/scorecard-policy/measures/responsiveness")
    page = browser.submit("Put in force", {"weight": "", "target": "ten"}, expect=422)
    assert "Type the weight." in page.text
    assert "Write a number with a point" in page.text
    page = browser.submit("Put in force", TYPED | {"weight": "5", "target": "60"}, expect=409)
    assert "Less is better here" in page.text


def test_only_who_decides_may_open_the_form(browser: Browser) -> None:
    page = browser.sign_in("ben").get("/scorecard-policy/")
    assert "Supersede" not in page.text.split("<main")[-1].replace("superseded", "")
    browser.get("/scorecard-policy/bands/a", expect=403)
    hand_over(browser, "bea").get("/scorecard-policy/measures/speed", expect=404)
    browser.get("/scorecard-policy/bands/e", expect=404)
