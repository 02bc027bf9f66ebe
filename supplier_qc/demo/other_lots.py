"""Lots of the items other than the platelet lysate; all numbers are invented."""

from dataclasses import dataclass
from datetime import date, timedelta

from supplier_qc.demo.materials import ITEMS
from supplier_qc.demo.records import Lot, LotResult
from supplier_qc.demo.specifications import SPECIFICATIONS
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.months import months_after

_SHELF_LIFE_MONTHS = {item.key: item.shelf_life_months for item in ITEMS}
_LINES = {
    specification.item: [(line.attribute, line.unit) for line in specification.lines]
    for specification in SPECIFICATIONS
}
_QUARANTINE, _RELEASED, _REJECTED = (
    Disposition.QUARANTINE,
    Disposition.RELEASED,
    Disposition.REJECTED,
)


@dataclass(frozen=True, slots=True)
class _Row:
    """`results` follow the lines of our specification; `None` is a test that nobody reported."""

    item: str
    lot_number: str
    made_days_ago: int
    received_days_ago: int
    disposition: Disposition
    results: tuple[str | None, ...]


_ROWS = (
    _Row("serum", "S2207", 640, 540, _RELEASED, (
        "Clear, amber", "7.3", "298", "0.8", "14", "180", "36", "No growth", "Not detected",
        "Not detected", "104", "Bovine")),
    _Row("serum", "S2311", 330, 250, _RELEASED, (
        "Clear, amber", "7.4", "301", "1.1", "17", "210", "37", "No growth", "Not detected",
        "Not detected", "97", "Bovine")),
    _Row("medium", "0024117", 520, 500, _RELEASED, (
        "Klar, rot", "7.2", "288", "<0.05", "1.01", "No growth", "101")),
    _Row("medium", "0025033", 120, 100, _RELEASED, (
        "Klar, rot", "7.1", "291", "<0.05", "0.99", "No growth", "98")),
    _Row("dpbs", "0025101", 200, 180, _RELEASED, (
        "Klar, farblos", "7.3", "289", "<0.05", "No growth")),
    _Row("protease", "R3-0092", 210, 190, _RELEASED, (
        "Clear, colourless", "1.1", "<0.10", "No growth", "Conforms")),
    _Row("trypsin", "0007731", 400, 370, _RELEASED, (
        "White to off-white powder", "3120", "21", "2.9", "<10", "Not detected", "Not detected",
        "Conforms")),
    _Row("fgf2", "QF25-014", 260, 230, _RELEASED, (
        "White lyophilised cake", "17.1", ">98", "0.32", "<0.01", "<1", "No growth")),
    _Row("fgf2", "QF25-019", 90, 60, _QUARANTINE, (
        "White lyophilised cake", None, ">98", "0.41", "<0.01", "2", "No growth")),
    _Row("transferrin", "7", 500, 420, _QUARANTINE, (
        "Red-brown powder", "97", "1240", None, "4.1")),
    _Row("heparin", "H-23118", 730, 700, _RELEASED, (
        "Clear, colourless to pale yellow", "5060", "6.4", "<0.1", "<0.003", "Not detected")),
    _Row("dmso", "D0416", 340, 310, _RELEASED, (
        "Clear, colourless", "Conforms", "99.95", "0.03", "0.16", "<0.05", "No growth")),
    _Row("dmso", "D0422", 150, 120, _REJECTED, (
        "Clear, colourless", "Conforms", "99.81", "0.24", "0.22", "<0.05", "No growth")),
    _Row("albumin", "00A3310", 420, 390, _RELEASED, (
        "199", "6.9", "4", "85", "<0.1", "No growth")),
    _Row("cryobag", "B25-0611", 170, 140, _RELEASED, (
        "No defect", "0.34", "52", "No leak", "<2", "No growth")),
)  # fmt: skip  # one row a lot


def other_lots(today: date) -> tuple[Lot, ...]:
    return tuple(_lot(row, today) for row in _ROWS)


def _lot(row: _Row, today: date) -> Lot:
    made = today - timedelta(days=row.made_days_ago)
    reported = zip(_LINES[row.item], row.results, strict=True)
    return Lot(
        item=row.item,
        lot_number=row.lot_number,
        manufactured_on=made,
        received_on=today - timedelta(days=row.received_days_ago),
        expires_on=months_after(made, _SHELF_LIFE_MONTHS[row.item]),
        disposition=row.disposition,
        results=tuple(
            LotResult(attribute, raw, unit)
            for (attribute, unit), raw in reported
            if raw is not None
        ),
    )
