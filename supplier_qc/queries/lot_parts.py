"""A file with several lots, as the page for splitting it and the review show it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from supplier_qc.domain.certificates import CertificateState, ClaimState
from supplier_qc.domain.lot_parts import LotPart, proposed_parts
from supplier_qc.persistence.tables.certificates import Certificate


@dataclass(frozen=True, slots=True)
class PartRow:
    id: int
    name: str
    result: str
    lot: str | None


@dataclass(frozen=True, slots=True)
class SisterPart:
    """Another certificate made of the same file."""

    id: int
    lot: str
    state: CertificateState


@dataclass(frozen=True, slots=True)
class LotPartsReview:
    """`parts` are what the file itself says; `sisters` what it was split into already."""

    id: int
    version: int
    filename: str
    lot_part: str
    is_under_review: bool
    parts: tuple[LotPart, ...]
    rows: tuple[PartRow, ...]
    sisters: tuple[SisterPart, ...]

    @property
    def names_several_lots(self) -> bool:
        return not self.lot_part and len(self.parts) > 1


def get_lot_parts(session: Session, certificate_id: int) -> LotPartsReview | None:
    """The rows with their lots as the document says; three statements."""
    certificate = session.scalar(
        select(Certificate)
        .where(Certificate.id == certificate_id)
        .options(selectinload(Certificate.rows), selectinload(Certificate.document))
    )
    if certificate is None:
        return None
    rows = [row for row in certificate.rows if row.state is not ClaimState.REJECTED]
    lots = {row.id: (row.literals.get("lot") or {}).get("literal") for row in rows}
    return LotPartsReview(
        id=certificate.id,
        version=certificate.version,
        filename=certificate.document.filename,
        lot_part=certificate.lot_part,
        is_under_review=certificate.state is CertificateState.PROPOSED,
        parts=proposed_parts(certificate.lots_seen, lots),
        rows=tuple(
            PartRow(
                row.id,
                row.name,
                " ".join(part for part in (row.result, row.unit) if part),
                lots[row.id],
            )
            for row in rows
        ),
        sisters=_sisters(session, certificate),
    )


def _sisters(session: Session, certificate: Certificate) -> tuple[SisterPart, ...]:
    if not certificate.lot_part:
        return ()
    found = session.execute(
        select(Certificate.id, Certificate.lot_part, Certificate.state)
        .where(
            Certificate.document_id == certificate.document_id,
            Certificate.id != certificate.id,
            Certificate.lot_part != "",
        )
        .order_by(Certificate.id)
    )
    return tuple(SisterPart(*one) for one in found)
