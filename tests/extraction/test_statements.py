"""Statements of origin read from drawn papers, and what may never happen in reading one."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from supplier_qc.demo.certificates_scan import scanned
from supplier_qc.domain.origin.statement_papers import SEVERAL, StatementFact, value_problems
from supplier_qc.extraction.claims import DocumentKind, DocumentReading, StatementClaim
from supplier_qc.extraction.layout import lines_of
from supplier_qc.extraction.page_content import PageContent, Picture, Word
from supplier_qc.extraction.reading import read_pdf
from supplier_qc.extraction.statement_reader import statement_claims
from tests.extraction.drawn_statements import STATEMENTS, letter_on_foetal_serum

REAL = Path(__file__).parents[3] / "shared" / "coas"
FOUND, RIGHT = 0.95, 0.95
"""Shares of the values on the papers that are read, and of the values read that are there."""


def read(tmp_path: Path, pdf: bytes) -> DocumentReading:
    path = tmp_path / "statement.pdf"
    path.write_bytes(pdf)
    return read_pdf(path)


def values(reading: DocumentReading) -> dict[StatementFact, set[str]]:
    found: dict[StatementFact, set[str]] = {}
    for one in reading.statement:
        found.setdefault(one.fact, set()).add(one.value)
    return found


def test_the_drawn_statements_are_read_as_a_person_reads_them(tmp_path: Path) -> None:
    wanted = found = hit = 0
    missed = []
    for name, draw in STATEMENTS.items():
        drawn = draw()
        said = values(read(tmp_path, drawn.pdf))
        for fact in StatementFact:
            there, got = drawn.facts.get(fact, set()), said.get(fact, set())
            wanted, found, hit = wanted + len(there), found + len(got), hit + len(there & got)
            missed += [f"{name}: {fact.value} {one}" for one in there ^ got]
    assert hit / wanted >= FOUND, missed
    assert hit / found >= RIGHT, missed


def test_each_value_names_the_words_it_was_read_from(tmp_path: Path) -> None:
    reading = read(tmp_path, letter_on_foetal_serum().pdf)
    assert reading.statement
    for one in reading.statement:
        assert one.claim.literal.strip()
        assert one.claim.box is not None
        assert one.claim.box.page == 1
        assert 0 < one.claim.confidence <= 1
    again = DocumentReading.from_json(reading.to_json())
    assert (again.statement, again.mentions) == (reading.statement, reading.mentions)


def test_an_invoice_says_nothing_of_origin_and_is_none(tmp_path: Path) -> None:
    reading = read(tmp_path, STATEMENTS["invoice_that_is_no_statement"]().pdf)
    assert reading.kind is DocumentKind.INVOICE_OR_PACKING_LIST
    assert values(reading) == {}


def test_what_is_no_pdf_is_read_as_nothing_and_says_so(tmp_path: Path) -> None:
    reading = read(tmp_path, b"\x00garbage" * 50)
    assert reading.statement == ()
    assert reading.notes == ("The file is not a PDF: upload the certificate as PDF.",)


def test_a_scan_is_recognised_and_never_read_as_unsigned(tmp_path: Path) -> None:
    reading = read(tmp_path, scanned(letter_on_foetal_serum().pdf))
    said = values(reading)
    if not reading.statement:
        assert any("by hand" in note for note in reading.notes)
        pytest.skip("no recognition is installed: " + reading.notes[0])
    assert said[StatementFact.SOURCE] == {"cattle"}
    assert said[StatementFact.COUNTRY_OF_SLAUGHTER] == {"NZ"}
    assert "unsigned" not in said.get(StatementFact.SIGNATURE, set())
    assert all(one.claim.confidence <= 0.9 for one in reading.statement)


def page(*lines: str, pictures: tuple[Picture, ...] = ()) -> PageContent:
    words = []
    for number, line in enumerate(lines):
        x = 50.0
        for text in line.split():
            words.append(Word(text, x, 60.0 + 12 * number, x + 5 * len(text), 70.0 + 12 * number))
            x += 5 * len(text) + 3
    return PageContent(1, 595.0, 842.0, tuple(words), pictures=pictures)


def said(*lines: str, pictures: tuple[Picture, ...] = ()) -> tuple[StatementClaim, ...]:
    drawn = page(*lines, pictures=pictures)
    return statement_claims([(drawn, lines_of(drawn))], issuer=None)


def pairs(*lines: str) -> set[tuple[str, str]]:
    return {(one.fact.value, one.value) for one in said(*lines)}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Blood is collected in Australia.", {("country_of_slaughter", "AU")}),
        ("Animals were born in Chile and slaughtered in Argentina.",
         {("country_of_birth", "CL"), ("country_of_slaughter", "AR")}),
        ("Tiere, die in Neuseeland geboren und aufgezogen wurden.",
         {("country_of_birth", "NZ"), ("country_of_rearing", "NZ")}),
        ("Our office is in Germany.", set()),
        ("No animals were born in Portugal.", set()),
        ("R0-CEP 2001-004-Rev 00 valid until 2027-01-31", {
            ("cep", "R0-CEP 2001-004-Rev 00"), ("cep_valid_until", "2027-01-31")}),
        ("9 CFR 94.18", {("guideline", "9 CFR 94.18")}),
        ("Ph. Eur. monograph 1483 and chapter 5.2.8", {
            ("guideline", "Ph. Eur. 1483"), ("guideline", "Ph. Eur. 5.2.8")}),
        ("Date: 04/05/2026", {("issued_on", "")}),
    ],
)  # fmt: skip
def test_a_sentence_says_what_it_says_and_no_more(
    line: str, expected: set[tuple[str, str]]
) -> None:
    wanted = {"country_of_birth", "country_of_rearing", "country_of_slaughter", "guideline",
              "country_of_origin", "cep", "cep_valid_until", "issued_on"}  # fmt: skip
    assert {pair for pair in pairs(line) if pair[0] in wanted} == expected


def test_a_name_without_a_picture_above_it_is_proposed_as_unsigned_and_never_surely() -> None:
    lines = ("Statement", "", "", "", "", "", "Ida Berg", "Quality Manager")
    unsigned = [one for one in said(*lines) if one.fact is StatementFact.SIGNATURE]
    assert [(one.value, one.claim.confidence) for one in unsigned] == [("unsigned", 0.5)]
    ink = Picture(50, 95, 150, 128)
    signed = [one for one in said(*lines, pictures=(ink,)) if one.fact is StatementFact.SIGNATURE]
    assert [one.value for one in signed] == ["signed"]


WORDS = st.sampled_from(
    ["bovine", "born", "in", "Australia", "New", "Zealand", "not", "derived", "from", "EMA/410/01",
     "rev.", "3", "CEP", "2004-123", "Date:", "1", "May", "2026", "Species", "Cat.", "No.", "A-1",
     "valid", "until", "heparin", "Dr.", "Head", "of", "Quality", ":", "|", ",", "、", "\ufffd"]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=9), max_size=12))
def test_reading_never_raises_and_proposes_only_values_that_may_stand(
    lines: list[list[str]],
) -> None:
    found = said(*(" ".join(words) for words in lines))
    for one in found:
        assert list(value_problems(one.fact, one.value)) == []
    once = [one.fact for one in found if one.fact not in SEVERAL]
    assert len(once) == len(set(once))


@pytest.mark.skipif(not REAL.exists(), reason="the folder of real certificates is not here")
def test_a_real_statement_of_origin_is_read() -> None:
    found = values(read_pdf(REAL / "origin-pbleiner-solugel.pdf"))
    assert found[StatementFact.SOURCE] == {"cattle"}
    assert found[StatementFact.TISSUE] == {"hide"}
    assert found[StatementFact.COUNTRY_OF_ORIGIN] == {"AR"}
    assert found[StatementFact.ISSUED_ON] == {"2024-01-23"}
    assert found[StatementFact.VALID_UNTIL] == {"2026-12-31"}


def test_a_picture_of_a_page_without_words_has_no_statement(tmp_path: Path) -> None:
    file = io.BytesIO()
    Image.new("L", (200, 280), 255).save(file, "PDF")
    assert read(tmp_path, file.getvalue()).statement == ()
