"""Our materials, and the manufacturers' items that supply them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.catalogue import MAKERS, Grade, MaterialCategory, RiskClass
from supplier_qc.domain.entered_text import (
    compared,
    one_line,
    optional_line,
    paragraphs,
    text_problems,
)
from supplier_qc.domain.material_identity import IntendedUse, Preparation, Toxicity
from supplier_qc.domain.people import Actor
from supplier_qc.domain.refusals import Refused
from supplier_qc.persistence.tables.materials import ManufacturerItem, Material
from supplier_qc.persistence.tables.parties import Site
from supplier_qc.services.co_materials import record_co_materials
from supplier_qc.services.transaction import Change, changing, check_version


@dataclass(frozen=True, slots=True)
class MaterialDraft:
    """`code` is our own number, as text; `stage_of_use` stands in the dossier as written."""

    code: str
    name: str
    category: MaterialCategory
    risk_class: RiskClass
    function: str
    stage_of_use: str
    in_final_product: bool = False
    toxicity: Toxicity = Toxicity.NOT_RECORDED


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """`site_id` is the manufacturing site; the catalogue number is text, zeros included.

    `is_double_entry`: a second person types the results of its certificates blind.
    """

    site_id: int
    catalogue_number: str
    name: str
    grade: Grade
    storage: str | None = None
    shelf_life_months: int | None = None
    is_double_entry: bool = False
    intended_use: IntendedUse = IntendedUse.NOT_STATED
    preparation: Preparation = Preparation.NOT_RECORDED


def add_material(
    sessions: sessionmaker[Session], draft: MaterialDraft, *, actor: Actor, now: datetime
) -> int:
    with changing(sessions, AuditAction.MATERIAL_ADDED, actor=actor, now=now) as change:
        material = Material()
        _fill_material(change, material, draft)
        change.session.add(material)
        change.session.flush()  # the number is the audit entry's subject
        change.about(material, material_label(material))
        return material.id


def change_material(
    sessions: sessionmaker[Session],
    material_id: int,
    draft: MaterialDraft,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    action = AuditAction.MATERIAL_CHANGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        material = change.get(Material, material_id, "Material")
        check_version(material, version)
        _fill_material(change, material, draft)
        change.about(material, material_label(material))


def add_item(
    sessions: sessionmaker[Session],
    material_id: int,
    draft: ItemDraft,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    with changing(sessions, AuditAction.ITEM_ADDED, actor=actor, now=now) as change:
        item = ManufacturerItem(material=change.get(Material, material_id, "Material"))
        with change.session.no_autoflush:
            _fill_item(change, item, draft)
        change.session.add(item)
        change.session.flush()  # the number is the audit entry's subject
        record_co_materials(change, item)
        change.about(item, item_label(item))
        return item.id


def change_item(
    sessions: sessionmaker[Session],
    item_id: int,
    draft: ItemDraft,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    action = AuditAction.ITEM_CHANGED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        item = change.get(ManufacturerItem, item_id, "Item")
        check_version(item, version)
        with change.session.no_autoflush:
            _fill_item(change, item, draft)
        record_co_materials(change, item)
        change.about(item, item_label(item))


def material_label(material: Material) -> str:
    return f"{material.code} {material.name}"


def item_label(item: ManufacturerItem) -> str:
    """The item as the audit trail names it: name, catalogue number, maker."""
    return f"{item.name} ({item.catalogue_number}), {item.site.organisation.name}"


def _fill_material(change: Change, material: Material, draft: MaterialDraft) -> None:
    code, name = one_line(draft.code), one_line(draft.name)
    function, stage_of_use = paragraphs(draft.function), paragraphs(draft.stage_of_use)
    problems = [
        *text_problems("The code", code, longest=40, required=True),
        *text_problems("The name", name, longest=200, required=True),
        *text_problems("The function", function, longest=2_000, required=True),
        *text_problems("The stage of use", stage_of_use, longest=2_000, required=True),
        *_taken_code(change, material.id, code),
    ]
    Refused.unless_empty(problems)
    material.code, material.name = code, name
    material.category, material.risk_class = draft.category, draft.risk_class
    material.function, material.stage_of_use = function, stage_of_use
    material.in_final_product, material.toxicity = draft.in_final_product, draft.toxicity


def _taken_code(change: Change, own_id: int | None, code: str) -> Iterator[str]:
    for other_id, other_code, name in change.session.execute(
        select(Material.id, Material.code, Material.name)
    ):
        if other_id != own_id and compared(other_code) == compared(code):
            yield f"The code {other_code} belongs to {name} already."


def _fill_item(change: Change, item: ManufacturerItem, draft: ItemDraft) -> None:
    site = change.session.get(Site, draft.site_id)
    number, name = one_line(draft.catalogue_number), one_line(draft.name)
    storage = optional_line(draft.storage)
    problems = [
        *text_problems("The catalogue number", number, longest=60, required=True),
        *text_problems("The name", name, longest=200, required=True),
        *text_problems("The storage condition", storage, longest=200),
        *_site_problems(site),
        *_taken_number(change, item.id, draft.site_id, number),
    ]
    if draft.shelf_life_months is not None and not 1 <= draft.shelf_life_months <= 600:  # noqa: PLR2004 -- fifty years
        problems.append("The shelf life is between 1 and 600 months.")
    Refused.unless_empty(problems)
    if site is not None:  # refused above
        item.site = site
    item.catalogue_number, item.name, item.grade = number, name, draft.grade
    item.storage, item.shelf_life_months = storage, draft.shelf_life_months
    item.is_double_entry = draft.is_double_entry
    item.intended_use, item.preparation = draft.intended_use, draft.preparation


def _site_problems(site: Site | None) -> Iterator[str]:
    if site is None:
        yield "Choose the site that makes the item."
    elif not MAKERS & {held.role for held in site.organisation.roles}:
        yield (
            f"{site.organisation.name} makes nothing: it holds neither the role manufacturer nor "
            "blood establishment. Choose the site that makes the item, or change its roles."
        )


def _taken_number(change: Change, own_id: int | None, site_id: int, number: str) -> Iterator[str]:
    """Catalogue numbers of one site are one when they differ in case and spaces alone."""
    for other_id, other_number, name in change.session.execute(
        select(ManufacturerItem.id, ManufacturerItem.catalogue_number, ManufacturerItem.name).where(
            ManufacturerItem.site_id == site_id
        )
    ):
        if other_id != own_id and compared(other_number) == compared(number):
            yield f"This site's number {other_number} is {name} already."
