"""Statements of origin of the story: one confirmed, one that waits for its review."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from supplier_qc.demo.seed_context import Event, Seeding
from supplier_qc.demo.statement_papers import StatementPaper, brokers_statement, makers_statement
from supplier_qc.domain.certificates import ClaimState
from supplier_qc.domain.refusals import NotFound
from supplier_qc.persistence.tables import Certificate, OriginStatement
from supplier_qc.services.certificates import upload_certificate
from supplier_qc.services.file_reading import read_stored_file
from supplier_qc.services.reading_queue import claim_next, record_reading
from supplier_qc.services.statements import confirm_statement, decide_value, take_as_statement


def events(seeding: Seeding) -> Iterator[Event]:
    """After the certificates of the day, which the tour names by their numbers."""
    yield Event(
        seeding.today, partial(_confirmed, seeding, makers_statement(seeding.today)), hour=8
    )
    yield Event(seeding.today, partial(_taken, seeding, brokers_statement(seeding.today)), hour=8)


def _confirmed(seeding: Seeding, paper: StatementPaper, now: datetime) -> None:
    number = _taken(seeding, paper, now)
    with seeding.installation.reading() as session:
        fields = [
            (one.id, one.value or "", one.version)
            for one in session.get_one(OriginStatement, number).fields
            if one.state is ClaimState.PROPOSED
        ]
    for field_id, value, version in fields:
        decide_value(
            seeding.sessions,
            number,
            field_id,
            value,
            version=version,
            actor=seeding.actor("ben"),
            now=now,
        )
    with seeding.installation.reading() as session:
        version = session.get_one(OriginStatement, number).version
    confirm_statement(
        seeding.sessions, number, version=version, actor=seeding.actor("ben"), now=now
    )


def _taken(seeding: Seeding, paper: StatementPaper, now: datetime) -> int:
    """Upload and read the paper, then take it up; returns the number of the statement."""
    certificate_id = upload_certificate(
        seeding.sessions,
        seeding.installation.documents,
        paper.file_name,
        paper.pdf,
        actor=seeding.actor("ana"),
        now=now,
    )
    claim = claim_next(seeding.sessions, now, only=certificate_id)
    if claim is None:
        raise NotFound("A waiting certificate", certificate_id)
    reading = read_stored_file(seeding.installation, claim.sha256)
    record_reading(seeding.sessions, claim, reading, now=now)
    with seeding.installation.reading() as session:
        version = session.get_one(Certificate, certificate_id).version
    return take_as_statement(
        seeding.sessions, certificate_id, version=version, actor=seeding.actor("ben"), now=now
    )
