"""Pieces of evidence, and every reason why one does not count for a row of the policy."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from supplier_qc.domain.catalogue import (
    AuditManner,
    EvidenceKind,
    EvidenceResult,
    Region,
    label,
)
from supplier_qc.domain.entered_text import compared
from supplier_qc.domain.months import months_after
from supplier_qc.domain.qualification.evidence_policy import (
    NEEDS_STATED_END,
    WITH_RESULT,
    EvidencePolicy,
    RequirementKind,
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A piece of evidence as the rules take it."""

    id: int
    kind: EvidenceKind
    title: str
    issued_on: date | None = None
    expires_on: date | None = None
    result: EvidenceResult | None = None
    manner: AuditManner | None = None
    lots: int | None = None
    change_notice_months: int | None = None
    region: Region | None = None


def standing_refusal(papers: Iterable[Paper], sound: Iterable[Paper]) -> Paper | None:
    """An unsatisfactory paper that no later sound one outweighs: an older good one does not.

    A questionnaire is outweighed by one of its own title alone: another one asks something else.
    """
    for one in papers:
        if one.result is EvidenceResult.UNSATISFACTORY and not any(
            _outweighs(later, one) for later in sound
        ):
            return one
    return None


def _outweighs(later: Paper, one: Paper) -> bool:
    is_alike = one.kind is not EvidenceKind.QUESTIONNAIRE or compared(later.title) == compared(
        one.title
    )
    return is_alike and (later.issued_on or date.min, later.id) > (
        one.issued_on or date.min,
        one.id,
    )


def last_day(paper: Paper, policy: EvidencePolicy) -> date | None:
    """The last day a paper counts: its own, or the policy's if that is sooner."""
    ends = [] if paper.expires_on is None else [paper.expires_on]
    if policy.validity_months is not None and paper.issued_on is not None:
        ends.append(months_after(paper.issued_on, policy.validity_months) - timedelta(days=1))
    return min(ends, default=None)


_MANNERS = tuple(AuditManner)


def faults_of(paper: Paper, policy: EvidencePolicy, today: date) -> list[str]:
    """Every reason why a paper does not count; its age is judged apart."""
    faults = []
    if paper.issued_on is None and policy.validity_months is not None:
        faults.append("its day of issue is not recorded")
    if paper.issued_on is not None and paper.issued_on > today:
        faults.append(f"it is dated {paper.issued_on.isoformat()}, which is still to come")
    if policy.kind in NEEDS_STATED_END and last_day(paper, policy) is None:
        faults.append("it does not say until when it holds")
    if paper.kind in WITH_RESULT and paper.result is None:
        faults.append("its result is not recorded")
    if paper.result is EvidenceResult.UNSATISFACTORY:
        faults.append("its result was unsatisfactory")
    return faults + _shortfalls(paper, policy)


def _shortfalls(paper: Paper, policy: EvidencePolicy) -> list[str]:
    faults = []
    if policy.manner is not None and paper.kind is EvidenceKind.AUDIT_REPORT:
        asked = label(policy.manner).lower()
        if paper.manner is None:
            faults.append(f"how it was done is not recorded ({asked} is asked for)")
        elif _manner_rank(paper.manner) < _manner_rank(policy.manner):
            faults.append(f"it was done {_done(paper.manner)}, {asked} is asked for")
    if policy.minimum is not None and policy.kind is RequirementKind.QUALIFICATION_LOTS:
        faults += _too_few(paper.lots, policy.minimum, "lots")
    if policy.minimum is not None and policy.kind is RequirementKind.CHANGE_NOTIFICATION:
        faults += _too_few(paper.change_notice_months, policy.minimum, "months of notice")
    return faults


def _manner_rank(manner: AuditManner) -> int:
    return _MANNERS.index(AuditManner.ON_SITE if manner is AuditManner.SHARED else manner)


def _done(manner: AuditManner) -> str:
    return "on paper" if manner is AuditManner.PAPER else "remotely"


def _too_few(found: int | None, asked: int, what: str) -> list[str]:
    if found is None:
        return [f"the number of {what} is not recorded ({asked} are asked for)"]
    return [f"{found} {what}, {asked} are asked for"] if found < asked else []
