"""Electronic signatures: their meaning, and the fingerprint that binds them to a record.

21 CFR 11.50(a) asks for printed name, date and time, and meaning; 11.70 for the link between
signature and record (titles verified, clause texts unverified).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class SignatureMeaning(StrEnum):
    APPROVED = "approved"
    RELEASED = "released"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"
    REVIEWED = "reviewed"
    FILED = "filed"


@dataclass(frozen=True, slots=True)
class SignedRecord:
    """The record version a signature stands under; `content` is all that the signer saw."""

    subject_type: str
    subject_id: int
    version: int
    content: Mapping[str, object]

    @property
    def fingerprint(self) -> str:
        """SHA-256, hex, over the canonical JSON of the content."""
        return fingerprint(self.content)


def fingerprint(content: Mapping[str, object]) -> str:
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def canonical_json(content: object) -> str:
    """JSON with sorted keys and no spaces, so that equal content has equal text."""
    return json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain
    )


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical form.")
