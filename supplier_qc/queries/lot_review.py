"""A lot with its results judged: one picture for the page, the release and the signature."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from supplier_qc.domain.certificates import CertificateState
from supplier_qc.domain.item_matching import bare_number
from supplier_qc.domain.lot_standing import LotStanding, StandingResult, answers, lot_standing
from supplier_qc.domain.lots import Disposition, LotReviewFacts, ResultSource
from supplier_qc.domain.second_person import kept_from_release
from supplier_qc.domain.signatures import SignedRecord
from supplier_qc.domain.specification.lines import LimitLine, limit_words
from supplier_qc.domain.specification.verdicts import Judgement
from supplier_qc.persistence.tables.certificates import (
    Certificate,
    CertificateField,
    CertificateRow,
)
from supplier_qc.persistence.tables.lots import Lot, LotResult
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Site
from supplier_qc.persistence.tables.people import Person
from supplier_qc.persistence.tables.specifications import Specification
from supplier_qc.queries.limit_lines import effective_specification, lines_by_specification

_UNDER_REVIEW = (
    CertificateState.QUEUED,
    CertificateState.READING,
    CertificateState.PROPOSED,
    CertificateState.AWAITING_SECOND,
)


@dataclass(frozen=True, slots=True)
class ResultRow:
    """`judgement` is None where the result answers none of our lines, or was withdrawn."""

    id: int
    attribute: str
    source: ResultSource
    literal: str
    text: str
    unit: str | None
    method: str | None
    tested_on: date | None
    limit: str | None
    judgement: Judgement | None
    is_identity_test: bool
    certificate_id: int | None
    certificate_row_id: int | None
    page: int | None
    recorded_by: str
    recorded_at: datetime
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawal_reason: str | None


@dataclass(frozen=True, slots=True)
class LotReview:
    id: int
    version: int
    item_id: int
    material_id: int
    item_name: str
    catalogue_number: str
    vendor_id: int
    vendor: str
    manufacturer_lot: str
    internal_number: str | None
    manufactured_on: date | None
    expires_on: date | None
    received_on: date | None
    disposition: Disposition
    covariates: dict[str, Any]
    specification_id: int | None
    specification_number: int | None
    number_in_force: int | None
    lines: tuple[LimitLine, ...]
    results: tuple[ResultRow, ...]
    standing: LotStanding
    open_certificates: int
    confirmed_by: frozenset[int]

    @property
    def label(self) -> str:
        return f"Lot {self.manufacturer_lot} of {self.item_name} ({self.catalogue_number})"

    @property
    def facts(self) -> LotReviewFacts:
        return LotReviewFacts(
            disposition=self.disposition,
            specification_version=self.specification_number,
            failed=self.standing.failed,
            not_evaluable=self.standing.not_evaluable,
            missing=self.standing.missing,
            identity_lines=self.standing.identity_lines,
            identity_tested_here=self.standing.identity_tested_here,
            identity_required=bool(self.standing.identity_lines),
            expires_on=self.expires_on,
            open_certificates=self.open_certificates,
        )

    @property
    def signed_record(self) -> SignedRecord:
        """All that a signature on the lot stands for; the disposition is the signature's meaning.

        A result added or withdrawn later, another date or another specification changes it.
        """
        return SignedRecord("lot", self.id, self.version, self._content())

    def _content(self) -> dict[str, object]:
        return {
            "item": self.item_id,
            "catalogue_number": self.catalogue_number,
            "lot": self.manufacturer_lot,
            "internal_number": self.internal_number,
            "manufactured_on": self.manufactured_on,
            "expires_on": self.expires_on,
            "received_on": self.received_on,
            "covariates": self.covariates,
            "specification": self.specification_number,
            "limits": [[line.attribute, limit_words(line)] for line in self.lines],
            "verdict": self.standing.verdict.value,
            "missing": list(self.standing.missing),
            "results": [_signed_result(result) for result in self.results],
        }


def get_lot_review(session: Session, lot_id: int) -> LotReview | None:
    """The lot as it stands, or None; eight statements whatever the number of results."""
    lot = session.scalar(
        select(Lot)
        .where(Lot.id == lot_id)
        .options(
            joinedload(Lot.item).joinedload(ManufacturerItem.site).joinedload(Site.organisation),
            selectinload(Lot.results),
        )
    )
    if lot is None:
        return None
    lines = lines_by_specification(session, [lot.specification_id])
    return _review(session, lot, lines.get(lot.specification_id or 0, ()))


def standing_of(lines: tuple[LimitLine, ...], results: list[LotResult]) -> LotStanding:
    """The standing by the results that count; what was withdrawn does not."""
    return lot_standing(
        lines,
        [
            StandingResult(one.id, one.attribute, one.source, one.result, one.unit)
            for one in results
            if one.withdrawn_at is None
        ],
    )


def _review(session: Session, lot: Lot, lines: tuple[LimitLine, ...]) -> LotReview:
    standing = standing_of(lines, lot.results)
    places, names = _places(session, lot), _names(session, lot)
    in_force = effective_specification(session, lot.item_id)
    organisation = lot.item.site.organisation
    return LotReview(
        id=lot.id,
        version=lot.version,
        item_id=lot.item_id,
        material_id=lot.item.material_id,
        item_name=lot.item.name,
        catalogue_number=lot.item.catalogue_number,
        vendor_id=organisation.id,
        vendor=organisation.name,
        manufacturer_lot=lot.manufacturer_lot,
        internal_number=lot.internal_number,
        manufactured_on=lot.manufactured_on,
        expires_on=lot.expires_on,
        received_on=lot.received_on,
        disposition=lot.disposition,
        covariates=dict(lot.covariates),
        specification_id=lot.specification_id,
        specification_number=_number(session, lot.specification_id),
        number_in_force=in_force.number if in_force else None,
        lines=lines,
        results=tuple(_row(one, lines, standing, places, names) for one in lot.results),
        standing=standing,
        open_certificates=_open_certificates(session, lot),
        confirmed_by=_kept_from_release(session, lot),
    )


def _row(
    result: LotResult,
    lines: tuple[LimitLine, ...],
    standing: LotStanding,
    places: dict[int, tuple[int, int | None]],
    names: dict[int, str],
) -> ResultRow:
    line = next((one for one in lines if answers(result.attribute, one)), None)
    certificate_id, page = places.get(result.certificate_row_id or 0, (None, None))
    return ResultRow(
        id=result.id,
        attribute=line.attribute if line else result.attribute,
        source=result.source,
        literal=result.literal,
        text=result.result,
        unit=result.unit,
        method=result.method,
        tested_on=result.tested_on,
        limit=limit_words(line) if line else None,
        judgement=standing.judgements.get(result.id),
        is_identity_test=line.is_identity_test if line else False,
        certificate_id=certificate_id,
        certificate_row_id=result.certificate_row_id,
        page=page,
        recorded_by=names[result.recorded_by_id],
        recorded_at=result.recorded_at,
        withdrawn_at=result.withdrawn_at,
        withdrawn_by=names.get(result.withdrawn_by_id or 0),
        withdrawal_reason=result.withdrawal_reason,
    )


def _places(session: Session, lot: Lot) -> dict[int, tuple[int, int | None]]:
    """Certificate and page of every result that came from one, by the certificate's row."""
    rows = [one.certificate_row_id for one in lot.results if one.certificate_row_id is not None]
    found = session.execute(
        select(CertificateRow.id, CertificateRow.certificate_id, CertificateRow.literals).where(
            CertificateRow.id.in_(rows)
        )
    )
    return {number: (certificate, _page(literals)) for number, certificate, literals in found}


