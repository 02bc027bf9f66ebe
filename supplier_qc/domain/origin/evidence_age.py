"""How old evidence may be under the policy in force, in whole calendar months."""

from datetime import date

from supplier_qc.domain.months import months_after
from supplier_qc.domain.origin.reference import ReferenceLists


def age_problem(kind: str, dated_on: date | None, lists: ReferenceLists, on: date) -> str | None:
    """Why evidence of this date cannot be relied on, or None.

    Without a policy nothing counts as fresh: no data never looks good.
    """
    if dated_on is None:
        return "carries no date"
    if dated_on > on:
        return f"is dated {dated_on.isoformat()}, after the assessment"
    policy = lists.policy(kind, on)
    if policy is None:
        return "cannot be judged for its age, because no policy is loaded"
    if months_after(dated_on, policy.maximum_age_months) < on:
        return (
            f"of {dated_on.isoformat()} is older than the {policy.maximum_age_months} months of "
            f"our policy ({policy.citation.words()})"
        )
    return None
