"""The records that a dossier table rests on: items, their decisions, lots and papers."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from supplier_qc.domain.catalogue import EvidenceKind, SpecificationStatus, UseScope
from supplier_qc.domain.certificates import CertificateState
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.origin.vocabulary import Authority
from supplier_qc.domain.qualification.states import APPROVALS
from supplier_qc.persistence.tables import (
    Certificate,
    CertificateField,
    Document,
    Evidence,
    Lot,
    ManufacturerItem,
    Material,
    Organisation,
    Qualification,
    Site,
    Specification,
)


@dataclass(frozen=True, slots=True)
class DossierScope:
    """Whose rules, for which use, and whether sources that are not approved are listed too."""

    authority: Authority
    use: UseScope
    include_not_approved: bool = False


@dataclass(frozen=True, slots=True)
class DossierItem:
    """One item with its material, maker and what is decided about it."""

    item: ManufacturerItem
    material: Material
    site: Site
    manufacturer: Organisation
    qualification: Qualification | None
    specification: Specification | None

    @property
    def is_approved(self) -> bool:
        return self.qualification is not None and self.qualification.status in APPROVALS


@dataclass(frozen=True, slots=True)
class ReleasedLot:
    """The newest released lot of an item and, when there is one, its certificate."""

    lot: Lot
    certificate: Certificate | None
    document: Document | None
    lot_field: CertificateField | None


def list_items(session: Session, scope: DossierScope) -> list[DossierItem]:
    rows = session.execute(
        select(ManufacturerItem, Material, Site, Organisation, Qualification, Specification)
        .join(Material, Material.id == ManufacturerItem.material_id)
        .join(Site, Site.id == ManufacturerItem.site_id)
        .join(Organisation, Organisation.id == Site.organisation_id)
        .outerjoin(
            Qualification,
            and_(
                Qualification.item_id == ManufacturerItem.id,
                Qualification.use_scope == scope.use,
            ),
        )
        .outerjoin(
            Specification,
            and_(
                Specification.item_id == ManufacturerItem.id,
                Specification.status == SpecificationStatus.EFFECTIVE,
            ),
        )
        .order_by(Material.code, Organisation.name, ManufacturerItem.catalogue_number)
    )
    items = [DossierItem(*row) for row in rows]
    if scope.include_not_approved:
        return [found for found in items if found.qualification is not None]
    return [found for found in items if found.is_approved]


def released_lots(session: Session, item_ids: Sequence[int]) -> dict[int, ReleasedLot]:
    """By item, the released lot that was made last; two statements."""
    released = session.execute(
        select(Lot, Certificate, Document)
        .outerjoin(
            Certificate,
            and_(Certificate.lot_id == Lot.id, Certificate.state == CertificateState.CONFIRMED),
        )
        .outerjoin(Document, Document.id == Certificate.document_id)
        .where(Lot.item_id.in_(item_ids), Lot.disposition == Disposition.RELEASED)
        .order_by(Lot.manufactured_on.nulls_first(), Lot.id, Certificate.id)
    )
    newest: dict[int, tuple[Lot, Certificate | None, Document | None]] = {
        lot.item_id: (lot, certificate, document) for lot, certificate, document in released
    }
    certificates = [
        certificate.id for _, certificate, _ in newest.values() if certificate is not None
    ]
    fields = {
        field.certificate_id: field
        for field in session.scalars(
            select(CertificateField).where(
                CertificateField.certificate_id.in_(certificates),
                CertificateField.field == "lot_number",
            )
        )
    }
    return {
        item_id: ReleasedLot(
            lot,
            certificate,
            document,
            None if certificate is None else fields.get(certificate.id),
        )
        for item_id, (lot, certificate, document) in newest.items()
    }


Paper = tuple[Evidence, Document | None]

_ORIGIN_EVIDENCE = (
    EvidenceKind.TSE_STATEMENT,
    EvidenceKind.CERTIFICATE_OF_ORIGIN,
    EvidenceKind.LETTER_OF_AUTHORISATION,
)


def origin_evidence(session: Session, item_ids: Sequence[int]) -> dict[int, list[Paper]]:
    """By item, its papers on origin, newest first."""
    found: dict[int, list[Paper]] = {}
    rows = session.execute(
        select(Evidence, Document)
        .outerjoin(Document, Document.id == Evidence.document_id)
        .where(Evidence.item_id.in_(item_ids), Evidence.kind.in_(_ORIGIN_EVIDENCE))
        .order_by(Evidence.issued_on.desc(), Evidence.id)
    )
    for paper, document in rows:
        if paper.item_id is not None:
            found.setdefault(paper.item_id, []).append((paper, document))
    return found
