"""The findings on statements of origin, with the items that they are to cover."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.paper_findings import Light, PaperFinding
from supplier_qc.domain.origin.reference import ReferenceLists
from supplier_qc.domain.origin.statement_lint import (
    CoveredItem,
    light_of,
    light_words,
    lint_paper,
)
from supplier_qc.domain.origin.statement_papers import StatementFact, paper_of
from supplier_qc.domain.origin.statement_states import StatementState
from supplier_qc.domain.origin.text_mentions import TextMention
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.origin_statements import OriginStatement, OriginStatementItem
from supplier_qc.persistence.tables.parties import Site
from supplier_qc.queries.origin_facts import facts_of, stored_components
from supplier_qc.queries.statement_coverage import number_key, standing_values
from supplier_qc.queries.text_mentions import mentions_of_items


@dataclass(frozen=True, slots=True)
class Linted:
    """`light` is the worst of the findings, `words` says it."""

    findings: tuple[PaperFinding, ...]
    light: Light
    words: str


@dataclass(frozen=True, slots=True)
class ItemStatement:
    """A confirmed statement on an item, as the item's pages list it."""

    statement_id: int
    title: str
    linted: Linted


def load_statements(
    session: Session, numbers: Collection[int] | None = None, *, state: StatementState | None = None
) -> Sequence[OriginStatement]:
    """Statements with fields, items, makers and documents, the newest first; three statements."""
    chosen = (
        select(OriginStatement)
        .options(
            joinedload(OriginStatement.document),
            joinedload(OriginStatement.organisation),
            selectinload(OriginStatement.fields),
            selectinload(OriginStatement.items)
            .joinedload(OriginStatementItem.item)
            .joinedload(ManufacturerItem.site)
            .joinedload(Site.organisation),
        )
        .order_by(OriginStatement.id.desc())
    )
    if numbers is not None:
        chosen = chosen.where(OriginStatement.id.in_(numbers))
    if state is not None:
        chosen = chosen.where(OriginStatement.state == state)
    return session.scalars(chosen).all()


def lint_statements(
    session: Session, statements: Sequence[OriginStatement], lists: ReferenceLists, on: date
) -> Mapping[int, Linted]:
    """The findings on each statement by its number; two SQL statements for all of them."""
    item_ids = {row.item_id for one in statements for row in one.items}
    components = stored_components(session, sorted(item_ids))
    mentions = mentions_of_items(session, item_ids)
    linted = {}
    for statement in statements:
        is_open = statement.state is StatementState.PROPOSED
        values = standing_values(statement.fields, with_proposed=is_open)
        items = [
            _covered(
                row,
                values,
                facts_of(components.get(row.item_id, ())),
                [
                    mention
                    for one in mentions.get(row.item_id, ())
                    for mention in one.mentions or ()
                ],
            )
            for row in statement.items
        ]
        covers_all = any(fact is StatementFact.ALL_PRODUCTS for fact, _ in values)
        findings = lint_paper(paper_of(values), items, lists, on)
        if covers_all and not items:
            findings = tuple(one for one in findings if one.rule_id != "W-03")
        light = light_of(findings)
        linted[statement.id] = Linted(findings, light, light_words(light))
    return linted


def list_item_statements(
    session: Session, item_id: int, lists: ReferenceLists, on: date
) -> list[ItemStatement]:
    """The confirmed statements that cover an item, with what is held against each.

    Among them are papers on all products of the item's maker.
    """
    item = session.get(ManufacturerItem, item_id, options=[joinedload(ManufacturerItem.site)])
    if item is None:
        return []
    named = select(OriginStatementItem.statement_id).where(OriginStatementItem.item_id == item_id)
    of_vendor = select(OriginStatement.id).where(
        OriginStatement.organisation_id == item.site.organisation_id,
        OriginStatement.evidence_id.is_not(None),
    )
    numbers = [*session.scalars(named), *session.scalars(of_vendor)]
    found = load_statements(session, numbers, state=StatementState.CONFIRMED)
    linted = lint_statements(session, found, lists, on)
    label = item_words(item)
    rows = []
    for one in found:
        own = tuple(f for f in linted[one.id].findings if f.item in ("", label))
        light = light_of(own)
        rows.append(
            ItemStatement(one.id, statement_title(one), Linted(own, light, light_words(light)))
        )
    return rows


def statement_title(statement: OriginStatement) -> str:
    vendor = statement.organisation.name if statement.organisation else "vendor not chosen"
    return f"{statement.document.filename}, {vendor}"


def item_words(item: ManufacturerItem) -> str:
    return f"{item.name} ({item.catalogue_number})"


def _covered(
    row: OriginStatementItem,
    values: Sequence[tuple[StatementFact, str]],
    components: tuple[OriginComponent, ...],
    mentions: Sequence[TextMention],
) -> CoveredItem:
    return CoveredItem(
        label=item_words(row.item),
        site=row.item.site.name,
        is_covered=_is_covered(row.item.catalogue_number, values),
        names_site=row.names_site,
        components=components,
        mentions=tuple(mentions),
    )


def _is_covered(catalogue_number: str, values: Sequence[tuple[StatementFact, str]]) -> bool | None:
    """By the numbers on the paper; one that names products without numbers is for a person."""
    facts = {fact for fact, _ in values}
    if StatementFact.ALL_PRODUCTS in facts:
        return True
    numbers = [value for fact, value in values if fact is StatementFact.CATALOGUE_NUMBER]
    if not numbers:
        return None if StatementFact.PRODUCT_NAME in facts else False
    return number_key(catalogue_number) in {number_key(number) for number in numbers}
