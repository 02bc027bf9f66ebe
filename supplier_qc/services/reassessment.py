"""What a new edition changed, kept beside the old conclusions, and the sources it reopens."""

from collections.abc import Iterable

from sqlalchemy import insert

from supplier_qc.domain.origin.list_impact import AuthorityChange
from supplier_qc.domain.origin.reference import ReferenceLists
from supplier_qc.persistence.tables.reference import (
    ListEdition,
    OriginReassessment,
    RequalificationCause,
)
from supplier_qc.queries.origin_impact import ItemImpact, impact
from supplier_qc.services.transaction import Change


def reassess(
    change: Change, edition: ListEdition, before: ReferenceLists, after: ReferenceLists
) -> None:
    """Assess everything by both lists, in the transaction that puts the edition in force."""
    for item in impact(change.session, before, after, change.now.date()).items:
        _keep(change, edition, item, None, item.changes)
        for lot in item.lots:
            _keep(change, edition, item, lot.lot_id, lot.changes)
        if item.is_worse:
            _open_causes(change, edition, item)


def _keep(
    change: Change,
    edition: ListEdition,
    item: ItemImpact,
    lot_id: int | None,
    changes: Iterable[AuthorityChange],
) -> None:
    """The rows are as long as the lists are; the audit entry names the edition and its causes."""
    rows = [
        {
            "edition_id": edition.id,
            "item_id": item.item.item_id,
            "lot_id": lot_id,
            "authority": one.authority,
            "level_before": one.before.level,
            "level_after": one.after.level,
            "blocks_before": one.before.blocks,
            "blocks_after": one.after.blocks,
            "rules": one.said(),
            "reassessed_at": change.now,
        }
        for one in changes
    ]
    if rows:
        change.session.execute(insert(OriginReassessment), rows)


def _open_causes(change: Change, edition: ListEdition, item: ItemImpact) -> None:
    cause = f"{edition.kind.heading}, {edition.label}. {item.cause}."
    for use in item.uses:
        if use.is_in_dossier:
            change.session.add(
                RequalificationCause(
                    qualification_id=use.qualification_id,
                    edition_id=edition.id,
                    cause=cause,
                    opened_on=change.now.date(),
                )
            )
