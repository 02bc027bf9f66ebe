"""How a lot stands against our specification: from single results to one word for the lot."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from supplier_qc.domain.lots import ResultSource
from supplier_qc.domain.measurement.values import ValueKind
from supplier_qc.domain.reported_results import judge, reading
from supplier_qc.domain.specification.lines import NUMERIC, LimitLine
from supplier_qc.domain.specification.matching import normalised_name
from supplier_qc.domain.specification.verdicts import Judgement, Verdict


@dataclass(frozen=True, slots=True)
class StandingResult:
    """A result that counts: `text` and `unit` as decided in the review."""

    id: int
    attribute: str
    source: ResultSource
    text: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class LotStanding:
    """`judgements` by result number; a result without one answers none of our lines."""

    verdict: Verdict
    judgements: dict[int, Judgement]
    failed: tuple[str, ...]
    not_evaluable: tuple[str, ...]
    missing: tuple[str, ...]
    identity_lines: tuple[str, ...]
    identity_tested_here: tuple[str, ...]


def lot_standing(lines: Sequence[LimitLine], results: Sequence[StandingResult]) -> LotStanding:
    """Judge every result against its line, every line by its results, the lot by its lines."""
    judgements: dict[int, Judgement] = {}
    verdicts: dict[str, Verdict | None] = {}
    tested_here = []
    for line in lines:
        own = [result for result in results if answers(result.attribute, line)]
        judged = {result.id: judge_from(result, line) for result in own}
        judgements |= judged
        verdicts[line.attribute] = line_verdict(
            [judged[result.id].verdict for result in own if not _is_blank(result)]
        )
        if any(_is_own_pass(result, judged[result.id]) for result in own):
            tested_here.append(line.attribute)
    return LotStanding(
        verdict=lot_verdict(tuple(verdicts.values())),
        judgements=judgements,
        failed=_named(verdicts, Verdict.FAIL),
        not_evaluable=_named(verdicts, Verdict.NOT_EVALUABLE),
        missing=_named(verdicts, None),
        identity_lines=tuple(line.attribute for line in lines if line.is_identity_test),
        identity_tested_here=tuple(tested_here),
    )


def judge_from(result: StandingResult, line: LimitLine) -> Judgement:
    """The verdict on one result; a certificate of conformity gives none on a numeric line.

    Such a paper states that the lot conforms and holds no data of its own (secondary source), so
    that a number printed on it is no measured result of the lot.
    """
    if result.source is ResultSource.CONFORMITY and (line.operator in NUMERIC or line.unit):
        reason = (
            f"{line.attribute} stands on a certificate of conformity, which holds no data; a "
            "numeric attribute needs a measured result."
        )
        return Judgement(Verdict.NOT_EVALUABLE, (reason,))
    return judge(result.text, result.unit, line)


def answers(attribute: str, line: LimitLine) -> bool:
    """Whether a result is one of this line, whatever version of the specification named it."""
    return normalised_name(attribute) == normalised_name(line.attribute)


def line_verdict(verdicts: Collection[Verdict]) -> Verdict | None:
    """None for a line without a result.

    One failing result fails the line, whatever the others say. A result that cannot be judged
    ("<5" against at most 1) is settled by another one that passes, such as a test of our own.
    """
    for verdict in (Verdict.FAIL, Verdict.PASS, Verdict.NOT_EVALUABLE):
        if verdict in verdicts:
            return verdict
    return None


def lot_verdict(lines: Collection[Verdict | None]) -> Verdict:
    """A lot passes when every line passes; no line at all, or one without a result, is no pass."""
    if Verdict.FAIL in lines:
        return Verdict.FAIL
    if lines and all(verdict is Verdict.PASS for verdict in lines):
        return Verdict.PASS
    return Verdict.NOT_EVALUABLE


def _named(verdicts: dict[str, Verdict | None], wanted: Verdict | None) -> tuple[str, ...]:
    return tuple(name for name, verdict in verdicts.items() if verdict is wanted)


def _is_blank(result: StandingResult) -> bool:
    """A blank or "not tested" stands for no result."""
    return reading(result.text, result.unit).kind is ValueKind.EMPTY


def _is_own_pass(result: StandingResult, judgement: Judgement) -> bool:
    return result.source is ResultSource.OWN_TEST and judgement.verdict is Verdict.PASS
