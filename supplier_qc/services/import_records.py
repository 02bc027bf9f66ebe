"""What is on file that an import may name, loaded once: by own number and by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from supplier_qc.domain.entered_text import compared
from supplier_qc.domain.imports.sheets import SheetKind
from supplier_qc.persistence.tables import (
    DistributorItem,
    Evidence,
    ManufacturerItem,
    Material,
    Organisation,
    OwnNumber,
    Qualification,
    Site,
)

_K = SheetKind
TABLES: Mapping[SheetKind, Any] = {
    _K.VENDORS: Organisation,
    _K.SITES: Site,
    _K.MATERIALS: Material,
    _K.ITEMS: ManufacturerItem,
    _K.DISTRIBUTOR_NUMBERS: DistributorItem,
    _K.SOURCES: Qualification,
    _K.EVIDENCE: Evidence,
}

NATURAL: Mapping[SheetKind, tuple[str, ...]] = {
    _K.VENDORS: ("name",),
    _K.SITES: ("organisation_id", "name"),
    _K.MATERIALS: ("code",),
    _K.ITEMS: ("site_id", "catalogue_number"),
    _K.DISTRIBUTOR_NUMBERS: ("distributor_id", "sku"),
    _K.SOURCES: ("item_id", "use_scope"),
}
"""What tells records of one kind apart beside the user's own number."""

NamedBy = tuple[Any, ...]


@dataclass(slots=True)
class Entity:
    """A record on file, a row to come, or both; `values` are what the file says of it.

    A reference in `values` is the Entity it leads to.
    """

    kind: SheetKind
    record: Any = None
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def is_retired(self) -> bool:
        return getattr(self.record, "retired_on", None) is not None


class OnFile:
    """The records that a file's sheets and their references lead to."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._by_id: dict[SheetKind, dict[int, Entity]] = {}
        self._by_name: dict[SheetKind, dict[NamedBy, Entity]] = {}
        self._own: dict[tuple[str, str], int] = {
            (subject_type, number.casefold()): subject_id
            for subject_type, number, subject_id in session.execute(
                select(OwnNumber.subject_type, OwnNumber.number, OwnNumber.subject_id)
            )
        }

    def of_number(self, kind: SheetKind, number: str) -> Entity | None:
        """By the user's own number; a material by its code."""
        if kind is SheetKind.MATERIALS:
            return self._names(kind).get((number.casefold(),))
        found = self._own.get((TABLES[kind].__tablename__, number.casefold()))
        return None if found is None else self._entities(kind).get(found)

    def of_name(self, kind: SheetKind, name: NamedBy) -> Entity | None:
        return self._names(kind).get(name)

    def of_id(self, kind: SheetKind, number: int) -> Entity:
        return self._entities(kind)[number]

    def _entities(self, kind: SheetKind) -> dict[int, Entity]:
        if kind not in self._by_id:
            chosen = select(TABLES[kind])
            if kind is SheetKind.VENDORS:
                chosen = chosen.options(selectinload(Organisation.roles))
            records = self._session.scalars(chosen)
            self._by_id[kind] = {record.id: Entity(kind, record) for record in records}
        return self._by_id[kind]

    def _names(self, kind: SheetKind) -> dict[NamedBy, Entity]:
        if kind not in self._by_name:
            fields = NATURAL.get(kind, ())
            self._by_name[kind] = {
                name_of(tuple(getattr(entity.record, one) for one in fields)): entity
                for entity in self._entities(kind).values()
                if fields
            }
        return self._by_name[kind]


def name_of(parts: tuple[Any, ...]) -> NamedBy:
    """Texts as names are compared; numbers and choices as they are."""
    return tuple(compared(part) if type(part) is str else part for part in parts)
