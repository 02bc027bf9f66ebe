"""The piece of evidence that a confirmed statement of origin makes."""

from collections.abc import Mapping, Sequence
from datetime import date

from supplier_qc.domain.catalogue import EvidenceKind
from supplier_qc.domain.origin.statement_papers import StatementFact, fact_label, value_words
from supplier_qc.domain.origin.statement_states import StatementKind
from supplier_qc.persistence.tables.origin_statements import OriginStatement
from supplier_qc.persistence.tables.qualification import Evidence
from supplier_qc.services.transaction import Change

_LONGEST_SCOPE = 2_000
_LONGEST_TITLE = 200


def add_statement_evidence(
    change: Change,
    statement: OriginStatement,
    values: Sequence[tuple[StatementFact, str]],
    item_id: int | None,
) -> int:
    """Evidence of the vendor, or of one item of it; returns its number."""
    said = dict(reversed(values))
    evidence = Evidence(
        organisation_id=statement.organisation_id,
        item_id=item_id,
        kind=EvidenceKind(statement.kind),
        title=_title(statement, said),
        issued_by=said.get(StatementFact.ISSUER, "")[:200] or None,
        issued_on=_day(said.get(StatementFact.ISSUED_ON)),
        expires_on=_day(said.get(StatementFact.VALID_UNTIL)),
        reference=said.get(StatementFact.CEP, "")[:120] or None,
        scope=_scope(values),
        document_id=statement.document_id,
    )
    change.session.add(evidence)
    change.session.flush()  # its number stands on the statement
    return evidence.id


def _title(statement: OriginStatement, said: Mapping[StatementFact, str]) -> str:
    name = (
        "TSE statement"
        if statement.kind is StatementKind.TSE_STATEMENT
        else "Certificate of origin"
    )
    dated = said.get(StatementFact.ISSUED_ON)
    return f"{name}{f' of {dated}' if dated else ', undated'} (statement {statement.id})"[
        :_LONGEST_TITLE
    ]


def _scope(values: Sequence[tuple[StatementFact, str]]) -> str | None:
    """What it covers, fact by fact, as in "Species: bovine; Catalogue number: A-1, A-2"."""
    covers = (
        StatementFact.ALL_PRODUCTS,
        StatementFact.CATALOGUE_NUMBER,
        StatementFact.PRODUCT_NAME,
        StatementFact.LOT_NUMBER,
        StatementFact.SITE,
        StatementFact.SOURCE,
        StatementFact.DENIED_SOURCE,
    )
    parts = []
    for fact in covers:
        own = [value_words(fact, value) for name, value in values if name is fact]
        if own:
            parts.append(f"{fact_label(fact)}: {', '.join(own)}")
    return "; ".join(parts)[:_LONGEST_SCOPE] or None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
