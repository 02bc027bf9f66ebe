"""How many plants make a material, and how many of those are approved: counted in one place."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import case, distinct, func, select
from sqlalchemy.orm import Session

from supplier_qc.domain.qualification.sources import SourceMark, source_mark
from supplier_qc.domain.qualification.states import APPROVALS
from supplier_qc.persistence.tables import ItemSupply, ManufacturerItem, Qualification


@dataclass(frozen=True, slots=True)
class SourceCount:
    """Two brands of one plant are one site; an item that is retired is no source any more."""

    sites: int = 0
    approved_sites: int = 0

    @property
    def mark(self) -> SourceMark:
        return source_mark(self.sites, self.approved_sites)


def source_counts(session: Session, material_ids: Collection[int]) -> Mapping[int, SourceCount]:
    """By material, in one statement; one that no item supplies is absent."""
    plant = func.coalesce(ItemSupply.upstream_site_id, ManufacturerItem.site_id)
    is_approved = Qualification.status.in_(sorted(APPROVALS))
    found = session.execute(
        select(
            ManufacturerItem.material_id,
            func.count(distinct(plant)),
            func.count(distinct(case((is_approved, plant)))),
        )
        .select_from(ManufacturerItem)
        .join(ItemSupply, ItemSupply.item_id == ManufacturerItem.id, isouter=True)
        .join(Qualification, Qualification.item_id == ManufacturerItem.id, isouter=True)
        .where(
            ManufacturerItem.material_id.in_(material_ids), ManufacturerItem.retired_on.is_(None)
        )
        .group_by(ManufacturerItem.material_id)
    )
    return {material: SourceCount(sites, approved) for material, sites, approved in found}
