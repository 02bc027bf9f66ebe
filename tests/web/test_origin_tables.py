"""Tables A, B and C: what the page shows, what is left open, and the workbook of it."""

from collections.abc import Iterator
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import AuditEntry, DossierExport
from tests.browser import Browser
from tests.factories import make_item, make_qualification
from tests.origin_factories import PLATELETS, SALTS, SERUM, make_component

EU_PROPOSED = "/origin/tables/?authority=eu&use=phase_1_2&include_not_approved=y"


def qualified_item(sessions: sessionmaker[Session], name: str) -> int:
    item_id = make_item(sessions, name=name, catalogue_number=f"0{len(name)}-{name[:3]}")
    make_qualification(sessions, item_id, approved=False)
    return item_id


@pytest.fixture
def materials(sessions: sessionmaker[Session]) -> dict[str, int]:
    found = {
        name: qualified_item(sessions, name) for name in ("Serum", "Lysate", "Salt", "Mystery")
    }
    make_component(sessions, found["Serum"], SERUM)
    make_component(sessions, found["Lysate"], PLATELETS)
    make_component(sessions, found["Salt"], SALTS)
    return found


def rows_of(browser: Browser, section: str) -> Iterator[str]:
    """The rows of the table under this heading, each as its words."""
    assert browser.page is not None
    path = f"//section[h2[starts-with(normalize-space(), '{section}')]]//tbody/tr"
    for row in browser.page.tree.xpath(path):
        yield " ".join(row.text_content().split())


@pytest.mark.usefixtures("materials")
def test_each_part_stands_in_the_table_of_its_origin(browser: Browser) -> None:
    browser.sign_in("cyd").get(EU_PROPOSED)
    (serum,) = rows_of(browser, "Table A")
    assert "Foetal blood" in serum
    assert "Australia (AU)" in serum
    (heparin,) = rows_of(browser, "Table B")
    assert "Platelets › Heparin" in heparin
    assert "pig" in heparin
    assert "not stated" in heparin  # where the pigs lived
    (platelets,) = rows_of(browser, "Table C")
    assert "Germany (DE), Denmark (DK)" in platelets or "Denmark (DK), Germany (DE)" in platelets
    assert "240 donors" in platelets
    assert "gaps" in platelets


@pytest.mark.usefixtures("materials")
def test_a_material_without_facts_is_named_as_open_and_salt_needs_no_table(
    browser: Browser,
) -> None:
    page = browser.sign_in("cyd").get(EU_PROPOSED)
    (mystery,) = rows_of(browser, "Not placed")
    assert "No origin facts are recorded" in mystery
    assert "1 part of a material is not placed" in page.text
    everywhere = [row for section in ("Table", "Adv") for row in rows_of(browser, section)]
    assert not any("Salts" in row for row in everywhere)


@pytest.mark.usefixtures("materials")
def test_what_virus_safety_still_lacks_stands_beside_the_tests(browser: Browser) -> None:
    browser.sign_in("cyd").get(EU_PROPOSED)
    rows = list(rows_of(browser, "Adventitious"))
    serum = next(row for row in rows if "Foetal blood" in row)
    assert "irradiation, 30 kGy, evidence T-12" in serum
    assert "No result on file for" in serum
    heparin = next(row for row in rows if "Heparin" in row)
    assert "free of heparin of ruminants" in heparin
    assert "none recorded" in heparin


@pytest.mark.usefixtures("materials")
def test_only_approved_sources_unless_asked(browser: Browser) -> None:
    page = browser.sign_in("cyd").get("/origin/tables/")
    assert page.text.count("Nothing to list in this table") == 4
    assert not list(rows_of(browser, "Table A"))


def test_the_workbook_has_each_material_in_a_column_and_leaves_a_trace(
    browser: Browser, sessions: sessionmaker[Session], materials: dict[str, int]
) -> None:
    browser.sign_in("cyd").get(EU_PROPOSED)
    page = browser.submit("Download XLSX")
    book = openpyxl.load_workbook(BytesIO(page.response.data))
    assert book.sheetnames == [
        "Table A", "Table B", "Table C", "Adventitious agents", "Not placed", "About",
    ]  # fmt: skip
    first, second = (column for column in book["Table A"].iter_cols(values_only=True))
    assert first[0] == "Material and part"
    assert "05-Ser" in str(second[0])
    assert dict(zip(first, second, strict=True))["Country of rearing"] == "Australia (AU)"
    with reading(sessions) as session:
        export = session.query(DossierExport).one()
        assert export.section == "3.2.A.2"
        assert export.number_of_rows == 3 + 3 + 1
        assert session.query(AuditEntry).filter_by(subject_type="dossier_export").count() == 1
    assert len(materials) == 4


def test_who_may_not_export_is_offered_none(browser: Browser) -> None:
    page = browser.sign_in("eve").get("/origin/tables/")
    assert "Download XLSX" not in page.text
    assert browser.post("/origin/tables/export").status_code in (400, 403)
