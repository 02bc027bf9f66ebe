"""Statements of origin for tests, made by the real services from what a reader found."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.certificates import ClaimState
from supplier_qc.domain.origin.statement_papers import StatementFact as F
from supplier_qc.extraction.claims import (
    Box,
    Claim,
    DocumentKind,
    DocumentReading,
    MentionKind,
    OriginMention,
    StatementClaim,
)
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import OriginStatement
from supplier_qc.queries.statement_findings import load_statements
from supplier_qc.services.installation import Installation
from supplier_qc.services.statements import confirm_statement, decide_value, take_as_statement
from tests.conftest import NOW
from tests.lot_factories import BEN, document_reading, get_certificate, make_proposal

SAID = (
    (F.ISSUER, "Aspen Reagents", "Aspen Reagents GmbH"),
    (F.ISSUER_ROLE, "manufacturer", "we manufacture"),
    (F.ISSUED_ON, "2026-04-01", "1 April 2026"),
    (F.VALID_UNTIL, "2028-03-31", "31 March 2028"),
    (F.SIGNATURE, "signed", "Ida Berg"),
    (F.SOURCE, "cattle", "made of bovine blood"),
    (F.TISSUE, "blood", "blood"),
    (F.COUNTRY_OF_ORIGIN, "NZ", "New Zealand"),
    (F.GUIDELINE, "EMA/410/01 rev. 3", "EMA/410/01 rev. 3"),
)
"""What the paper says: fact, value, and the words on the page."""

BOX = Box(1, 50.0, 100.0, 120.0, 112.0)


def statement_reading(
    *further: tuple[F, str, str], said: Sequence[tuple[F, str, str]] = SAID, **changes: Any
) -> DocumentReading:
    claims = tuple(
        StatementClaim(fact, value, Claim(literal, BOX, 0.9, "in a sentence"))
        for fact, value, literal in (*said, *further)
    )
    values: dict[str, Any] = {
        "kind": DocumentKind.SUPPLIER_STATEMENT,
        "kind_evidence": ("title “TSE Statement”",),
        "statement": claims,
    }
    return document_reading((), {}, **(values | changes))


def mention(source: str, literal: str, *, is_denied: bool = False) -> OriginMention:
    kind = MentionKind.DENIED if is_denied else MentionKind.STATED
    return OriginMention(source, kind, literal, BOX)


def make_statement(
    installation: Installation,
    *further: tuple[F, str, str],
    found: DocumentReading | None = None,
) -> int:
    """A statement under review; `further` is what it says beside SAID."""
    found = found or statement_reading(*further)
    certificate_id = make_proposal(installation, found)
    return take_as_statement(
        installation.sessions,
        certificate_id,
        version=get_certificate(installation.sessions, certificate_id).version,
        actor=BEN,
        now=NOW,
    )


def get_statement(sessions: sessionmaker[Session], statement_id: int) -> OriginStatement:
    """With its fields, its items and their sites."""
    with reading(sessions) as session:
        (statement,) = load_statements(session, [statement_id])
        return statement


def decide_all(sessions: sessionmaker[Session], statement_id: int) -> None:
    """Confirm every value as it is proposed; what was not read is not stated."""
    for field in get_statement(sessions, statement_id).fields:
        if field.state is ClaimState.PROPOSED:
            decide_value(
                sessions,
                statement_id,
                field.id,
                field.value or "",
                version=field.version,
                actor=BEN,
                now=NOW,
            )


def make_confirmed_statement(installation: Installation, *further: tuple[F, str, str]) -> int:
    number = make_statement(installation, *further)
    decide_all(installation.sessions, number)
    version = get_statement(installation.sessions, number).version
    confirm_statement(installation.sessions, number, version=version, actor=BEN, now=NOW)
    return number
