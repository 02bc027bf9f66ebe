"""A certificate with all that its review and its comparison look at, loaded at once."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from supplier_qc.persistence.tables.certificates import Certificate
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Site


def load_certificate(session: Session, certificate_id: int) -> Certificate | None:
    """With document, item, material, maker, fields and rows; three statements."""
    return session.scalar(
        select(Certificate)
        .where(Certificate.id == certificate_id)
        .options(
            joinedload(Certificate.document),
            joinedload(Certificate.item).joinedload(ManufacturerItem.material),
            joinedload(Certificate.item)
            .joinedload(ManufacturerItem.site)
            .joinedload(Site.organisation),
            selectinload(Certificate.fields),
            selectinload(Certificate.rows),
        )
    )
