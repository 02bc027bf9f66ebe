"""Measure the reader on certificates with a truth file beside them; write docs/accuracy.md.

The certificates belong to third parties and stay where they are: only file names and counts
reach the report. `python -m benchmarks.accuracy --help` lists the arguments.
"""

import argparse
import json
import platform
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from benchmarks.corpus.measure import measure_corpus
from benchmarks.corpus_report import corpus_section
from benchmarks.scoring import FieldOutcome, Score, score
from supplier_qc.extraction.claims import (
    Claim,
    DocumentKind,
    DocumentReading,
    HeaderField,
    TextLayer,
)
from supplier_qc.extraction.reading_process import read_in_child
from supplier_qc.extraction.triage import ProbedPage, judge_document, judge_page
from supplier_qc.extraction.truth_shape import as_truth_object

ROOT = Path(__file__).resolve().parents[1]
CERTAIN = 0.95
BANDS = ((CERTAIN, 1.01), (0.9, CERTAIN), (0.8, 0.9), (0.6, 0.8), (0.0, 0.6))
GROUPS = {
    "text layer": frozenset({TextLayer.TEXT, TextLayer.FORM}),
    "garbled text": frozenset({TextLayer.GARBLED}),
    "scans": frozenset({TextLayer.SCAN, TextLayer.HEADER_ONLY, TextLayer.OCR}),
}
GARBLED_NOTE = "has text that is not what it shows"  # how the reader says why it recognised a page
BASELINES = """\
| method | rows, text layer | rows, garbled | rows, scans | rows, all |
|---|---|---|---|---|
| pdfplumber `extract_tables()` default | 31 % | 0 | 0 | 17 % |
| pdfplumber, strategy text | 44 % | 0 | 0 | 24 % |
| PyMuPDF find_tables | 12 % | 0 | 0 | 7 % |
| pdftotext -layout, name and result on one line | 63 % | 0 | 0 | 35 % |
| camelot hybrid | 73 % | | | 41 % |
| three pdfplumber strategies, any of them | 88 % | | | 49 % |
| default tables and header keywords, end to end | | | | 12 % (precision 85 %) |

Measured in November 2026 on 94 papers of 69 issuers, of which the folder holds a part; a row
counts there when name and result stand together, whatever column they were put into."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One claim's confidence, and whether it was right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    reading: DocumentReading
    score: Score
    seconds: float

    @property
    def group(self) -> str:
        if any(GARBLED_NOTE in note for note in self.reading.notes):
            return "garbled text"
        kinds = (name for name, layers in GROUPS.items() if self.reading.text_layer in layers)
        return next(kinds, "unreadable")


def main() -> None:
    arguments = _arguments()
    truths = sorted(arguments.folder.glob("*.truth.json"))
    if not truths:
        sys.stderr.write(f"No truth files in {arguments.folder}: nothing was measured.\n")
        return
    predictions = arguments.predictions or Path(tempfile.mkdtemp(prefix="accuracy-"))
    with ThreadPoolExecutor(2) as pool:
        documents = list(pool.map(lambda truth: _measure(truth, predictions), truths))
        measured = {document.name: document.reading for document in documents}
        files = [file for file in sorted(arguments.folder.glob("*.pdf")) if _has_text(file)]
        readings = pool.map(lambda file: measured.get(file.stem) or read_in_child(file), files)
        kinds = [
            (file.stem, reading.kind, reading.kind_confidence)
            for file, reading in zip(files, readings, strict=True)
        ]
    report = "\n".join(_report(documents, kinds, arguments.machine, arguments.date)) + "\n"
    arguments.report.write_text(report, encoding="utf-8")
    sys.stdout.write(report)
    sys.stdout.write(f"\nPredictions: {predictions}\n")


def _has_text(file: Path) -> bool:
    """Whether some page says in text what it shows; images take too long to read all."""
    with pypdfium2.PdfDocument(file) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    pages = [judge_page(ProbedPage(text, 0.0, has_marks=True)) for text in texts]
    return judge_document(pages) is TextLayer.TEXT


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT.parent / "shared" / "coas")
    parser.add_argument("--report", type=Path, default=ROOT / "docs" / "accuracy.md")
    parser.add_argument(
        "--predictions", type=Path, help="where predictions go (default: a new one)"
    )
    parser.add_argument("--machine", default=f"{platform.system()} {platform.machine()}")
    parser.add_argument("--date", default=time.strftime("%Y-%m-%d"))
    return parser.parse_args()


def _measure(truth_file: Path, predictions: Path) -> Document:
    name = truth_file.name.removesuffix(".truth.json")
    started = time.perf_counter()
    reading = read_in_child(truth_file.with_name(f"{name}.pdf"))
    seconds = time.perf_counter() - started
    predicted = as_truth_object(reading)
    predictions.mkdir(parents=True, exist_ok=True)
    (predictions / f"{name}.json").write_text(json.dumps(predicted, ensure_ascii=False))
    truth = json.loads(truth_file.read_text(encoding="utf-8"))
    return Document(name, reading, score(predicted, truth), seconds)


def judged_claims(documents: Sequence[Document]) -> Iterator[Judged]:
    """Every proposed value that the truth can judge; a row is judged as a whole."""
    for document in documents:
        for name, outcome in document.score.fields.items():
            claim = _claim_of(document.reading, name)
            if claim is not None and outcome is not FieldOutcome.MISSING:
                yield Judged(claim.confidence, outcome is FieldOutcome.RIGHT)
        for row, right in zip(document.reading.rows, document.score.rows, strict=True):
            shown = row.result or row.specification
            if right is not None and shown is not None:
                yield Judged(shown.confidence, right)


def _claim_of(reading: DocumentReading, name: str) -> Claim | None:
    if name == "expiry_or_retest_date":
        fields = reading.fields
        return fields.get(HeaderField.EXPIRY_DATE) or fields.get(HeaderField.RETEST_DATE)
    return reading.fields.get(HeaderField(name))


def _report(
    documents: Sequence[Document],
    kinds: Sequence[tuple[str, DocumentKind, float]],
    machine: str,
    date: str,
) -> Iterator[str]:
    yield "# How accurately certificates are read"
    yield ""
    yield f"Measured {date} on {machine} by `make accuracy`. Definitions: `benchmarks/scoring.py`."
    yield "There are no templates and nothing is tuned to one maker or one file. But the reader was"
    yield "developed on these very papers, so the figures and the calibration below are the best"
    yield "case; papers of makers that nobody here has seen can read worse."
    yield ""
    yield from _totals(documents)
    yield from _calibration(list(judged_claims(documents)))
    yield from _per_document(documents)
    yield from _kinds(kinds)
    yield from corpus_section(measure_corpus())
    yield "## Baselines"
    yield ""
    yield BASELINES


def _totals(documents: Sequence[Document]) -> Iterator[str]:
    yield "## In total"
    yield ""
    yield from _head(
        "documents", "number", "fields exact", "wrong", "missing", "extra", "rows recall",
        "rows precision",
    )  # fmt: skip
    for group in (*GROUPS, "unreadable"):
        members = [document for document in documents if document.group == group]
        if members:
            yield _total_line(group, members)
    yield _total_line("all", documents)
    yield ""
    counts: dict[str, list[int]] = {}
    for document in documents:
        for name, (right, of) in document.score.attributes.items():
            both = counts.setdefault(name, [0, 0])
            both[0] += right
            both[1] += of
    parts = ", ".join(f"{name} {right} of {of}" for name, (right, of) in counts.items())
    yield f"On the rows that were found: {parts or 'nothing to compare'}."
    yield ""


def _head(*columns: str) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield "|" + "---|" * len(columns)


def _total_line(group: str, documents: Sequence[Document]) -> str:
    outcomes = Counter(outcome for d in documents for outcome in d.score.fields.values())
    stated = outcomes.total() - outcomes[FieldOutcome.EXTRA]
    right = sum(d.score.rows_right for d in documents)
    expected = sum(d.score.rows_expected for d in documents)
    false = sum(d.score.rows_false for d in documents)
    return (
        f"| {group} | {len(documents)} | {_share(outcomes[FieldOutcome.RIGHT], stated)} "
        f"| {outcomes[FieldOutcome.WRONG]} | {outcomes[FieldOutcome.MISSING]} "
        f"| {outcomes[FieldOutcome.EXTRA]} | {_share(right, expected)} "
        f"| {_share(right, right + false)} |"
    )


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} = {part / whole:.3f}" if whole else "none stated"


def _calibration(claims: Sequence[Judged]) -> Iterator[str]:
    yield "## Confidence"
    yield ""
    yield "| confidence | values | right |"
    yield "|---|---|---|"
    for low, high in BANDS:
        inside = [claim.right for claim in claims if low <= claim.confidence < high]
        label = f"{low:.2f} and more" if high > 1 else f"{low:.2f} to {high:.2f}"
        yield f"| {label} | {len(inside)} | {_share(sum(inside), len(inside))} |"
    wrong = sum(not claim.right and claim.confidence >= CERTAIN for claim in claims)
    yield ""
    yield f"Wrong and at least {CERTAIN} confident: {wrong} (target 0)."
    yield ""


KINDS_BY_PREFIX = {
    "coo": DocumentKind.CERTIFICATE_OF_ORIGIN,
    "origin": DocumentKind.CERTIFICATE_OF_ORIGIN,
    "spec": DocumentKind.SPECIFICATION_SHEET,
    "statement-pbleiner-faq": DocumentKind.QUESTIONNAIRE,
    "statement": DocumentKind.SUPPLIER_STATEMENT,
}
"""What the folder's names say of the papers that are no certificate of analysis."""


