"""Labels taught for one vendor: read on that vendor's papers, never surer than 0.9."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supplier_qc.extraction.claims import HeaderField
from supplier_qc.extraction.page_content import PageContent, Word
from supplier_qc.extraction.reader import propose
from supplier_qc.extraction.reading_process import read_in_child
from supplier_qc.extraction.taught_labels import SUREST, is_known_label
from supplier_qc.extraction.taught_words import TaughtWord
from tests.certificate_pdfs import certificate_pdf

A4 = (595.0, 842.0)
RUN_MARK = TaughtWord("Brew mark", HeaderField.LOT_NUMBER, ("Aspen Reagents", "PL-1000"))


def page_of(*lines: str) -> PageContent:
    """One line of words under the other, 5 points a letter."""
    words = []
    for number, line in enumerate(lines):
        at, top = 50.0, 100.0 + 24 * number
        for text in line.split():
            words.append(Word(text, at, top, at + 5 * len(text), top + 9, 9))
            at += 5 * len(text) + 3
    return PageContent(1, *A4, tuple(words))


def lot_of(page: PageContent, *taught: TaughtWord) -> str | None:
    claim = propose([page], taught).fields.get(HeaderField.LOT_NUMBER)
    return claim.literal if claim else None


@pytest.mark.parametrize("line", ["Brew mark: B-4711", "BREW-MARK B-4711", "Brew mark : B-4711"])
def test_a_taught_label_finds_its_value(line: str) -> None:
    page = page_of("Aspen Reagents GmbH", line, "Expiry date: 2028-09-16")
    assert lot_of(page) is None
    assert lot_of(page, RUN_MARK) == "B-4711"


def test_what_it_found_names_the_word_and_is_not_surer_than_that() -> None:
    page = page_of("Aspen Reagents", "Brew mark: B-4711", "Brew mark: B-4711", "Brew mark: B-4711")
    claim = propose([page], [RUN_MARK]).fields[HeaderField.LOT_NUMBER]
    assert claim.rule == "taught: Brew mark"
    assert claim.confidence <= SUREST


def test_on_a_paper_without_a_sign_of_the_vendor_the_word_means_nothing() -> None:
    page = page_of("Birch Biologics", "Brew mark: B-4711", "Expiry date: 2028-09-16")
    assert lot_of(page, RUN_MARK) is None


@pytest.mark.parametrize("sign", ["Aspen Reagents GmbH", "Catalogue No.: PL-1000"])
def test_the_name_or_a_catalogue_number_is_a_sign_of_the_vendor(sign: str) -> None:
    assert lot_of(page_of(sign, "Brew mark: B-4711"), RUN_MARK) == "B-4711"


def test_a_part_of_another_word_is_no_sign() -> None:
    assert lot_of(page_of("Cat. PL-10009", "Brew mark: B-4711"), RUN_MARK) is None


def test_a_label_of_the_vocabulary_goes_before_a_taught_one() -> None:
    page = page_of("Aspen Reagents", "Brew mark: B-4711", "Lot No.: L240917")
    assert lot_of(page, RUN_MARK) == "L240917"


def test_what_the_vocabulary_knows_is_told() -> None:
    assert is_known_label("Lot No.:", HeaderField.LOT_NUMBER)
    assert not is_known_label("Lot No.:", HeaderField.STORAGE)
    assert not is_known_label("Brew mark", HeaderField.LOT_NUMBER)


def test_the_reading_process_is_told_the_words(tmp_path: Path) -> None:
    header = {"Brew mark": "B-4711", "Catalogue No.": "PL-1000", "Expiry date": "2028-09-16"}
    file = tmp_path / "coa.pdf"
    file.write_bytes(certificate_pdf(header=header))
    assert HeaderField.LOT_NUMBER not in read_in_child(file).fields
    found = read_in_child(file, taught=[RUN_MARK])
    assert found.fields[HeaderField.LOT_NUMBER].literal == "B-4711"
    assert [row.name.literal for row in found.rows if row.name] == ["Endotoxin", "pH", "Sterility"]


def test_words_survive_the_way_to_the_process() -> None:
    assert TaughtWord.from_json(RUN_MARK.to_json()) == RUN_MARK


LINES = st.lists(st.text(min_size=0, max_size=40), max_size=6)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(lines=LINES, printed=st.text(max_size=20), field=st.sampled_from(list(HeaderField)))
def test_no_taught_word_makes_the_reader_raise_or_changes_what_is_printed(
    lines: list[str], printed: str, field: HeaderField
) -> None:
    page = page_of("Aspen Reagents", *lines, f"{printed} 12")
    found = propose([page], [TaughtWord(printed, field, ("Aspen Reagents",))])
    words = " ".join(word.text for word in page.words)
    for claim in found.fields.values():
        if claim.rule.startswith("taught"):
            assert all(part in words for part in claim.literal.split())
            assert claim.confidence <= SUREST
