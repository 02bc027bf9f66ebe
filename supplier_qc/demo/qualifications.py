"""Which item of which maker is qualified for which use, and when that is due again.

The intervals are those of the default policy (critical one year, major two, minor three), within
the ranges that industry uses by convention.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from supplier_qc.demo.materials import ITEMS, MATERIALS
from supplier_qc.demo.records import Qualification
from supplier_qc.domain.catalogue import RiskClass, UseScope
from supplier_qc.domain.months import months_after
from supplier_qc.domain.qualification.states import QualificationStatus

REQUALIFICATION_MONTHS = {RiskClass.CRITICAL: 12, RiskClass.MAJOR: 24, RiskClass.MINOR: 36}

_RESEARCH, _PHASE_1_2, _PHASE_3 = UseScope.RESEARCH, UseScope.PHASE_1_2, UseScope.PHASE_3
_PROPOSED, _CONDITIONAL, _APPROVED = (
    QualificationStatus.PROPOSED,
    QualificationStatus.CONDITIONALLY_APPROVED,
    QualificationStatus.APPROVED,
)
_RISK = {material.key: material.risk_class for material in MATERIALS}
_MONTHS = {item.key: REQUALIFICATION_MONTHS[_RISK[item.material]] for item in ITEMS}


@dataclass(frozen=True, slots=True)
class _Row:
    """Due in so many days (negative: overdue); None while nothing is decided."""

    item: str
    use: UseScope
    status: QualificationStatus
    due_in_days: int | None
    conditions: str = ""
    condition_due_in_days: int | None = None


_ROWS = (
    _Row("aspirate", _PHASE_1_2, _APPROVED, 70),
    _Row("lysate", _PHASE_1_2, _APPROVED, 20),
    _Row("lysate", _PHASE_3, _PROPOSED, None),
    _Row("serum", _PHASE_1_2, _APPROVED, -34),
    _Row("serum-second", _RESEARCH, _PROPOSED, None),
    _Row("medium", _PHASE_1_2, _APPROVED, 300),
    _Row("medium", _PHASE_3, _APPROVED, 640),
    _Row("dpbs", _PHASE_1_2, _APPROVED, 520),
    _Row("dpbs-second", _RESEARCH, _APPROVED, 700),
    _Row("glutamine", _PHASE_1_2, _APPROVED, 900),
    _Row("protease", _PHASE_1_2, _APPROVED, 260),
    _Row("protease-second", _PHASE_1_2, _CONDITIONAL, 180,
         "For comparison runs only, until three lots are tested in full.", 25),
    _Row("trypsin", _PHASE_1_2, _CONDITIONAL, 75,
         "For the first bank only; no new bank is made with it."),
    _Row("fgf2", _PHASE_1_2, _APPROVED, 480),
    _Row("tgfb1", _RESEARCH, _APPROVED, 130),
    _Row("insulin", _RESEARCH, _PROPOSED, None),
    _Row("transferrin", _RESEARCH, _PROPOSED, None),
    _Row("bsa", _PHASE_1_2, _APPROVED, 150),
    _Row("heparin", _PHASE_1_2, _APPROVED, 610),
    _Row("gentamicin", _PHASE_1_2, _APPROVED, 615),
    _Row("gradient", _PHASE_1_2, _CONDITIONAL, 330,
         "Sold for diagnostic use; each lot is tested for endotoxin and sterility here."),
    _Row("microcarriers", _RESEARCH, _APPROVED, 210),
    _Row("dmso", _PHASE_1_2, _APPROVED, 115),
    _Row("dmso", _PHASE_3, _APPROVED, 115),
    _Row("dmso-second", _PHASE_1_2, _PROPOSED, None),
    _Row("cryo-medium", _PHASE_1_2, _APPROVED, 560),
    _Row("albumin", _PHASE_1_2, _APPROVED, 90),
    _Row("albumin-second", _PHASE_1_2, _APPROVED, 105),
    _Row("saline", _PHASE_1_2, _APPROVED, 100),
    _Row("cryobag", _PHASE_1_2, _APPROVED, 88),
    _Row("cryobag-second", _PHASE_1_2, _PROPOSED, None),
    _Row("cryovial", _PHASE_1_2, _APPROVED, 240),
    _Row("culture-bag", _PHASE_1_2, _APPROVED, 505),
    _Row("filter", _PHASE_1_2, _APPROVED, 110),
)  # fmt: skip  # one row a source


def qualifications(today: date) -> tuple[Qualification, ...]:
    return tuple(_qualification(row, today) for row in _ROWS)


def _qualification(row: _Row, today: date) -> Qualification:
    decided_on = requalify_on = None
    if row.due_in_days is not None:
        months = _MONTHS[row.item]
        decided_on = months_after(today + timedelta(days=row.due_in_days), -months)
        requalify_on = months_after(decided_on, months)
    due_in = row.condition_due_in_days
    return Qualification(
        row.item,
        row.use,
        row.status,
        decided_on,
        requalify_on,
        row.conditions,
        today + timedelta(days=due_in) if due_in is not None else None,
    )
