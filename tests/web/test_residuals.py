"""Residual reagents: pages and forms as people use them."""

from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.residuals.kinds import ReagentClass
from tests.browser import Browser
from tests.conftest import TODAY
from tests.factories import make_material
from tests.residual_factories import (
    make_limit,
    make_product,
    make_residual,
    make_step,
    make_washed_product,
)

D = Decimal
PRODUCT = {
    "name": "MSC suspension",
    "route": "intravenous",
    "dose_volume_ml": "40",
    "cells_per_dose": "8e7",
    "lowest_patient_weight_kg": "10",
}
WASH = {"name": "Wash 1", "residual_volume_ml": "20", "added_volume_ml": "480"}
LIMIT = {
    "amount": "50",
    "unit": "ng/dose",
    "basis": "analogy",
    "source": "A vaccine standard, by analogy",
    "mark": "V",
    "reason": "First limit.",
}
REAGENT = {
    "name": "Gentamicin",
    "reagent_class": "antibiotic",
    "start_concentration": "50",
    "start_unit": "µg/mL",
    "from_position": "1",
}
"""What a person types; the rest of the form stays as it opens."""


def row_of(browser: Browser, name: str) -> str:
    """The words of the reagent's row in the table."""
    assert browser.page is not None
    for row in browser.page.tree.xpath("//table[@id='reagents']//tr"):
        if name in row.text_content():
            return " ".join(row.text_content().split())
    raise AssertionError(f"no row of {name}")


def test_a_writer_walks_from_nothing_to_a_judged_reagent(browser: Browser) -> None:
    browser.sign_in("cyd").get("/residuals/")
    browser.follow("Add product")
    browser.submit("Add product", PRODUCT)
    browser.follow("Add step")
    browser.submit("Add step", WASH)
    for number in ("2", "3"):
        browser.follow("Add step")
        browser.submit("Add step", WASH | {"name": f"Wash {number}"})
    browser.follow("Add reagent")
    browser.submit("Add reagent", REAGENT)
    browser.submit("Set limit", LIMIT)
    # 50 µg/mL × (20/500)^3 × 40 mL = 128 ng against 50 ng
    assert row_of(browser, "Gentamicin") == (
        "Gentamicin 50 µg/mL 0.0032 µg/mL 128 ng/dose not measured 50 ng/dose "
        "By analogy Verified 0.391 Fail calculated"
    )
    page = browser.page
    assert page is not None
    assert "50 × 20 mL / 500 mL = 2 µg/mL" in page.text
    assert "M = C × dose = 0.0032 µg/mL × 40 mL = 128 ng/dose" in page.text
    assert "Gentamicin: 128 ng/dose against the limit of 50 ng/dose" in page.text


