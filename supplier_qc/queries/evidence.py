"""Evidence as pages show it, with how it stands today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

from supplier_qc.domain.catalogue import EvidenceKind, label
from supplier_qc.domain.due_dates.expiry import Expiry, expiry
from supplier_qc.domain.evidence_details import EvidenceDetails
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.qualification import Evidence


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A stored file: the name it came with, and its checksum."""

    filename: str
    media_type: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """Without `item_name` and `site_name` the paper covers the whole vendor."""

    id: int
    version: int
    organisation_id: int
    organisation_name: str
    item_id: int | None
    item_name: str | None
    site_id: int | None
    site_name: str | None
    kind: EvidenceKind
    title: str
    reference: str | None
    issued_by: str | None
    issued_on: date | None
    expires_on: date | None
    expiry: Expiry
    document: DocumentRow | None
    scope: str | None
    details: EvidenceDetails

    @property
    def covers(self) -> str:
        return self.item_name or self.site_name or "the whole vendor"

    @property
    def detail_words(self) -> tuple[str, ...]:
        """What goes with its kind, such as the manner of an audit."""
        details = self.details
        named = [label(one) for one in (details.manner, details.result, details.region) if one]
        if details.change_notice_months is not None:
            named.append(f"{details.change_notice_months} months of notice")
        if details.lots is not None:
            named.append(f"{details.lots} lots")
        return tuple(named)


def get_evidence(session: Session, evidence_id: int, today: date) -> EvidenceRow | None:
    found = session.scalar(_loaded().where(Evidence.id == evidence_id))
    return None if found is None else _row(found, today)


def list_evidence_of_vendor(
    session: Session, organisation_id: int, today: date
) -> list[EvidenceRow]:
    """The vendor's papers, the soonest to expire first, those without a date last."""
    return _rows(session, Evidence.organisation_id == organisation_id, today)


def list_evidence_of_item(session: Session, item_id: int, today: date) -> list[EvidenceRow]:
    """The papers of the item, and those of its site or vendor that cover all items."""
    item = session.get_one(ManufacturerItem, item_id, options=[joinedload(ManufacturerItem.site)])
    covers = (Evidence.item_id == item_id) | (
        Evidence.item_id.is_(None)
        & (Evidence.organisation_id == item.site.organisation_id)
        & (Evidence.site_id.is_(None) | (Evidence.site_id == item.site_id))
    )
    return _rows(session, covers, today)


def next_expiries(session: Session, organisation_ids: Iterable[int]) -> dict[int, date]:
    """The earliest expiry date of each vendor, passed or to come."""
    earliest = (
        select(Evidence.organisation_id, func.min(Evidence.expires_on))
        .where(
            Evidence.organisation_id.in_(list(organisation_ids)), Evidence.expires_on.is_not(None)
        )
        .group_by(Evidence.organisation_id)
    )
    found = session.execute(earliest)
    return {number: expires_on for number, expires_on in found if expires_on is not None}


def _loaded() -> Select[Evidence]:
    return select(Evidence).options(
        joinedload(Evidence.organisation),
        joinedload(Evidence.item),
        joinedload(Evidence.site),
        joinedload(Evidence.document),
    )


def _rows(session: Session, condition: ColumnElement[bool], today: date) -> list[EvidenceRow]:
    found = session.scalars(
        _loaded()
        .where(condition)
        .order_by(Evidence.expires_on.is_(None), Evidence.expires_on, Evidence.id)
    )
    return [_row(evidence, today) for evidence in found]


def _row(evidence: Evidence, today: date) -> EvidenceRow:
    item, document = evidence.item, evidence.document
    return EvidenceRow(
        id=evidence.id,
        version=evidence.version,
        organisation_id=evidence.organisation_id,
        organisation_name=evidence.organisation.name,
        item_id=evidence.item_id,
        item_name=f"{item.name} ({item.catalogue_number})" if item else None,
        site_id=evidence.site_id,
        site_name=evidence.site.name if evidence.site else None,
        kind=evidence.kind,
        title=evidence.title,
        reference=evidence.reference,
        issued_by=evidence.issued_by,
        issued_on=evidence.issued_on,
        expires_on=evidence.expires_on,
        expiry=expiry(evidence.expires_on, today),
        document=DocumentRow(
            document.filename, document.media_type, document.sha256, document.size_bytes
        )
        if document
        else None,
        scope=evidence.scope,
        details=EvidenceDetails(
            result=evidence.result,
            manner=evidence.manner,
            consent=evidence.consent,
            region=evidence.region,
            change_notice_months=evidence.change_notice_months,
            lots=evidence.lots,
        ),
    )
