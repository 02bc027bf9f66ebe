"""The taught names of a vendor: listed, withdrawn with a reason, exported and taken in."""

import json

import pytest
from sqlalchemy import event

from supplier_qc.domain.learned_names import NameKind, TaughtName
from supplier_qc.services.installation import Installation
from supplier_qc.services.learned_names import teach_names, withdraw_name
from tests.browser import Browser
from tests.conftest import NOW
from tests.factories import make_item, make_material, make_site, make_specification, make_vendor
from tests.lot_factories import BEN, make_proposal

LAL = TaughtName(NameKind.TEST_NAME, "LAL assay", "Endotoxin")
HERE = "/vendors/1/learned-names"


@pytest.fixture
def certificate_id(installation: Installation) -> int:
    """Of the first vendor, Aspen Reagents."""
    site = make_site(
        installation.sessions, make_vendor(installation.sessions, name="Aspen Reagents")
    )
    item = make_item(
        installation.sessions, material_id=make_material(installation.sessions), site_id=site
    )
    make_specification(installation.sessions, item)
    return make_proposal(installation, item_id=item)


@pytest.fixture
def taught(installation: Installation, certificate_id: int) -> None:
    names = [LAL, TaughtName(NameKind.HEADER_WORD, "Brew mark", "lot_number")]
    teach_names(installation.sessions, certificate_id, names, actor=BEN, now=NOW)


def pack_of(*names: dict[str, str], vendor: str = "Aspen Reagents") -> bytes:
    stored = {"format": "supplier-qc learned names", "version": 1, "vendor": vendor}
    return json.dumps({**stored, "names": names}).encode()


@pytest.mark.usefixtures("taught")
def test_the_names_of_a_vendor_say_who_taught_what_and_where(browser: Browser) -> None:
    browser.sign_in("eve").get("/vendors/1")
    page = browser.follow("Taught names")
    assert page.path == HERE
    for words in ("LAL assay", "Endotoxin", "Brew mark", "Lot number", "all items", "2 names"):
        assert words in page.text
    assert f"{BEN.full_name}, 2026-11-24" in page.text
    assert "Withdraw" not in page.text
    page = browser.follow("Names taught about all vendors")
    assert "Aspen Reagents" in page.text
    page = browser.get(f"{HERE}?kind=header_word")
    assert "LAL assay" not in page.text
    page = browser.get(f"{HERE}?q=nothing+of+this+kind")
    assert "No name fits" in page.text


@pytest.mark.usefixtures("taught")
def test_a_name_is_withdrawn_with_a_reason_and_shown_on_request(browser: Browser) -> None:
    browser.sign_in("bea").get(HERE)
    browser.follow("Withdraw LAL assay")
    page = browser.submit("Withdraw this name", expect=422)
    assert "Say why" in page.text
    page = browser.submit("Withdraw this name", {"reason": "It is another test."})
    assert "is withdrawn" in page.text
    assert "1 name" in page.text
    page = browser.get(f"{HERE}?withdrawn=y")
    assert "It is another test." in page.text
    page = browser.get("/learned-names/1/withdrawal")
    assert "This name is withdrawn" in page.text


@pytest.mark.usefixtures("taught")
def test_two_who_withdraw_at_once_are_told(browser: Browser, installation: Installation) -> None:
    browser.sign_in("bea").get("/learned-names/1/withdrawal")
    withdraw_name(installation.sessions, 1, version=1, reason="Wrong test.", actor=BEN, now=NOW)
    page = browser.submit("Withdraw this name", {"reason": "Wrong too."}, expect=409)
    assert "Somebody else changed this record" in page.text


@pytest.mark.usefixtures("taught")
def test_a_pack_goes_out_and_comes_back_through_the_pages(
    browser: Browser, installation: Installation
) -> None:
    other = make_vendor(installation.sessions, name="Birch Biologics")
    pack = browser.sign_in("ben").raw_get(f"{HERE}/pack")
    assert pack.mimetype == "application/json"
    assert "learned-names-aspen-reagents.json" in pack.headers["Content-Disposition"]
    assert '"id"' not in pack.text
    browser.get(f"/vendors/{other}/learned-names")
    browser.follow("Take in a pack")
    page = browser.submit("Show what it would change", uploads={"file": [("p.json", pack.data)]})
    assert "2 new, 0 known already" in page.text
    assert "The pack is about Aspen Reagents" in page.text
    page = browser.submit("Take in the pack")
    assert "2 names are taken in" in page.text
    assert "from a pack" in page.text


@pytest.mark.usefixtures("taught")
def test_a_conflict_waits_for_a_choice_and_a_known_pack_says_so(browser: Browser) -> None:
    conflict = {"kind": "test_name", "printed": "lal assay", "meaning": "Sterility"}
    browser.sign_in("ben").get(f"{HERE}/import")
    browser.submit("Show what it would change", uploads={"file": [("p.json", pack_of(conflict))]})
    page = browser.submit("Take in the pack", expect=422)
    assert "Choose which meaning stands." in page.text
    page = browser.submit("Take in the pack", {"choice_0": "ours"}, expect=409)
    assert "Nothing in the pack would change anything here." in page.text
    page = browser.submit("Take in the pack", {"choice_0": "pack"})
    assert "Sterility" in page.text
    browser.get(f"{HERE}/import")
    page = browser.submit(
        "Show what it would change", uploads={"file": [("p.json", pack_of(conflict))]}
    )
    assert "Nothing in the pack would change anything here" in page.text


@pytest.mark.usefixtures("taught")
@pytest.mark.parametrize(
    ("content", "expect", "reason"),
    [
        (b"%PDF-1.7", 409, "no pack of learned names"),
        (pack_of({"kind": "colour", "printed": "a", "meaning": "b"}), 409, "none of ours"),
        (b" " * 400_001, 422, "too large"),
    ],
)
def test_a_file_that_is_no_pack_is_refused_on_the_page(
    browser: Browser, content: bytes, expect: int, reason: str
) -> None:
    browser.sign_in("ben").get(f"{HERE}/import")
    page = browser.submit(
        "Show what it would change", uploads={"file": [("p.json", content)]}, expect=expect
    )
    assert reason in page.text


def test_pages_of_what_is_not_there_are_not_found(browser: Browser) -> None:
    browser.sign_in("ben")
    for path in ("/vendors/99/learned-names", "/vendors/99/learned-names/pack",
                 "/vendors/99/learned-names/import", "/learned-names/99/withdrawal"):  # fmt: skip
        browser.get(path, expect=404)
    assert "Nothing is taught yet" in browser.get("/learned-names/").text


@pytest.mark.usefixtures("taught")
def test_the_list_takes_the_same_number_of_statements_however_long_it_is(
    browser: Browser, installation: Installation, certificate_id: int
) -> None:
    statements: list[str] = []
    event.listen(
        installation.engine,
        "before_cursor_execute",
        lambda _c, _u, statement, *_rest: statements.append(statement),
    )

    def count() -> int:
        statements.clear()
        browser.get(HERE)
        return len(statements)

    browser.sign_in("ben")
    few = count()
    names = [TaughtName(NameKind.METHOD, f"SOP {n}", f"Ph. Eur. {n}") for n in range(40)]
    teach_names(installation.sessions, certificate_id, names, actor=BEN, now=NOW)
    assert count() == few
