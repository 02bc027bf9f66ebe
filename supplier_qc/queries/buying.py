"""May an item be bought: every source that the question names, with its answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from supplier_qc.domain.catalogue import UseScope, label
from supplier_qc.domain.qualification.buying import BuyAnswer, BuyVerdict, may_buy
from supplier_qc.domain.qualification.evidence_policy import EvidencePolicy, Step
from supplier_qc.domain.qualification.states import APPROVALS
from supplier_qc.domain.refusals import Refused
from supplier_qc.persistence.tables.materials import ManufacturerItem, Material
from supplier_qc.persistence.tables.parties import Organisation, Site
from supplier_qc.persistence.tables.qualification import Qualification
from supplier_qc.queries.evidence_policy import list_evidence_policies
from supplier_qc.queries.source_facts import (
    SourceIdentity,
    SourceRow,
    identity_of,
    list_source_rows,
)

MOST_ITEMS = 50


@dataclass(frozen=True, slots=True)
class BuyQuestion:
    """`item` is a catalogue number, a code of ours or part of a name; `vendor` part of a name."""

    item: str
    use_scope: UseScope
    on: date
    vendor: str = ""
    step: Step = Step.ORDER


@dataclass(frozen=True, slots=True)
class BuyRow:
    """The answer for one item; `source_id` is None where it was never proposed for the use."""

    identity: SourceIdentity
    source_id: int | None
    answer: BuyAnswer


_ORDER = (BuyVerdict.YES, BuyVerdict.WITH_CONDITIONS, BuyVerdict.NO)


def ask_may_buy(session: Session, question: BuyQuestion, today: date) -> list[BuyRow]:
    """Every item that the question names, those that may be bought first; nine SQL statements.

    Raises Refused for a day that has passed, for no item and for too many.
    """
    if question.on < today:
        raise Refused(
            "The answer is for today or a day to come; the approved supplier list tells what "
            "stood on a day that has passed."
        )
    items = _items(session, question)
    if not items:
        raise Refused(_nothing_found(question))
    if len(items) > MOST_ITEMS:
        raise Refused(f"More than {MOST_ITEMS} items fit; name the catalogue number.")
    policies = list_evidence_policies(session)
    numbers = [item.id for item in items]
    sources = list_source_rows(
        session, today, Qualification.item_id.in_(numbers), policies=policies
    )
    rows = [_row(identity_of(item), sources, policies, question) for item in items]
    return sorted(rows, key=lambda row: (_ORDER.index(row.answer.verdict), row.identity.words))


def answers_for_item(
    session: Session, item_id: int, today: date, step: Step
) -> Mapping[UseScope, BuyAnswer]:
    """The answer of today for every use of one item; eight SQL statements, or nine."""
    policies = list_evidence_policies(session)
    sources = list_source_rows(session, today, Qualification.item_id == item_id, policies=policies)
    by_use = {one.facts.use_scope: one for one in sources}
    return {
        use: may_buy(by_use[use].facts, policies, today, step)
        if use in by_use
        else BuyAnswer(BuyVerdict.NO, tuple(_never_proposed(sources, use)))
        for use in UseScope
    }


def overall(rows: Sequence[BuyRow]) -> BuyVerdict:
    """The best answer among the items: one source that may be bought is enough."""
    return min((row.answer.verdict for row in rows), key=_ORDER.index, default=BuyVerdict.NO)


def as_json(question: BuyQuestion, rows: Sequence[BuyRow]) -> Mapping[str, Any]:
    """The question and its answers in plain values, dates as ISO 8601."""
    return {
        "asked": {
            "item": question.item,
            "vendor": question.vendor or None,
            "use": question.use_scope.value,
            "on": question.on.isoformat(),
            "step": question.step.value,
        },
        "verdict": overall(rows).value,
        "answers": [_row_as_json(row) for row in rows],
    }


def _row_as_json(row: BuyRow) -> Mapping[str, Any]:
    until = row.answer.holds_until
    return {
        "source_id": row.source_id,
        "item_id": row.identity.item_id,
        "catalogue_number": row.identity.catalogue_number,
        "item": row.identity.item_name,
        "material_code": row.identity.material_code,
        "material": row.identity.material_name,
        "vendor": row.identity.vendor_name,
        "site": row.identity.site_name,
        "country": row.identity.country,
        "verdict": row.answer.verdict.value,
        "reasons": list(row.answer.reasons),
        "holds_until": until.isoformat() if until else None,
    }


def _items(session: Session, question: BuyQuestion) -> Sequence[ManufacturerItem]:
    """By number or code as it is; by part of a name only where no number fits."""
    exact = _found(session, question, _by_number(question.item))
    return exact or _found(session, question, _by_name(question.item))


def _by_number(text: str) -> ColumnElement[bool]:
    wanted = text.strip().lower()
    return or_(
        func.lower(ManufacturerItem.catalogue_number) == wanted,
        func.lower(Material.code) == wanted,
    )


def _by_name(text: str) -> ColumnElement[bool]:
    wanted = text.strip()
    return or_(
        ManufacturerItem.name.icontains(wanted, autoescape=True),
        Material.name.icontains(wanted, autoescape=True),
    )


def _found(
    session: Session, question: BuyQuestion, named: ColumnElement[bool]
) -> Sequence[ManufacturerItem]:
    conditions = [named]
    if question.vendor.strip():
        conditions.append(Organisation.name.icontains(question.vendor.strip(), autoescape=True))
    return session.scalars(
        select(ManufacturerItem)
        .join(ManufacturerItem.material)
        .join(ManufacturerItem.site)
        .join(Site.organisation)
        .options(
            contains_eager(ManufacturerItem.material),
            contains_eager(ManufacturerItem.site).contains_eager(Site.organisation),
        )
        .where(*conditions)
        .order_by(ManufacturerItem.catalogue_number, ManufacturerItem.id)
        .limit(MOST_ITEMS + 1)
    ).all()


def _nothing_found(question: BuyQuestion) -> str:
    of_vendor = f" of “{question.vendor.strip()}”" if question.vendor.strip() else ""
    return (
        f"No item{of_vendor} is called “{question.item.strip()}”. Type the manufacturer's "
        "catalogue number, our code of the material, or part of a name."
    )


def _row(
    identity: SourceIdentity,
    sources: Sequence[SourceRow],
    policies: Sequence[EvidencePolicy],
    question: BuyQuestion,
) -> BuyRow:
    own = [one for one in sources if one.identity.item_id == identity.item_id]
    for one in own:
        if one.facts.use_scope is question.use_scope:
            answer = may_buy(one.facts, policies, question.on, question.step)
            return BuyRow(identity, one.id, answer)
    reasons = tuple(_never_proposed(own, question.use_scope))
    return BuyRow(identity, None, BuyAnswer(BuyVerdict.NO, reasons))


def _never_proposed(own: Sequence[SourceRow], use_scope: UseScope) -> Iterator[str]:
    yield f"It was never proposed for {label(use_scope).lower()}."
    for one in own:
        if one.facts.status in APPROVALS:
            yield (
                f"It is {label(one.facts.status).lower()} for "
                f"{label(one.facts.use_scope).lower()}, which is another use."
            )
