"""Supply: what is not known says so, until counts, plans and lead times are recorded."""

from decimal import Decimal

from sqlalchemy import select

from supplier_qc.persistence.tables import AuditEntry
from supplier_qc.queries.source_marks import source_counts
from supplier_qc.queries.supply import SupplyFilter, get_supply, list_supply
from supplier_qc.services.installation import Installation
from tests.browser import Browser
from tests.conftest import TODAY
from tests.factories import make_item, make_material, make_qualification, make_site, make_vendor
from tests.identity_factories import make_pack, make_use
from tests.queries.test_catalogue_statements import count


def planned(browser: Browser, batches: str) -> None:
    page = browser.get("/supply/plans")
    product = page.tree.xpath("//select[@id='product_id']/option[2]/@value")[0]
    browser.submit(
        "Add plan", {"product_id": product, "batches_a_month": batches, "basis": "Plan 2027"}
    )


def test_a_material_is_covered_only_once_demand_stock_and_way_out_are_known(
    browser: Browser, installation: Installation
) -> None:
    sessions = installation.sessions
    item_id = make_item(sessions)
    make_pack(sessions, item_id)
    with installation.reading() as session:
        material_id = list_supply(session, SupplyFilter(), TODAY).rows[0].material_id
    make_use(sessions, material_id, amount_per_batch=Decimal(250))
    browser.sign_in("ana")
    unknown = browser.get(f"/supply/materials/{material_id}").text
    assert "How long the supply lasts is not known" in unknown
    assert "batches of" in unknown
    assert "No stock is counted yet" in unknown
    planned(browser, "2")
    browser.get(f"/supply/materials/{material_id}/count")
    short = browser.submit("Add count", {"quantity": "2000", "unit": "mL"}).text
    assert "500 mL a month" in short
    assert "4.0 months" in short
    assert "Short by" in short
    browser.get(f"/supply/materials/{material_id}/count")
    assert "Covered" in browser.submit("Add count", {"quantity": "20", "unit": "L"}).text
    listed = browser.get("/supply/").text
    assert "Covered" in listed


def test_two_brands_of_one_plant_are_marked_as_one_source_everywhere(
    browser: Browser, installation: Installation
) -> None:
    sessions = installation.sessions
    material_id = make_material(sessions)
    plant = make_site(sessions, make_vendor(sessions))
    brand = make_site(sessions, make_vendor(sessions, name="Brand"))
    one = make_item(sessions, material_id=material_id, site_id=plant)
    other = make_item(sessions, material_id=material_id, site_id=brand)
    for number in (one, other):
        make_qualification(sessions, number)
    browser.sign_in("ana")
    browser.get(f"/supply/items/{other}")
    missing = {"comparability": "done", "upstream_site_id": str(brand), "reason": "Told by both."}
    refused = browser.submit("Save source", missing, expect=409).text
    assert "Name the report" in refused
    assert "site on the label already" in refused
    page = browser.submit(
        "Save source",
        missing | {"upstream_site_id": str(plant), "comparability_document": "R-017 v2"},
    )
    assert "are both made at" in page.text
    assert "R-017 v2" in page.text
    with installation.reading() as session:
        row = get_supply(session, material_id, TODAY)
        counted = source_counts(session, [material_id])[material_id]
        actions = session.scalars(select(AuditEntry.action)).all()
    assert row is not None
    assert row.mark is counted.mark
    assert counted.sites == 1
    assert "item:supply:recorded" in actions


def test_what_was_changed_meanwhile_is_not_overwritten(
    browser: Browser, installation: Installation
) -> None:
    item_id = make_item(installation.sessions)
    browser.sign_in("ana")
    page = browser.get(f"/supply/items/{item_id}")
    assert page.tree.xpath("//input[@name='version']/@value") == ["0"]
    browser.submit("Save source", {"comparability": "planned", "reason": "Planned."})
    browser.get(f"/supply/items/{item_id}")
    late = browser.submit("Save source", {"version": "0", "reason": "Late."}, expect=409)
    assert "Somebody else" in late.text


def test_bad_counts_and_plans_are_refused_with_their_reasons(
    browser: Browser, installation: Installation
) -> None:
    sessions = installation.sessions
    use_of = make_material(sessions)
    make_use(sessions, use_of)
    browser.sign_in("ana")
    browser.get(f"/supply/materials/{use_of}/count")
    page = browser.submit(
        "Add count", {"quantity": "-1", "unit": "mL", "counted_on": "2999-01-01"}, expect=409
    )
    assert "between 0 and" in page.text
    assert "still to come" in page.text
    browser.get(f"/supply/materials/{use_of}/count")
    assert "Type what was found" in browser.submit("Add count", {"unit": "mL"}, expect=422).text
    assert browser.get("/supply/materials/999", expect=404).status == 404
    browser.submit("Sign out")
    browser.sign_in("eve")
    assert browser.get(f"/supply/materials/{use_of}/count", expect=403).status == 403


def test_the_policy_is_superseded_by_a_decider_alone(browser: Browser) -> None:
    browser.sign_in("bea")
    browser.get("/supply/policy/")
    row = {
        "risk_class": "critical",
        "months_to_qualify": "18",
        "count_holds_days": "60",
        "source": "SOP-QA-21",
        "reason": "The last one took that long.",
    }
    assert "18 months" in browser.submit("Put in force", row).text
    page = browser.submit("Put in force", row | {"months_to_qualify": "0"}, expect=409)
    assert "months lie between" in page.text
    assert "begins on that day or later" in page.text
    browser.submit("Sign out")
    browser.sign_in("ana")
    assert "Supersede a row" not in browser.get("/supply/policy/").text


def test_the_list_asks_as_often_for_four_materials_as_for_one(installation: Installation) -> None:
    sessions = installation.sessions

    def add() -> None:
        item_id = make_item(sessions, material_id=(number := make_material(sessions)))
        make_qualification(sessions, item_id)
        make_pack(sessions, item_id)
        make_use(sessions, number)

    add()
    once = count(installation, lambda session: list_supply(session, SupplyFilter(), TODAY))
    for _ in range(3):
        add()
    again = count(installation, lambda session: list_supply(session, SupplyFilter(), TODAY))
    assert again == once <= 10
