"""Re-issues: which certificate one may take the place of, what that changes, and what it did."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, selectinload

from supplier_qc.domain.certificates import CertificateState
from supplier_qc.domain.item_matching import bare_number
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.reissues import DeltaRow, ReplacedFacts, delta, reissue_blockers
from supplier_qc.domain.signatures import SignatureMeaning, SignedRecord
from supplier_qc.persistence.tables.accountability import Signature
from supplier_qc.persistence.tables.certificates import Certificate, CertificateField
from supplier_qc.persistence.tables.intake import CertificateReissue
from supplier_qc.persistence.tables.lots import Lot
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.queries.certificate_facts import attributes_of, facts_of
from supplier_qc.queries.certificate_labels import FIELD_LABELS


@dataclass(frozen=True, slots=True)
class ReissueReview:
    """`candidate_id` is the certificate of the same lot that this one may replace; `replaces_id`
    what a person stated. `delta` is what changes, or what did once it is confirmed.
    """

    candidate_id: int | None
    candidate_issue: int
    replaces_id: int | None
    issue: int
    delta: tuple[DeltaRow, ...]
    superseded_by: int | None
    is_confirmed: bool

    @property
    def is_open(self) -> bool:
        """Whether somebody has to say what it is."""
        return self.candidate_id is not None and self.replaces_id is None


@dataclass(frozen=True, slots=True)
class LotReissue:
    """One certificate of a lot that took the place of another; `is_unseen` while the lot's
    release was signed before.
    """

    certificate_id: int
    replaced_id: int
    recorded_at: datetime
    signed_by: str
    delta: tuple[DeltaRow, ...]
    is_unseen: bool


@dataclass(frozen=True, slots=True)
class LotToLookAt:
    id: int
    title: str


def get_reissue_review(session: Session, certificate_id: int, today: date) -> ReissueReview | None:
    """What stands about a re-issue on the certificate's page, or None for an unknown number."""
    certificate = session.get(Certificate, certificate_id)
    if certificate is None:
        return None
    recorded = session.scalar(
        select(CertificateReissue).where(CertificateReissue.certificate_id == certificate_id)
    )
    candidate = find_candidate(session, certificate) if recorded is None else None
    shown = candidate if certificate.replaces_id is None else _load(session, certificate)
    return ReissueReview(
        candidate_id=candidate.id if candidate else None,
        candidate_issue=candidate.issue if candidate else 0,
        replaces_id=certificate.replaces_id,
        issue=certificate.issue,
        delta=_stored(recorded) if recorded else _delta(session, shown, certificate, today),
        superseded_by=session.scalar(
            select(CertificateReissue.certificate_id).where(
                CertificateReissue.replaced_id == certificate_id
            )
        ),
        is_confirmed=recorded is not None,
    )


def find_candidate(session: Session, certificate: Certificate) -> Certificate | None:
    """The newest confirmed certificate of the same item and lot that none has replaced."""
    wanted = bare_number(lot_number_of(certificate))
    if certificate.item_id is None or not wanted:
        return None
    found = session.scalars(
        select(Certificate)
        .options(selectinload(Certificate.fields), selectinload(Certificate.rows))
        .join(Lot, Lot.id == Certificate.lot_id)
        .where(
            Certificate.item_id == certificate.item_id,
            Certificate.state == CertificateState.CONFIRMED,
            Certificate.id != certificate.id,
            Certificate.document_id != certificate.document_id,
            ~exists().where(CertificateReissue.replaced_id == Certificate.id),
        )
        .order_by(Certificate.confirmed_at.desc(), Certificate.id.desc())
    )
    return next((one for one in found if bare_number(lot_number_of(one)) == wanted), None)


def delta_of(
    session: Session, before: Certificate, after: Certificate, today: date
) -> tuple[DeltaRow, ...]:
    """Row by row, with our names of the tests."""
    return delta(
        facts_of(before, today, attributes_of(session, before)),
        facts_of(after, today, attributes_of(session, after)),
        FIELD_LABELS,
    )