def _names(session: Session, lot: Lot) -> dict[int, str]:
    people = {result.recorded_by_id for result in lot.results}
    people |= {result.withdrawn_by_id for result in lot.results if result.withdrawn_by_id}
    found = session.execute(select(Person.id, Person.full_name).where(Person.id.in_(people)))
    return {number: name for number, name in found}  # noqa: C416 -- rows, not pairs


def _page(literals: dict[str, Any]) -> int | None:
    boxes = [part["box"] for part in literals.values() if part and part.get("box")]
    return boxes[0]["page"] if boxes else None


def _number(session: Session, specification_id: int | None) -> int | None:
    if specification_id is None:
        return None
    return session.scalar(select(Specification.number).where(Specification.id == specification_id))


def _kept_from_release(session: Session, lot: Lot) -> frozenset[int]:
    readers = session.execute(
        select(Certificate.first_read_by_id, Certificate.confirmed_by_id).where(
            Certificate.lot_id == lot.id
        )
    )
    kept = {kept_from_release(first, second) for first, second in readers}
    return frozenset(number for number in kept if number is not None)


def _open_certificates(session: Session, lot: Lot) -> int:
    """Certificates still under review whose header names this lot."""
    named = session.scalars(
        select(CertificateField.value)
        .join(Certificate)
        .where(
            Certificate.item_id == lot.item_id,
            Certificate.state.in_(_UNDER_REVIEW),
            CertificateField.field == "lot_number",
        )
    )
    return sum(bare_number(value) == bare_number(lot.manufacturer_lot) for value in named)


def _signed_result(result: ResultRow) -> dict[str, object]:
    return {
        "id": result.id,
        "attribute": result.attribute,
        "source": result.source.value,
        "literal": result.literal,
        "result": result.text,
        "unit": result.unit,
        "verdict": result.judgement.verdict.value if result.judgement else None,
        "withdrawn": result.withdrawn_at is not None,
    }
