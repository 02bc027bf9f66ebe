"""What the texts of confirmed certificates say of origin, beside what is recorded."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.certificates import CertificateState
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.text_mentions import (
    TextContradiction,
    TextMention,
    text_contradictions,
)
from supplier_qc.extraction.claims import MentionKind, OriginMention
from supplier_qc.persistence.tables.certificates import Certificate
from supplier_qc.persistence.tables.origin_statements import DocumentOrigin
from supplier_qc.queries.origin_facts import facts_of, lot_facts, stored_components, stored_of_lots


@dataclass(frozen=True, slots=True)
class CertificateMentions:
    """Mentions of one confirmed certificate; None where its text was not searched for origin."""

    certificate_id: int
    lot_id: int | None
    mentions: tuple[TextMention, ...] | None


@dataclass(frozen=True, slots=True)
class TextCheck:
    """`not_searched` are the certificates that nothing can be said of."""

    contradictions: tuple[TextContradiction, ...]
    searched: int
    not_searched: tuple[int, ...]


def mentions_of_items(
    session: Session, item_ids: Collection[int]
) -> Mapping[int, tuple[CertificateMentions, ...]]:
    """The confirmed certificates of each item, the newest first; one statement."""
    found = session.execute(
        select(Certificate.item_id, Certificate.id, Certificate.lot_id, DocumentOrigin.mentions)
        .outerjoin(DocumentOrigin, DocumentOrigin.document_id == Certificate.document_id)
        .where(Certificate.item_id.in_(item_ids), Certificate.state == CertificateState.CONFIRMED)
        .order_by(Certificate.id.desc())
    )
    rows: dict[int, list[CertificateMentions]] = defaultdict(list)
    for item_id, number, lot_id, stored in found:
        mentions = None if stored is None else tuple(_mentions(number, stored))
        rows[item_id].append(CertificateMentions(number, lot_id, mentions))
    return {item_id: tuple(own) for item_id, own in rows.items()}


def get_item_text_check(session: Session, item_id: int) -> TextCheck:
    """All confirmed certificates of an item beside its recorded components."""
    components = facts_of(stored_components(session, [item_id]).get(item_id, ()))
    own = mentions_of_items(session, [item_id]).get(item_id, ())
    return _check(own, components)


def get_lot_text_check(session: Session, item_id: int, lot_id: int) -> TextCheck:
    """The certificates of one lot beside what is recorded of it."""
    of_item = facts_of(stored_components(session, [item_id]).get(item_id, ()))
    of_lot = facts_of(stored_of_lots(session, [lot_id]).get(lot_id, ()))
    own = mentions_of_items(session, [item_id]).get(item_id, ())
    return _check(tuple(one for one in own if one.lot_id == lot_id), lot_facts(of_item, of_lot))


def _check(
    own: tuple[CertificateMentions, ...], components: tuple[OriginComponent, ...]
) -> TextCheck:
    mentions = [mention for one in own for mention in one.mentions or ()]
    return TextCheck(
        text_contradictions(mentions, components),
        sum(one.mentions is not None for one in own),
        tuple(one.certificate_id for one in own if one.mentions is None),
    )


def _mentions(certificate_id: int, stored: list[dict[str, Any]]) -> Iterator[TextMention]:
    """What is unclear in the text is left to its reader."""
    for part in stored:
        found = OriginMention.from_json(part)
        if found.kind is not MentionKind.UNCLEAR:
            yield TextMention(
                source=found.source,
                is_denied=found.kind is MentionKind.DENIED,
                literal=found.literal,
                page=found.box.page,
                paper=f"certificate {certificate_id}",
            )
