"""What holds for any file and any words: nothing raises, nothing is invented."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.corpus.measure import read_drawn
from benchmarks.corpus.variations import Variation, draw, variations
from supplier_qc.extraction.claims import Claim, DocumentReading, RowClaim, TextLayer
from supplier_qc.extraction.pdf_words import read_pages
from supplier_qc.extraction.reading import read_pdf

_DRAWN = [draw(one) for one in list(variations(40))[::8]]
_SIGNS = set("<>≤≥±=~%µμ°")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


def _read(content: bytes, folder: Path) -> DocumentReading:
    path = folder / "hostile.pdf"
    path.write_bytes(content)
    return read_pdf(path, page_seconds=5)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_after_the_mark_are_a_reading(folder: Path, content: bytes) -> None:
    reading = _read(b"%PDF-1.7\n" + content, folder)

    assert reading.notes
    assert (reading.rows, dict(reading.fields)) == ((), {})


@settings(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    which=st.sampled_from(range(len(_DRAWN))),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=6)), max_size=8),
    end=st.floats(0.3, 1),
)
def test_a_damaged_file_is_a_reading(
    folder: Path, which: int, cuts: list[tuple[float, bytes]], end: float
) -> None:
    content = bytearray(_DRAWN[which].pdf)
    for place, wrong in cuts:
        at = int(place * (len(content) - len(wrong) - 9)) + 9
        content[at : at + len(wrong)] = wrong
    reading = _read(bytes(content[: max(20, int(end * len(content)))]), folder)

    assert isinstance(reading.text_layer, TextLayer)
    assert DocumentReading.from_json(reading.to_json()) == reading


def _claims(reading: DocumentReading) -> list[Claim]:
    columns = ("name", "method", "specification", "spec_min", "spec_max", "result", "unit", "lot")
    in_rows = [getattr(row, column) for row in reading.rows for column in columns]
    return [*reading.fields.values(), *(claim for claim in in_rows if claim is not None)]


@pytest.mark.parametrize(
    "variation", list(variations(120))[::4], ids=lambda one: f"{one.trouble}-{one.seed}"
)
def test_a_literal_is_made_of_words_that_stand_on_the_page(
    variation: Variation, folder: Path
) -> None:
    drawn = draw(variation)
    path = folder / f"{variation.name}.pdf"
    path.write_bytes(drawn.pdf)
    printed: set[str] = set()
    text = ""
    for page in read_pages(path, at_most=9):
        assert not isinstance(page, tuple)
        words = [word.text for word in page.words]
        words += [part for value in page.form_values for part in value.text.split()]
        printed.update(words)
        text += " ".join(words)

    for claim in _claims(read_drawn(drawn)):
        loose = [word for word in claim.literal.split() if word not in printed]
        # What is cut off a word ("Lot:7;") is cut at its signs alone.
        assert all(_is_part_of(word, printed) for word in loose), claim.literal
        assert set(claim.literal) & _SIGNS <= set(text)


def _is_part_of(word: str, printed: set[str]) -> bool:
    return any(re.search(rf"(?:^|\W){re.escape(word)}(?:\W|$)", other) for other in printed)


def test_a_row_says_no_more_than_its_columns() -> None:
    """A claim without a box would be a value that stands nowhere."""
    for drawn in _DRAWN:
        for row in read_drawn(drawn).rows:
            assert isinstance(row, RowClaim)
            boxes = [claim.box for claim in (row.name, row.result, row.unit, row.lot) if claim]
            assert all(box is not None for box in boxes)
