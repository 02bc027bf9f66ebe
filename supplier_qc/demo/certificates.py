"""Draws the certificates of the demo: eleven papers of nine makers, each in its own layout.

The makers, papers and numbers are fictional. Equal dates give equal bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from supplier_qc.demo.certificates_bag import bag_certificate
from supplier_qc.demo.certificates_columns import (
    dotted_leaders,
    key_value_header,
    no_rules,
    two_columns,
    typed_sheet,
)
from supplier_qc.demo.certificates_contents import CertificateContent, Layout
from supplier_qc.demo.certificates_grids import german, min_max_columns, multi_page, ruled_table
from supplier_qc.demo.certificates_lysate_and_serum import lysate_certificates, serum_certificates
from supplier_qc.demo.certificates_reagents import (
    dmso_certificate,
    fgf2_certificate,
    heparin_certificate,
    medium_certificate,
    transferrin_certificate,
    trypsin_certificate,
)
from supplier_qc.demo.certificates_scan import scanned


@dataclass(frozen=True, slots=True)
class DrawnCertificate:
    """`expected` is what a person reads from the paper, in the shape of `coa read --json`."""

    path: Path
    item: str
    catalogue_number: str
    lot_number: str
    layout: Layout
    expected: dict[str, Any]


def _scanned_sheet(content: CertificateContent) -> bytes:
    return scanned(typed_sheet(content))


_DRAWERS: dict[Layout, Callable[[CertificateContent], bytes]] = {
    Layout.RULED_TABLE: ruled_table,
    Layout.NO_RULES: no_rules,
    Layout.TWO_COLUMNS: two_columns,
    Layout.KEY_VALUE_HEADER: key_value_header,
    Layout.MULTI_PAGE_TABLE: multi_page,
    Layout.GERMAN_DECIMAL_COMMA: german,
    Layout.MIN_MAX_COLUMNS: min_max_columns,
    Layout.DOTTED_LEADERS: dotted_leaders,
    Layout.SCAN: _scanned_sheet,
}


def certificate_contents(today: date) -> tuple[CertificateContent, ...]:
    """What the papers say. Lot S2311 is held already; the other lots are new to the story."""
    return (
        *lysate_certificates(today),
        *serum_certificates(today),
        dmso_certificate(today),
        fgf2_certificate(today),
        medium_certificate(today),
        trypsin_certificate(today),
        heparin_certificate(today),
        bag_certificate(today),
        transferrin_certificate(today),
    )


def draw_certificates(folder: Path, *, today: date) -> tuple[DrawnCertificate, ...]:
    """Write every certificate into `folder`, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_drawn(folder, content) for content in certificate_contents(today))


def _drawn(folder: Path, content: CertificateContent) -> DrawnCertificate:
    path = folder / content.file_name
    path.write_bytes(_DRAWERS[content.layout](content))
    return DrawnCertificate(
        path=path,
        item=content.item,
        catalogue_number=content.catalogue_number,
        lot_number=content.lot_number,
        layout=content.layout,
        expected=content.truth(),
    )
