"""Results sent as data: what a JSON, XML or CSV file holds, before it is judged.

Shaped so that the content of ASTM E3077 (electronic certificates of analysis; title known, clause
text unverified) fits. The formats are our own and described in docs/structured-results.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from supplier_qc.extraction.claims import HeaderField

FORMAT = "supplier-qc/lot-results/1"
"""Names the format and its version; a file with another one is not read."""

RULE = "structured, line "
"""Begins the rule of every claim from such a file; the line follows."""

LONGEST_VALUE = 500
MOST_TESTS = 2_000

HEADER_NAMES: Mapping[str, HeaderField] = {
    "manufacturer": HeaderField.ISSUER,
    "site": HeaderField.SITE,
    "material": HeaderField.PRODUCT_NAME,
    "catalogue_number": HeaderField.CATALOG_NUMBER,
    "lot_number": HeaderField.LOT_NUMBER,
    "manufacture_date": HeaderField.MANUFACTURE_DATE,
    "release_date": HeaderField.RELEASE_DATE,
    "expiry_date": HeaderField.EXPIRY_DATE,
    "retest_date": HeaderField.RETEST_DATE,
    "country_of_origin": HeaderField.COUNTRY_OF_ORIGIN,
    "storage": HeaderField.STORAGE,
    "purchase_order": HeaderField.PURCHASE_ORDER,
    "signatory": HeaderField.SIGNATORY,
}
"""Names in the header of a file, and the header fields of a certificate they stand for."""

TEST_NAMES = (
    "test_name",
    "method",
    "specification_text",
    "low",
    "low_comparator",
    "high",
    "high_comparator",
    "result_text",
    "value",
    "unit",
    "replicate",
    "stage",
    "test_date",
    "test_site",
    "conformance",
    "absent_reason",
)
"""Names in one test of a file."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as it stands in the file, and the line (from 1) where it begins."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in line `line`; without `is_error` it is only to be known."""

    line: int
    words: str
    is_error: bool = True


@dataclass(frozen=True, slots=True)
class StructuredTest:
    """One test; `line` is where it begins."""

    line: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class StructuredFile:
    """A file that could be taken apart; `problems` are those of its form."""

    header: Mapping[str, Cell]
    tests: tuple[StructuredTest, ...]
    problems: tuple[Problem, ...] = field(default=())


class StructureBroken(Exception):
    """The file cannot be taken apart at all; the message is fit for the user."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(f"Line {line}: {words}")
        self.problem = Problem(line, words)
