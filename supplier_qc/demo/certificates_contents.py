"""What a demo certificate says, apart from how its maker lays it out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Layout(StrEnum):
    RULED_TABLE = "ruled_table"
    NO_RULES = "no_rules"
    TWO_COLUMNS = "two_columns"
    KEY_VALUE_HEADER = "key_value_header"
    MULTI_PAGE_TABLE = "multi_page_table"
    GERMAN_DECIMAL_COMMA = "german_decimal_comma"
    MIN_MAX_COLUMNS = "min_max_columns"
    DOTTED_LEADERS = "dotted_leaders"
    SCAN = "scan"


@dataclass(frozen=True, slots=True)
class PrintedTest:
    """One result row, each part as the paper prints it; `verdict` is the maker's own word.

    `attribute` is our name of the same test, None where our specification does not ask for it.
    """

    name: str
    specification: str
    result: str
    unit: str = ""
    method: str = ""
    verdict: str = ""
    attribute: str | None = None
    minimum: str = ""
    maximum: str = ""

    def truth(self) -> dict[str, Any]:
        printed = {
            "name": self.name,
            "method": self.method,
            "specification": self.specification,
            "spec_min": self.minimum,
            "spec_max": self.maximum,
            "result": self.result,
            "unit": self.unit,
        }
        row: dict[str, Any] = {key: value for key, value in printed.items() if value}
        if self.unit:
            row["result_alt"] = [f"{self.result} {self.unit}"]
        if self.specification and self.unit and self.unit not in self.specification:
            row["specification_alt"] = [f"{self.specification} {self.unit}"]
        if self.verdict:
            row["pass"] = True  # every demo maker prints that its lot conforms
        return row


@dataclass(frozen=True, slots=True)
class CertificateContent:
    """`issuer` is the legal name of the maker; dates are printed in the layout's own form."""

    file_name: str
    item: str
    layout: Layout
    issuer: str
    address: str
    product_name: str
    catalogue_number: str
    lot_number: str
    manufactured_on: date
    expires_on: date
    released_on: date
    country_of_origin: str | None
    storage: str
    signatory: str
    tests: tuple[PrintedTest, ...]
    remark: str = ""

    @property
    def title(self) -> str:
        return f"Certificate of analysis {self.lot_number}"

    def truth(self) -> dict[str, Any]:
        """What a person reads from the paper: dates as ISO 8601, all else as printed."""
        header = {
            "doc_type": "CoA",
            "issuer": self.issuer,
            "product_name": self.product_name,
            "catalog_number": self.catalogue_number,
            "lot_number": self.lot_number,
            "manufacture_date": self.manufactured_on.isoformat(),
            "expiry_or_retest_date": self.expires_on.isoformat(),
            "release_date": self.released_on.isoformat(),
            "storage": self.storage,
        }
        if self.country_of_origin is not None:
            header["country_of_origin"] = self.country_of_origin
        return {**header, "tests": [test.truth() for test in self.tests]}
