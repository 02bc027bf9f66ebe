"""Thirty lots of the platelet lysate over three years.

The numbers are invented; their size follows published ranges (growth factors: US patent
application 2018/0289744 and Viau et al., PLoS One 2017; scatter between pools: the spread of
single donors, Agostini et al., J Transl Med 2017;15:107, divided by the square root of the pool).
Three things are drawn into them on purpose: after the twelfth lot PDGF-AB falls slowly and
growth promotion with it, and lot PL-4118 comes from a small, haemolysed pool.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from supplier_qc.demo.records import Lot, LotResult
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.months import months_after

ODD_LOT = "PL-4118"
BASELINE_LOTS = 12  # the slow fall of PDGF-AB begins after them

_FIRST_MADE_DAYS_AGO = 1152
_DAYS_BETWEEN_LOTS = 37.75
_DAYS_TO_RECEIPT = 41  # the maker tests and ships
_SHELF_LIFE_MONTHS = 24


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the table below, in its order of columns.

    Osmolality in mOsm/kg, protein in g/L, endotoxin in EU/mL, fibrinogen in µg/mL, haemoglobin
    in mg/dL, PDGF-AB and TGF-b1 in ng/mL, bFGF and VEGF in pg/mL, growth in % of the reference
    lot; then donors in the pool and the mean days that their platelets were kept frozen.
    """

    number: str
    ph: str
    osmolality: str
    protein: str
    endotoxin: str
    fibrinogen: str
    haemoglobin: str
    pdgf_ab: str
    tgf_b1: str
    bfgf: str
    vegf: str
    growth: str
    donors: str
    frozen_days: str


_TABLE = """
4101  7.31  302  51.4  <0.10   9   6.4  39.6  74.2  109  721  102  120  28
4102  7.32  297  54.4  <0.10   8   4.0  39.6  68.9  108  662  101  120  47
4103  7.21  295  52.2  <0.10   9   5.0  39.9  66.3  103  758  100  144  39
4104  7.29  306  51.6  <0.10   9   4.6  39.7  76.1  101  583  101   96  52
4105  7.32  298  54.5   0.16   7   9.0  41.1  66.8  111  724  102  120  43
4106  7.34  293  53.1  <0.10  10   8.0  40.7  68.3  108  724  104  160  43
4107  7.31  290  55.2  <0.10   7   4.0  38.8  68.3  127  688  104  120  29
4108  7.40  300  53.6  <0.10  <5   5.5  39.1  71.1   97  635  100  144  54
4109  7.30  302  53.2  <0.10  11   6.9  39.6  71.5  107  768  101  180  32
4110  7.48  300  54.7  <0.10  10   8.1  39.1  70.2  122  687  101  120  28
4111  7.26  295  53.4  <0.10  10   3.5  38.8  67.0  115  732  101   96  48
4112  7.30  294  53.0  <0.10  12   4.5  39.3  66.2  105  752  101  144  51
4113  7.44  300  56.1   0.16   9   5.3  39.8  58.9  102  742  100  120  41
4114  7.35  297  54.9  <0.10   7   4.9  36.6  71.4  107  731  101  160  53
4115  7.36  300  54.3   0.18  10   4.9  39.3  67.1  103  730  102  120  30
4116  7.25  300  56.9  <0.10  13   6.2  38.4  64.7  102  644  100  144  50
4117  7.31  298  54.2  <0.10  <5   4.0  37.7  64.4  113  644  101  120  63
4118  7.40  301  57.3   0.31  11  18.5  25.1  57.8  158  985   84   60  33
4119  7.31  297  52.8   0.13   8   5.1  37.4  66.1  115  765   99  120  32
4120  7.28  295  55.6  <0.10   7   5.9  35.2  70.0  113  772   97  144  75
4121  7.36  303  55.5  <0.10  <5   4.4  37.1  69.7  121  727   98  180  32
4122  7.27  293  52.9  <0.10  10   5.7  33.8  64.6  108  701  100  120  35
4123  7.19  304  56.8  <0.10   8   6.7  36.3  66.1  105  740   99  240  40
4124  7.37  295  52.2   0.14   7   4.7  35.2  68.1  114  691   99  160  28
4125  7.33  294  52.6  <0.10  11   3.6  33.5  65.5  114  687  101  144  39
4126  7.38  302  53.9   0.10   8   7.6  36.4  65.0  107  772   96  120  82
4127  7.39  293  53.8   0.18  12   3.6  33.2  67.1  116  667   96  200  34
4128  7.37  293  54.8  <0.10   9   5.5  33.5  66.1  112  701  102  144  48
4129  7.34  293  54.9  <0.10  15   5.9  32.7  68.2  111  698  101  120  30
4130  7.36  292  53.9  <0.10  12   6.7  32.8  65.5  117  671   92  160  33
"""
_ROWS = tuple(_Row(*line.split()) for line in _TABLE.strip().splitlines())


def lysate_lots(today: date) -> tuple[Lot, ...]:
    """The thirty lots, the oldest made three years and two months before `today`."""
    return tuple(_lot(index, row, today) for index, row in enumerate(_ROWS))


def _lot(index: int, row: _Row, today: date) -> Lot:
    days_ago = _FIRST_MADE_DAYS_AGO - int(_DAYS_BETWEEN_LOTS * index)
    made = today - timedelta(days=days_ago)
    newest = index == len(_ROWS) - 1
    return Lot(
        item="lysate",
        lot_number=f"PL-{row.number}",
        manufactured_on=made,
        received_on=made + timedelta(days=_DAYS_TO_RECEIPT),
        expires_on=months_after(made, _SHELF_LIFE_MONTHS),
        disposition=Disposition.QUARANTINE if newest else Disposition.RELEASED,
        results=_results(row),
        covariates=_covariates(row),
    )


def _results(row: _Row) -> tuple[LotResult, ...]:
    return (
        LotResult("Appearance", "Slightly turbid, yellow"),
        LotResult("pH", row.ph),
        LotResult("Osmolality", row.osmolality, "mOsm/kg"),
        LotResult("Total protein", row.protein, "g/L"),
        LotResult("Endotoxin", row.endotoxin, "EU/mL"),
        LotResult("Sterility", "No growth"),
        LotResult("Mycoplasma", "Not detected"),
        LotResult("Fibrinogen", row.fibrinogen, "µg/mL"),
        LotResult("Haemoglobin", row.haemoglobin, "mg/dL"),
        LotResult("PDGF-AB", row.pdgf_ab, "ng/mL"),
        LotResult("TGF-b1", row.tgf_b1, "ng/mL"),
        LotResult("bFGF", row.bfgf, "pg/mL"),
        LotResult("VEGF", row.vegf, "pg/mL"),
        LotResult("Growth promotion, vs reference lot", row.growth, "%"),
    )


def _covariates(row: _Row) -> tuple[tuple[str, str], ...]:
    return (
        ("donor_count", row.donors),
        ("mean_days_frozen", row.frozen_days),
        ("pathogen_reduction", "none"),
        ("fibrinogen_removal", "calcium-induced clotting"),
    )
