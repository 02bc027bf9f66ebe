"""One file with a certificate for each of two lots: equal results stay with both."""

from pathlib import Path

from supplier_qc.demo.certificates_grids import ruled_table
from supplier_qc.demo.certificates_lysate_and_serum import lysate_certificates
from supplier_qc.extraction.reading import read_pdf
from tests.conftest import TODAY
from tests.journeys.vendor_papers import of_lot, one_file


def test_equal_rows_of_two_lots_are_kept_for_each(tmp_path: Path) -> None:
    first, second = lysate_certificates(TODAY)
    file = tmp_path / "two.pdf"
    file.write_bytes(
        one_file(ruled_table(of_lot(first, "PL-1")), ruled_table(of_lot(second, "PL-2")))
    )
    reading = read_pdf(file)
    assert reading.lots_seen == ("PL-1", "PL-2")
    for lot in reading.lots_seen:
        names = [
            row.name.literal
            for row in reading.rows
            if row.name and row.lot and row.lot.literal == lot
        ]
        assert names == [test.name for test in first.tests]
