"""Labels that were taught for one vendor, as they are handed to the reading process."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from supplier_qc.extraction.claims import HeaderField


@dataclass(frozen=True, slots=True)
class TaughtWord:
    """A label and its field; `signs` are the vendor's name, letterheads and catalogue numbers."""

    printed: str
    field: HeaderField
    signs: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {"printed": self.printed, "field": self.field.value, "signs": list(self.signs)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(stored["printed"], HeaderField(stored["field"]), tuple(stored["signs"]))
