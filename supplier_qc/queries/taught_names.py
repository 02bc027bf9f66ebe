"""Taught names in force, as the reader and the proposal need them."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from supplier_qc.domain.learned_names import (
    NOTHING_TAUGHT,
    NameKind,
    RecordedName,
    VendorNames,
    names_for_item,
)
from supplier_qc.extraction.claims import HeaderField
from supplier_qc.extraction.taught_words import TaughtWord
from supplier_qc.persistence.tables.learned_names import LearnedName
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Organisation, OrganisationAlias, Site


def is_live() -> ColumnElement[bool]:
    return LearnedName.withdrawn_at.is_(None)


def recorded(name: LearnedName) -> RecordedName:
    return RecordedName(name.kind, name.printed, name.meaning, name.item_id, name.id)


def names_of_vendor(session: Session, organisation_id: int) -> list[RecordedName]:
    """The vendor's names in force, oldest first."""
    found = session.scalars(
        select(LearnedName)
        .where(LearnedName.organisation_id == organisation_id, is_live())
        .order_by(LearnedName.id)
    )
    return [recorded(name) for name in found]


def names_of_item(session: Session, item_id: int | None) -> VendorNames:
    """The names in force for the item: those of its maker, and those of the item itself."""
    maker = session.scalar(
        select(Site.organisation_id).join(ManufacturerItem).where(ManufacturerItem.id == item_id)
    )
    if maker is None:
        return NOTHING_TAUGHT
    return names_for_item(names_of_vendor(session, maker), item_id)


def letterheads(session: Session) -> dict[int, tuple[str, ...]]:
    """Every vendor's taught letterheads and other names, by the vendor's number."""
    found: dict[int, list[str]] = defaultdict(list)
    names = session.execute(
        select(LearnedName.organisation_id, LearnedName.printed)
        .where(LearnedName.kind == NameKind.LETTERHEAD, is_live())
        .order_by(LearnedName.id)
    )
    aliases = select(OrganisationAlias.organisation_id, OrganisationAlias.name).order_by(
        OrganisationAlias.id
    )
    for vendor, printed in [*names, *session.execute(aliases)]:
        found[vendor].append(printed)
    return {vendor: tuple(words) for vendor, words in found.items()}


def taught_words(session: Session) -> list[TaughtWord]:
    """All taught labels, each with what shows that a document is of its vendor."""
    words = session.execute(
        select(LearnedName.printed, LearnedName.meaning, LearnedName.organisation_id)
        .where(LearnedName.kind == NameKind.HEADER_WORD, is_live())
        .order_by(LearnedName.id)
    ).all()
    signs = _signs(session, {vendor for _, _, vendor in words})
    return [
        TaughtWord(printed, HeaderField(meaning), signs[vendor])
        for printed, meaning, vendor in words
    ]


_SHORTEST_NUMBER = 5
"""Signs from which on a catalogue number is no number that stands on any paper (C)."""


def _signs(session: Session, vendors: Iterable[int]) -> dict[int, tuple[str, ...]]:
    wanted = list(vendors)
    if not wanted:
        return {}
    found: dict[int, list[str]] = defaultdict(list)
    names = select(Organisation.id, Organisation.name).where(Organisation.id.in_(wanted))
    numbers = (
        select(Site.organisation_id, ManufacturerItem.catalogue_number)
        .join(ManufacturerItem)
        .where(
            Site.organisation_id.in_(wanted),
            func.length(ManufacturerItem.catalogue_number) >= _SHORTEST_NUMBER,
        )
    )
    for statement in (names, numbers):
        for vendor, sign in session.execute(statement):
            found[vendor].append(sign)
    taught = letterheads(session)
    return {vendor: (*signs, *taught.get(vendor, ())) for vendor, signs in found.items()}


def items_by_number(session: Session, organisation_id: int) -> dict[str, int]:
    """The vendor's catalogue numbers to item numbers."""
    found = session.execute(
        select(ManufacturerItem.catalogue_number, ManufacturerItem.id)
        .join(Site)
        .where(Site.organisation_id == organisation_id)
        .order_by(ManufacturerItem.id)
    )
    return {number: item_id for number, item_id in found}  # noqa: C416 -- rows, not pairs
