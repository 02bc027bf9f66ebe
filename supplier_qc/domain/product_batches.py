"""A batch of a product and the lots it was made with: what stands on file against a lot in it.

A batch record tells what happened, so nothing here refuses it; what should not have been used is
said and stays said.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from supplier_qc.domain.catalogue import label
from supplier_qc.domain.entered_text import one_line
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.search import search_key


@dataclass(frozen=True, slots=True)
class LotInBatch:
    """`is_material_of_product`: the process of the product names the material of the lot."""

    disposition: Disposition
    expires_on: date | None
    is_material_of_product: bool


def lot_questions(lot: LotInBatch, manufactured_on: date) -> tuple[str, ...]:
    """Everything a reviewer of the batch has to look at (B-01 to B-04); rules of the house."""
    return tuple(_questions(lot, manufactured_on))


def _questions(lot: LotInBatch, manufactured_on: date) -> Iterator[str]:
    if lot.disposition is not Disposition.RELEASED:
        yield f"The lot is not released: {label(lot.disposition).lower()}."
    if lot.expires_on is None:
        yield "The lot has no expiry date on file."
    elif lot.expires_on < manufactured_on:
        yield f"The lot had expired on {lot.expires_on.isoformat()}, before the batch was made."
    if not lot.is_material_of_product:
        yield "The process of the product does not name the material of this lot."


@dataclass(frozen=True, slots=True)
class KnownLot:
    """A lot as it may be typed; `our_number` is None where none was given."""

    lot_id: int
    manufacturer_lot: str
    our_number: str | None
    catalogue_number: str
    item_name: str

    @property
    def words(self) -> str:
        return lot_words(self.catalogue_number, self.manufacturer_lot)


def lot_words(catalogue_number: str, manufacturer_lot: str) -> str:
    """A line that means one lot alone, as `names_asked_for` takes it apart."""
    return f"{catalogue_number} / {manufacturer_lot}"


def typed_lots(text: str | None) -> tuple[str, ...]:
    """One lot a line; blank lines and repeated ones are left out."""
    lines = (one_line(line) for line in (text or "").splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def lots_meant(typed: Iterable[str], known: Iterable[KnownLot]) -> tuple[set[int], list[str]]:
    """The lots by number, and a sentence for each line that names none or more than one."""
    by_key: dict[str, dict[int, KnownLot]] = {}
    for lot in known:
        for name in (lot.manufacturer_lot, lot.our_number, lot.words):
            if name:
                by_key.setdefault(_key(name), {})[lot.lot_id] = lot
    found: set[int] = set()
    problems: list[str] = []
    for line in typed:
        lots = list(by_key.get(_key(line), {}).values())
        if len(lots) == 1:
            found.add(lots[0].lot_id)
        else:
            problems.append(_why_not(line, lots))
    return found, problems


def names_asked_for(typed: Iterable[str]) -> set[str]:
    """The lot numbers among the lines, as they are typed and behind a catalogue number."""
    return {part for line in typed for part in (line, re.split(r"\s*/\s*", line)[-1])}


def _key(text: str) -> str:
    """The stroke stays: it parts the catalogue number from the lot."""
    return "/".join(search_key(part) for part in text.split("/"))


def _why_not(line: str, lots: list[KnownLot]) -> str:
    if not lots:
        return f"No lot on file is called “{line}”. Type the manufacturer's lot or our number."
    offered = " or ".join(f"“{lot.words}”" for lot in lots)
    return f"“{line}” is a lot of several items; write {offered}."
