"""Papers of the demo vendors, dated so that one ran out last month and one does so next month.

The bodies that would have issued them are not named: none of these papers exists.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from supplier_qc.demo.records import Evidence
from supplier_qc.domain.catalogue import AuditManner, EvidenceKind, EvidenceResult, Region
from supplier_qc.domain.evidence_details import EvidenceDetails
from supplier_qc.domain.months import months_after

_K = EvidenceKind


@dataclass(frozen=True, slots=True)
class _Row:
    """Issued so many months before today, and valid for so many months (None: kept as it is)."""

    vendor: str
    item: str | None
    kind: EvidenceKind
    title: str
    reference: str
    months_ago: int
    valid_months: int | None


_ROWS = (
    _Row("larkfen", None, _K.CERTIFICATE, "ISO 9001 certificate", "LH-Q-2211", 35, 36),
    _Row("larkfen", None, _K.QUALITY_AGREEMENT, "Quality agreement", "QA-010", 20, 36),
    _Row("larkfen", None, _K.AUDIT_REPORT, "On-site audit, lysate plant", "AU-031", 16, None),
    _Row("larkfen", None, _K.QUESTIONNAIRE, "Supplier questionnaire", "SQ-010", 18, 24),
    _Row("larkfen", "lysate", _K.TSE_STATEMENT, "Animal components", "LH-TSE-7", 9, 24),
    _Row("larkfen", "lysate", _K.CERTIFICATE_OF_ORIGIN, "Donor countries", "LH-CO-3", 9, None),
    _Row("larkfen", "lysate", _K.LETTER_OF_AUTHORISATION, "Master file letter", "LH-LA-1", 14,
         None),
    _Row("vinderholm", None, _K.CERTIFICATE, "Authorisation as blood establishment", "VB-77", 30,
         60),
    _Row("emberwattle", None, _K.CERTIFICATE, "ISO 9001 certificate", "EW-9001-18", 37, 36),
    _Row("emberwattle", "serum", _K.CERTIFICATE_OF_ORIGIN, "Abattoirs and volumes", "EW-CO-12", 11,
         None),
    _Row("emberwattle", "serum", _K.TSE_STATEMENT, "TSE statement, serum", "EW-TSE-12", 11, 24),
    _Row("emberwattle", "bsa", _K.TSE_STATEMENT, "TSE statement, albumin", "EW-TSE-33", 15, 24),
    _Row("quellmoor", None, _K.CERTIFICATE, "ISO 13485 certificate", "QM-13485-6", 14, 36),
    _Row("quellmoor", None, _K.QUALITY_AGREEMENT, "Qualitätssicherungsvereinbarung", "QA-012", 26,
         36),
    _Row("quellmoor", None, _K.QUESTIONNAIRE, "Supplier questionnaire", "SQ-012", 26, 36),
    _Row("zelenvrat", None, _K.CERTIFICATE, "ISO 9001 certificate", "ZE-44", 20, 36),
    _Row("zelenvrat", "trypsin", _K.TSE_STATEMENT, "Statement on species", "ZE-TSE-2", 28, None),
    _Row("zelenvrat", None, _K.AUDIT_REPORT, "Remote audit", "AU-027", 25, None),
    _Row("quillwater", None, _K.CERTIFICATE, "ISO 9001 certificate", "QW-Q-9", 8, 36),
    _Row("quillwater", "fgf2", _K.TSE_STATEMENT, "No animal components", "QW-AF-233", 8, 36),
    _Row("quillwater", None, _K.QUESTIONNAIRE, "Supplier questionnaire", "SQ-018", 10, 24),
    _Row("clairvaucq", None, _K.CERTIFICATE, "GMP certificate of the plant", "CC-GMP-3", 22, 36),
    _Row("clairvaucq", None, _K.QUALITY_AGREEMENT, "Quality agreement", "QA-030", 22, 36),
    _Row("tordezuela", None, _K.CERTIFICATE, "GMP certificate of the plant", "LT-118", 12, 36),
    _Row("tordezuela", "heparin", _K.TSE_STATEMENT, "Species and origin", "LT-TSE-54", 9, 24),
    _Row("aonagi", "culture-bag", _K.TSE_STATEMENT, "Slip agent of the film", "AC-TSE-5", 13, 36),
    _Row("quellmoor", "medium", _K.TSE_STATEMENT, "Keine tierischen Stoffe", "QM-AF-2210", 8, 36),
    _Row("quellmoor", "dpbs", _K.TSE_STATEMENT, "Keine tierischen Stoffe", "QM-AF-0101", 8, 36),
    _Row("clairvaucq", "dmso", _K.TSE_STATEMENT, "No animal components", "CC-AF-70", 8, 36),
    _Row("aonagi", None, _K.CERTIFICATE, "ISO 13485 certificate", "AC-13485", 15, 36),
    _Row("steinlohe", None, _K.CERTIFICATE, "GMP certificate of the plant", "SP-GMP-5", 19, 36),
    _Row("cerrolindo", "microcarriers", _K.TSE_STATEMENT, "Declaración EET", "CB-EET-4", 20, 24),
    _Row("waddenkroon", None, _K.CERTIFICATE, "Good distribution practice", "WL-GDP-2", 30, 60),
    _Row("silberfirn", None, _K.CERTIFICATE, "ISO 17025 accreditation", "SA-17025", 40, 60),
    _Row("hollinsgate", None, _K.CERTIFICATE, "ISO 13485 certificate", "HF-13485", 9, 36),
)  # fmt: skip  # one row a paper, so that the dates can be compared


_GOOD = EvidenceResult.SATISFACTORY
_BY_KIND = {
    _K.QUESTIONNAIRE: EvidenceDetails(result=_GOOD),
    _K.QUALITY_AGREEMENT: EvidenceDetails(change_notice_months=6),
    _K.LETTER_OF_AUTHORISATION: EvidenceDetails(region=Region.US),
}
_DETAILS = {
    "AU-031": EvidenceDetails(result=_GOOD, manner=AuditManner.ON_SITE),
    "AU-027": EvidenceDetails(result=EvidenceResult.WITH_FINDINGS, manner=AuditManner.REMOTE),
}


def evidence(today: date) -> tuple[Evidence, ...]:
    return tuple(_evidence(row, today) for row in _ROWS)


def _evidence(row: _Row, today: date) -> Evidence:
    issued_on = months_after(today, -row.months_ago)
    return Evidence(
        vendor=row.vendor,
        item=row.item,
        kind=row.kind,
        title=row.title,
        reference=row.reference,
        issued_on=issued_on,
        expires_on=_last_day(issued_on, row.valid_months),
        details=_DETAILS.get(row.reference, _BY_KIND.get(row.kind, EvidenceDetails())),
    )


def _last_day(issued_on: date, valid_months: int | None) -> date | None:
    if valid_months is None:
        return None
    return months_after(issued_on, valid_months) - timedelta(days=1)
