"""Recording origin facts through the form and as JSON."""

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.people import Role
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import OriginComponent
from supplier_qc.services.origin import change_component
from tests.browser import Browser
from tests.conftest import NOW, actor_of
from tests.factories import make_item
from tests.origin_factories import PLATELETS, SALTS, SERUM, STATEMENT, make_component

EVERY_FACT = {
    **SERUM,
    "age_months": "18.5",
    "birth": {"country": "CN", "zone": "Mainland"},
    "process": [
        {
            "kind": "irradiation",
            "evidence": "T-12",
            "dose_kgy": "30",
            "is_validated_for_tse": True,
            "log_reductions": [
                {"family": "parvovirus", "log10": "4.2"},
                {"family": "flavivirus", "log10": "5"},
            ],
        },
        *(
            {"kind": "heat", "minutes": str(minutes), "is_validated_for_tse": False}
            for minutes in (10, 20, 30, 40)
        ),
    ],
    "cep": {
        "number": "R1-CEP 2001-001",
        "revision": "Rev 02",
        "valid_from": "2022-01-01",
        "valid_to": "open_ended",
        "checked_on": "2026-10-01",
    },
    "statements": [STATEMENT, {"issued_on": "2024-01-01", "covers_item": False}],
    "tests": [
        {"agent": "bluetongue", "result": "detected"},
        {"agent": "hiv", "result": "not_detected"},
        {"agent": "mycoplasma", "result": "not_detected"},
    ],
    "use": "reagent_master_cell_bank",
    "components": [SALTS],
}
DONORS = {
    "name": "Plasma",
    "source": "human",
    "indirect_origin": "none_with_evidence",
    "human": {
        "licence": "EU/1/00/001",
        "attested": ["donors_eligible", "look_back_agreed"],
        "serology": ["hbv", "hiv", "rabies"],
        "nat": ["hcv"],
        "pool_donors": 12,
        "pathogen_reduction": {"stage": "pool", "method": "Pasteurisation"},
        "donor_countries": ["AT", "DE"],
    },
}


def stored(sessions: sessionmaker[Session]) -> list[dict[str, Any]]:
    with reading(sessions) as session:
        table = OriginComponent
        return list(session.scalars(select(table.facts).where(~table.is_withdrawn)))


def opened(browser: Browser, item: int) -> Browser:
    browser.sign_in("ben").get(f"/origin/items/{item}")
    browser.follow("Add component")
    return browser


