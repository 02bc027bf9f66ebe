"""A reading as one plain object per document, for scripts and for measuring accuracy."""

from collections.abc import Iterable
from typing import Any

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.domain.measurement.dates import DatePrecision, read_date
from supplier_qc.extraction.claims import Claim, DocumentReading, HeaderField, RowClaim
from supplier_qc.extraction.vocabulary import vocabulary

LETTER_WIDTH = 612.0  # points; North American paper, where the month is printed first (C)
_TEXT_FIELDS = (
    HeaderField.ISSUER,
    HeaderField.PRODUCT_NAME,
    HeaderField.CATALOG_NUMBER,
    HeaderField.LOT_NUMBER,
    HeaderField.COUNTRY_OF_ORIGIN,
    HeaderField.STORAGE,
    HeaderField.PURCHASE_ORDER,
    HeaderField.SITE,
    HeaderField.SIGNATORY,
)
_ROW_KEYS = ("name", "method", "specification", "spec_min", "spec_max", "result", "unit", "lot")


def as_truth_object(reading: DocumentReading) -> dict[str, Any]:
    """Header fields, dates as YYYY-MM-DD or YYYY-MM, and rows as printed; absent keys unread."""
    fields = reading.fields
    found: dict[str, Any] = {
        field.value: fields[field].literal for field in _TEXT_FIELDS if field in fields
    }
    order = _day_first(reading)
    expiry = fields.get(HeaderField.EXPIRY_DATE) or fields.get(HeaderField.RETEST_DATE)
    dates = {
        "manufacture_date": fields.get(HeaderField.MANUFACTURE_DATE),
        "test_date": fields.get(HeaderField.TEST_DATE),
        "release_date": fields.get(HeaderField.RELEASE_DATE),
        "expiry_or_retest_date": expiry,
    }
    found.update(
        {name: printed_date(claim.literal, order) for name, claim in dates.items() if claim}
    )
    found["tests"] = [_test(row) for row in reading.rows]
    return found


def _day_first(reading: DocumentReading) -> bool:
    """The order that the document shows, else the habit of its paper size."""
    if reading.day_first is not None:
        return reading.day_first
    return not any(abs(page.width - LETTER_WIDTH) < 1 for page in reading.pages)


def printed_date(literal: str, day_first: bool | None) -> str:  # noqa: FBT001  # one flag, two callers
    read = read_date(literal, day_first=day_first)
    if read.earliest is None:
        return literal
    if read.precision is DatePrecision.DAY:
        return read.earliest.isoformat()
    return read.earliest.strftime("%Y-%m" if read.precision is DatePrecision.MONTH else "%Y")


def _test(row: RowClaim) -> dict[str, Any]:
    found: dict[str, Any] = {
        key: claim.literal for key in _ROW_KEYS if (claim := getattr(row, key)) is not None
    }
    verdict = _passed(row.supplier_verdict)
    if verdict is not None:
        found["pass"] = verdict
    return found


def _passed(verdict: Claim | None) -> bool | None:
    if verdict is None:
        return None
    words = vocabulary().words
    if _is_one_of(verdict.literal, words["negative"]):
        return False
    return True if _is_one_of(verdict.literal, words["verdicts"]) else None


def _is_one_of(literal: str, words: Iterable[str]) -> bool:
    return folded(literal) in words
