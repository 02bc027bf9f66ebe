"""A proposal made from recognised pages: less sure of itself, and placed on the displayed page."""

from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import replace

from supplier_qc.extraction.claims import Box, Claim, RowClaim
from supplier_qc.extraction.ocr_pages import OcrPage
from supplier_qc.extraction.ocr_signs import doubts_of, doubts_of_unit
from supplier_qc.extraction.reader import Proposal

MOST_SURE = 0.90
"""No recognised value is clear: a person looks at every sign (House)."""
MOST_SURE_OF_A_LIMIT = 0.75  # "<" and "≤" differ by one faint stroke
MOST_SURE_OF_A_DOUBT = 0.5  # a letter inside a number, a unit that is none
LONGEST_RULE = 60
_COMPARATORS = frozenset("<>≤≥±")
_VALUES = frozenset({"result", "specification", "spec_min", "spec_max"})


def as_recognised(proposal: Proposal, pages: Mapping[int, OcrPage]) -> Proposal:
    """The proposal with what was found on these pages marked as recognised, and doubts named."""
    rows = [_row(row, pages) for row in proposal.rows]
    doubts = [f"Check: {doubt}" for _, found in rows for doubt in found]
    return replace(
        proposal,
        fields={name: _claim(claim, pages) for name, claim in proposal.fields.items()},
        rows=tuple(row for row, _ in rows),
        notes=(*proposal.notes, *dict.fromkeys(doubts)),
        statement=tuple(replace(one, claim=_claim(one.claim, pages)) for one in proposal.statement),
        mentions=tuple(
            replace(one, box=_displayed(one.box, pages[one.box.page]))
            if one.box.page in pages
            else one
            for one in proposal.mentions
        ),
    )


def _row(row: RowClaim, pages: Mapping[int, OcrPage]) -> tuple[RowClaim, list[str]]:
    doubts: list[str] = []
    found: dict[str, Claim | None] = {}
    for name, claim in _parts_of(row):
        if claim is None or not _is_of(claim, pages):
            found[name] = claim
            continue
        own = _doubts(name, claim.literal)
        doubts += own
        seen = _claim(claim, pages)
        sure = min(seen.confidence, MOST_SURE_OF_A_DOUBT) if own else seen.confidence
        found[name] = replace(seen, confidence=sure)
    return RowClaim(**found), doubts


def _parts_of(row: RowClaim) -> list[tuple[str, Claim | None]]:
    return [(part.name, getattr(row, part.name)) for part in dataclass_fields(row)]


def _doubts(name: str, literal: str) -> tuple[str, ...]:
    if name == "unit":
        return doubts_of_unit(literal)
    return doubts_of(literal) if name in _VALUES else ()


def _is_of(claim: Claim, pages: Mapping[int, OcrPage]) -> bool:
    return claim.box is not None and claim.box.page in pages


def _claim(claim: Claim, pages: Mapping[int, OcrPage]) -> Claim:
    if claim.box is None or claim.box.page not in pages:
        return claim
    page = pages[claim.box.page]
    most = MOST_SURE_OF_A_LIMIT if _COMPARATORS & set(claim.literal) else MOST_SURE
    confidence = min(claim.confidence, most) * _score(claim.box, page)
    return Claim(
        claim.literal,
        _displayed(claim.box, page),
        round(confidence, 3),
        f"OCR, {claim.rule}"[:LONGEST_RULE],
    )


def _score(box: Box, page: OcrPage) -> float:
    """How surely the least sure of the words in the box was recognised."""
    inside = [
        score
        for word, score in zip(page.content.words, page.scores, strict=True)
        if min(word.x1, box.x1) > max(word.x0, box.x0)
        and min(word.bottom, box.bottom) > max(word.top, box.top)
    ]
    return min(inside, default=1.0)


def _displayed(box: Box, page: OcrPage) -> Box:
    corners = [
        page.placement.displayed(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)
    ]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(box.page, round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2))