def list_reissue_blockers(
    session: Session, certificate: Certificate, lot_number: str | None
) -> tuple[str, ...]:
    """Why a certificate that is stated to replace another cannot be confirmed as such."""
    replaced = _load(session, certificate)
    if replaced is None:
        return ()
    facts = ReplacedFacts(
        id=replaced.id,
        is_confirmed=replaced.state is CertificateState.CONFIRMED,
        is_replaced=bool(
            session.scalar(select(exists().where(CertificateReissue.replaced_id == replaced.id)))
        ),
        item_id=replaced.item_id,
        lot_number=lot_number_of(replaced),
    )
    return reissue_blockers(facts, certificate.item_id, lot_number)


def list_lot_reissues(session: Session, lot_id: int) -> list[LotReissue]:
    """The re-issues of a lot, the newest first; two statements."""
    released_at = session.scalar(
        select(func.max(Signature.signed_at)).where(
            Signature.subject_type == "lot",
            Signature.subject_id == lot_id,
            Signature.meaning == SignatureMeaning.RELEASED,
            exists().where(Lot.id == lot_id, Lot.disposition == Disposition.RELEASED),
        )
    )
    found = session.execute(
        select(CertificateReissue, Signature.printed_name)
        .join(Signature, Signature.id == CertificateReissue.signature_id)
        .where(CertificateReissue.lot_id == lot_id)
        .order_by(CertificateReissue.id.desc())
    )
    return [
        LotReissue(
            certificate_id=one.certificate_id,
            replaced_id=one.replaced_id,
            recorded_at=one.recorded_at,
            signed_by=name,
            delta=_stored(one),
            is_unseen=released_at is not None and one.recorded_at > released_at,
        )
        for one, name in found
    ]


def list_lots_to_look_at(session: Session) -> list[LotToLookAt]:
    """Released lots whose certificate was replaced after the release was signed."""
    released_at = (
        select(func.max(Signature.signed_at))
        .where(
            Signature.subject_type == "lot",
            Signature.subject_id == Lot.id,
            Signature.meaning == SignatureMeaning.RELEASED,
        )
        .scalar_subquery()
    )
    found = session.execute(
        select(Lot.id, Lot.manufacturer_lot, ManufacturerItem.name)
        .join(ManufacturerItem, ManufacturerItem.id == Lot.item_id)
        .where(
            Lot.disposition == Disposition.RELEASED,
            exists().where(
                CertificateReissue.lot_id == Lot.id, CertificateReissue.recorded_at > released_at
            ),
        )
        .order_by(Lot.id)
    )
    return [LotToLookAt(number, f"{lot}, {item}") for number, lot, item in found]


def superseded_numbers(session: Session, numbers: Collection[int]) -> dict[int, int]:
    """The certificates among these that were replaced, each with the one that replaced it."""
    found = session.execute(
        select(CertificateReissue.replaced_id, CertificateReissue.certificate_id).where(
            CertificateReissue.replaced_id.in_(numbers)
        )
    )
    return {replaced: by for replaced, by in found}  # noqa: C416 -- rows, not pairs


def signed_reissue(
    certificate: Certificate, replaced_id: int, rows: Collection[DeltaRow]
) -> SignedRecord:
    """What the signature on a re-issue stands for."""
    content = {
        "certificate": certificate.id,
        "document": certificate.document.sha256,
        "item": certificate.item_id,
        "lot": lot_number_of(certificate),
        "issue": certificate.issue,
        "replaces": replaced_id,
        "delta": [row.to_json() for row in rows],
    }
    return SignedRecord("certificate", certificate.id, certificate.version, content)


def lot_number_of(certificate: Certificate) -> str | None:
    return next(
        (one.value for one in certificate.fields if one.field == "lot_number" and _stands(one)),
        None,
    )


def _stands(field: CertificateField) -> bool:
    return field.state.value != "rejected"


def _load(session: Session, certificate: Certificate) -> Certificate | None:
    if certificate.replaces_id is None:
        return None
    return session.get(Certificate, certificate.replaces_id)


def _delta(
    session: Session, before: Certificate | None, after: Certificate, today: date
) -> tuple[DeltaRow, ...]:
    return delta_of(session, before, after, today) if before is not None else ()


def _stored(recorded: CertificateReissue) -> tuple[DeltaRow, ...]:
    return tuple(DeltaRow.from_json(row) for row in recorded.delta)
