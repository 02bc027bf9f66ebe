"""What stored results would be under another version of our specification; nothing is changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from supplier_qc.domain.lot_standing import (
    LotStanding,
    StandingResult,
    answers,
    judge_from,
    line_verdict,
    lot_standing,
)
from supplier_qc.domain.specification.lines import LimitLine
from supplier_qc.domain.specification.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class ShadowLine:
    """One attribute whose verdict would be another; None is a line without a result.

    `was_asked` and `is_asked` say whether the version has the line at all.
    """

    attribute: str
    result: str
    before: Verdict | None
    after: Verdict | None
    was_asked: bool
    is_asked: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ShadowVerdict:
    """A lot as a whole, by the version it was judged by and by the other one."""

    before: Verdict
    after: Verdict
    lines: tuple[ShadowLine, ...]

    @property
    def changes(self) -> bool:
        return self.before is not self.after or bool(self.lines)


def shadow_verdict(
    before: Sequence[LimitLine], after: Sequence[LimitLine], results: Sequence[StandingResult]
) -> ShadowVerdict:
    """Judge the stored results by both versions and name each line that would read otherwise."""
    lines = []
    for attribute in _attributes(before, after):
        line = _shadow_line(attribute, _of(attribute, before), _of(attribute, after), results)
        if (line.before, line.was_asked) != (line.after, line.is_asked):
            lines.append(line)
    return ShadowVerdict(
        before=_standing(before, results).verdict,
        after=_standing(after, results).verdict,
        lines=tuple(lines),
    )


def _standing(lines: Sequence[LimitLine], results: Sequence[StandingResult]) -> LotStanding:
    return lot_standing(lines, results)


def _attributes(before: Sequence[LimitLine], after: Sequence[LimitLine]) -> list[str]:
    """In the order of the newer version, then what it drops."""
    gone = [line.attribute for line in before if _of(line.attribute, after) is None]
    return [*(line.attribute for line in after), *gone]


def _of(attribute: str, lines: Sequence[LimitLine]) -> LimitLine | None:
    return next((line for line in lines if answers(attribute, line)), None)


def _shadow_line(
    attribute: str,
    before: LimitLine | None,
    after: LimitLine | None,
    results: Sequence[StandingResult],
) -> ShadowLine:
    line = after or before
    own = [one for one in results if line is not None and answers(one.attribute, line)]
    return ShadowLine(
        attribute=attribute,
        result="; ".join(f"{one.text} {one.unit or ''}".strip() for one in own) or "no result",
        before=_verdict(own, before),
        after=_verdict(own, after),
        was_asked=before is not None,
        is_asked=after is not None,
        reason=_reason(own, after),
    )


def _verdict(results: Sequence[StandingResult], line: LimitLine | None) -> Verdict | None:
    if line is None:
        return None
    return _standing([line], results).verdict if results else line_verdict([])


def _reason(results: Sequence[StandingResult], line: LimitLine | None) -> str:
    if line is None:
        return "The new version does not ask for it."
    reasons = [reason for one in results for reason in judge_from(one, line).reasons]
    return " ".join(reasons) or "There is no result for it."
