"""The drawn certificates say what they are expected to say, each in its own layout."""

from datetime import date
from pathlib import Path

import pdfplumber
import pytest

from supplier_qc.demo.certificates import (
    DrawnCertificate,
    certificate_contents,
    draw_certificates,
)
from supplier_qc.demo.certificates_contents import CertificateContent, Layout
from supplier_qc.demo.story import story
from supplier_qc.domain.specification.verdicts import Verdict
from tests.demo.judging import LINES, verdict

TODAY = date(2026, 11, 24)
STORY = story(TODAY)
CONTENTS = certificate_contents(TODAY)
BY_LOT = {content.lot_number: content for content in CONTENTS}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, DrawnCertificate]:
    folder = tmp_path_factory.mktemp("certificates") / "made-when-missing"
    return {found.lot_number: found for found in draw_certificates(folder, today=TODAY)}


def _text(path: Path) -> str:
    with pdfplumber.open(path) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def _words(path: Path) -> set[str]:
    return set(_text(path).split())


def test_there_are_at_least_eight_unlike_layouts_and_each_is_drawn(
    drawn: dict[str, DrawnCertificate],
) -> None:
    assert {found.layout for found in drawn.values()} == set(Layout)
    assert len(Layout) >= 8


def test_equal_days_give_equal_bytes(drawn: dict[str, DrawnCertificate], tmp_path: Path) -> None:
    again = draw_certificates(tmp_path, today=TODAY)
    assert len(again) == len(drawn)
    for found in again:
        assert found.path.read_bytes() == drawn[found.lot_number].path.read_bytes(), found.path.name


def test_another_day_gives_other_bytes(drawn: dict[str, DrawnCertificate], tmp_path: Path) -> None:
    for found in draw_certificates(tmp_path, today=date(2027, 3, 1)):
        assert found.path.read_bytes() != drawn[found.lot_number].path.read_bytes(), found.path.name


def test_the_scan_has_a_picture_and_no_text(drawn: dict[str, DrawnCertificate]) -> None:
    (scan,) = [found for found in drawn.values() if found.layout is Layout.SCAN]
    with pdfplumber.open(scan.path) as document:
        (page,) = document.pages
        assert page.chars == []
        assert len(page.images) == 1


WITH_TEXT = [content for content in CONTENTS if content.layout is not Layout.SCAN]


@pytest.mark.parametrize("content", WITH_TEXT, ids=lambda content: content.file_name)
def test_every_expected_word_can_be_taken_from_the_text_layer(
    content: CertificateContent, drawn: dict[str, DrawnCertificate]
) -> None:
    header = (
        content.issuer.upper() if content.layout is Layout.DOTTED_LEADERS else content.issuer,
        content.product_name,
        content.catalogue_number,
        content.lot_number,
        content.country_of_origin or "",
        content.storage,
    )
    rows = (
        f"{test.name} {test.specification} {test.minimum} {test.maximum} {test.result} {test.unit} "
        f"{test.method} {test.verdict}"
        for test in content.tests
    )
    expected = {word for text in (*header, *rows) for word in text.split()}
    printed = {word.strip("()") for word in _words(drawn[content.lot_number].path)}
    assert {word.strip("()") for word in expected} - printed == set()


IN_LINES = [content for content in WITH_TEXT if content.layout is not Layout.TWO_COLUMNS]


@pytest.mark.parametrize("content", IN_LINES, ids=lambda content: content.file_name)
def test_name_and_result_stand_at_the_same_height(
    content: CertificateContent, drawn: dict[str, DrawnCertificate]
) -> None:
    """Wrapped cells apart, a reader that goes line by line finds the pair."""
    lines = _text(drawn[content.lot_number].path).splitlines()
    short = [test for test in content.tests if len(test.name) < 25 and len(test.result) < 14]
    assert len(short) >= 4
    for test in short:
        assert any(line.startswith(test.name) and test.result in line for line in lines), test.name


@pytest.mark.parametrize(
    ("lot_number", "printed"),
    [
        ("PL-4131", ("15 Oct 2026", "15 Oct 2028", "12 Nov 2026")),
        ("S2418", ("21 August 2026", "21 August 2031", "28 September 2026")),
        ("D0427", ("15.09.2026", "15.09.2029", "07.10.2026")),
        ("QF26-003", ("09/22/2026", "09/22/2029", "10/25/2026")),
        ("0026008", ("11.10.2026", "11.04.2028", "03.11.2026")),
        ("0007802", ("28. 8. 2026", "28. 8. 2029", "26. 9. 2026")),
        ("H-26041", ("15 JUL 2026", "15 JUL 2029", "15 AUG 2026")),
        ("B26-0204", ("2026-09-08", "2029-09-08", "2026-10-03")),
    ],
)
def test_each_maker_prints_dates_in_its_own_form(
    lot_number: str, printed: tuple[str, ...], drawn: dict[str, DrawnCertificate]
) -> None:
    text = _text(drawn[lot_number].path)
    assert [day for day in printed if day not in text] == []


def test_the_german_paper_writes_decimal_commas_only(drawn: dict[str, DrawnCertificate]) -> None:
    words = _words(drawn["0026008"].path)
    assert {"7,2", "1,02", "0,05"} <= words
    assert {"7.2", "1.02", "0.05"} & words == set()


