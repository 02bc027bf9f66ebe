"""Read the generated corpus and count what is right, by variation and by half."""

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus.variations import DrawnDocument, Variation, draw, variations
from benchmarks.scoring import FIELDS, MORE_FIELDS, FieldOutcome, Score, score
from supplier_qc.extraction.claims import Claim, DocumentReading, HeaderField
from supplier_qc.extraction.reading import read_pdf
from supplier_qc.extraction.truth_shape import as_truth_object

CERTAIN = 0.95
DIMENSIONS = ("language", "header", "columns", "rules", "dates", "trouble", "face", "place")


@dataclass(frozen=True, slots=True)
class Measured:
    """One document of the corpus: its score, and each judged value with its confidence."""

    variation: Variation
    score: Score
    judged: tuple[tuple[float, bool], ...]
    notes: tuple[str, ...]


def measure_corpus(count: int = 400, *, workers: int = 2) -> list[Measured]:
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(measure_one, variations(count), chunksize=8))


def measure_one(variation: Variation) -> Measured:
    drawn = draw(variation)
    reading = read_drawn(drawn)
    predicted = as_truth_object(reading)
    found = score(predicted, drawn.truth, (*FIELDS, *MORE_FIELDS))
    return Measured(
        variation, found, tuple(_judged(reading, found)), tuple(_faults(drawn, predicted, found))
    )


def read_drawn(drawn: DrawnDocument) -> DocumentReading:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(drawn.pdf)
        file.flush()
        return read_pdf(Path(file.name))


def _judged(reading: DocumentReading, found: Score) -> Iterator[tuple[float, bool]]:
    for name, outcome in found.fields.items():
        claim = claim_of(reading, name)
        if claim is not None and outcome is not FieldOutcome.MISSING:
            yield claim.confidence, outcome is FieldOutcome.RIGHT
    for row, right in zip(reading.rows, found.rows, strict=True):
        shown = row.result or row.specification
        if right is not None and shown is not None:
            yield shown.confidence, right


def claim_of(reading: DocumentReading, name: str) -> Claim | None:
    """The claim behind a field of the truth's shape."""
    if name == "expiry_or_retest_date":
        fields = reading.fields
        return fields.get(HeaderField.EXPIRY_DATE) or fields.get(HeaderField.RETEST_DATE)
    return reading.fields.get(HeaderField(name))


def _faults(drawn: DrawnDocument, predicted: dict[str, object], found: Score) -> Iterator[str]:
    for name, outcome in found.fields.items():
        if outcome is not FieldOutcome.RIGHT:
            wanted, given = drawn.truth.get(name), predicted.get(name)
            yield f"{name} {outcome.value}: {given!r} for {wanted!r}"
    tests = predicted["tests"]
    assert isinstance(tests, list)
    yield from (
        f"false row: {test}"
        for test, right in zip(tests, found.rows, strict=True)
        if right is False
    )
    if found.rows_right < found.rows_expected:
        yield f"rows {found.rows_right} of {found.rows_expected}"
    yield from (
        f"{name} {right} of {of}" for name, (right, of) in found.attributes.items() if right < of
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over some documents."""

    documents: int
    fields_right: int
    fields_stated: int
    fields_wrong: int
    fields_extra: int
    rows_right: int
    rows_expected: int
    rows_false: int
    certain_wrong: int


def tally(found: Sequence[Measured]) -> Tally:
    outcomes = Counter(outcome for one in found for outcome in one.score.fields.values())
    return Tally(
        documents=len(found),
        fields_right=outcomes[FieldOutcome.RIGHT],
        fields_stated=outcomes.total() - outcomes[FieldOutcome.EXTRA],
        fields_wrong=outcomes[FieldOutcome.WRONG],
        fields_extra=outcomes[FieldOutcome.EXTRA],
        rows_right=sum(one.score.rows_right for one in found),
        rows_expected=sum(one.score.rows_expected for one in found),
        rows_false=sum(one.score.rows_false for one in found),
        certain_wrong=sum(
            confidence >= CERTAIN and not right for one in found for confidence, right in one.judged
        ),
    )


def by_value(found: Sequence[Measured], dimension: str) -> dict[str, list[Measured]]:
    groups: dict[str, list[Measured]] = {}
    for one in found:
        groups.setdefault(getattr(one.variation, dimension), []).append(one)
    return dict(sorted(groups.items()))
