"""What a new policy row would change: which sources become due, which may no longer be bought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from supplier_qc.domain.qualification.buying import BuyVerdict, may_buy
from supplier_qc.domain.qualification.evidence_policy import EvidencePolicy, with_row
from supplier_qc.domain.qualification.requirements import due_reasons, requirements
from supplier_qc.domain.qualification.states import APPROVALS
from supplier_qc.persistence.tables.qualification import Qualification
from supplier_qc.queries.evidence_policy import list_evidence_policies
from supplier_qc.queries.source_facts import SourceRow, list_source_rows


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One source in use whose standing would change on the row's first day."""

    source: SourceRow
    now_lacking: str | None
    becomes_due: bool
    verdict_before: BuyVerdict
    verdict_after: BuyVerdict


@dataclass(frozen=True, slots=True)
class PolicyPreview:
    """`looked_at` counts the sources in use."""

    on: date
    looked_at: int
    rows: tuple[PreviewRow, ...]


def preview_policy(session: Session, row: EvidencePolicy, today: date) -> PolicyPreview:
    """Every source in use, judged on the row's first day without it and with it."""
    before = list_evidence_policies(session)
    after = with_row(before, row)
    on = max(row.valid_from, today)
    found = list_source_rows(
        session, today, Qualification.status.in_(sorted(APPROVALS)), policies=before
    )
    rows = [_preview(one, before, after, row, on) for one in found]
    return PolicyPreview(on, len(found), tuple(one for one in rows if one is not None))


def _preview(
    source: SourceRow,
    before: Sequence[EvidencePolicy],
    after: Sequence[EvidencePolicy],
    row: EvidencePolicy,
    on: date,
) -> PreviewRow | None:
    facts = source.facts
    asked = requirements(facts, before, on)
    asks = requirements(facts, after, on)
    lacking = next(
        (one.reason for one in asks if one.kind is row.kind and one.is_lacking and one.is_required),
        None,
    )
    was_lacking = any(one.kind is row.kind and one.is_lacking and one.is_required for one in asked)
    verdicts = may_buy(facts, before, on).verdict, may_buy(facts, after, on).verdict
    becomes_due = bool(due_reasons(facts, asks, on)) and not due_reasons(facts, asked, on)
    is_lacking_now = lacking is not None and not was_lacking
    if not (is_lacking_now or becomes_due or verdicts[0] is not verdicts[1]):
        return None
    return PreviewRow(source, lacking, becomes_due, *verdicts)