def test_a_non_detect_is_shown_with_its_limit_and_never_as_zero(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    product_id = make_washed_product(sessions)
    number = make_residual(
        sessions,
        product_id,
        reagent_class=ReagentClass.PROTEIN_SERUM,
        measured="<0.5",
        measured_unit="ng/mL",
        measured_method="ELISA",
        loq=D("0.5"),
    )
    make_limit(sessions, number)
    page = browser.sign_in("eve").get(f"/residuals/products/{product_id}")
    assert "< 20 ng/dose" in row_of(browser, "Gentamicin")
    assert "≥ 2.5 Pass measured" in row_of(browser, "Gentamicin")
    assert "<0.5 ng/mL in the final product, ELISA, LOQ 0.5 ng/mL." in page.text
    assert "R = 0.5 / 3.2 = 0.1562: no more is left than calculated." in page.text
    assert "Calculated only: this class of reagent binds to cells" in page.text


def test_without_a_limit_a_reagent_is_not_evaluable_and_the_next_step_is_to_set_one(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    product_id = make_washed_product(sessions)
    make_residual(sessions, product_id)
    page = browser.sign_in("ben").get(f"/residuals/products/{product_id}")
    assert "no limit no limit none Not evaluable" in row_of(browser, "Gentamicin")
    assert "Gentamicin: There is no limit for this reagent." in page.text
    browser.follow("Set a limit for Gentamicin")
    page = browser.submit("Set limit", LIMIT)
    assert "50 ng/dose By analogy Verified 0.391 Fail" in row_of(browser, "Gentamicin")


def test_rounded_figures_keep_every_digit_in_their_title(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    product_id = make_washed_product(sessions)
    number = make_residual(sessions, product_id, start_concentration=D("51.2345"))
    make_limit(sessions, number)
    page = browser.sign_in("eve").get(f"/residuals/products/{product_id}")
    # 51.2345 × 0.000064 × 40 × 1000
    (title,) = page.tree.xpath("//table[@id='reagents']//td[3]/span/@title")
    assert title == "131.16032 ng/dose"
    assert "131 ng/dose" in row_of(browser, "Gentamicin")


def test_a_convention_is_marked_as_one(browser: Browser, sessions: sessionmaker[Session]) -> None:
    product_id = make_washed_product(sessions)
    make_limit(sessions, make_residual(sessions, product_id), mark="C")
    page = browser.sign_in("eve").get(f"/residuals/products/{product_id}")
    assert "Convention" in row_of(browser, "Gentamicin")
    assert "50 ng/dose (convention)" in page.text


@pytest.mark.parametrize(
    ("typed", "expect", "words"),
    [
        ({"name": ""}, 422, "Type the product's name."),
        ({"dose_volume_ml": "0"}, 409, "The dose volume is a number above 0."),
        ({"dose_volume_ml": "-40"}, 409, "The dose volume is a number above 0."),
        ({"dose_volume_ml": "40,5"}, 422, "Write a number with a point"),
        ({"dose_volume_ml": " "}, 422, "Type the volume."),
        ({"cells_per_dose": "NaN"}, 422, "Write a number with a point"),
        ({"cells_per_dose": "1e999999"}, 409, "more than 30 digits"),
        ({"route": "x" * 101}, 422, "longer than 100"),
    ],
)
def test_a_product_that_gives_no_dose_comes_back(
    browser: Browser, typed: dict[str, str], expect: int, words: str
) -> None:
    browser.sign_in("cyd").get("/residuals/products/new")
    page = browser.submit("Add product", PRODUCT | typed, expect=expect)
    assert words in page.text
    assert page.tree.xpath("//input[@name='lowest_patient_weight_kg']/@value") == ["10"]


@pytest.mark.parametrize(
    ("kind", "typed", "expect", "words"),
    [
        ("batch_wash", {"residual_volume_ml": "20", "total_volume_ml": "19"}, 409,
         "the residual volume is above the total volume."),
        ("batch_wash", {"residual_volume_ml": "-20", "added_volume_ml": "480"}, 409,
         "the residual volume is missing or negative."),
        ("batch_wash", {"residual_volume_ml": "20", "added_volume_ml": "-1"}, 409,
         "The added volume is negative."),
        ("batch_wash", {"residual_volume_ml": "20"}, 409, "the added volume is missing."),
        ("batch_wash", {"added_volume_ml": "20"}, 422, "Type the volume."),
        ("batch_wash", {"residual_volume_ml": "20", "added_volume_ml": "480", "efficiency": "1.5"},
         409, "the efficiency is missing or not between 0 and 1."),
        ("medium_exchange", {"exchanged_fraction": "80"}, 409, "not between 0 and 1."),
        ("medium_exchange", {"exchanged_fraction": "0.8 mL"}, 422, "Write a number with a point"),
        ("diafiltration", {"diavolumes": "5", "sieving": "1.1"}, 409, "not between 0 and 1."),
        ("diafiltration", {"diavolumes": "-5", "sieving": "1"}, 409, "missing or negative."),
    ],
)  # fmt: skip
def test_an_impossible_step_comes_back_with_what_was_typed(
    browser: Browser,
    sessions: sessionmaker[Session],
    kind: str,
    typed: dict[str, str],
    expect: int,
    words: str,
) -> None:
    product_id = make_product(sessions)
    browser.sign_in("cyd").get(f"/residuals/products/{product_id}/steps/new?kind={kind}")
    page = browser.submit("Add step", {"name": "A step", **typed}, expect=expect)
    assert words in page.text
    assert page.tree.xpath("//input[@name='name']/@value") == ["A step"]


def test_a_step_of_an_unknown_kind_opens_as_a_wash(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    product_id = make_product(sessions)
    page = browser.sign_in("cyd").get(f"/residuals/products/{product_id}/steps/new?kind=magic")
    assert page.tree.xpath("//input[@name='residual_volume_ml']")


def test_a_step_is_changed_into_another_kind(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    step_id = make_step(sessions, make_product(sessions))
    browser.sign_in("cyd").get(f"/residuals/steps/{step_id}/edit")
    browser.follow("Medium exchange")
    assert browser.page is not None
    browser.submit("Save step", {"exchanged_fraction": "0.8", "reason": ""}, expect=422)
    assert "Say why" in browser.page.text
    page = browser.submit("Save step", {"exchanged_fraction": "0.8", "reason": "It is one."})
    assert "80 % of the medium exchanged" in page.text


def test_the_older_of_two_changes_is_refused(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    step_id = make_step(sessions, make_product(sessions))
    browser.sign_in("cyd").get(f"/residuals/steps/{step_id}/edit")
    stale = browser.page
    browser.submit("Save step", {"added_volume_ml": "470", "reason": "First."})
    browser.page = stale
    page = browser.submit("Save step", {"added_volume_ml": "460", "reason": "Second."}, expect=409)
    assert "Somebody else changed this record" in page.text


@pytest.mark.parametrize(
    ("typed", "expect", "words"),
    [
        ({"start_concentration": "-1"}, 409, "The start concentration is a number not below 0."),
        ({"start_unit": "wibbles"}, 409, "“wibbles” of the concentration is not a unit known"),
        ({"start_unit": ""}, 422, "Type the unit."),
        ({"reagent_class": ""}, 422, "Choose one."),
        ({"measured": "0.5"}, 409, "The measured result: the unit is missing."),
        ({"measured": "soon", "measured_unit": "ng/mL"}, 409, "“soon” is no result"),
        ({"loq": "0.5"}, 409, "Enter the measured result itself"),
        ({"measured": "ND", "measured_unit": "ng/mL", "loq": "-1"}, 409, "The LOQ is a number"),
    ],
)
def test_a_reagent_that_cannot_be_followed_comes_back(
    browser: Browser,
    sessions: sessionmaker[Session],
    typed: dict[str, str],
    expect: int,
    words: str,
) -> None:
    product_id = make_washed_product(sessions)
    browser.sign_in("cyd").get(f"/residuals/products/{product_id}/reagents/new")
    page = browser.submit("Add reagent", REAGENT | typed, expect=expect)
    assert words in page.text
    assert page.tree.xpath("//input[@name='name']/@value") == ["Gentamicin"]


def test_a_reagent_is_edited_with_its_measurement_and_material(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    material_id = make_material(sessions, code="RM-7", name="Gentamicin sulfate")
    number = make_residual(sessions, make_washed_product(sessions))
    browser.sign_in("cyd").get(f"/residuals/reagents/{number}/edit")
    page = browser.submit(
        "Save reagent",
        {
            "material_id": str(material_id),
            "from_position": "4",
            "measured": "ND",
            "measured_unit": "ng/mL",
            "loq": "5",
            "reason": "Measured.",
        },
    )
    assert "< 200 ng/dose" in row_of(browser, "Gentamicin")
    assert "No step clears it: 50 µg/mL as entered, present after all steps." in page.text
    assert "Gentamicin sulfate" in page.text


@pytest.mark.parametrize(
    ("typed", "expect", "words"),
    [
        ({"amount": "0"}, 409, "The limit is a number above 0."),
        ({"amount": "fifty"}, 422, "Write a number with a point"),
        ({"unit": "IU/dose"}, 409, "do not measure the same thing."),
        ({"unit": "wibbles"}, 409, "is not a unit known here."),
        ({"source": ""}, 422, "Name the source"),
        ({"mark": ""}, 422, "Choose one."),
        ({"reason": ""}, 422, "Say why"),
        ({"valid_from": "soon"}, 422, "Not a valid date value."),
    ],
)
def test_a_limit_that_judges_nothing_comes_back(
    browser: Browser,
    sessions: sessionmaker[Session],
    typed: dict[str, str],
    expect: int,
    words: str,
) -> None:
    number = make_residual(sessions, make_washed_product(sessions))
    browser.sign_in("cyd").get(f"/residuals/reagents/{number}/limit")
    page = browser.submit("Set limit", LIMIT | typed, expect=expect)
    assert words in page.text


def test_a_limit_starting_before_the_present_one_is_refused(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_residual(sessions, make_washed_product(sessions))
    browser.sign_in("cyd").get(f"/residuals/reagents/{number}/limit")
    browser.submit("Set limit", LIMIT | {"valid_from": "2024-06-01"})
    browser.get(f"/residuals/reagents/{number}/limit")
    page = browser.submit("Set limit", LIMIT | {"valid_from": "2024-05-31"}, expect=409)
    assert "The new limit begins after 2024-06-01, when the present one began." in page.text
    page = browser.submit("Set limit", LIMIT | {"amount": "200", "valid_from": "2024-06-02"})
    assert "200 ng/dose By analogy Verified 1.56 Not evaluable" in row_of(browser, "Gentamicin")
    assert "Earlier and coming limits" in page.text


@pytest.mark.parametrize("username", ["ana", "bea", "dan", "eve"])
def test_who_may_only_read_sees_the_figures_and_no_way_to_change_them(
    browser: Browser, sessions: sessionmaker[Session], username: str
) -> None:
    product_id = make_washed_product(sessions)
    number = make_residual(sessions, product_id)
    page = browser.sign_in(username).get(f"/residuals/products/{product_id}")
    assert "128" in page.text
    paths = [urlsplit(link).path for link in page.tree.xpath("//main//a/@href")]
    assert [path for path in paths if path.endswith(("/edit", "/new", "/limit"))] == []
    for path in (
        "/residuals/products/new",
        f"/residuals/products/{product_id}/edit",
        f"/residuals/products/{product_id}/steps/new",
        f"/residuals/products/{product_id}/reagents/new",
        f"/residuals/reagents/{number}/edit",
        f"/residuals/reagents/{number}/limit",
    ):
        browser.get(path, expect=403)


def test_an_empty_list_says_who_adds_the_first_product(browser: Browser) -> None:
    assert "A QA reviewer or CMC writer adds the first one." in (
        browser.sign_in("eve").get("/residuals/").text
    )


def test_the_list_counts_reagents_by_verdict(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    product_id = make_washed_product(sessions, name="MSC suspension")
    make_residual(sessions, product_id, name="No limit")
    make_limit(
        sessions, make_residual(sessions, product_id), valid_from=TODAY - timedelta(days=900)
    )
    page = browser.sign_in("eve").get("/residuals/")
    assert "MSC suspension intravenous 40 mL 3 2 1 fail 1 not evaluable" in page.text


@pytest.mark.parametrize(
    "path", ["products/77", "products/77/edit", "products/77/steps/new", "steps/77/edit",
             "products/77/reagents/new", "reagents/77/edit", "reagents/77/limit"],
)  # fmt: skip
def test_what_is_not_there_is_said_to_be_missing(browser: Browser, path: str) -> None:
    page = browser.sign_in("cyd").get(f"/residuals/{path}", expect=404)
    assert "77 does not exist" in page.text


def test_a_form_of_another_site_changes_nothing(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    product_id = make_product(sessions)
    browser.sign_in("cyd")
    answer = browser.post(f"/residuals/products/{product_id}/steps/new", WASH)
    assert answer.status_code == 400
    assert "No step yet" in browser.get(f"/residuals/products/{product_id}").text
