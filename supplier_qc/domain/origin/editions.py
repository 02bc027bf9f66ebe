"""Editions of a regulatory list: their states, and the checksums that tell two of them apart."""

import hashlib
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from enum import StrEnum

from supplier_qc.domain.origin.reference import DatedRow
from supplier_qc.domain.origin.reference_kinds import ReferenceListKind
from supplier_qc.domain.origin.vocabulary import Mark
from supplier_qc.domain.signatures import canonical_json

UNVERIFIED = frozenset({Mark.V2, Mark.K})
"""Marks of rows that nobody has read in the primary text."""


class EditionState(StrEnum):
    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


def cells_of(row: DatedRow) -> dict[str, str]:
    """The cells of a row by column, written as the shipped files write them."""
    return {field.name: cell_text(getattr(row, field.name)) for field in fields(row)}


def cell_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def row_sha256(row: DatedRow) -> str:
    """SHA-256, hexadecimal, of one row: equal rows of two editions have equal checksums."""
    content = [type(row).__name__, cells_of(row)]
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def edition_sha256(kind: ReferenceListKind, rows: Iterable[DatedRow]) -> str:
    """SHA-256, hexadecimal, of all rows; their order does not matter, as it does not to rules."""
    text = canonical_json([kind.value, sorted(row_sha256(row) for row in rows)])
    return hashlib.sha256(text.encode()).hexdigest()
