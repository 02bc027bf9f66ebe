"""A vendor's taught names as a file to hand on, and what taking one in would do.

A pack holds names and catalogue numbers and no number of our records, so that it means the same
in another installation.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from supplier_qc.domain.entered_text import one_line
from supplier_qc.domain.item_matching import bare_number
from supplier_qc.domain.learned_names import (
    NameKind,
    RecordedName,
    TaughtName,
    means_the_same,
    printed_key,
)
from supplier_qc.domain.refusals import Refused

FORMAT = "supplier-qc learned names"
FORMAT_VERSION = 1
MOST_ENTRIES = 2_000
_NO_PACK = "This is no pack of learned names; export one to see what it looks like."


@dataclass(frozen=True, slots=True)
class PackEntry:
    """`catalogue_number` narrows the name to one item of the vendor; None means all."""

    kind: NameKind
    printed: str
    meaning: str
    catalogue_number: str | None = None


@dataclass(frozen=True, slots=True)
class NamePack:
    """`vendor` is the name of the organisation it was taught about."""

    vendor: str
    entries: tuple[PackEntry, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "version": FORMAT_VERSION,
            "vendor": self.vendor,
            "names": [_stored(entry) for entry in self.entries],
        }


def _stored(entry: PackEntry) -> dict[str, str]:
    stored = {"kind": entry.kind.value, "printed": entry.printed, "meaning": entry.meaning}
    if entry.catalogue_number is not None:
        stored["catalogue_number"] = entry.catalogue_number
    return stored


def pack_file(pack: NamePack) -> bytes:
    """The pack as a file that a person can read and change."""
    return (json.dumps(pack.to_json(), ensure_ascii=False, indent=2) + "\n").encode()


def pack_from_file(content: bytes) -> NamePack:
    """The pack in a file. Raises Refused where it is none, or names every entry that is wrong."""
    try:
        stored = json.loads(content)
    except (ValueError, RecursionError):
        raise Refused(_NO_PACK) from None
    return pack_from_json(stored)


def pack_from_json(stored: object) -> NamePack:
    """The pack that a file holds. Raises Refused with every entry that is wrong."""
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise Refused(_NO_PACK)
    if stored.get("version") != FORMAT_VERSION:
        raise Refused(
            f"The pack has version {stored.get('version')} of the format; this release reads "
            f"version {FORMAT_VERSION}."
        )
    vendor, names = stored.get("vendor"), stored.get("names")
    if not isinstance(vendor, str) or not isinstance(names, list):
        raise Refused(_NO_PACK)
    if len(names) > MOST_ENTRIES:
        raise Refused(f"The pack has {len(names)} names; at most {MOST_ENTRIES} are taken at once.")
    Refused.unless_empty(_entry_problems(names))
    return NamePack(one_line(vendor), tuple(map(_entry, names)))


def _entry_problems(names: Sequence[object]) -> Iterator[str]:
    kinds = {kind.value for kind in NameKind}
    for number, name in enumerate(names, start=1):
        if not isinstance(name, dict):
            yield f"Name {number} is no object with kind, printed and meaning."
            continue
        if name.get("kind") not in kinds:
            yield f"Name {number} has the kind “{name.get('kind')}”, which is none of ours."
        for part in ("printed", "meaning"):
            if not isinstance(name.get(part), str) or not one_line(name[part]):
                yield f"Name {number} has no text as “{part}”."
        if not isinstance(name.get("catalogue_number", ""), str):
            yield f"Name {number} has a catalogue number that is no text."


def _entry(name: Mapping[str, str]) -> PackEntry:
    printed, meaning = one_line(name["printed"]), one_line(name["meaning"])
    number = one_line(name["catalogue_number"]) if "catalogue_number" in name else None
    return PackEntry(NameKind(name["kind"]), printed, meaning, number)


class ImportState(StrEnum):
    NEW = "new"
    SAME = "same"
    CONFLICT = "conflict"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class PlannedName:
    """What would become of one entry; `standing` is our name of another meaning."""

    entry: PackEntry
    name: TaughtName
    state: ImportState
    reasons: tuple[str, ...] = ()
    standing: RecordedName | None = None


def plan_import(
    pack: NamePack,
    standing: Iterable[RecordedName],
    items: Mapping[str, int],
    problems: Callable[[TaughtName], Iterable[str]],
) -> tuple[PlannedName, ...]:
    """New, same, conflicting and unusable entries, in the order of the pack.

    `standing` are the vendor's names in force, `items` its catalogue numbers to item numbers;
    `problems` says why a name cannot be taught. An entry that repeats an earlier one of the pack
    is unusable.
    """
    known = {_place(name): name for name in standing}
    numbers = {bare_number(number): item for number, item in items.items()}
    seen: set[tuple[NameKind, int | None, str]] = set()
    planned = []
    for entry in pack.entries:
        item_id = numbers.get(bare_number(entry.catalogue_number))
        name = TaughtName(entry.kind, entry.printed, entry.meaning, item_id)
        one = _planned(entry, name, known.get(_place(name)), problems)
        if _place(name) in seen and one.state is not ImportState.UNUSABLE:
            reason = f"“{entry.printed}” stands in the pack before."
            one = PlannedName(entry, name, ImportState.UNUSABLE, (reason,))
        seen.add(_place(name))
        planned.append(one)
    return tuple(planned)


def _place(name: TaughtName) -> tuple[NameKind, int | None, str]:
    return name.kind, name.item_id, printed_key(name.kind, name.printed)


def _planned(
    entry: PackEntry,
    name: TaughtName,
    standing: RecordedName | None,
    problems: Callable[[TaughtName], Iterable[str]],
) -> PlannedName:
    if entry.catalogue_number is not None and name.item_id is None:
        reason = f"This vendor has no item with the catalogue number {entry.catalogue_number}."
        return PlannedName(entry, name, ImportState.UNUSABLE, (reason,))
    if standing is not None and means_the_same(standing, name):
        return PlannedName(entry, name, ImportState.SAME, standing=standing)
    reasons = tuple(problems(name))
    if reasons:
        return PlannedName(entry, name, ImportState.UNUSABLE, reasons)
    state = ImportState.NEW if standing is None else ImportState.CONFLICT
    return PlannedName(entry, name, state, standing=standing)
