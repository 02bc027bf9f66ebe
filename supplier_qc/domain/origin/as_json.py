"""Facts and conclusions as plain JSON values, for snapshots, commands and checksums."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from supplier_qc.domain.origin.facts import OriginComponent


def to_json(value: object) -> object:
    """Dataclasses as objects, sets sorted, dates in ISO 8601, decimal numbers as text."""
    if is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, frozenset):
        return sorted(_entries(value), key=str)
    if isinstance(value, tuple):
        return _entries(value)
    return _scalar(value)


def facts_to_json(component: OriginComponent) -> object:
    """As `component_from_json` reads it back; what is not stated is left out.

    Leaving it out keeps a checksum over older facts valid when a new optional fact is added.
    """
    return _without_missing(to_json(component))


def _scalar(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def _entries(values: Iterable[object]) -> list[object]:
    return [to_json(value) for value in values]


def _without_missing(value: object) -> object:
    if isinstance(value, dict):
        pairs = ((key, _without_missing(entry)) for key, entry in value.items())
        return {key: entry for key, entry in pairs if entry is not None and entry != []}
    if isinstance(value, list):
        return [_without_missing(entry) for entry in value]
    return value
