"""Contradictions inside one certificate that a reviewer must be shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from supplier_qc.domain.measurement.dates import ReadDate
from supplier_qc.domain.specification.limits import ReadLimit, as_line
from supplier_qc.domain.specification.lines import NUMERIC, limit_words
from supplier_qc.domain.specification.results import Result
from supplier_qc.domain.specification.statements import says_conforms
from supplier_qc.domain.specification.verdicts import Verdict, evaluate


@dataclass(frozen=True, slots=True)
class RowFacts:
    """One row as printed: its test, result, the supplier's own limit and pass mark."""

    name: str
    result: Result
    supplier_limit: ReadLimit
    supplier_verdict: str | None


@dataclass(frozen=True, slots=True)
class DateFacts:
    """The dates of a certificate; None where none is printed."""

    manufactured: ReadDate | None = None
    tested: ReadDate | None = None
    released: ReadDate | None = None
    expires: ReadDate | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    rule: str  # as in docs/rules.md
    words: str


def contradictions(
    rows: Sequence[RowFacts], dates: DateFacts, today: date
) -> tuple[Contradiction, ...]:
    """Every certain contradiction; what an ambiguous date only makes possible is not one."""
    return (*_row_contradictions(rows), *_date_order(dates), *_future_dates(dates, today))


def _row_contradictions(rows: Sequence[RowFacts]) -> Iterator[Contradiction]:
    for row in rows:
        line = as_line(row.supplier_limit, row.name)
        stated = says_conforms(row.supplier_verdict)
        if line is None or line.operator not in NUMERIC or stated is None:
            continue
        verdict = evaluate(row.result, line).verdict
        if verdict is Verdict.FAIL and stated:
            yield Contradiction(
                "S-20",
                f"{row.name}: the supplier states “{row.supplier_verdict}”, but {row.result.words} "
                f"is outside the supplier's own limit of {limit_words(line)}.",
            )
        if verdict is Verdict.PASS and not stated:
            yield Contradiction(
                "S-20",
                f"{row.name}: the supplier states “{row.supplier_verdict}”, but {row.result.words} "
                f"is inside the supplier's own limit of {limit_words(line)}.",
            )


_ORDER = (
    # earlier, later, rule, what is wrong
    ("manufactured", "expires", "S-21", "expires before it was manufactured"),
    ("manufactured", "tested", "S-22", "was tested before it was manufactured"),
    ("manufactured", "released", "S-22", "was released before it was manufactured"),
    ("tested", "released", "S-23", "was tested after it was released"),
    ("released", "expires", "S-21", "expired before it was released"),
)


def _date_order(dates: DateFacts) -> Iterator[Contradiction]:
    for earlier, later, rule, wrong in _ORDER:
        first: ReadDate | None = getattr(dates, earlier)
        second: ReadDate | None = getattr(dates, later)
        if first is None or second is None or first.earliest is None or second.latest is None:
            continue
        if second.latest < first.earliest:
            yield Contradiction(
                rule,
                f"The lot {wrong}: {earlier} “{first.literal}”, {later} “{second.literal}”.",
            )


def _future_dates(dates: DateFacts, today: date) -> Iterator[Contradiction]:
    for name in ("manufactured", "tested", "released"):
        read: ReadDate | None = getattr(dates, name)
        if read is not None and read.earliest is not None and read.earliest > today:
            yield Contradiction(
                "S-24", f"The lot is said to be {name} on “{read.literal}”, which is in the future."
            )