def test_a_component_is_recorded_through_the_form(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item = make_item(sessions)
    page = opened(browser, item).submit(
        "Save component",
        {
            "name": "Foetal  blood",
            "source": "animal",
            "exposure": "primary",
            "indirect_origin": "none_with_evidence",
            "species": "cattle",
            "tissue": "blood",
            "derivative": "serum_foetal",
            "birth_country": "AU",
            "rearing_country": "AU",
            "slaughter_country": "AU",
            "collected_on": "2024-12-03",
            "stunning": "non_penetrative",
            "attested": ["closed_collection", "dedicated_collection_area"],
            "steps-0-kind": "irradiation",
            "steps-0-evidence": "T-12",
            "steps-0-dose_kgy": "30",
            "statements-0-issued_on": "2026-05-04",
            "statements-0-issuer_role": "manufacturer",
            "statements-0-covers_item": "yes",
            "statements-0-covers_site": "yes",
            "statements-0-is_signed": "yes",
            "statements-0-guideline_edition": "EMA/410/01 rev. 3",
            "use": "reagent_routine",
            "route": "parenteral",
            "residue": "quantified",
        },
    )
    assert "Foetal  blood is recorded." not in page.text
    assert "Australia (AU)" in page.text
    assert stored(sessions) == [SERUM]


def test_saving_a_component_unchanged_loses_nothing(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    """What the form shows and what it cannot show: five steps, two statements, parts beneath."""
    browser.sign_in("ben")
    for facts in (EVERY_FACT, DONORS, PLATELETS, {"name": "Nobody knows"}):
        number = make_component(sessions, make_item(sessions), facts)
        before = stored(sessions)
        browser.get(f"/origin/components/{number}")
        browser.submit("Save component", {"reason": "Looked at again."})
        assert stored(sessions) == before


def test_a_part_goes_beneath_another_and_is_changed_there(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item = make_item(sessions)
    make_component(sessions, item, PLATELETS)
    browser.sign_in("ben").get(f"/origin/items/{item}")
    browser.follow("Add beneath Heparin")
    page = browser.submit("Save component", {"name": "Enzyme"}, expect=422)
    assert "Say why: this changes a record that already stands." in page.text
    browser.submit("Save component", {"reason": "Named by the maker."})
    assert stored(sessions)[0]["components"][0]["components"][0]["name"] == "Enzyme"
    browser.follow("Change Enzyme")
    browser.submit("Save component", {"source": "microbial", "reason": "Paper of the maker."})
    assert stored(sessions)[0]["components"][0]["components"][0]["source"] == "microbial"
    browser.follow("Withdraw Heparin")
    browser.submit("Withdraw component", {"reason": "The lysate holds none."})
    assert "components" not in stored(sessions)[0]


def test_a_withdrawn_component_leaves_the_item_unknown(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item = make_item(sessions)
    make_component(sessions, item, SALTS)
    browser.sign_in("bea").get(f"/origin/items/{item}")
    browser.follow("Withdraw Salts")
    browser.submit("Withdraw component", {"reason": " "}, expect=422)
    page = browser.submit("Withdraw component", {"reason": "Another item."})
    assert "Salts is withdrawn." in page.text
    assert "No origin facts are recorded: the item is unknown" in page.text
    assert stored(sessions) == []


def test_wrong_entries_are_named_next_to_their_fields(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item = make_item(sessions)
    page = opened(browser, item).submit(
        "Save component",
        {
            "name": " ",
            "collected_on": "3 December",
            "age_months": "a year",
            "steps-1-minutes": "20",
            "steps-0-kind": "heat",
            "steps-0-log_reductions": "colds 4",
            "birth_zone": "North",
            "cep_valid_to": "2027-01-01",
            "cep_open_ended": True,
            "not_detected": ["rabies"],
            "detected": ["rabies"],
            "human_donor_countries": "DE, XX",
        },
        expect=422,
    )
    for words in (
        "Name: Name the component.",
        "Slaughtered or collected on: Not a valid date value.",
        "Age of the animals: Not a valid decimal value.",
        "Step: Choose the step that these values belong to.",
        "“colds 4” does not read as a virus family and a number",
        "Choose the country that the zone is a part of.",
        "Give the last day, or tick that none is stated; not both.",
        "Both detected and not detected: rabies.",
        "Not a country code (ISO 3166-1): XX.",
    ):
        assert words in page.text
    assert stored(sessions) == []


def test_facts_that_contradict_each_other_are_refused_with_all_reasons(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item = make_item(sessions)
    page = opened(browser, item).submit(
        "Save component",
        {
            "name": "Odd",
            "source": "plant",
            "species": "pig",
            "tissue": "milk",
            "derivative": "heparin",
            "steps-0-kind": "heat",
            "steps-0-minutes": "NaN",
        },
        expect=409,
    )
    assert "plant origin has no animal species." in page.text
    assert "heparin is not made of milk." in page.text
    assert "“NaN” is not a number" in page.text
    assert stored(sessions) == []


def test_somebody_elses_change_meanwhile_is_not_overwritten(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_component(sessions, make_item(sessions))
    browser.sign_in("ben").get(f"/origin/components/{number}")
    theirs = {**SERUM, "stunning": "pithing"}
    bea = actor_of(Role.QA_APPROVER)
    change_component(sessions, number, theirs, version=1, reason="Paper.", actor=bea, now=NOW)
    page = browser.submit("Save component", {"reason": "Mine."}, expect=409)
    assert "Somebody else changed this record" in page.text
    assert stored(sessions) == [theirs]


def test_a_change_asks_for_its_reason(browser: Browser, sessions: sessionmaker[Session]) -> None:
    number = make_component(sessions, make_item(sessions))
    browser.sign_in("ben").get(f"/origin/components/{number}")
    page = browser.submit("Save component", {"stunning": "pithing"}, expect=422)
    assert "Say why: this changes a record that already stands." in page.text
    assert stored(sessions) == [SERUM]


def test_facts_are_pasted_and_changed_as_json(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    item = make_item(sessions)
    browser.sign_in("ben").get(f"/origin/items/{item}")
    browser.follow("paste it as JSON")
    page = browser.submit("Save facts", {"facts": "{"}, expect=409)
    assert "This is not JSON" in page.text
    page = browser.submit("Save facts", {"facts": '{"species": "cow"}'}, expect=409)
    assert "name: is missing." in page.text
    assert "species: “cow” is not known" in page.text
    browser.submit("Save facts", {"facts": "[" * 90_000}, expect=409)
    page = browser.submit("Save facts", {"facts": f'{{"name": {"9" * 5000}}}'}, expect=409)
    assert "a number with more digits than any fact has" in page.text
    browser.submit("Save facts", {"facts": json.dumps(SERUM)})
    assert stored(sessions) == [SERUM]
    browser.follow("As JSON Foetal blood")
    changed = {**SERUM, "stunning": "pithing"}
    browser.submit("Save facts", {"facts": json.dumps(changed)}, expect=409)
    browser.submit("Save facts", {"facts": json.dumps(changed), "reason": "New paper."})
    assert stored(sessions) == [changed]


def test_a_part_that_does_not_exist_is_not_found(
    browser: Browser, sessions: sessionmaker[Session]
) -> None:
    number = make_component(sessions, make_item(sessions))
    browser.sign_in("ben")
    for part in ("7", "0.1", "x", "-1"):
        browser.get(f"/origin/components/{number}?part={part}", expect=404)
