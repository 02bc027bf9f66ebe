"""What a certificate says, as far as one is compared with another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on page `page` (from 1), in points from the top left as displayed."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PrintedField:
    """A header value: `value` as it stands in the review (dates as ISO), `literal` as printed."""

    value: str | None
    literal: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class PrintedTest:
    """One row that was not set aside. `attribute` is our line, None for an extra test.

    `result` is in point notation, `limit` in the notation of the document.
    """

    name: str
    attribute: str | None = None
    method: str | None = None
    limit: str | None = None
    result: str | None = None
    unit: str | None = None
    supplier_verdict: str | None = None
    row_id: int | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """The paper itself. `labels` are header fields and `columns` table columns, as they follow
    one another on the page; both are empty where nothing was found by its place.
    """

    text_layer: str | None
    producer: str | None
    page_sizes: tuple[tuple[float, float], ...] = ()
    labels: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """A certificate under review, or an earlier one; `on` is the day of its confirmation.

    `document` is None where the paper is not compared.
    """

    id: int
    lot: str | None
    on: date
    fields: Mapping[str, PrintedField] = field(default_factory=dict)
    tests: tuple[PrintedTest, ...] = ()
    document: DocumentFacts | None = None
    decimal_comma: bool | None = False

    def value(self, name: str) -> str | None:
        found = self.fields.get(name)
        return found.value if found else None

    @property
    def words(self) -> str:
        lot = f" of lot {self.lot}" if self.lot else ""
        return f"certificate {self.id}{lot} ({self.on.isoformat()})"
