"""Statements of origin: taken up from a paper, decided value by value, confirmed as evidence."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.attributes import flag_modified

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.certificates import CertificateState, ClaimState
from supplier_qc.domain.origin.statement_papers import (
    CORE,
    SEVERAL,
    StatementFact,
    fact_label,
    value_problems,
    value_words,
)
from supplier_qc.domain.origin.statement_states import StatementKind, StatementState
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.refusals import NotFound, NotPermitted, Refused
from supplier_qc.domain.uploads import STRUCTURED
from supplier_qc.extraction.claims import DocumentKind, StatementClaim
from supplier_qc.persistence.tables.certificates import Certificate
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.origin_statements import (
    DocumentOrigin,
    OriginStatement,
    OriginStatementField,
    OriginStatementItem,
)
from supplier_qc.persistence.tables.parties import Organisation, Site
from supplier_qc.queries.statement_coverage import (
    blockers_of,
    proposed_coverage,
    standing_values,
)
from supplier_qc.services.certificates import certificate_under_review
from supplier_qc.services.statement_evidence import add_statement_evidence
from supplier_qc.services.transaction import Change, changing, check_version


@dataclass(frozen=True, slots=True)
class Coverage:
    """What kind of paper of which vendor it is, and the items that it is to cover.

    `items` says for each item whether the paper names its site; None: nobody has said.
    """

    kind: StatementKind
    vendor_id: int
    items: Mapping[int, bool | None]


def take_as_statement(
    sessions: sessionmaker[Session],
    certificate_id: int,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> int:
    """Take up a paper that came as a certificate as a statement of origin, in its stead.

    The certificate is set aside. What was read of the paper is proposed for review; a paper that
    could not be read leaves its values to be entered by hand. Returns the statement's number.
    """
    _check_permission(actor)
    reason = "Taken up as a statement of origin."
    action = AuditAction.STATEMENT_TAKEN
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        certificate = certificate_under_review(change, certificate_id)
        check_version(certificate, version)
        _refuse_what_is_none(change, certificate)
        statement = OriginStatement(
            document=certificate.document,
            certificate_id=certificate.id,
            state=StatementState.PROPOSED,
            kind=_kind_of(certificate),
            taken_by_id=change.actor.person_id,
            taken_at=now,
            page_sizes=list(certificate.page_sizes),
        )
        statement.fields.extend(_fields(change.session, certificate.document_id))
        proposal = proposed_coverage(change.session, statement.fields, certificate.item_id)
        statement.organisation_id = proposal.vendor_id
        statement.items.extend(
            OriginStatementItem(item_id=item_id, names_site=named)
            for item_id, named in proposal.items.items()
        )
        change.session.add(statement)
        certificate.state = CertificateState.REJECTED
        change.session.flush()  # the number is the audit entry's subject
        change.about(statement, _label(statement))
        return statement.id


def decide_value(
    sessions: sessionmaker[Session],
    statement_id: int,
    field_id: int,
    value: str,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Decide on one value; a blank one says that the paper does not state it."""
    action = AuditAction.STATEMENT_FIELD_DECIDED
    with changing(sessions, action, actor=actor, now=now) as change:
        statement = _under_review(change, statement_id)
        field = next((one for one in statement.fields if one.id == field_id), None)
        if field is None:
            raise NotFound("Value", field_id)
        check_version(field, version)
        typed = " ".join(value.split())
        Refused.unless_empty(value_problems(field.fact, typed))
        field.state = _state(field, typed)
        field.value = typed or None
        _sign(change, field)
        _touch(statement)


