"""Risk weights, co-material rules and the heat map: what QA changes, seen before it is done."""

from supplier_qc.services.installation import Installation
from tests.browser import Browser
from tests.factories import make_qualification


def test_a_weight_shows_what_it_changes_before_it_is_put_in_force(
    browser: Browser, installation: Installation
) -> None:
    make_qualification(installation.sessions)
    browser.sign_in("bea")
    browser.get("/risk-weights/new")
    wrong = {"factor": "grade", "level": "golden", "points": "5000", "source": "SOP-QA-21"}
    page = browser.submit("Show what it would change", wrong, expect=409)
    assert "is no level of this factor" in page.text
    assert "Points lie between" in page.text
    row = wrong | {"factor": "country", "level": "DE", "points": "40"}
    preview = browser.submit("Show what it would change", row)
    assert "1 of 1 sources in use would score otherwise" in preview.text
    assert "Say why" in browser.submit("Put in force", row, expect=409).text
    done = browser.submit("Put in force", row | {"reason": "Inspected less often."})
    assert "SOP-QA-21" in done.text


def test_a_co_material_rule_is_superseded_and_kept(browser: Browser) -> None:
    browser.sign_in("bea")
    page = browser.get("/co-material-rules/")
    assert "Heparin" in page.text
    rule = {
        "preparation": "not_recorded",
        "component": "Apixaban",
        "source_class": "plant",
        "species": "pig",
        "derivative": "other",
        "source": "SOP-QA-30",
        "reason": "A clotting inhibitor without animal origin.",
    }
    refused = browser.submit("Put in force", rule, expect=409)
    assert "Choose how it is prepared" in refused.text
    assert "Only what comes from an animal has a species" in refused.text
    right = rule | {"preparation": "lysate_not_depleted", "species": ""}
    assert "Apixaban" in browser.submit("Put in force", right).text
    browser.submit("Sign out")
    browser.sign_in("ana")
    assert "Supersede or add" not in browser.get("/co-material-rules/").text


def test_the_map_by_material_shows_the_worst_of_its_sources_and_gaps_alone(
    browser: Browser, installation: Installation
) -> None:
    number = make_qualification(installation.sessions)
    browser.sign_in("ana")
    by_material = browser.get("/requirements/?view=material")
    assert "1 source" in by_material.text
    cell = f"//td/a[starts-with(@href, '/qualifications/{number}#requirement-')]"
    assert by_material.tree.xpath(cell)
    gaps = browser.get("/requirements/?view=material&gaps=y").text
    assert "Nothing that is required is open" in gaps
    waiting = make_qualification(installation.sessions, approved=False, with_papers=False)
    shown = browser.get("/requirements/?view=material&gaps=y&state=waiting")
    assert shown.tree.xpath(cell.replace(f"/{number}#", f"/{waiting}#"))