def test_the_long_table_repeats_its_header_and_its_lot_on_every_page(
    drawn: dict[str, DrawnCertificate],
) -> None:
    with pdfplumber.open(drawn["B26-0204"].path) as document:
        texts = [page.extract_text() for page in document.pages]
    assert len(texts) >= 2
    for number, text in enumerate(texts, start=1):
        assert "Test item Method Criteria Result Unit Judgement" in text
        assert f"Page {number} of {len(texts)}" in text
        assert "B26-0204" in text


def test_no_line_is_drawn_where_the_layout_has_no_rules(
    drawn: dict[str, DrawnCertificate],
) -> None:
    with pdfplumber.open(drawn["S2418"].path) as document:
        (page,) = document.pages
        assert (page.lines, page.rects) == ([], [])


def test_nothing_is_drawn_beyond_the_edge_of_a_page(drawn: dict[str, DrawnCertificate]) -> None:
    for found in drawn.values():
        with pdfplumber.open(found.path) as document:
            for page in document.pages:
                outside = [
                    char["text"]
                    for char in page.chars
                    if char["x0"] < 20
                    or char["x1"] > page.width - 20
                    or char["bottom"] > page.height
                ]
                assert outside == [], found.path.name


@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: content.file_name)
def test_each_paper_is_of_an_item_and_a_maker_of_the_story(content: CertificateContent) -> None:
    (item,) = [item for item in STORY.items if item.key == content.item]
    vendor_of = {site.key: vendor for vendor in STORY.vendors for site in vendor.sites}
    assert content.catalogue_number == item.catalogue_number
    assert content.product_name == item.name
    assert content.issuer == vendor_of[item.site].legal_name


def test_only_the_serum_lot_that_is_compared_with_is_held_already() -> None:
    held = {(lot.item, lot.lot_number) for lot in STORY.lots}
    drawn_lots = {(content.item, content.lot_number) for content in CONTENTS}
    assert held & drawn_lots == {("serum", "S2311")}


def test_the_held_serum_lot_has_the_results_and_dates_of_its_paper() -> None:
    (lot,) = [lot for lot in STORY.lots if lot.lot_number == "S2311"]
    paper = BY_LOT["S2311"]
    assert lot.manufactured_on == paper.manufactured_on
    assert lot.expires_on == paper.expires_on
    assert {result.attribute: result.raw for result in lot.results} == {
        test.attribute: test.result for test in paper.tests
    }


def test_two_lysate_lots_wait_to_be_uploaded_and_are_newer_than_all_held_ones() -> None:
    waiting = [content for content in CONTENTS if content.item == "lysate"]
    newest = max(lot.manufactured_on for lot in STORY.lots if lot.item == "lysate")
    assert [content.lot_number for content in waiting] == ["PL-4131", "PL-4132"]
    assert all(content.manufactured_on > newest for content in waiting)


def test_between_two_serum_lots_one_limit_changed_and_nothing_says_so() -> None:
    limits = {
        lot: {test.name: test.specification for test in BY_LOT[lot].tests}
        for lot in ("S2311", "S2418")
    }
    changed = {name for name, limit in limits["S2311"].items() if limits["S2418"][name] != limit}
    assert changed == {"Haemoglobin"}
    assert BY_LOT["S2311"].remark == BY_LOT["S2418"].remark


FAILING = {("0007802", "Loss on drying"), ("S2418", "Haemoglobin")}


def test_papers_pass_our_specification_but_for_two_results() -> None:
    """The maker prints that the trypsin conforms; the serum meets only its widened limit."""
    failed = set()
    for content in CONTENTS:
        comma = content.layout is Layout.GERMAN_DECIMAL_COMMA
        for test in content.tests:
            if test.attribute is None:
                continue
            found = verdict(
                content.item, test.attribute, test.result, test.unit or None, decimal_comma=comma
            )
            if found is not Verdict.PASS:
                assert found is Verdict.FAIL, (content.lot_number, test.name)
                failed.add((content.lot_number, test.name))
    assert failed == FAILING


def test_the_failing_trypsin_result_stands_beside_the_word_conforms() -> None:
    (row,) = [test for test in BY_LOT["0007802"].tests if test.name == "Loss on drying"]
    assert float(row.result) > float(row.maximum)
    assert (row.verdict, row.truth()["pass"]) == ("Conforms", True)


@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: content.file_name)
def test_a_paper_answers_each_of_our_lines_once(
    content: CertificateContent,
) -> None:
    answered = [test.attribute for test in content.tests if test.attribute]
    assert sorted(answered) == sorted(LINES[content.item])


def test_the_expected_reading_has_the_shape_of_a_truth_file() -> None:
    expected = BY_LOT["PL-4131"].truth()
    rows = expected.pop("tests")
    assert expected == {
        "doc_type": "CoA",
        "issuer": "Larkfen Haematics Ltd",
        "product_name": "Lysate PL-100, fibrinogen-depleted",
        "catalog_number": "00410-500",
        "lot_number": "PL-4131",
        "manufacture_date": "2026-10-15",
        "expiry_or_retest_date": "2028-10-15",
        "release_date": "2026-11-12",
        "country_of_origin": "Denmark, Germany",
        "storage": "-20 °C or below",
    }
    assert rows[4] == {
        "name": "Bacterial endotoxins",
        "method": "Ph. Eur. 2.6.14",
        "specification": "≤ 1.0",
        "specification_alt": ["≤ 1.0 EU/mL"],
        "result": "< 0.10",
        "result_alt": ["< 0.10 EU/mL"],
        "unit": "EU/mL",
        "pass": True,
    }


def test_a_paper_that_names_no_country_expects_none() -> None:
    assert "country_of_origin" not in BY_LOT["12"].truth()
