"""What was read from one document: literal texts with page, box, confidence and rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, Self

from supplier_qc.domain.origin.statement_papers import StatementFact

READER_VERSION = "1"


class HeaderField(StrEnum):
    ISSUER = "issuer"
    PRODUCT_NAME = "product_name"
    CATALOG_NUMBER = "catalog_number"
    LOT_NUMBER = "lot_number"
    MANUFACTURE_DATE = "manufacture_date"
    TEST_DATE = "test_date"
    RELEASE_DATE = "release_date"
    EXPIRY_DATE = "expiry_date"
    RETEST_DATE = "retest_date"
    COUNTRY_OF_ORIGIN = "country_of_origin"
    STORAGE = "storage"
    PURCHASE_ORDER = "purchase_order"
    SITE = "site"
    SIGNATORY = "signatory"


DATE_FIELDS = frozenset(
    {
        HeaderField.MANUFACTURE_DATE,
        HeaderField.TEST_DATE,
        HeaderField.RELEASE_DATE,
        HeaderField.EXPIRY_DATE,
        HeaderField.RETEST_DATE,
    }
)


class TextLayer(StrEnum):
    TEXT = "text"
    FORM = "form"  # AcroForm values carry content that the page text lacks
    OCR = "ocr"  # no usable text; recognised from the page images
    STRUCTURED = "structured"  # no page at all: results sent as data
    SCAN = "scan"  # images only
    GARBLED = "garbled"  # there is text, and it is not what the page shows
    HEADER_ONLY = "header_only"  # a browser's header around an image
    PROTECTED = "protected"  # opens with a password only
    DAMAGED = "damaged"  # no PDF, or one that cannot be read within the limits
    EMPTY = "empty"  # no bytes, no pages, or blank pages


class DocumentKind(StrEnum):
    CERTIFICATE_OF_ANALYSIS = "certificate_of_analysis"
    CERTIFICATE_OF_CONFORMITY = "certificate_of_conformity"
    CERTIFICATE_OF_ORIGIN = "certificate_of_origin"  # declarations and statements of origin too
    SUPPLIER_STATEMENT = "supplier_statement"  # TSE/BSE, allergens, GMO and the like
    SPECIFICATION_SHEET = "specification_sheet"  # product data sheets too
    INVOICE_OR_PACKING_LIST = "invoice_or_packing_list"
    SAFETY_DATA_SHEET = "safety_data_sheet"
    LABORATORY_REPORT = "laboratory_report"  # of a contract laboratory
    QUESTIONNAIRE = "questionnaire"  # answered questions, FAQ
    UNKNOWN = "unknown"


READABLE = frozenset({TextLayer.TEXT, TextLayer.FORM, TextLayer.OCR, TextLayer.STRUCTURED})


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on page `page` (1-based) in PDF points from the top left as displayed."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    def to_json(self) -> dict[str, Any]:
        return {item.name: getattr(self, item.name) for item in fields(self)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(**stored)


@dataclass(frozen=True, slots=True)
class Claim:
    """`literal` as printed; `confidence` from 0 to 1; `rule` names how it was found."""

    literal: str
    box: Box | None
    confidence: float
    rule: str

    def to_json(self) -> dict[str, Any]:
        return {
            "literal": self.literal,
            "box": self.box.to_json() if self.box else None,
            "confidence": self.confidence,
            "rule": self.rule,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        box = stored["box"]
        return cls(
            stored["literal"],
            Box.from_json(box) if box else None,
            stored["confidence"],
            stored["rule"],
        )


@dataclass(frozen=True, slots=True)
class RowClaim:
    """One printed test. A column that the certificate does not have is None."""

    name: Claim | None = None
    method: Claim | None = None
    specification: Claim | None = None
    spec_min: Claim | None = None
    spec_max: Claim | None = None
    result: Claim | None = None
    unit: Claim | None = None
    supplier_verdict: Claim | None = None
    # Where the file has several lots: the one that this row belongs to, as the document says.
    lot: Claim | None = None

    def to_json(self) -> dict[str, Any]:
        claims = {item.name: getattr(self, item.name) for item in fields(self)}
        return {name: claim.to_json() if claim else None for name, claim in claims.items()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(**{name: Claim.from_json(part) for name, part in stored.items() if part})


class MentionKind(StrEnum):
    STATED = "stated"
    DENIED = "denied"
    UNCLEAR = "unclear"  # the sentence names it and denies something; a person reads it


@dataclass(frozen=True, slots=True)
class OriginMention:
    """`source` is a species, "human", "animal" or "ruminant"; `literal` the sentence as printed."""

    source: str
    kind: MentionKind
    literal: str
    box: Box

    def to_json(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "kind": self.kind.value,
            "literal": self.literal,
            "box": self.box.to_json(),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(
            stored["source"],
            MentionKind(stored["kind"]),
            stored["literal"],
            Box.from_json(stored["box"]),
        )


@dataclass(frozen=True, slots=True)
class StatementClaim:
    """`value` is the controlled value or the ISO date that was read; "" where a person decides."""

    fact: StatementFact
    value: str
    claim: Claim

    def to_json(self) -> dict[str, Any]:
        return {"fact": self.fact.value, "value": self.value, "claim": self.claim.to_json()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(StatementFact(stored["fact"]), stored["value"], Claim.from_json(stored["claim"]))


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height of the displayed page in PDF points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """The proposal for one file. `notes` are sentences for the reviewer."""

    text_layer: TextLayer
    pages: tuple[PageSize, ...] = ()
    fields: Mapping[HeaderField, Claim] = field(default_factory=dict)
    rows: tuple[RowClaim, ...] = ()
    decimal_comma: bool | None = None
    decimal_evidence: str = ""
    day_first: bool | None = None
    date_evidence: str = ""
    notes: tuple[str, ...] = ()
    lots_seen: tuple[str, ...] = ()
    # Words laid over a page that say it is no certificate, such as "SAMPLE".
    page_marks: tuple[str, ...] = ()
    kind: DocumentKind = DocumentKind.UNKNOWN
    kind_confidence: float = 0.0
    kind_evidence: tuple[str, ...] = ()  # the words and facts that decided the kind
    # What it says as a statement of origin, whatever its kind, and where its text names an origin.
    statement: tuple[StatementClaim, ...] = ()
    mentions: tuple[OriginMention, ...] = ()
    producer: str = ""
    reader_version: str = READER_VERSION

    def to_json(self) -> dict[str, Any]:
        return {
            "text_layer": self.text_layer.value,
            "pages": [[page.width, page.height] for page in self.pages],
            "fields": {name.value: claim.to_json() for name, claim in self.fields.items()},
            "rows": [row.to_json() for row in self.rows],
            "decimal_comma": self.decimal_comma,
            "decimal_evidence": self.decimal_evidence,
            "day_first": self.day_first,
            "date_evidence": self.date_evidence,
            "notes": list(self.notes),
            "lots_seen": list(self.lots_seen),
            "page_marks": list(self.page_marks),
            "kind": self.kind.value,
            "kind_confidence": self.kind_confidence,
            "kind_evidence": list(self.kind_evidence),
            "statement": [claim.to_json() for claim in self.statement],
            "mentions": [mention.to_json() for mention in self.mentions],
            "producer": self.producer,
            "reader_version": self.reader_version,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(
            text_layer=TextLayer(stored["text_layer"]),
            pages=tuple(PageSize(*page) for page in stored["pages"]),
            fields={
                HeaderField(name): Claim.from_json(claim)
                for name, claim in stored["fields"].items()
            },
            rows=tuple(RowClaim.from_json(row) for row in stored["rows"]),
            decimal_comma=stored["decimal_comma"],
            decimal_evidence=stored["decimal_evidence"],
            day_first=stored["day_first"],
            date_evidence=stored["date_evidence"],
            notes=tuple(stored["notes"]),
            lots_seen=tuple(stored["lots_seen"]),
            page_marks=tuple(stored["page_marks"]),
            kind=DocumentKind(stored["kind"]),
            kind_confidence=stored["kind_confidence"],
            kind_evidence=tuple(stored["kind_evidence"]),
            statement=tuple(StatementClaim.from_json(one) for one in stored["statement"]),
            mentions=tuple(OriginMention.from_json(one) for one in stored["mentions"]),
            producer=stored["producer"],
            reader_version=stored["reader_version"],
        )
