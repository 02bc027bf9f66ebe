"""Which manufacturer's item a certificate is about: proposed, never taken for granted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.domain.specification.matching import normalised_name


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """`names` are the item's own name and that of our material; `maker` the manufacturer's.

    `letterheads` are what was taught as printed by that manufacturer.
    """

    id: int
    catalogue_number: str
    names: tuple[str, ...]
    maker: str
    letterheads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemProposal:
    """`item_id` is None where a person has to choose; `reason` is one sentence for them."""

    item_id: int | None
    reason: str


def bare_number(number: str | None) -> str:
    """A catalogue or lot number without case, spaces, dashes and other separators."""
    return re.sub(r"[\W_]", "", folded(number or ""))


def propose_item(
    items: Sequence[ItemFacts],
    *,
    catalogue_number: str | None,
    product_name: str | None,
    issuer: str | None,
) -> ItemProposal:
    """The item by its catalogue number, then by its exact name; the issuer settles a tie."""
    if not items:
        return ItemProposal(None, "There is no manufacturer's item yet; add it to the catalogue.")
    if bare_number(catalogue_number):
        return _by_number(items, str(catalogue_number), product_name, issuer)
    return _by_name(items, product_name, issuer)


def _by_number(
    items: Sequence[ItemFacts], number: str, product_name: str | None, issuer: str | None
) -> ItemProposal:
    found = [item for item in items if bare_number(item.catalogue_number) == bare_number(number)]
    if len(found) > 1:
        named = [item for item in found if _is_named(item, product_name)]
        found = _of_issuer(named or found, issuer)
    if len(found) == 1:
        return ItemProposal(found[0].id, f"Proposed by its catalogue number {number.strip()}.")
    if found:
        return ItemProposal(None, f"Several items have the catalogue number {number.strip()}.")
    return ItemProposal(None, f"No item has the catalogue number {number.strip()}.")


def _by_name(
    items: Sequence[ItemFacts], product_name: str | None, issuer: str | None
) -> ItemProposal:
    found = _of_issuer([item for item in items if _is_named(item, product_name)], issuer)
    if len(found) == 1:
        return ItemProposal(
            found[0].id, "Proposed by its name; no catalogue number was read. Check it."
        )
    if found:
        return ItemProposal(None, "Several items have this name; choose one.")
    return ItemProposal(None, "Neither catalogue number nor name leads to an item; choose one.")


def _is_named(item: ItemFacts, product_name: str | None) -> bool:
    wanted = normalised_name(product_name or "")
    return bool(wanted) and wanted in {normalised_name(name) for name in item.names}


def _of_issuer(items: list[ItemFacts], issuer: str | None) -> list[ItemFacts]:
    """The items of the issuer where that leaves any, else all of them."""
    printed = normalised_name(issuer or "")
    own = [item for item in items if printed and _is_issued_by(item, printed)]
    return own or items


def _is_issued_by(item: ItemFacts, printed: str) -> bool:
    maker = normalised_name(item.maker)
    taught = {normalised_name(letterhead) for letterhead in item.letterheads}
    return maker in printed or printed in maker or printed in taught
