"""What was found on a certificate: kinds, severities, and where to look."""

from dataclasses import dataclass
from enum import StrEnum

from supplier_qc.domain.certificate_changes.facts import Place, PrintedField, PrintedTest


class Severity(StrEnum):
    CRITICAL = "critical"
    MAJOR = "major"
    NOTICE = "notice"


class Standing(StrEnum):
    FOUND = "found"
    NOT_COMPARABLE = "not_comparable"  # never reported as unchanged
    WORDING = "wording"  # the same meaning in other words; no change


class FindingGroup(StrEnum):
    CHANGE = "change"  # against the last certificate
    PATTERN = "pattern"  # over several certificates
    INCONSISTENCY = "inconsistency"  # within one certificate


class FindingKind(StrEnum):
    SUPPLIER_LIMIT = "supplier_limit"
    METHOD = "method"
    UNIT = "unit"
    TEST_NAME = "test_name"
    TEST_ADDED = "test_added"
    TEST_DROPPED = "test_dropped"
    SITE = "site"
    ISSUER = "issuer"
    COUNTRY_OF_ORIGIN = "country_of_origin"
    STORAGE = "storage"
    SHELF_LIFE = "shelf_life"
    SIGNATORY = "signatory"
    PRODUCT_NAME = "product_name"
    CATALOGUE_NUMBER = "catalogue_number"
    DOCUMENT_LAYOUT = "document_layout"
    PDF_PRODUCER = "pdf_producer"
    IDENTICAL_VALUES = "identical_values"
    IDENTICAL_LOTS = "identical_lots"
    MID_RANGE = "mid_range"
    COPIED_FORWARD = "copied_forward"
    SAME_TEST_DATE = "same_test_date"
    OWN_LIMIT = "own_limit"
    DATE_ORDER = "date_order"
    FUTURE_DATE = "future_date"
    UNREADABLE_DATE = "unreadable_date"
    IDENTITY = "identity"
    PAGE_MARK = "page_mark"
    LIMIT_DIRECTION = "limit_direction"
    UNIT_OF_LIMIT = "unit_of_limit"
    NO_CONCLUSION = "no_conclusion"
    LOT_SPELLING = "lot_spelling"
    MIXED_NOTATION = "mixed_notation"

    @property
    def group(self) -> FindingGroup:
        if self in _PATTERNS:
            return FindingGroup.PATTERN
        return FindingGroup.INCONSISTENCY if self in _INCONSISTENCIES else FindingGroup.CHANGE


_K = FindingKind
_PATTERNS = frozenset(
    {_K.IDENTICAL_VALUES, _K.IDENTICAL_LOTS, _K.MID_RANGE, _K.COPIED_FORWARD, _K.SAME_TEST_DATE}
)
_INCONSISTENCIES = frozenset(
    {
        _K.OWN_LIMIT,
        _K.DATE_ORDER,
        _K.FUTURE_DATE,
        _K.UNREADABLE_DATE,
        _K.IDENTITY,
        _K.PAGE_MARK,
        _K.LIMIT_DIRECTION,
        _K.UNIT_OF_LIMIT,
        _K.NO_CONCLUSION,
        _K.LOT_SPELLING,
        _K.MIXED_NOTATION,
    }
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a finding stands on one certificate: its header field or row, and the paper."""

    field: str | None = None
    row_id: int | None = None
    place: Place | None = None


NOWHERE = Spot()


@dataclass(frozen=True, slots=True)
class Finding:
    """`sentence` says it whole; `history` how long it was otherwise before."""

    kind: FindingKind
    rule: str  # as in docs/rules.md
    severity: Severity
    subject: str
    sentence: str
    before: str | None = None
    after: str | None = None
    standing: Standing = Standing.FOUND
    spot_before: Spot = NOWHERE
    spot_after: Spot = NOWHERE
    history: str = ""

    @property
    def asks_for_assessment(self) -> bool:
        """Whether a person has to say what it means for the product."""
        return (
            self.kind.group is not FindingGroup.INCONSISTENCY
            and self.standing is not Standing.WORDING
            and self.severity is not Severity.NOTICE
        )


def spot_of_field(name: str, found: PrintedField | None) -> Spot:
    return Spot(field=name, place=found.place if found else None)


def spot_of_test(test: PrintedTest | None) -> Spot:
    return Spot(row_id=test.row_id, place=test.place) if test else NOWHERE
