"""Vendors, materials, items, specifications and evidence of the story, as events."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from supplier_qc.demo import records
from supplier_qc.demo.seed_context import Event, Seeding
from supplier_qc.domain.catalogue import Grade
from supplier_qc.domain.material_identity import IntendedUse, Preparation, Toxicity
from supplier_qc.domain.specification.lines import LimitLine
from supplier_qc.services.evidence import EvidenceDraft, add_evidence
from supplier_qc.services.materials import ItemDraft, MaterialDraft, add_item, add_material
from supplier_qc.services.specifications import (
    Approval,
    add_specification_lines,
    approve_specification,
    draft_specification,
)
from supplier_qc.services.vendors import (
    ContactDraft,
    OrganisationDraft,
    SiteDraft,
    add_contact,
    add_organisation,
    add_site,
)

_STATED_USE = {
    Grade.LICENSED_DRUG: IntendedUse.AS_LICENSED,
    Grade.GMP_FOR_FURTHER_MANUFACTURE: IntendedUse.FOR_FURTHER_MANUFACTURE,
    Grade.IVD: IntendedUse.DIAGNOSTIC,
    Grade.RUO: IntendedUse.RESEARCH,
}
"""What the makers of the story state; where the grade is not known, neither is the use."""


def events(seeding: Seeding, story: records.Story, begun_on: date) -> Iterator[Event]:
    for vendor in story.vendors:
        yield Event(begun_on, partial(_add_vendor, seeding, vendor), hour=8)
    for material in story.materials:
        yield Event(begun_on, partial(_add_material, seeding, material), hour=9)
    for item in story.items:
        yield Event(begun_on, partial(_add_item, seeding, item), hour=10)
    for specification in story.specifications:
        yield Event(
            begun_on + timedelta(days=10),
            partial(_add_specification, seeding, specification),
        )
    for evidence in story.evidence:
        yield Event(
            max(evidence.issued_on, begun_on) + timedelta(days=3),
            partial(_add_evidence, seeding, evidence),
        )


def _add_vendor(seeding: Seeding, vendor: records.Vendor, now: datetime) -> None:
    ana = seeding.actor("ana")
    draft = OrganisationDraft(name=vendor.legal_name, roles=vendor.roles)
    number = add_organisation(seeding.sessions, draft, actor=ana, now=now)
    seeding.organisations[vendor.key] = number
    for site in vendor.sites:
        site_draft = SiteDraft(name=site.name, address=site.address, country=site.country)
        seeding.sites[site.key] = add_site(seeding.sessions, number, site_draft, actor=ana, now=now)
    for contact in vendor.contacts:
        contact_draft = ContactDraft(contact.full_name, contact.function, contact.email)
        add_contact(seeding.sessions, number, contact_draft, actor=ana, now=now)


def _add_material(seeding: Seeding, material: records.Material, now: datetime) -> None:
    draft = MaterialDraft(
        code=material.code,
        name=material.name,
        category=material.category,
        risk_class=material.risk_class,
        function=material.function,
        stage_of_use=material.process_step,
        in_final_product=material.in_final_product,
        toxicity=Toxicity.NOT_TOXIC,
    )
    seeding.materials[material.key] = add_material(
        seeding.sessions, draft, actor=seeding.actor("ana"), now=now
    )


def _add_item(seeding: Seeding, item: records.Item, now: datetime) -> None:
    draft = ItemDraft(
        site_id=seeding.sites[item.site],
        catalogue_number=item.catalogue_number,
        name=item.name,
        grade=item.grade,
        storage=item.storage,
        shelf_life_months=item.shelf_life_months,
        intended_use=_STATED_USE.get(item.grade, IntendedUse.NOT_STATED),
        preparation=Preparation.LYSATE_DEPLETED if item.key == "lysate" else Preparation.OTHER,
    )
    seeding.items[item.key] = add_item(
        seeding.sessions,
        seeding.materials[item.material],
        draft,
        actor=seeding.actor("ana"),
        now=now,
    )


def _add_specification(
    seeding: Seeding, specification: records.Specification, now: datetime
) -> None:
    """Drafted by the reviewer, signed by the approver."""
    ben, bea = seeding.actor("ben"), seeding.actor("bea")
    item_id = seeding.items[specification.item]
    number = draft_specification(seeding.sessions, item_id, actor=ben, now=now)
    lines = [_line(line) for line in specification.lines]
    add_specification_lines(seeding.sessions, number, lines, version=1, actor=ben, now=now)
    approval = Approval(
        version=2,
        reason="First version, agreed with manufacture and quality control.",
        password=seeding.password("bea"),
    )
    approve_specification(seeding.sessions, number, approval, actor=bea, now=now)


def _line(line: records.SpecificationLine) -> LimitLine:
    return LimitLine(
        attribute=line.attribute,
        operator=line.operator,
        low=_decimal(line.low),
        high=_decimal(line.high),
        unit=line.unit,
        allowed_texts=line.allowed_texts,
        method=line.method,
        lod=_decimal(line.lod),
        loq=_decimal(line.loq),
        is_identity_test=line.is_identity_test,
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _add_evidence(seeding: Seeding, evidence: records.Evidence, now: datetime) -> None:
    draft = EvidenceDraft(
        kind=evidence.kind,
        title=evidence.title,
        item_id=None if evidence.item is None else seeding.items[evidence.item],
        reference=evidence.reference,
        issued_on=evidence.issued_on,
        expires_on=evidence.expires_on,
        details=evidence.details,
    )
    add_evidence(
        seeding.sessions,
        seeding.installation.documents,
        seeding.organisations[evidence.vendor],
        draft,
        actor=seeding.actor("ana"),
        now=now,
    )
