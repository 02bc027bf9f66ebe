"""Certificates in unlike layouts, drawn here, against what a person reads from them."""

from pathlib import Path

import pytest

from supplier_qc.extraction.claims import DocumentReading, TextLayer
from supplier_qc.extraction.reading import read_pdf
from supplier_qc.extraction.truth_shape import as_truth_object
from tests.extraction import (
    drawn_elsewise,
    drawn_headers,
    drawn_languages,
    drawn_tables,
    drawn_wrapped,
)
from tests.extraction.drawn import LAYOUTS, Drawn, Typeface, set_in

WITH_LAYOUTS = (drawn_elsewise, drawn_headers, drawn_languages, drawn_tables, drawn_wrapped)
"""The files whose layouts have registered themselves in LAYOUTS."""


def _read(drawn: Drawn, folder: Path) -> DocumentReading:
    path = folder / "certificate.pdf"
    path.write_bytes(drawn.pdf)
    return read_pdf(path)


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_header_field_is_read_as_printed(name: str, tmp_path: Path) -> None:
    drawn = LAYOUTS[name]()

    found = as_truth_object(_read(drawn, tmp_path))

    assert {key: found.get(key) for key in drawn.fields} == drawn.fields


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_row_is_read_once_and_nothing_else(name: str, tmp_path: Path) -> None:
    drawn = LAYOUTS[name]()

    tests = as_truth_object(_read(drawn, tmp_path))["tests"]

    keys = {key for row in drawn.rows for key in row}
    assert [{key: row[key] for key in keys & set(row)} for row in tests] == drawn.rows


PLACED_BY_WIDTH = {"superscripts_and_footnotes"}
"""Layouts that place a character where Helvetica ends, so that another font tears them apart."""


@pytest.mark.parametrize("name", sorted(set(LAYOUTS) - PLACED_BY_WIDTH))
@pytest.mark.parametrize(
    "typeface",
    [
        Typeface("Times-Roman", "Times-Bold"),
        Typeface("Courier", "Courier-Bold", 0.8),
        Typeface(scale=1.12),
        Typeface(scale=0.8),
    ],
    ids=["serifs", "typewriter", "larger", "smaller"],
)
def test_another_typeface_or_size_changes_nothing(
    name: str,
    typeface: Typeface,
    tmp_path: Path,
) -> None:
    with set_in(typeface):
        drawn = LAYOUTS[name]()

    found = as_truth_object(_read(drawn, tmp_path))

    assert {key: found.get(key) for key in drawn.fields} == drawn.fields
    keys = {key for row in drawn.rows for key in row}
    assert [{key: row[key] for key in keys & set(row)} for row in found["tests"]] == drawn.rows


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_claim_has_a_box_on_its_page_and_a_confidence(name: str, tmp_path: Path) -> None:
    reading = _read(LAYOUTS[name](), tmp_path)

    claims = [*reading.fields.values(), *(row.name for row in reading.rows if row.name)]
    for claim in claims:
        assert claim.box is not None
        page = reading.pages[claim.box.page - 1]
        assert 0 <= claim.box.x0 < claim.box.x1 <= page.width
        assert 0 <= claim.box.top < claim.box.bottom <= page.height
        assert 0 < claim.confidence <= 1


def test_a_decimal_comma_is_decided_with_its_evidence(tmp_path: Path) -> None:
    reading = _read(LAYOUTS["german_with_decimal_comma"](), tmp_path)

    assert reading.decimal_comma is True
    assert "7,21" in reading.decimal_evidence or "comma" in reading.decimal_evidence


def test_a_form_is_named_as_a_form(tmp_path: Path) -> None:
    assert _read(LAYOUTS["form_fields"](), tmp_path).text_layer is TextLayer.FORM


def test_a_lot_with_leading_zeros_keeps_them(tmp_path: Path) -> None:
    found = as_truth_object(_read(LAYOUTS["ruled_grid"](), tmp_path))

    assert found["lot_number"] == "0042317"
