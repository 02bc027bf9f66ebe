"""Real certificates of many makers, where their folder is at hand: none crashes or hangs."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from supplier_qc.extraction.claims import READABLE, DocumentReading
from supplier_qc.extraction.reading_process import ReadingLimits, read_in_child

FOLDER = Path(os.environ.get("SUPPLIER_QC_CERTIFICATES", Path(__file__).parents[3] / "shared/coas"))
LIMITS = ReadingLimits()


@pytest.fixture(scope="module")
def readings() -> dict[str, DocumentReading]:
    files = sorted(FOLDER.glob("*.pdf"))
    if not files:
        pytest.skip(
            f"no certificates in {FOLDER}; they belong to third parties and are not kept here"
        )
    with ThreadPoolExecutor(2) as pool:
        found = pool.map(lambda path: read_in_child(path, limits=LIMITS), files)
        return dict(zip((path.name for path in files), found, strict=True))


def test_every_file_gives_rows_or_says_what_to_do(readings: dict[str, DocumentReading]) -> None:
    silent = [name for name, reading in readings.items() if not reading.rows and not reading.notes]

    assert silent == []


def test_no_file_runs_into_a_limit(readings: dict[str, DocumentReading]) -> None:
    stopped = [
        name
        for name, reading in readings.items()
        if any("stopped" in note or "memory" in note for note in reading.notes)
    ]

    assert stopped == []


def test_a_file_without_usable_text_proposes_nothing(
    readings: dict[str, DocumentReading],
) -> None:
    guessed = [
        name
        for name, reading in readings.items()
        if reading.text_layer not in READABLE and (reading.rows or reading.fields)
    ]

    assert guessed == []