def kind_by_name(name: str) -> DocumentKind:
    """The kind after a file's name; certificates of analysis and reports of laboratories alike."""
    fits = [prefix for prefix in KINDS_BY_PREFIX if name.startswith(prefix)]
    if not fits:
        return DocumentKind.CERTIFICATE_OF_ANALYSIS
    return KINDS_BY_PREFIX[max(fits, key=len)]


def is_kind(found: DocumentKind, wanted: DocumentKind) -> bool:
    results = {DocumentKind.CERTIFICATE_OF_ANALYSIS, DocumentKind.LABORATORY_REPORT}
    return found is wanted or (wanted in results and found in results)


def _kinds(kinds: Sequence[tuple[str, DocumentKind, float]]) -> Iterator[str]:
    yield "## Kinds of documents"
    yield ""
    right = [is_kind(found, kind_by_name(name)) for name, found, _ in kinds]
    unsaid = [found is DocumentKind.UNKNOWN for _, found, _ in kinds]
    other = len(kinds) - sum(right) - sum(unsaid)
    yield f"Of the {len(kinds)} papers with text, {sum(right)} are recognised as what their name"
    yield f"says, {sum(unsaid)} are called unknown and {other} taken for something else. Reports of"
    yield "laboratories count as certificates of analysis."
    yield ""
    if not all(right):
        yield from _head("file", "kind after its name", "read as", "confidence")
    for (name, found, confidence), is_right in zip(kinds, right, strict=True):
        if not is_right:
            yield f"| {name} | {kind_by_name(name).value} | {found.value} | {confidence:.2f} |"
    yield ""


def _per_document(documents: Sequence[Document]) -> Iterator[str]:
    yield "## Per document"
    yield ""
    yield from _head(
        "file", "text layer", "fields right", "wrong", "missing", "extra", "rows found",
        "false rows", "seconds a page",
    )  # fmt: skip
    for document in documents:
        outcomes = Counter(document.score.fields.values())
        pages = max(1, len(document.reading.pages))
        yield (
            f"| {document.name}.pdf | {document.reading.text_layer.value} "
            f"| {outcomes[FieldOutcome.RIGHT]} | {outcomes[FieldOutcome.WRONG]} "
            f"| {outcomes[FieldOutcome.MISSING]} | {outcomes[FieldOutcome.EXTRA]} "
            f"| {document.score.rows_right}/{document.score.rows_expected} "
            f"| {document.score.rows_false} | {document.seconds / pages:.2f} |"
        )
    yield ""
    yield "Seconds include the start of the reading process, on two cores with two at once."
    yield ""


if __name__ == "__main__":
    main()
