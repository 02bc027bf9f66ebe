"""The rows of a certificate under review: what was printed, what was made of it, our lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from supplier_qc.domain.certificates import ClaimState, confidence_level
from supplier_qc.domain.lot_standing import StandingResult, judge_from
from supplier_qc.domain.lots import ResultSource
from supplier_qc.domain.measurement.values import read_value
from supplier_qc.domain.reported_results import reading
from supplier_qc.domain.specification.filed import FiledLimit, FiledVersion, filed_limits
from supplier_qc.domain.specification.limits import LimitFinding, compare_limits, read_limit
from supplier_qc.domain.specification.lines import LimitLine, limit_words
from supplier_qc.domain.specification.results import Result, result_from_reading
from supplier_qc.domain.specification.verdicts import Judgement, evaluate
from supplier_qc.extraction.structured_cells import RULE
from supplier_qc.persistence.tables.certificates import Certificate, CertificateRow
from supplier_qc.queries.certificate_places import Clip, clip_of_row


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """One printed value of a row: where it stands, how it was found and how sure the reader is."""

    column: str
    literal: str
    place: str
    rule: str
    confidence: str | None
    level: str | None


@dataclass(frozen=True, slots=True)
class RowReview:
    """`judgement` is None for a row that answers none of our lines; `filed` is then empty too."""

    id: int
    version: int
    position: int
    printed: Mapping[str, str]
    parts: tuple[PrintedPart, ...]
    name: str
    method: str | None
    supplier_limit: str | None
    result: str | None
    unit: str | None
    supplier_verdict: str | None
    line_id: int | None
    our_name: str | None
    our_limit: str | None
    filed: tuple[FiledLimit, ...]
    wider: str | None
    judgement: Judgement | None
    question: str
    confidence: str | None
    level: str | None
    state: ClaimState
    note: str | None
    clip: Clip | None

    @property
    def is_open(self) -> bool:
        return self.state is ClaimState.PROPOSED


@dataclass(frozen=True, slots=True)
class RowContext:
    """What the rows of one certificate are judged by."""

    certificate: Certificate
    lines: Mapping[int, LimitLine]
    filed: Sequence[FiledVersion]


def row_review(row: CertificateRow, context: RowContext) -> RowReview:
    certificate = context.certificate
    decimal_comma = certificate.decimal_comma
    is_rejected = row.state is ClaimState.REJECTED
    line = None if is_rejected else context.lines.get(row.line_id or 0)
    printed = {name: part["literal"] for name, part in row.literals.items() if part}
    result = _result(row, decimal_comma=decimal_comma)
    return RowReview(
        id=row.id,
        version=row.version,
        position=row.position,
        printed=printed,
        parts=_parts(row),
        name=row.name,
        method=row.method,
        supplier_limit=row.supplier_limit,
        result=row.result,
        unit=row.unit,
        supplier_verdict=row.supplier_verdict,
        line_id=row.line_id,
        our_name=line.attribute if line else None,
        our_limit=limit_words(line) if line else None,
        filed=filed_limits(line.attribute, context.filed, result) if line else (),
        wider=_wider(row, line, decimal_comma=decimal_comma) if line else None,
        judgement=_judgement(row, line, certificate, result) if line else None,
        question=""
        if row.result or is_rejected
        else _row_question(printed, decimal_comma=decimal_comma),
        confidence=share(row.confidence),
        level=confidence_level(row.confidence),
        state=row.state,
        note=row.note,
        clip=clip_of_row(row, certificate.page_sizes),
    )


def share(confidence: float | None) -> str | None:
    return None if confidence is None else f"{confidence:.2f}"


def place_words(box: Mapping[str, float] | None, rule: str | None = None) -> str:
    """Page and rectangle, as in: page 1, 100 to 180 × 200 to 212 pt; of data the line."""
    if not box:
        is_data = rule is not None and rule.startswith(RULE)
        return f"line {rule.removeprefix(RULE)}" if rule and is_data else "place not known"
    return (
        f"page {box['page']:.0f}, {box['x0']:.0f} to {box['x1']:.0f} × "
        f"{box['top']:.0f} to {box['bottom']:.0f} pt"
    )


def _parts(row: CertificateRow) -> tuple[PrintedPart, ...]:
    return tuple(
        PrintedPart(
            column=name.replace("_", " "),
            literal=part["literal"],
            place=place_words(part.get("box"), part.get("rule")),
            rule=part.get("rule") or "rule not kept",
            confidence=share(part.get("confidence")),
            level=confidence_level(part.get("confidence")),
        )
        for name, part in row.literals.items()
        if part
    )


def _result(row: CertificateRow, *, decimal_comma: bool | None) -> Result | None:
    """The result as decided or proposed, else as far as the printed one can be read."""
    if row.result:
        return reading(row.result, row.unit)
    part = row.literals.get("result")
    if not part:
        return None
    return result_from_reading(read_value(part["literal"], decimal_comma=decimal_comma), row.unit)


def _judgement(
    row: CertificateRow, line: LimitLine, certificate: Certificate, result: Result | None
) -> Judgement:
    if row.result and certificate.is_conformity_statement:
        source = ResultSource.CONFORMITY
        return judge_from(StandingResult(row.id, row.name, source, row.result, row.unit), line)
    return evaluate(result, line)


def _row_question(printed: Mapping[str, str], *, decimal_comma: bool | None) -> str:
    read = read_value(printed.get("result"), decimal_comma=decimal_comma)
    return read.note or "No result was read; type it, or reject the row."


def _wider(row: CertificateRow, line: LimitLine, *, decimal_comma: bool | None) -> str | None:
    """The sentence that the supplier's limit lets through what ours does not."""
    if not row.supplier_limit:
        return None
    limit = read_limit(row.supplier_limit, decimal_comma=decimal_comma, unit=row.unit)
    compared = compare_limits(line, limit)
    return compared.reason if compared.finding is LimitFinding.WIDER else None
