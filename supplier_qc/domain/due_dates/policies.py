"""When a qualified source is due again, by the policy row in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from supplier_qc.domain.catalogue import RiskClass
from supplier_qc.domain.dated_rows import DatedRow, newest
from supplier_qc.domain.months import months_after


@dataclass(frozen=True, slots=True)
class RequalificationPolicy(DatedRow):
    """Months between qualifications of a risk class, in force from `valid_from` until the day
    before `valid_to` (None: still in force). `mark` is V, V2, K or C.
    """

    risk_class: RiskClass
    interval_months: int
    valid_from: date
    valid_to: date | None
    mark: str
    source: str
    row_id: int | None = None


@dataclass(frozen=True, slots=True)
class Requalification:
    """The due date with the row it follows from; without a date, `reason` says why."""

    due_on: date | None
    policy: RequalificationPolicy | None
    reason: str


_MARK_WORDS = {"C": "a convention", "K": "unverified"}


def due_on(
    risk_class: RiskClass | None,
    last_decided_on: date | None,
    policies: Iterable[RequalificationPolicy],
    on: date,
) -> Requalification:
    """When a source decided on `last_decided_on` is due again, by the policy in force on `on`.

    A row is superseded by a later one and never edited, so the newest in force counts; two that
    began on one day give no date, since the longer interval might be taken unseen.
    """
    faults = []
    if risk_class is None:
        faults.append("The risk class of the material is not known.")
    if last_decided_on is None:
        faults.append("The source was never decided on, so no interval has begun.")
    if risk_class is None or last_decided_on is None:
        return Requalification(None, None, " ".join(faults))
    fitting = [
        policy for policy in policies if policy.risk_class is risk_class and policy.is_in_force(on)
    ]
    latest = newest(fitting)
    if len(latest) != 1:
        return Requalification(None, None, _why_no_policy(risk_class, on, len(latest)))
    return _due_by(latest[0], last_decided_on)


def _why_no_policy(risk_class: RiskClass, on: date, count: int) -> str:
    rows = f"for the risk class {risk_class.value} on {on.isoformat()}"
    if count == 0:
        return f"No requalification policy is in force {rows}. Add one."
    return f"{count} requalification policies began on one day {rows}. End all but one."


def _due_by(policy: RequalificationPolicy, last_decided_on: date) -> Requalification:
    if policy.interval_months <= 0:
        reason = f"The policy states an interval of {policy.interval_months} months, not above 0."
        return Requalification(None, policy, reason)
    due = months_after(last_decided_on, policy.interval_months)
    standing = _MARK_WORDS.get(policy.mark)
    reason = (
        f"Decided on {last_decided_on.isoformat()}, due again after {policy.interval_months} "
        f"months on {due.isoformat()} (risk class {policy.risk_class.value}; {policy.source}"
        f"{f', {standing}' if standing else ''})."
    )
    return Requalification(due, policy, reason)
