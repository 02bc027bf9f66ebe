"""Lots: the list, a lot's page, results by hand, and the signed disposition."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from supplier_qc.domain.lots import Disposition, ResultSource
from supplier_qc.queries.lot_review import get_lot_review
from supplier_qc.queries.lots import LotFilter, list_lots
from supplier_qc.services.installation import Installation
from supplier_qc.services.lot_disposition import release_lot
from supplier_qc.services.lots import ResultDraft, add_lot_result, withdraw_lot_result
from tests.browser import Browser
from tests.conftest import NOW, TODAY
from tests.factories import LINES, make_item, make_specification
from tests.lot_factories import (
    BEA,
    BEN,
    get_lot,
    make_confirmed_lot,
    make_lot,
    specified_item,
)
from tests.origin_factories import SALTS, make_component
from tests.people import PASSWORD

SIGNED = {"reason": "Complete and in order.", "password": PASSWORD}


def test_an_empty_list_says_where_lots_come_from(browser: Browser) -> None:
    page = browser.sign_in("eve").get("/lots/")
    assert "No lots yet" in page.text
    assert browser.follow("Go to the certificates").path == "/certificates/"


def test_the_list_shows_the_worst_verdict_and_what_is_open(
    browser: Browser, installation: Installation
) -> None:
    item_id = specified_item(installation.sessions)
    make_lot(installation.sessions, item_id, manufacturer_lot="GOOD")
    make_lot(installation.sessions, item_id, [("pH", "9", None)], manufacturer_lot="BAD")
    make_lot(installation.sessions, item_id, [], manufacturer_lot="BARE")
    page = browser.sign_in("eve").get("/lots/")
    words = {
        row.xpath("string(./th/a)"): " ".join(row.text_content().split())
        for row in page.tree.xpath("//tbody/tr")
    }
    assert "Pass" in words["GOOD"]
    assert "Fail" in words["BAD"]
    assert "1 failing, 2 missing" in words["BAD"]
    assert "Not evaluable" in words["BARE"]
    assert "3 missing" in words["BARE"]


def test_an_expired_lot_says_so_in_words(browser: Browser, installation: Installation) -> None:
    make_lot(
        installation.sessions,
        manufacturer_lot="OLD",
        manufactured_on=None,
        expires_on=TODAY - timedelta(days=900),
    )
    assert "Expired" in browser.sign_in("eve").get("/lots/").text


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("", {"A1", "B1"}),
        ("?text=b1", {"B1"}),
        ("?text=R-77", {"A1"}),
        ("?disposition=released", set()),
        ("?disposition=quarantine", {"A1", "B1"}),
        ("?item=1", {"A1"}),
        ("?vendor=2", {"B1"}),
        ("?item=nonsense&vendor=x&disposition=y&page=0", {"A1", "B1"}),
    ],
)
def test_the_list_is_narrowed_by_item_vendor_disposition_and_text(
    browser: Browser, installation: Installation, filters: str, expected: set[str]
) -> None:
    make_lot(installation.sessions, manufacturer_lot="A1", internal_number="R-77")
    make_lot(installation.sessions, manufacturer_lot="B1")
    page = browser.sign_in("eve").get(f"/lots/{filters}")
    assert set(page.tree.xpath("//tbody/tr/th/a/text()")) == expected


def test_a_long_list_comes_in_pages(browser: Browser, installation: Installation) -> None:
    item_id = make_item(installation.sessions)
    for _ in range(51):
        make_lot(installation.sessions, item_id, [])
    page = browser.sign_in("eve").get("/lots/")
    assert len(page.tree.xpath("//tbody/tr")) == 50
    assert "Page 1 of 2, 51 lots" in page.text
    assert len(browser.follow("Next").tree.xpath("//tbody/tr")) == 1


def test_list_and_page_take_the_same_number_of_statements_for_many(
    installation: Installation,
) -> None:
    item_id = specified_item(installation.sessions)

    def statements(*, lot_id: int | None = None) -> int:
        seen: list[str] = []

        def note(*event_arguments: object) -> None:
            seen.append(str(event_arguments[2]))

        event.listen(installation.engine, "before_cursor_execute", note)
        with installation.reading() as session:
            if lot_id is None:
                list_lots(session, LotFilter(), TODAY)
            else:
                get_lot_review(session, lot_id)
        event.remove(installation.engine, "before_cursor_execute", note)
        return len(seen)

    small = make_lot(installation.sessions, item_id, [("pH", "7.3", None)])
    first = (statements(), statements(lot_id=small))
    large = make_lot(installation.sessions, item_id)
    make_lot(installation.sessions, item_id)
    assert (statements(), statements(lot_id=large)) == first


def test_a_lot_page_leads_from_each_result_to_its_place_on_the_certificate(
    browser: Browser, installation: Installation
) -> None:
    lot_id = make_confirmed_lot(installation)
    page = browser.sign_in("eve").get(f"/lots/{lot_id}")
    links = page.tree.xpath("//table[@id='results']//td/a")
    assert {link.text_content() for link in links} == {"Certificate 1, page 1"}
    assert links[0].get("href").startswith("/certificates/1#row-")
    for expected in ("< 0.05 EU/mL", "at most 0.5 EU/mL", "Pass", "Ben Reviewer"):
        assert expected in page.text


def test_a_lot_is_added_by_hand_and_filled_with_results(
    browser: Browser, installation: Installation
) -> None:
    item_id = specified_item(installation.sessions)
    browser.sign_in("ben").get("/lots/new")
    page = browser.submit(
        "Add the lot in quarantine",
        {
            "item": item_id,
            "manufacturer_lot": "0042",
            "expires_on": "2028-03-31",
            "covariates": "donor count: 120\nirradiated: yes",
        },
    )
    assert "Sterility: no result." in page.text
    assert "Donor count" in page.text
    for name, result, unit in (("Endotoxin", "< 0.05", "EU/mL"), ("pH", "7.3", "")):
        page = browser.submit("Add the result", {"line": name, "result": result, "unit": unit})
    assert "Missing: Sterility." in page.text
    page = browser.submit("Add the result", {"line": "", "attribute": "Colour", "result": "straw"})
    assert "not in our specification" in page.text


@pytest.mark.parametrize(
    ("fields", "status", "reason"),
    [
        ({"manufacturer_lot": "", "expires_on": "2028-01-01"}, 422, "as printed"),
        ({"manufacturer_lot": "1", "expires_on": ""}, 422, "expiry or retest"),
        ({"manufacturer_lot": "1", "expires_on": "31.03.2028"}, 422, "Not a valid date"),
        (
            {"manufacturer_lot": "1", "expires_on": "2028-01-01", "covariates": "no colon"},
            409,
            "not of the form name: value",
        ),
        (
            {
                "manufacturer_lot": "1",
                "expires_on": "2025-01-01",
                "manufactured_on": "2026-01-01",
            },
            409,
            "before the manufacture",
        ),
    ],
)
def test_a_lot_by_hand_that_cannot_be_is_refused(
    browser: Browser,
    installation: Installation,
    fields: dict[str, str],
    status: int,
    reason: str,
) -> None:
    item_id = make_item(installation.sessions)
    browser.sign_in("ben").get("/lots/new")
    page = browser.submit("Add the lot in quarantine", {"item": item_id, **fields}, expect=status)
    assert reason in page.text


def test_an_own_result_in_the_wrong_unit_is_recorded_and_not_evaluable(
    browser: Browser, installation: Installation
) -> None:
    lot_id = make_lot(installation.sessions, results=[])
    browser.sign_in("ben").get(f"/lots/{lot_id}")
    page = browser.submit(
        "Add the result",
        {"line": "Endotoxin", "result": "0.1", "unit": "EU/mg", "source": "own_test"},
    )
    assert "Tested by us" in page.text
    assert "Endotoxin: could not be judged." in page.text


@pytest.mark.parametrize(
    ("fields", "status", "reason"),
    [
        ({"result": ""}, 422, "Type the result."),
        ({"result": "0,5"}, 409, "comma"),
        ({"line": "", "attribute": "", "result": "1"}, 409, "name of its test"),
        ({"result": "7.3", "tested_on": "2099-01-01"}, 409, "future"),
    ],
)
def test_a_result_that_cannot_stand_is_refused_as_typed(
    browser: Browser,
    installation: Installation,
    fields: dict[str, str],
    status: int,
    reason: str,
) -> None:
    lot_id = make_lot(installation.sessions, results=[])
    browser.sign_in("ben").get(f"/lots/{lot_id}")
    page = browser.submit("Add the result", fields, expect=status)
    assert reason in page.text
    assert get_lot(installation.sessions, lot_id).results == []


def test_a_result_is_withdrawn_with_its_reason(
    browser: Browser, installation: Installation
) -> None:
    lot_id = make_lot(installation.sessions, results=[("pH", "9", None)])
    result_id = get_lot(installation.sessions, lot_id).results[0].id
    browser.sign_in("ben").get(f"/lots/{lot_id}")
    button = f"Withdraw this result of pH ({result_id})"
    page = browser.submit(button, expect=422)
    assert "Say why." in page.text
    page = browser.submit(button, {"reason": "Another lot's value."})
    assert "Withdrawn" in page.text
    assert "Another lot's value." in page.text
    assert "pH: no result." in page.text


def test_a_lot_is_corrected_with_a_reason(browser: Browser, installation: Installation) -> None:
    lot_id = make_lot(installation.sessions, manufacturer_lot="L1")
    browser.sign_in("ben").get(f"/lots/{lot_id}/edit")
    page = browser.submit("Save the lot", {"manufacturer_lot": "L2"}, expect=422)
    assert "Say why." in page.text
    page = browser.submit("Save the lot", {"manufacturer_lot": "L2", "reason": "Misread."})
    assert "Lot L2" in page.text


def test_a_stale_edit_is_told(browser: Browser, installation: Installation) -> None:
    lot_id = make_lot(installation.sessions)
    browser.sign_in("ben").get(f"/lots/{lot_id}/edit")
    own = ResultDraft("pH", "7.2", source=ResultSource.OWN_TEST)
    add_lot_result(installation.sessions, lot_id, own, actor=BEN, now=NOW)
    page = browser.submit("Save the lot", {"reason": "Late."}, expect=409)
    assert "Somebody else changed this record" in page.text


def test_a_newer_specification_is_offered_in_quarantine(
    browser: Browser, installation: Installation
) -> None:
    item_id = specified_item(installation.sessions)
    lot_id = make_lot(installation.sessions, item_id)
    make_specification(installation.sessions, item_id, lines=LINES[:2])
    browser.sign_in("ben").get(f"/lots/{lot_id}")
    page = browser.submit("Judge against version 2", {"reason": "Sterility moved elsewhere."})
    assert "version 2 of our specification" in page.text


def test_every_blocker_stands_on_the_page_before_the_click(
    browser: Browser, installation: Installation
) -> None:
    lines = (replace(LINES[0], is_identity_test=True), *LINES[1:])
    lot_id = make_lot(
        installation.sessions,
        specified_item(installation.sessions, lines=lines),
        [("Endotoxin", "0.9", "EU/mL"), ("pH", "< 8", None)],
    )
    page = browser.sign_in("bea").get(f"/lots/{lot_id}")
    for expected in (
        "Endotoxin: fails our limit.",
        "pH: could not be judged.",
        "Sterility: no result.",
        "no identity test of our own",
        "not possible yet",
    ):
        assert expected in page.text
    assert "Sign and release" not in page.text


def test_a_lot_is_released_by_signature(browser: Browser, installation: Installation) -> None:
    lot_id = make_confirmed_lot(installation)
    page = browser.sign_in("bea").get(f"/lots/{lot_id}")
    assert "I release lot L240917" in page.text
    page = browser.submit("Sign and release lot L240917", SIGNED)
    assert "The lot is released." in page.text
    for expected in ("Bea Approver", "Released", "Complete and in order.", "Fits"):
        assert expected in page.text
    assert get_lot(installation.sessions, lot_id).disposition is Disposition.RELEASED


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"reason": "", "password": PASSWORD}, "Say why."),
        ({"reason": "Fine.", "password": ""}, "Type your password."),
        ({"reason": "Fine.", "password": "wrong"}, "The password is not right."),
    ],
)
def test_a_signature_without_reason_or_password_signs_nothing(
    browser: Browser, installation: Installation, fields: dict[str, str], reason: str
) -> None:
    lot_id = make_confirmed_lot(installation)
    browser.sign_in("bea").get(f"/lots/{lot_id}")
    page = browser.submit("Sign and release lot L240917", fields, expect=422)
    assert reason in page.text
    assert get_lot(installation.sessions, lot_id).disposition is Disposition.QUARANTINE


def test_what_was_opened_is_what_is_signed(browser: Browser, installation: Installation) -> None:
    lot_id = make_confirmed_lot(installation)
    browser.sign_in("bea").get(f"/lots/{lot_id}")
    own = ResultDraft("Endotoxin", "0.2", "EU/mL", source=ResultSource.OWN_TEST)
    add_lot_result(installation.sessions, lot_id, own, actor=BEN, now=NOW)
    page = browser.submit("Sign and release lot L240917", SIGNED, expect=409)
    assert "Somebody else changed this record" in page.text
    assert get_lot(installation.sessions, lot_id).disposition is Disposition.QUARANTINE


def test_the_second_of_two_clicks_on_a_signature_says_what_happened(
    browser: Browser, installation: Installation
) -> None:
    lot_id = make_confirmed_lot(installation)
    browser.sign_in("bea").get(f"/lots/{lot_id}")
    version = get_lot(installation.sessions, lot_id).version
    release_lot(installation.sessions, lot_id, version=version, actor=BEA, now=NOW, **SIGNED)
    page = browser.submit("Sign and release lot L240917", SIGNED, expect=409)
    assert "Somebody else changed this record" in page.text


def test_a_result_withdrawn_from_two_tabs_says_so_in_the_second(
    browser: Browser, installation: Installation
) -> None:
    lot_id = make_confirmed_lot(installation)
    result = get_lot(installation.sessions, lot_id).results[0]
    page = browser.sign_in("ben").get(f"/lots/{lot_id}")
    words = f"Withdraw this result of {result.attribute} ({result.id})"
    withdraw_lot_result(
        installation.sessions, lot_id, result.id, reason="Typed twice.", actor=BEN, now=NOW
    )
    page = browser.submit(words, {"reason": "Typed twice."}, expect=409)
    assert "This result is withdrawn already." in page.text


def test_a_later_result_voids_the_signature_in_plain_sight(
    browser: Browser, installation: Installation
) -> None:
    lot_id = make_confirmed_lot(installation)
    browser.sign_in("bea").get(f"/lots/{lot_id}")
    browser.submit("Sign and release lot L240917", SIGNED)
    own = ResultDraft("Endotoxin", "0.9", "EU/mL", source=ResultSource.OWN_TEST)
    add_lot_result(installation.sessions, lot_id, own, actor=BEN, now=NOW)
    page = browser.get(f"/lots/{lot_id}")
    assert "The signature no longer fits this lot" in page.text
    assert "Changed since" in page.text
    page = browser.submit("Sign and put lot L240917 back", SIGNED)
    assert "The lot is in quarantine again." in page.text
    assert "Endotoxin: fails our limit." in page.text


def test_a_rejected_lot_offers_nothing_more(browser: Browser, installation: Installation) -> None:
    lot_id = make_lot(installation.sessions, manufacturer_lot="L9")
    browser.sign_in("bea").get(f"/lots/{lot_id}")
    page = browser.submit("Sign and reject lot L9", SIGNED)
    assert "A rejected lot stays rejected." in page.text


def test_who_confirmed_the_certificate_is_told_before_the_click(
    browser: Browser, installation: Installation
) -> None:
    lot_id = make_confirmed_lot(installation, actor=BEA)
    page = browser.sign_in("bea").get(f"/lots/{lot_id}")
    assert "another person has to release it" in page.text
    assert "Sign and release" not in page.text


@pytest.mark.parametrize("username", ["ana", "cyd", "dan", "eve"])
def test_who_only_reads_sees_no_forms(
    browser: Browser, installation: Installation, username: str
) -> None:
    lot_id = make_confirmed_lot(installation)
    page = browser.sign_in(username).get(f"/lots/{lot_id}")
    assert "QA approver" in page.text
    assert not page.tree.xpath("//main//form[@method='post']")


@pytest.mark.parametrize("decision", ["release", "reject", "quarantine"])
@pytest.mark.parametrize("username", ["ana", "ben", "cyd", "dan", "eve"])
def test_only_approvers_reach_the_disposition(
    browser: Browser, installation: Installation, username: str, decision: str
) -> None:
    lot_id = make_lot(installation.sessions)
    page = browser.sign_in(username).get("/lots/")
    token = page.tree.xpath("//input[@name='csrf_token']/@value")[0]
    response = browser.post(f"/lots/{lot_id}/{decision}", {"csrf_token": token})
    assert response.status_code == 403


@pytest.mark.parametrize("path", ["/lots/99", "/lots/99/edit"])
def test_an_unknown_lot_is_not_found(browser: Browser, path: str) -> None:
    page = browser.sign_in("ben").get(path, expect=404)
    assert "Lot 99 does not exist" in page.text


def test_an_origin_that_nobody_recorded_is_named_before_the_signature(
    browser: Browser, installation: Installation
) -> None:
    lot_id = make_lot(installation.sessions)
    page = browser.sign_in("bea").get(f"/lots/{lot_id}")
    assert "its origin is not settled" in page.text
    assert "Unknown" in page.text
    assert browser.follow("Open the origin").path.startswith("/origin/lots/")


def test_a_lot_without_anything_against_it_says_so(
    browser: Browser, installation: Installation
) -> None:
    item_id = specified_item(installation.sessions)
    make_component(installation.sessions, item_id, SALTS)
    lot_id = make_lot(installation.sessions, item_id)
    page = browser.sign_in("bea").get(f"/lots/{lot_id}")
    assert "Nothing stands against a release" in page.text
