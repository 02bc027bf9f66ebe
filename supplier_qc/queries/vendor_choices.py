"""Vendors to choose from."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from supplier_qc.persistence.tables.parties import Organisation


def list_vendor_choices(session: Session) -> list[tuple[int, str]]:
    """Number and name of every vendor, by name."""
    found = session.execute(
        select(Organisation.id, Organisation.name).order_by(
            func.lower(Organisation.name), Organisation.id
        )
    )
    return [(number, name) for number, name in found]
