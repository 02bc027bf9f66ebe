"""Our limit beside the limits that were filed: three columns that are often thought to be one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from supplier_qc.domain.specification.lines import LimitLine, limit_words
from supplier_qc.domain.specification.matching import normalised_name
from supplier_qc.domain.specification.results import Result
from supplier_qc.domain.specification.verdicts import Judgement, Verdict, evaluate


@dataclass(frozen=True, slots=True)
class FiledVersion:
    """A specification as it stands in a filed dossier; `place` is authority, use and reference."""

    place: str
    lines: Sequence[LimitLine]


@dataclass(frozen=True, slots=True)
class FiledLimit:
    """One limit with every place where it is filed; None where the test is not filed there."""

    words: str | None
    places: tuple[str, ...]
    judgement: Judgement | None

    @property
    def is_broken(self) -> bool:
        return self.judgement is not None and self.judgement.verdict is Verdict.FAIL


def filed_limits(
    attribute: str, filed: Iterable[FiledVersion], result: Result | None
) -> tuple[FiledLimit, ...]:
    """The filed limits of one attribute, equal ones together, each with the result's verdict.

    Empty where nothing is filed. A result that meets our limit can still be outside a filed one.
    """
    found: dict[LimitLine | None, list[str]] = {}
    for version in filed:
        found.setdefault(_line_of(attribute, version.lines), []).append(version.place)
    return tuple(_limit(line, places, result) for line, places in found.items())


def _line_of(attribute: str, lines: Sequence[LimitLine]) -> LimitLine | None:
    wanted = normalised_name(attribute)
    return next((line for line in lines if normalised_name(line.attribute) == wanted), None)


def _limit(line: LimitLine | None, places: list[str], result: Result | None) -> FiledLimit:
    if line is None:
        return FiledLimit(None, tuple(places), None)
    judgement = evaluate(result, line) if result is not None else None
    return FiledLimit(limit_words(line), tuple(places), judgement)
