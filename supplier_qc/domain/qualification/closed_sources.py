"""A source that is closed keeps its lots where they are: none of them is released.

A lot is released for every use at once, so that one closed use is enough (product policy).
"""

from collections.abc import Iterable

from supplier_qc.domain.catalogue import UseScope, label
from supplier_qc.domain.qualification.states import QualificationStatus

CLOSED = frozenset({QualificationStatus.SUSPENDED, QualificationStatus.DISQUALIFIED})


def closed_source_blockers(
    uses: Iterable[tuple[UseScope, QualificationStatus]],
) -> tuple[str, ...]:
    """Why a lot of an item cannot be released, by the states of the item as a source."""
    return tuple(
        f"Its source is {label(status).lower()} for {label(use).lower()}; "
        "its lots are not released."
        for use, status in uses
        if status in CLOSED
    )
