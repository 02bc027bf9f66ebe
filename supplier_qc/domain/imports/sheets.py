"""The sheets of an import and what stands in each column."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from supplier_qc.domain.catalogue import (
    AuditManner,
    EvidenceKind,
    EvidenceResult,
    Grade,
    MaterialCategory,
    OrganisationRole,
    Region,
    RiskClass,
    UseScope,
    label,
)
from supplier_qc.domain.material_identity import (
    PREPARATION_WORDS,
    IntendedUse,
    Preparation,
    Toxicity,
)
from supplier_qc.domain.search import search_key


class CellKind(StrEnum):
    TEXT = "text"
    CODE = "code"  # a number or code: text that a spreadsheet must not have rewritten
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    CHOICES = "choices"  # several, separated by semicolons
    YES_NO = "yes_no"
    COUNTRY = "country"
    CURRENCY = "currency"
    DATE = "date"
    WHOLE_NUMBER = "whole_number"
    DECIMAL = "decimal"
    REFERENCE = "reference"  # the code of a row of another sheet, or of a record on file


class SheetKind(StrEnum):
    VENDORS = "vendors"
    SITES = "sites"
    MATERIALS = "materials"
    ITEMS = "items"
    DISTRIBUTOR_NUMBERS = "distributor_numbers"
    SOURCES = "sources"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Column:
    """`field` is the record's attribute; `longest` counts characters of a text."""

    field: str
    heading: str
    kind: CellKind = CellKind.TEXT
    is_required: bool = False
    longest: int = 200
    choices: type[StrEnum] | None = None
    refers_to: SheetKind | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """`key` names the columns that tell one row from another; the first is its own code."""

    kind: SheetKind
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def column(self, field: str) -> Column:
        return next(column for column in self.columns if column.field == field)

    def by_heading(self) -> Mapping[str, Column]:
        return {search_key(column.heading): column for column in self.columns}


def choice_words(member: StrEnum) -> str:
    """A choice as the template and the pages word it."""
    return PREPARATION_WORDS[member] if isinstance(member, Preparation) else label(member)


def _code(field: str, heading: str, longest: int = 40) -> Column:
    return Column(field, heading, CellKind.CODE, is_required=True, longest=longest)


def _reference(field: str, heading: str, to: SheetKind, *, is_required: bool = True) -> Column:
    return Column(field, heading, CellKind.REFERENCE, is_required, 40, refers_to=to)


def _choice(
    field: str, heading: str, choices: type[StrEnum], *, is_required: bool = True
) -> Column:
    return Column(field, heading, CellKind.CHOICE, is_required, choices=choices)


_K, _C = SheetKind, CellKind

SHEETS: Mapping[SheetKind, Sheet] = {
    sheet.kind: sheet
    for sheet in (
        Sheet(
            _K.VENDORS,
            "Vendors",
            (
                _code("own_number", "Vendor code"),
                Column("name", "Name", is_required=True),
                Column("roles", "Roles", _C.CHOICES, is_required=True, choices=OrganisationRole),
                Column("website", "Website"),
                Column("note", "Note", _C.LONG_TEXT, longest=10_000),
            ),
            ("own_number",),
        ),
        Sheet(
            _K.SITES,
            "Sites",
            (
                _code("own_number", "Site code"),
                _reference("organisation_id", "Vendor code", _K.VENDORS),
                Column("name", "Name", is_required=True),
                Column("address", "Address", _C.LONG_TEXT, is_required=True, longest=1_000),
                Column("country", "Country", _C.COUNTRY, is_required=True),
            ),
            ("own_number",),
        ),
        Sheet(
            _K.MATERIALS,
            "Materials",
            (
                _code("code", "Material code"),
                Column("name", "Name", is_required=True),
                _choice("category", "Category", MaterialCategory),
                _choice("risk_class", "Risk class", RiskClass),
                Column("function", "Function", _C.LONG_TEXT, is_required=True, longest=2_000),
                Column(
                    "stage_of_use", "Stage of use", _C.LONG_TEXT, is_required=True, longest=2_000
                ),
                Column("in_final_product", "In final product", _C.YES_NO),
                _choice("toxicity", "Known toxin", Toxicity, is_required=False),
            ),
            ("code",),
        ),
        Sheet(
            _K.ITEMS,
            "Items",
            (
                _code("own_number", "Item code"),
                _reference("material_id", "Material code", _K.MATERIALS),
                _reference("site_id", "Site code", _K.SITES),
                _code("catalogue_number", "Catalogue number", 60),
                Column("name", "Name", is_required=True),
                _choice("grade", "Grade", Grade),
                _choice("intended_use", "Stated use", IntendedUse, is_required=False),
                _choice("preparation", "Preparation", Preparation, is_required=False),
                Column("storage", "Storage"),
                Column("shelf_life_months", "Shelf life in months", _C.WHOLE_NUMBER),
            ),
            ("own_number",),
        ),
        Sheet(
            _K.DISTRIBUTOR_NUMBERS,
            "Distributor numbers",
            (
                _code("sku", "Distributor number", 60),
                _reference("distributor_id", "Vendor code", _K.VENDORS),
                _reference("item_id", "Item code", _K.ITEMS),
                Column("pack_quantity", "Pack holds", _C.DECIMAL, is_required=True),
                Column("pack_unit", "Unit", is_required=True, longest=40),
                Column("price", "Price", _C.DECIMAL),
                Column("currency", "Currency", _C.CURRENCY),
                Column("priced_on", "Price as of", _C.DATE),
                Column("lead_time_days", "Lead time in days", _C.WHOLE_NUMBER),
            ),
            ("sku", "distributor_id"),
        ),
        Sheet(
            _K.SOURCES,
            "Sources",
            (
                _reference("item_id", "Item code", _K.ITEMS),
                _choice("use_scope", "Use", UseScope),
                Column(
                    "justification", "Justification", _C.LONG_TEXT, is_required=True, longest=4_000
                ),
            ),
            ("item_id", "use_scope"),
        ),
        Sheet(
            _K.EVIDENCE,
            "Evidence",
            (
                _code("own_number", "Evidence code"),
                _reference("organisation_id", "Vendor code", _K.VENDORS),
                _reference("item_id", "Item code", _K.ITEMS, is_required=False),
                _choice("kind", "Kind", EvidenceKind),
                Column("title", "Title", is_required=True),
                Column("reference", "Reference", _C.CODE, longest=120),
                Column("issued_by", "Issued by"),
                Column("issued_on", "Issued on", _C.DATE),
                Column("expires_on", "Expires on", _C.DATE),
                _reference("site_id", "Site code", _K.SITES, is_required=False),
                Column("scope", "Scope", _C.LONG_TEXT, longest=2_000),
                _choice("result", "Result", EvidenceResult, is_required=False),
                _choice("manner", "Manner of audit", AuditManner, is_required=False),
                Column("consent", "Consent to a shared audit"),
                _choice("region", "Region", Region, is_required=False),
                Column("change_notice_months", "Notice of changes in months", _C.WHOLE_NUMBER),
                Column("lots", "Lots tested", _C.WHOLE_NUMBER),
            ),
            ("own_number",),
        ),
    )
}
"""In the order in which they are carried out: a row may name rows of the sheets before it."""
