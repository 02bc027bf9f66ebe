"""The header of a certificate under review, against the item, other certificates and the lot."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.catalogue import MAKERS, OrganisationRole
from supplier_qc.domain.certificate_changes.findings import Severity
from supplier_qc.domain.certificate_checks import (
    ChosenItem,
    ConfirmationFacts,
    HeaderFacts,
    HeaderFinding,
    OnFile,
    OtherCertificate,
    confirmation_blockers,
    header_findings,
)
from supplier_qc.domain.certificates import DECIDED, CertificateState, ClaimState
from supplier_qc.domain.item_matching import bare_number
from supplier_qc.domain.measurement.dates import read_date
from supplier_qc.persistence.tables.certificates import Certificate, CertificateField
from supplier_qc.persistence.tables.intake import CertificateReissue
from supplier_qc.persistence.tables.lots import Lot
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Organisation, OrganisationRoleHeld
from supplier_qc.queries.certificate_facts import find_inconsistencies
from supplier_qc.queries.certificate_labels import (
    FIELD_LABELS,
)
from supplier_qc.queries.certificate_reissues import list_reissue_blockers
from supplier_qc.queries.limit_lines import effective_specification
from supplier_qc.queries.taught_names import letterheads


@dataclass(frozen=True, slots=True)
class HeaderReview:
    """`findings` do not stop a confirmation but need a reason; `blockers` stop it."""

    facts: HeaderFacts
    findings: tuple[HeaderFinding, ...]
    contradictions: tuple[str, ...]
    blockers: tuple[str, ...]
    lot_id: int | None


def header_values(certificate: Certificate) -> dict[str, str]:
    """The values that stand: decided, or proposed and not yet decided."""
    return {
        field.field: field.value
        for field in certificate.fields
        if field.value and field.state is not ClaimState.REJECTED
    }


def header_facts(certificate: Certificate) -> HeaderFacts:
    values = header_values(certificate)
    return HeaderFacts(
        issuer=values.get("issuer"),
        product_name=values.get("product_name"),
        catalogue_number=values.get("catalog_number"),
        lot_number=values.get("lot_number"),
        manufactured_on=_day(values.get("manufacture_date")),
        expires_on=_day(values.get("expiry_date")) or _day(values.get("retest_date")),
        lots_seen=tuple(certificate.lots_seen),
        site=values.get("site"),
    )


def review_header(session: Session, certificate: Certificate, today: date) -> HeaderReview:
    """Everything that is to be said about the certificate as a whole."""
    facts = header_facts(certificate)
    others = _others_of_the_lot(session, certificate, facts.lot_number)
    lots = _lots_of_the_item(session, certificate)
    lot = _recorded_lot(lots, facts.lot_number)
    on_file = OnFile([one.manufacturer_lot for one in lots], _brokers(session))
    return HeaderReview(
        facts=facts,
        findings=header_findings(facts, _chosen(session, certificate.item), others, today, on_file),
        contradictions=_contradictions(certificate, today),
        blockers=(
            *confirmation_blockers(_confirmation_facts(session, certificate, facts)),
            *_lot_blockers(lot, facts),
            *list_reissue_blockers(session, certificate, facts.lot_number),
        ),
        lot_id=lot.id if lot else None,
    )


def _chosen(session: Session, item: ManufacturerItem | None) -> ChosenItem | None:
    if item is None:
        return None
    return ChosenItem(
        catalogue_number=item.catalogue_number,
        names=(item.name, item.material.name),
        maker=item.site.organisation.name,
        site=f"{item.site.name}, {' '.join(item.site.address.split())}",
        letterheads=letterheads(session).get(item.site.organisation_id, ()),
    )


def _brokers(session: Session) -> list[str]:
    """Organisations that distribute and make nothing."""
    found = session.execute(
        select(Organisation.name, OrganisationRoleHeld.role)
        .join(OrganisationRoleHeld)
        .order_by(Organisation.name)
    )
    roles: dict[str, set[OrganisationRole]] = defaultdict(set)
    for name, role in found:
        roles[name].add(role)
    return [
        name
        for name, held in roles.items()
        if OrganisationRole.DISTRIBUTOR in held and not MAKERS & held
    ]


def _others_of_the_lot(
    session: Session, certificate: Certificate, lot_number: str | None
) -> list[OtherCertificate]:
    if certificate.item_id is None or not bare_number(lot_number):
        return []
    found = session.execute(
        select(Certificate.id, Certificate.state, CertificateField.value)
        .join(CertificateField)
        .where(
            Certificate.item_id == certificate.item_id,
            Certificate.id != certificate.id,
            Certificate.id != (certificate.replaces_id or 0),
            Certificate.id.not_in(select(CertificateReissue.replaced_id)),
            Certificate.state != CertificateState.REJECTED,
            CertificateField.field == "lot_number",
        )
        .order_by(Certificate.id)
    )
    return [
        OtherCertificate(number, state is CertificateState.CONFIRMED)
        for number, state, value in found
        if bare_number(value) == bare_number(lot_number)
    ]


def _lots_of_the_item(session: Session, certificate: Certificate) -> Sequence[Lot]:
    if certificate.item_id is None:
        return ()
    lots = select(Lot).where(Lot.item_id == certificate.item_id).order_by(Lot.id)
    return session.scalars(lots).all()


def _recorded_lot(lots: Sequence[Lot], lot_number: str | None) -> Lot | None:
    """The lot of this number, dashes and spaces ignored."""
    wanted = bare_number(lot_number)
    same = (lot for lot in lots if wanted and bare_number(lot.manufacturer_lot) == wanted)
    return next(same, None)


def _lot_blockers(lot: Lot | None, facts: HeaderFacts) -> tuple[str, ...]:
    """What is recorded of the lot already and contradicts this certificate."""
    if lot is None:
        return ()
    blockers = []
    if lot.manufacturer_lot != facts.lot_number:
        blockers.append(
            f"The lot is recorded as {lot.manufacturer_lot}, the certificate says "
            f"{facts.lot_number}; use one spelling."
        )
    pairs = (
        ("expiry", lot.expires_on, facts.expires_on),
        ("manufacture", lot.manufactured_on, facts.manufactured_on),
    )
    for word, recorded, stated in pairs:
        if recorded is not None and stated is not None and recorded != stated:
            blockers.append(
                f"The lot is recorded with {word} {recorded.isoformat()}, the certificate says "
                f"{stated.isoformat()}; correct one of them first."
            )
    return tuple(blockers)


def _confirmation_facts(
    session: Session, certificate: Certificate, facts: HeaderFacts
) -> ConfirmationFacts:
    in_force = effective_specification(session, certificate.item_id)
    return ConfirmationFacts(
        has_item=certificate.item_id is not None,
        lot_number=facts.lot_number,
        expires_on=facts.expires_on,
        manufactured_on=facts.manufactured_on,
        open_fields=tuple(
            FIELD_LABELS[field.field]
            for field in certificate.fields
            if field.state is ClaimState.PROPOSED and (field.literal or field.value)
        ),
        open_rows=sum(row.state is ClaimState.PROPOSED for row in certificate.rows),
        result_rows=sum(row.state in DECIDED for row in certificate.rows),
        is_specification_current=certificate.specification_id
        == (in_force.id if in_force else None),
    )


def _contradictions(certificate: Certificate, today: date) -> tuple[str, ...]:
    """The certain ones; what is only a question stands with the changes."""
    return tuple(
        found.sentence
        for found in find_inconsistencies(certificate, today)
        if found.severity is not Severity.NOTICE
    )


def _day(value: str | None) -> date | None:
    return read_date(value).day if value else None
