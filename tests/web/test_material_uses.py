"""Where a material is used and what it costs, through its page."""

import pytest
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.catalogue import Grade
from supplier_qc.domain.material_identity import IntendedUse, Preparation
from tests.browser import Browser
from tests.factories import make_item, make_material
from tests.identity_factories import make_pack, make_product_of_doses, make_use

USE = {"process_step": "Expansion, passage 2", "amount_per_batch": "0.75", "unit": "L"}


def test_a_use_gives_the_cost_of_a_batch_and_a_dose(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    material_id, product = make_material(sessions), make_product_of_doses(sessions)
    make_pack(sessions, make_item(sessions, material_id=material_id))
    page = browser.sign_in("ana").get(f"/materials/{material_id}")
    assert "Add a use: the cost of a batch follows" in page.text
    browser.follow("Add use")
    page = browser.submit("Add use", {**USE, "product_id": str(product)})
    for words in ("0.75 L", "360.00 EUR", "480.00 EUR for whole packs", "36.00 EUR"):
        assert words in page.text


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"product_id": ""}, 422, "Choose the product"),
        ({"process_step": " "}, 422, "Type the step"),
        ({"amount_per_batch": ""}, 422, "Type how much one batch takes"),
        ({"amount_per_batch": "0"}, 409, "more than nothing"),
        ({"amount_per_batch": "-4"}, 409, "more than nothing"),
        ({"unit": "x" * 41}, 422, "longer than 40"),
    ],
)
def test_a_wrong_entry_is_named(
    browser: Browser,
    sessions: sessionmaker[Session],
    changes: dict[str, str],
    status: int,
    words: str,
) -> None:
    material_id, product = make_material(sessions), make_product_of_doses(sessions)
    browser.sign_in("ana").get(f"/material-uses/new/for-material/{material_id}")
    fields = {**USE, "product_id": str(product), **changes}
    assert words in browser.submit("Add use", fields, expect=status).text


def test_a_use_is_changed_and_taken_out_with_a_reason(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    material_id = make_material(sessions)
    use_id = make_use(sessions, material_id)
    browser.sign_in("ana").get(f"/material-uses/{use_id}")
    page = browser.submit("Save use", {"amount_per_batch": "800", "reason": "Larger vessel."})
    assert "800 mL" in page.text
    browser.get(f"/material-uses/{use_id}")
    browser.follow("Take this use out")
    page = browser.submit("Take the use out", {"reason": "Replaced."})
    assert "the audit trail keeps it" in page.text
    assert "800 mL" not in page.text
    browser.get(f"/material-uses/{use_id}", expect=404)


def test_a_cost_that_cannot_be_computed_says_why(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    material_id = make_material(sessions)
    make_pack(sessions, make_item(sessions, material_id=material_id), pack_unit="bags")
    make_use(sessions, material_id, product_id=make_product_of_doses(sessions, None))
    page = browser.sign_in("cyd").get(f"/materials/{material_id}")
    assert "cannot be converted" in page.text
    assert "not computed" in page.text
    browser.get("/material-uses/1", expect=403)


def test_heparin_and_its_origin_appear_by_themselves(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item_id = make_item(sessions)
    browser.sign_in("ana").get(f"/items/{item_id}/edit")
    page = browser.submit(
        "Save item",
        {"preparation": Preparation.LYSATE_NOT_DEPLETED, "reason": "Maker's data sheet."},
    )
    assert "Heparin Animal, pig, heparin Pulled in by the preparation" in page.text
    assert "Heparin" in browser.get(f"/origin/items/{item_id}").text


def test_a_tier_is_shown_with_its_reasons_on_item_and_material(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    material_id = make_material(sessions)
    item_id = make_item(
        sessions, material_id=material_id, grade=Grade.RUO, intended_use=IntendedUse.RESEARCH
    )
    page = browser.sign_in("cyd").get(f"/items/{item_id}")
    assert "Tier 4" in page.text
    assert "sold for research" in page.text
    assert "Tier 4" in browser.get(f"/materials/{material_id}").text


def test_a_tier_that_cannot_be_assigned_names_what_is_missing(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    page = browser.sign_in("cyd").get(f"/items/{make_item(sessions)}")
    assert "Tier cannot be assigned What is missing:" in page.text
    assert "No origin is recorded" in page.text


@pytest.mark.parametrize(
    "path",
    ["/material-uses/999", "/material-uses/999/removal", "/material-uses/new/for-material/9"],
)
def test_what_does_not_exist_is_not_found(browser: Browser, path: str) -> None:
    browser.sign_in("ana").get(path, expect=404)
