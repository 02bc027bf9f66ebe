"""Page contents into a proposal; pure, and never raises on any words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import fields as dataclass_fields

from supplier_qc.domain.measurement.notation import decide_notation
from supplier_qc.extraction.claims import (
    Box,
    Claim,
    HeaderField,
    OriginMention,
    RowClaim,
    StatementClaim,
)
from supplier_qc.extraction.day_order import day_order
from supplier_qc.extraction.document_kinds import FoundKind, kind_of
from supplier_qc.extraction.header_fields import Candidate, candidates_of, choose
from supplier_qc.extraction.issuer import issuer_candidates
from supplier_qc.extraction.labels import pairs_of
from supplier_qc.extraction.layout import Line, lines_of
from supplier_qc.extraction.origin_country import country_candidates
from supplier_qc.extraction.origin_mentions import origin_mentions, origin_notes
from supplier_qc.extraction.page_content import PageContent
from supplier_qc.extraction.page_marks import marks_of
from supplier_qc.extraction.product_title import (
    is_specification_title,
    title_candidates,
    titles_certificate,
)
from supplier_qc.extraction.row_lots import lot_claims, lots_named, of_first_lot, with_lots
from supplier_qc.extraction.rows import each_once, tests_of_document
from supplier_qc.extraction.sheet import SIDEWAYS, Sheet
from supplier_qc.extraction.statement_reader import statement_claims
from supplier_qc.extraction.taught_labels import capped, taught_candidates, without_taught_labels
from supplier_qc.extraction.taught_words import TaughtWord
from supplier_qc.extraction.unlabelled import unlabelled_candidates

TITLE_LINES = 12


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the words of a document say: header fields, rows, and remarks for the reviewer."""

    fields: dict[HeaderField, Claim]
    rows: tuple[RowClaim, ...]
    decimal_comma: bool | None
    decimal_evidence: str
    day_first: bool | None
    date_evidence: str
    lots_seen: tuple[str, ...]
    kind: FoundKind
    page_marks: tuple[str, ...]
    notes: tuple[str, ...]
    statement: tuple[StatementClaim, ...]
    mentions: tuple[OriginMention, ...]


def propose(
    pages: Sequence[PageContent],
    taught: Sequence[TaughtWord] = (),
    recognised: frozenset[int] = frozenset(),
) -> Proposal:
    """`recognised` are the numbers of pages whose words were recognised from their image."""
    layouts = [(page, lines_of(page)) for page in pages]
    tests = tests_of_document(layouts, is_specification=_is_specification(layouts))
    learned = taught_candidates(layouts, taught)
    rows = without_taught_labels(tests.rows, learned)
    in_tables = [*tests.heads, *(box for row in rows for box in _boxes(row))]
    candidates = [
        found
        for page, lines in layouts
        for found in _candidates(page, lines)
        if found.label_box is None or not any(_overlap(found.label_box, box) for box in in_tables)
    ]
    candidates.extend(learned)
    printed_lots = lot_claims(candidates)
    rows = each_once(with_lots(rows, printed_lots))
    lots = lots_named(printed_lots, rows)
    chosen = choose(of_first_lot(candidates, printed_lots))
    fields = {field: capped(claim) for field, claim in chosen.items()}
    notation = decide_notation(_numbers(rows))
    order = day_order(
        [line for _, lines in layouts for line in lines], decimal_comma=notation.decimal_comma
    )
    sheets = {page.number: _sheet(page) for page in pages}
    mentions = origin_mentions([line for _, lines in layouts for line in lines])
    stated = statement_claims(layouts, issuer=fields.get(HeaderField.ISSUER), recognised=recognised)
    return Proposal(
        fields={field: _shown(claim, sheets) for field, claim in fields.items()},
        rows=tuple(_shown_row(row, sheets) for row in rows),
        decimal_comma=notation.decimal_comma,
        decimal_evidence=notation.note,
        day_first=order.day_first,
        date_evidence=order.note,
        lots_seen=lots,
        kind=kind_of(
            [(page.height, lines) for page, lines in layouts],
            rows,
            has_lot=HeaderField.LOT_NUMBER in fields,
        ),
        page_marks=tuple(mark for page, lines in layouts for mark in marks_of(page, lines)),
        notes=(
            *_notes(rows, fields, lots),
            *origin_notes(mentions),
        ),
        statement=tuple(replace(one, claim=_shown(one.claim, sheets)) for one in stated),
        mentions=tuple(replace(one, box=sheets[one.box.page].shown(one.box)) for one in mentions),
    )


def _boxes(row: RowClaim) -> list[Box]:
    claims = (row.name, row.method, row.specification, row.result)
    return [claim.box for claim in claims if claim is not None and claim.box is not None]


def _overlap(one: Box, other: Box) -> bool:
    """Whether a label is the name of a test that was read, such as "Description" in a table."""
    return (
        one.page == other.page
        and min(one.x1, other.x1) > max(one.x0, other.x0)
        and min(one.bottom, other.bottom) > max(one.top, other.top)
    )


def _sheet(page: PageContent) -> Sheet:
    if page.turn in SIDEWAYS:
        return Sheet(page.turn, page.height, page.width)
    return Sheet(page.turn, page.width, page.height)


def _shown(claim: Claim, sheets: Mapping[int, Sheet]) -> Claim:
    """The claim with its box where the displayed page has it."""
    return replace(claim, box=sheets[claim.box.page].shown(claim.box)) if claim.box else claim


def _shown_row(row: RowClaim, sheets: Mapping[int, Sheet]) -> RowClaim:
    claims = {part.name: getattr(row, part.name) for part in dataclass_fields(row)}
    return RowClaim(
        **{name: _shown(claim, sheets) if claim else None for name, claim in claims.items()}
    )


def _is_specification(layouts: Sequence[tuple[PageContent, Sequence[Line]]]) -> bool:
    """Whether the first page calls itself a specification and not a certificate."""
    first = [line.text for _, lines in layouts[:1] for line in lines[:TITLE_LINES]]
    return any(map(is_specification_title, first)) and not any(map(titles_certificate, first))


def _candidates(page: PageContent, lines: Sequence[Line]) -> list[Candidate]:
    pairs = list(pairs_of(lines))
    found = [*candidates_of(page, lines, pairs), *issuer_candidates(lines, page.height)]
    found.extend(country_candidates(lines))
    found.extend(unlabelled_candidates(lines, pairs))
    if page.number == 1:
        found.extend(title_candidates(lines, page.height))
    return found


def _numbers(rows: Sequence[RowClaim]) -> list[str]:
    claims = [
        claim
        for row in rows
        for claim in (row.result, row.specification, row.spec_min, row.spec_max)
    ]
    return [claim.literal for claim in claims if claim is not None]


def _notes(
    rows: Sequence[RowClaim],
    fields: dict[HeaderField, Claim],
    lots: Sequence[str],
) -> tuple[str, ...]:
    notes = []
    if not rows:
        notes.append("No table of results was found: enter the results by hand beside the page.")
    if len(lots) > 1:
        notes.append(f"Several lots are named in this file: {', '.join(lots)}.")
    if HeaderField.LOT_NUMBER not in fields:
        notes.append("No lot number was found: enter it by hand.")
    return tuple(notes)
