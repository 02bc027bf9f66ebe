"""Taught names as pages and packs show them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from supplier_qc.domain.learned_names import NameKind
from supplier_qc.domain.name_packs import NamePack, PackEntry
from supplier_qc.persistence.tables.certificates import CertificateRow
from supplier_qc.persistence.tables.learned_names import LearnedName, LearnedNameUse
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Organisation
from supplier_qc.persistence.tables.people import Person
from supplier_qc.queries.certificate_labels import FIELD_LABELS
from supplier_qc.queries.paging import Page, page_of
from supplier_qc.queries.taught_names import is_live

PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class LearnedNameFilter:
    """`text` is looked for in what is printed and in what it means."""

    organisation_id: int | None = None
    kind: NameKind | None = None
    text: str = ""
    with_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class LearnedNameRow:
    """`certificates` counts those on which it was used for a proposal."""

    id: int
    version: int
    kind: NameKind
    vendor_id: int
    vendor: str
    item_id: int | None
    item: str | None
    printed: str
    meaning: str
    taught_by: str
    taught_at: datetime
    certificate_id: int | None
    certificates: int
    withdrawn_by: str | None
    withdrawn_at: datetime | None
    withdrawal_reason: str | None

    @property
    def meaning_words(self) -> str:
        """A header field by its label, a vendor by its present name, the rest as it is."""
        is_vendor = self.kind is NameKind.LETTERHEAD
        return self.vendor if is_vendor else meaning_words(self.kind, self.meaning)


def meaning_words(kind: NameKind, meaning: str) -> str:
    return FIELD_LABELS.get(meaning, meaning) if kind is NameKind.HEADER_WORD else meaning


def list_learned_names(
    session: Session, wanted: LearnedNameFilter, *, page: int = 1
) -> Page[LearnedNameRow]:
    """By vendor, kind and printed word; names in force before withdrawn ones."""
    statement = (
        _rows()
        .where(*_conditions(wanted))
        .order_by(
            func.lower(Organisation.name),
            LearnedName.withdrawn_at.is_not(None),
            LearnedName.kind,
            func.lower(LearnedName.printed),
            LearnedName.id,
        )
    )
    return page_of(session, statement, _row, page, PAGE_SIZE)


def get_learned_name(session: Session, name_id: int) -> LearnedNameRow | None:
    found = session.execute(_rows().where(LearnedName.id == name_id)).one_or_none()
    return _row(found) if found else None


def uses_on_certificate(session: Session, certificate_id: int) -> dict[int, list[LearnedNameRow]]:
    """The taught names behind each row's proposal, by the row's number."""
    uses = session.execute(
        select(LearnedNameUse.row_id, LearnedNameUse.learned_name_id)
        .join(CertificateRow)
        .where(CertificateRow.certificate_id == certificate_id)
        .order_by(LearnedNameUse.row_id, LearnedNameUse.kind)
    ).all()
    if not uses:
        return {}
    wanted = {number for _, number in uses}
    names = {
        row.id: row for row in map(_row, session.execute(_rows().where(LearnedName.id.in_(wanted))))
    }
    found: dict[int, list[LearnedNameRow]] = defaultdict(list)
    for row_id, number in uses:
        found[row_id].append(names[number])
    return found


def pack_of_vendor(session: Session, organisation_id: int) -> NamePack | None:
    """The vendor's names in force as a pack, or None when there is no such vendor."""
    vendor = session.get(Organisation, organisation_id)
    if vendor is None:
        return None
    found = session.execute(
        select(LearnedName, ManufacturerItem.catalogue_number)
        .outerjoin(ManufacturerItem, LearnedName.item_id == ManufacturerItem.id)
        .where(LearnedName.organisation_id == organisation_id, is_live())
        .order_by(LearnedName.kind, LearnedName.printed_key, LearnedName.id)
    )
    entries = [PackEntry(name.kind, name.printed, name.meaning, number) for name, number in found]
    return NamePack(vendor.name, tuple(entries))


_Teacher, _Withdrawer = aliased(Person), aliased(Person)


def _rows() -> Select[Any]:
    used_on = (
        select(func.count(func.distinct(CertificateRow.certificate_id)))
        .select_from(LearnedNameUse)
        .join(CertificateRow)
        .where(LearnedNameUse.learned_name_id == LearnedName.id)
        .correlate(LearnedName)
        .scalar_subquery()
    )
    return (
        select(
            LearnedName,
            Organisation.name,
            ManufacturerItem.name,
            ManufacturerItem.catalogue_number,
            _Teacher.full_name,
            _Withdrawer.full_name,
            used_on,
        )
        .join(Organisation, LearnedName.organisation_id == Organisation.id)
        .join(_Teacher, LearnedName.taught_by_id == _Teacher.id)
        .outerjoin(_Withdrawer, LearnedName.withdrawn_by_id == _Withdrawer.id)
        .outerjoin(ManufacturerItem, LearnedName.item_id == ManufacturerItem.id)
    )


def _row(found: Sequence[Any]) -> LearnedNameRow:
    name, vendor, item_name, number, taught_by, withdrawn_by, certificates = found
    return LearnedNameRow(
        id=name.id,
        version=name.version,
        kind=name.kind,
        vendor_id=name.organisation_id,
        vendor=vendor,
        item_id=name.item_id,
        item=f"{item_name} · {number}" if name.item_id else None,
        printed=name.printed,
        meaning=name.meaning,
        taught_by=taught_by,
        taught_at=name.taught_at,
        certificate_id=name.certificate_id,
        certificates=certificates,
        withdrawn_by=withdrawn_by,
        withdrawn_at=name.withdrawn_at,
        withdrawal_reason=name.withdrawal_reason,
    )


def _conditions(wanted: LearnedNameFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.organisation_id is not None:
        conditions.append(LearnedName.organisation_id == wanted.organisation_id)
    if wanted.kind is not None:
        conditions.append(LearnedName.kind == wanted.kind)
    if not wanted.with_withdrawn:
        conditions.append(is_live())
    if wanted.text:
        pattern = wanted.text.casefold()
        conditions.append(
            or_(
                func.lower(LearnedName.printed).contains(pattern, autoescape=True),
                func.lower(LearnedName.meaning).contains(pattern, autoescape=True),
            )
        )
    return conditions
