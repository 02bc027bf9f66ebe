"""Rule T15: what a supplier's statement on origin leaves to be desired."""

import re
from collections.abc import Iterator
from datetime import date

from supplier_qc.domain.origin.cited_guidelines import revision_of
from supplier_qc.domain.origin.evidence_age import age_problem
from supplier_qc.domain.origin.facts import OriginComponent, Statement
from supplier_qc.domain.origin.findings import Findings, FiredRule
from supplier_qc.domain.origin.reference import ReferenceLists
from supplier_qc.domain.origin.vocabulary import IssuerRole

TSE_STATEMENT = "tse_statement"
# The row of the rule bases that names the guideline edition a statement is expected to cite.
GUIDELINE = "guideline"


def lint(component: OriginComponent, path: str, lists: ReferenceLists, on: date) -> Findings:
    """A finding and a gap for each statement with flaws."""
    fired = tuple(
        _rule(statement, problems, path, lists, on)
        for statement in component.statements
        if (problems := tuple(statement_problems(statement, lists, on)))
    )
    return Findings(fired, tuple(rule.sentence for rule in fired))


def _rule(
    statement: Statement, problems: tuple[str, ...], path: str, lists: ReferenceLists, on: date
) -> FiredRule:
    dated = statement.issued_on.isoformat() if statement.issued_on else "without a date"
    return FiredRule(
        rule_id="T15",
        component=path,
        facts=(f"statement: {dated}", *(f"problem: it {problem}" for problem in problems)),
        sentence=f"The statement ({dated}) is weak evidence: it {'; it '.join(problems)}.",
        citations=lists.basis("T15", on),
    )


def statement_problems(statement: Statement, lists: ReferenceLists, on: date) -> Iterator[str]:
    """Each a clause that follows `it …`."""
    age = age_problem(TSE_STATEMENT, statement.issued_on, lists, on)
    if age is not None:
        yield age
    if statement.issuer_role is not IssuerRole.MANUFACTURER:
        is_broker = statement.issuer_role is IssuerRole.BROKER
        yield "was issued by a broker" if is_broker else "does not say who issued it"
    if statement.covers_item is not True:
        yield "does not name our item"
    if statement.covers_site is not True:
        yield "does not name the site"
    if statement.is_signed is not True:
        yield "is not shown to be signed"
    edition = _edition_problem(statement.guideline_edition, lists, on)
    if edition is not None:
        yield edition


def _edition_problem(cited: str | None, lists: ReferenceLists, on: date) -> str | None:
    if cited is None:
        return "cites no edition of the guideline"
    current = lists.basis(GUIDELINE, on)
    if not current:
        return "cannot be judged for its guideline, because no edition is loaded"
    if _revision(cited) in {_revision(citation.edition) for citation in current}:
        return None
    return f"cites “{cited}”, while {current[-1].words()} is in force"


def _revision(text: str) -> str:
    """The revision number, else the text without spaces and case."""
    return revision_of(text) or re.sub(r"\s+", "", text).casefold()