def add_value(
    sessions: sessionmaker[Session],
    statement_id: int,
    fact: StatementFact,
    value: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Enter what stands on the paper and was not read."""
    action = AuditAction.STATEMENT_FIELD_ADDED
    with changing(sessions, action, actor=actor, now=now) as change:
        statement = _under_review(change, statement_id)
        typed = " ".join(value.split())
        Refused.unless_empty(_addition_problems(statement, fact, typed))
        field = OriginStatementField(
            statement=statement, fact=fact, value=typed, state=ClaimState.ENTERED
        )
        _sign(change, field)
        change.session.add(field)
        _touch(statement)


def state_coverage(
    sessions: sessionmaker[Session],
    statement_id: int,
    coverage: Coverage,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Say whose paper it is, of which kind, and which of our items it is to cover."""
    action = AuditAction.STATEMENT_COVERAGE_STATED
    with changing(sessions, action, actor=actor, now=now) as change:
        statement = _under_review(change, statement_id)
        check_version(statement, version)
        vendor = change.get(Organisation, coverage.vendor_id, "Vendor")
        Refused.unless_empty(_coverage_problems(change.session, vendor, coverage.items))
        statement.kind, statement.organisation_id = coverage.kind, vendor.id
        _set_items(statement, coverage.items)
        _touch(statement)


def confirm_statement(
    sessions: sessionmaker[Session],
    statement_id: int,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """End the review: the paper stands as evidence for each item that it covers.

    A paper on all products of its vendor makes one piece of evidence for the vendor. What is held
    against the paper does not stop it; it stays weak evidence, and the findings stay on view.
    """
    action = AuditAction.STATEMENT_CONFIRMED
    with changing(sessions, action, actor=actor, now=now) as change:
        statement = _under_review(change, statement_id)
        check_version(statement, version)
        Refused.unless_empty(blockers_of(statement))
        values = standing_values(statement.fields)
        if any(fact is StatementFact.ALL_PRODUCTS for fact, _ in values):
            statement.evidence_id = add_statement_evidence(change, statement, values, None)
        else:
            for row in statement.items:
                row.evidence_id = add_statement_evidence(change, statement, values, row.item_id)
        statement.state = StatementState.CONFIRMED
        statement.confirmed_by_id, statement.confirmed_at = change.actor.person_id, now


def reject_statement(
    sessions: sessionmaker[Session],
    statement_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Set the paper aside; it is kept, and the same file may come in once more."""
    action = AuditAction.STATEMENT_REJECTED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        statement = _under_review(change, statement_id)
        check_version(statement, version)
        statement.state = StatementState.REJECTED


# --- taking up ------------------------------------------------------------------------------------


def _check_permission(actor: Actor) -> None:
    if actor.person_id is None or not actor.may(Permission.EDIT_ORIGIN):
        raise NotPermitted("Your roles do not include the origin of materials.")


def _refuse_what_is_none(change: Change, certificate: Certificate) -> None:
    problems = []
    if certificate.lot_part:
        problems.append("This is one lot of a file that was split; it is a certificate.")
    if certificate.document.media_type in STRUCTURED:
        problems.append("Results sent as data are no statement of origin.")
    standing = change.session.scalar(
        select(OriginStatement.id).where(
            OriginStatement.document_id == certificate.document_id,
            OriginStatement.state != StatementState.REJECTED,
        )
    )
    if standing is not None:
        problems.append(f"The same paper is statement {standing} already.")
    Refused.unless_empty(problems)


def _kind_of(certificate: Certificate) -> StatementKind:
    if certificate.document_kind == DocumentKind.CERTIFICATE_OF_ORIGIN:
        return StatementKind.CERTIFICATE_OF_ORIGIN
    return StatementKind.TSE_STATEMENT


def _fields(session: Session, document_id: int) -> Iterator[OriginStatementField]:
    found = session.scalar(select(DocumentOrigin).where(DocumentOrigin.document_id == document_id))
    claims = [StatementClaim.from_json(one) for one in found.claims] if found else []
    for fact in StatementFact:
        own = [claim for claim in claims if claim.fact is fact]
        for claim in own:
            yield _field(claim)
        if not own and fact in CORE:
            yield OriginStatementField(fact=fact, state=ClaimState.PROPOSED)


def _field(read: StatementClaim) -> OriginStatementField:
    return OriginStatementField(
        fact=read.fact,
        literal=read.claim.literal,
        box=read.claim.box.to_json() if read.claim.box else None,
        confidence=read.claim.confidence,
        rule=read.claim.rule[:60],
        value=read.value or None,
        state=ClaimState.PROPOSED,
    )


# --- deciding -------------------------------------------------------------------------------------


def _under_review(change: Change, statement_id: int) -> OriginStatement:
    """The statement, locked until the change ends, as the subject of the change."""
    _check_permission(change.actor)
    statement = change.get(OriginStatement, statement_id, "Statement")
    change.session.refresh(statement, with_for_update=True)
    change.about(statement, _label(statement))
    if statement.state is not StatementState.PROPOSED:
        raise Refused(
            f"Statement {statement.id} is {statement.state.value}; it can be worked on only while "
            "it is under review."
        )
    return statement


def _state(field: OriginStatementField, typed: str) -> ClaimState:
    if not typed:
        return ClaimState.REJECTED
    if field.literal is None:
        return ClaimState.ENTERED
    proposed = field.state in {ClaimState.PROPOSED, ClaimState.CONFIRMED}
    return ClaimState.CONFIRMED if proposed and field.value == typed else ClaimState.CORRECTED


def _touch(statement: OriginStatement) -> None:
    """Count a version although only its values or items changed.

    Whoever confirms the statement, or sets it aside, has seen another one otherwise.
    """
    flag_modified(statement, "kind")


def _sign(change: Change, field: OriginStatementField) -> None:
    field.decided_by_id, field.decided_at = change.actor.person_id, change.now


def _addition_problems(
    statement: OriginStatement, fact: StatementFact, typed: str
) -> Iterator[str]:
    yield from value_problems(fact, typed)
    own = [one for one in statement.fields if one.fact is fact]
    if not typed:
        yield f"Type what the paper says: {fact_label(fact).lower()}."
    elif fact not in SEVERAL and own:
        yield f"{fact_label(fact)} stands above already; decide on it there."
    elif any(one.value == typed for one in own):
        yield f"{fact_label(fact)} {value_words(fact, typed)} stands above already."


def _set_items(statement: OriginStatement, wanted: Mapping[int, bool | None]) -> None:
    known = {one.item_id: one for one in statement.items}
    for item_id, row in known.items():
        if item_id not in wanted:
            statement.items.remove(row)
    for item_id, named in wanted.items():
        if item_id in known:
            known[item_id].names_site = named
        else:
            statement.items.append(OriginStatementItem(item_id=item_id, names_site=named))


def _coverage_problems(
    session: Session, vendor: Organisation, item_ids: Collection[int]
) -> Iterator[str]:
    made_here = set(
        session.scalars(
            select(ManufacturerItem.id)
            .join(ManufacturerItem.site)
            .where(Site.organisation_id == vendor.id, ManufacturerItem.id.in_(item_ids))
        )
    )
    if set(item_ids) - made_here:
        yield f"An item on the list is not made by {vendor.name}."


def _label(statement: OriginStatement) -> str:
    return f"Statement {statement.id} ({statement.document.filename})"
