"""The review of a certificate: a person decides on each header field and each row.

The printed literals never change; only what was made of them does. Each field and row counts its
own versions, so that two reviewers disturb each other only where they work on the same one.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.certificates import DECIDED, ClaimState, may_be_confirmed_together
from supplier_qc.domain.measurement.dates import as_expiry, read_date
from supplier_qc.domain.people import Actor
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.domain.reported_results import typed_result, typing_problems
from supplier_qc.extraction.claims import DATE_FIELDS, HeaderField
from supplier_qc.persistence.tables.certificates import (
    Certificate,
    CertificateField,
    CertificateRow,
)
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.specifications import SpecificationLine
from supplier_qc.queries.certificate_review import PRINTED
from supplier_qc.services.certificate_proposal import (
    RowValues,
    day_order,
    proposed_field_value,
    proposed_row_values,
    take_item,
)
from supplier_qc.services.certificates import certificate_under_review
from supplier_qc.services.name_uses import taught_values
from supplier_qc.services.transaction import Change, changing, check_version

_LONGEST_FIELD = 300


@dataclass(frozen=True, slots=True)
class RowDecision:
    """The row as the reviewer wants it; `line_id` None makes it an extra test."""

    values: RowValues
    line_id: int | None


def choose_item(
    sessions: sessionmaker[Session],
    certificate_id: int,
    item_id: int,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Say which item the certificate is about; its rows are matched to our lines anew."""
    with changing(sessions, AuditAction.CERTIFICATE_MATCHED, actor=actor, now=now) as change:
        certificate = certificate_under_review(change, certificate_id)
        check_version(certificate, version)
        change.get(ManufacturerItem, item_id, "Item")
        take_item(change.session, certificate, item_id)


