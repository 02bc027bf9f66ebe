"""What a review has found that is worth teaching, and what was taught already."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from supplier_qc.domain.certificate_checks import is_named_after
from supplier_qc.domain.certificates import DECIDED, CertificateState, ClaimState
from supplier_qc.domain.learned_names import (
    NameKind,
    TaughtName,
    VendorNames,
    means_the_same,
    name_problems,
    names_for_item,
    same_name,
)
from supplier_qc.domain.measurement.values import read_value
from supplier_qc.domain.specification.matching import normalised_name
from supplier_qc.persistence.tables.certificates import Certificate, CertificateRow
from supplier_qc.persistence.tables.learned_names import LearnedName
from supplier_qc.persistence.tables.specifications import SpecificationLine
from supplier_qc.queries.certificate_labels import FIELD_LABELS
from supplier_qc.queries.learned_names import LearnedNameRow, meaning_words, uses_on_certificate
from supplier_qc.queries.loaded_certificate import load_certificate
from supplier_qc.queries.taught_names import is_live, names_of_vendor


@dataclass(frozen=True, slots=True)
class NameOffer:
    """`standing` is what the word means by now, where it was taught as something else."""

    name: TaughtName
    standing: str | None

    @property
    def token(self) -> str:
        """What the form sends back; another word or meaning is another token."""
        return f"{self.name.kind.value}: {self.name.printed} → {self.name.meaning}"

    @property
    def meaning_words(self) -> str:
        return meaning_words(self.name.kind, self.name.meaning)


@dataclass(frozen=True, slots=True)
class LabelOffer:
    """A header value typed by hand; the label printed beside it can be taught."""

    field: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class CertificateNames:
    """`uses` are the taught names behind each row; `pending` counts open rows that would change.

    `new_labels` counts the header words taught since the file was read.
    """

    certificate_id: int
    version: int
    filename: str
    state: CertificateState
    item_id: int | None
    item_name: str | None
    vendor_id: int | None
    vendor: str | None
    offers: tuple[NameOffer, ...]
    labels: tuple[LabelOffer, ...]
    uses: Mapping[int, list[LearnedNameRow]]
    pending: int
    new_labels: int

    @property
    def teachable(self) -> tuple[NameOffer, ...]:
        return tuple(offer for offer in self.offers if offer.standing is None)

    @property
    def conflicts(self) -> tuple[NameOffer, ...]:
        return tuple(offer for offer in self.offers if offer.standing is not None)


def get_certificate_names(session: Session, certificate_id: int) -> CertificateNames | None:
    """The names of one certificate, or None when there is no such certificate.

    While it waits for a second person nothing is offered, since that person may be reading blind.
    """
    certificate = load_certificate(session, certificate_id)
    if certificate is None:
        return None
    item = certificate.item
    vendor = item.site.organisation if item else None
    lines = _lines(session, certificate)
    names = names_for_item(
        names_of_vendor(session, vendor.id) if vendor else [], certificate.item_id
    )
    is_shown = vendor is not None and certificate.state is not CertificateState.AWAITING_SECOND
    offers = _offers(certificate, lines, names, vendor.name) if vendor and is_shown else ()
    return CertificateNames(
        certificate_id=certificate.id,
        version=certificate.version,
        filename=certificate.document.filename,
        state=certificate.state,
        item_id=certificate.item_id,
        item_name=item.name if item else None,
        vendor_id=vendor.id if vendor else None,
        vendor=vendor.name if vendor else None,
        offers=tuple(offers),
        labels=tuple(_labels(certificate)) if is_shown else (),
        uses=uses_on_certificate(session, certificate.id),
        pending=_pending(certificate, lines, names),
        new_labels=_new_labels(session, certificate, vendor.id) if vendor else 0,
    )


def _lines(session: Session, certificate: Certificate) -> dict[int, str]:
    lines = session.execute(
        select(SpecificationLine.id, SpecificationLine.attribute).where(
            SpecificationLine.specification_id == certificate.specification_id
        )
    )
    return {number: attribute for number, attribute in lines}  # noqa: C416 -- rows, not pairs


def _offers(
    certificate: Certificate, lines: Mapping[int, str], names: VendorNames, vendor: str
) -> Iterator[NameOffer]:
    seen: set[tuple[NameKind, str, str]] = set()
    for name in _found(certificate, lines, vendor):
        standing = names.found(name.kind, name.printed)
        is_known = standing is not None and means_the_same(standing, name)
        place = (name.kind, name.printed, name.meaning)
        if is_known or place in seen or name_problems(name):
            continue
        seen.add(place)
        meaning = meaning_words(standing.kind, standing.meaning) if standing else None
        yield NameOffer(name, meaning)


def _found(certificate: Certificate, lines: Mapping[int, str], vendor: str) -> Iterator[TaughtName]:
    """What a person decided otherwise than it is printed."""
    ours = {normalised_name(attribute) for attribute in lines.values()}
    for row in certificate.rows:
        if row.state in DECIDED and row.literals:
            yield from _found_in(row, lines.get(row.line_id or 0), ours)
    for field in certificate.fields:
        is_issuer = field.field == "issuer" and field.state in DECIDED
        if is_issuer and field.literal and not is_named_after(field.literal, vendor):
            yield TaughtName(NameKind.LETTERHEAD, " ".join(field.literal.split()), vendor)


def _found_in(row: CertificateRow, attribute: str | None, ours: set[str]) -> Iterator[TaughtName]:
    printed = {name: " ".join(part["literal"].split()) for name, part in row.literals.items()}
    name, method = printed.get("name"), printed.get("method")
    if name and attribute and normalised_name(name) not in ours:
        yield TaughtName(NameKind.TEST_NAME, name, attribute)
    if method and row.method and not same_name(NameKind.METHOD, method, row.method):
        yield TaughtName(NameKind.METHOD, method, row.method)
    unit = _printed_unit(printed)
    if unit and row.unit and unit != row.unit:
        yield TaughtName(NameKind.UNIT, unit, row.unit)


def _printed_unit(printed: Mapping[str, str]) -> str | None:
    """The unit of its column, or what stands after the number."""
    if printed.get("unit"):
        return printed["unit"]
    return read_value(printed.get("result"), decimal_comma=None).unit_text


def _labels(certificate: Certificate) -> Iterator[LabelOffer]:
    for field in certificate.fields:
        if field.state is ClaimState.ENTERED and not field.literal and field.value:
            yield LabelOffer(field.field, FIELD_LABELS[field.field], field.value)


def _new_labels(session: Session, certificate: Certificate, vendor_id: int) -> int:
    if certificate.state is not CertificateState.PROPOSED or certificate.read_at is None:
        return 0
    counted = select(func.count(LearnedName.id)).where(
        LearnedName.organisation_id == vendor_id,
        LearnedName.kind == NameKind.HEADER_WORD,
        LearnedName.taught_at > certificate.read_at,
        is_live(),
    )
    return session.scalar(counted) or 0


def _pending(certificate: Certificate, lines: Mapping[int, str], names: VendorNames) -> int:
    """Open rows that a taught name would change, were they proposed now."""
    if certificate.state is not CertificateState.PROPOSED:
        return 0
    ours = {normalised_name(attribute) for attribute in lines.values()}
    answered = {row.line_id for row in certificate.rows if row.line_id}
    free = {lines[number] for number in lines if number not in answered}
    return sum(_would_change(row, free, ours, names) for row in certificate.rows)


def _would_change(row: CertificateRow, free: set[str], ours: set[str], names: VendorNames) -> bool:
    if row.state is not ClaimState.PROPOSED or row.decided_by_id is not None:
        return False
    test = names.found(NameKind.TEST_NAME, row.name)
    is_new_line = test is not None and row.line_id is None and normalised_name(row.name) not in ours
    if is_new_line and test is not None and test.meaning in free:
        return True
    taught = (
        names.found(NameKind.METHOD, row.method),
        names.found(NameKind.UNIT, row.unit),
    )
    return any(one is not None for one in taught)