def state_conformity(
    sessions: sessionmaker[Session],
    certificate_id: int,
    *,
    holds_no_data: bool,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Say whether the paper only states that the lot conforms; nothing numeric rests on such."""
    action = AuditAction.CERTIFICATE_KIND_STATED
    with changing(sessions, action, actor=actor, now=now) as change:
        certificate = certificate_under_review(change, certificate_id)
        check_version(certificate, version)
        certificate.is_conformity_statement = holds_no_data


def decide_field(
    sessions: sessionmaker[Session],
    certificate_id: int,
    field_id: int,
    value: str | None,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Decide on one header value; a blank one states that the certificate does not give it.

    Raises Refused when a date is not one day, ChangedMeanwhile when another person was first.
    """
    action = AuditAction.CERTIFICATE_FIELD_DECIDED
    with changing(sessions, action, actor=actor, now=now) as change:
        certificate = certificate_under_review(change, certificate_id)
        field = _field_of(certificate, field_id)
        check_version(field, version)
        typed = " ".join((value or "").split())
        field.value = _checked_value(field.field, typed)
        field.state = _field_state(certificate, field)
        _sign_decision(field, change)


def confirm_clear_fields(
    sessions: sessionmaker[Session],
    certificate_id: int,
    field_ids: Collection[int],
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> int:
    """Confirm header values as they were read, in one go; returns how many.

    Of the fields named only those that were read clearly from printed text are taken; the rest
    stay open for a look at each. Rows are never confirmed together.
    """
    action = AuditAction.CERTIFICATE_FIELD_DECIDED
    with changing(sessions, action, actor=actor, now=now) as change:
        certificate = certificate_under_review(change, certificate_id)
        check_version(certificate, version)
        taken = [
            field
            for field in certificate.fields
            if field.id in field_ids and _is_clear(certificate, field)
        ]
        if not taken:
            raise Refused("No header value is clear enough to be confirmed without a look at it.")
        for field in taken:
            field.state = _field_state(certificate, field)
            _sign_decision(field, change)
        return len(taken)


def _is_clear(certificate: Certificate, field: CertificateField) -> bool:
    return (
        field.state is ClaimState.PROPOSED
        and field.value is not None
        and may_be_confirmed_together(
            field.confidence, is_printed_text=certificate.text_layer in PRINTED
        )
    )


def decide_row(
    sessions: sessionmaker[Session],
    certificate_id: int,
    row_id: int,
    decision: RowDecision,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Confirm a row as read, or correct it; refused with every reason that stands against it."""
    action = AuditAction.CERTIFICATE_ROW_DECIDED
    with changing(sessions, action, actor=actor, now=now) as change:
        certificate = certificate_under_review(change, certificate_id)
        row = _row_of(certificate, row_id)
        check_version(row, version)
        _apply(change, certificate, row, decision)
        row.state = _row_state(change.session, certificate, row)


def reject_row(
    sessions: sessionmaker[Session],
    certificate_id: int,
    row_id: int,
    note: str,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Set a row aside as no result of this lot; the note says why."""
    action = AuditAction.CERTIFICATE_ROW_DECIDED
    with changing(sessions, action, actor=actor, now=now) as change:
        certificate = certificate_under_review(change, certificate_id)
        row = _row_of(certificate, row_id)
        check_version(row, version)
        if not note.strip():
            raise Refused("Say why this row is no result; the note is kept with it.")
        row.note = note.strip()
        row.line_id = None
        row.state = ClaimState.REJECTED
        _sign_decision(row, change)


def add_row(
    sessions: sessionmaker[Session],
    certificate_id: int,
    decision: RowDecision,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Enter a row by hand beside the page image; returns its number."""
    with changing(sessions, AuditAction.CERTIFICATE_ROW_ADDED, actor=actor, now=now) as change:
        certificate = certificate_under_review(change, certificate_id)
        last = change.session.scalar(
            select(func.max(CertificateRow.position)).where(
                CertificateRow.certificate_id == certificate.id
            )
        )
        row = CertificateRow(position=(last or 0) + 1, literals={}, name="")
        _apply(change, certificate, row, decision)
        row.state = ClaimState.ENTERED
        certificate.rows.append(row)
        change.session.flush()  # the number is the answer
        return row.id


def _apply(
    change: Change, certificate: Certificate, row: CertificateRow, decision: RowDecision
) -> None:
    values = decision.values
    problems = [*typing_problems(values.result or "", values.unit)]
    if not values.name.strip():
        problems.append("A row needs the name of its test.")
    problems += _line_problems(change.session, certificate, row, decision.line_id)
    Refused.unless_empty(problems)
    typed = typed_result(values.result or "", values.unit)
    row.name = " ".join(values.name.split())
    row.method = _or_none(values.method)
    row.supplier_limit = _or_none(values.supplier_limit)
    row.result = typed.text
    row.unit = typed.unit
    row.supplier_verdict = _or_none(values.supplier_verdict)
    row.line_id = decision.line_id
    row.note = None
    _sign_decision(row, change)


def _line_problems(
    session: Session, certificate: Certificate, row: CertificateRow, line_id: int | None
) -> list[str]:
    if line_id is None:
        return []
    line = session.get(SpecificationLine, line_id)
    if line is None or line.specification_id != certificate.specification_id:
        return ["The chosen line is not one of the specification this certificate is judged by."]
    return [
        f"Row {other.position} ({other.name}) answers {line.attribute} already."
        for other in certificate.rows
        if other is not row and other.line_id == line_id and other.state in DECIDED
    ]


def _checked_value(field: str, typed: str) -> str | None:
    if len(typed) > _LONGEST_FIELD:
        raise Refused(f"At most {_LONGEST_FIELD} characters.")
    if not typed or HeaderField(field) not in DATE_FIELDS:
        return typed or None
    read = read_date(typed)
    day = as_expiry(read) if field in {"expiry_date", "retest_date"} else read.day
    if day is None:
        hint = read.note or "Write the date as year-month-day, for example 2027-03-31."
        raise Refused(f"“{typed}” is not one day. {hint}")
    return day.isoformat()


def _field_state(certificate: Certificate, field: CertificateField) -> ClaimState:
    """Confirmed as read, corrected, entered by hand, or stated to be absent."""
    if field.value is None:
        return ClaimState.REJECTED
    if field.literal is None:
        return ClaimState.ENTERED
    order = day_order({one.field: one.literal for one in certificate.fields})
    proposed = proposed_field_value(field.field, field.literal, day_first=order)
    return ClaimState.CONFIRMED if field.value == proposed else ClaimState.CORRECTED


def _row_state(session: Session, certificate: Certificate, row: CertificateRow) -> ClaimState:
    if not row.literals:
        return ClaimState.ENTERED
    read = proposed_row_values(row.literals, decimal_comma=certificate.decimal_comma)
    proposed = replace(read, **taught_values(session, row))
    decided = RowValues(
        row.name, row.method, row.supplier_limit, row.result, row.unit, row.supplier_verdict
    )
    return ClaimState.CONFIRMED if decided == proposed else ClaimState.CORRECTED


def _sign_decision(claim: CertificateField | CertificateRow, change: Change) -> None:
    claim.decided_by_id = change.actor.person_id
    claim.decided_at = change.now


def _field_of(certificate: Certificate, field_id: int) -> CertificateField:
    for field in certificate.fields:
        if field.id == field_id:
            return field
    raise NotFound("Header field", field_id)


def _row_of(certificate: Certificate, row_id: int) -> CertificateRow:
    for row in certificate.rows:
        if row.id == row_id:
            return row
    raise NotFound("Row", row_id)


def _or_none(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None
