"""One file on disk into a DocumentReading; a bad file becomes a named note, never an exception."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import pypdfium2

from supplier_qc.extraction.claims import DocumentReading, PageSize, TextLayer
from supplier_qc.extraction.ocr_claims import as_recognised
from supplier_qc.extraction.ocr_reading import NEEDS_OCR, UNWATCHED, OcrWatch, Recognised, recognise
from supplier_qc.extraction.page_content import PageContent
from supplier_qc.extraction.pdf_words import read_pages
from supplier_qc.extraction.reader import propose
from supplier_qc.extraction.taught_words import TaughtWord
from supplier_qc.extraction.triage import ProbedPage, judge_document, judge_page

MOST_PAGES = 500
PROBED_TEXTS = 60  # of the text objects of a page, enough to tell whether they have ink
PAGE_SECONDS = 60.0  # for all pages of a file; well within the limits of the reading process
_PDF_MARK_WITHIN = 1024  # bytes; readers accept rubbish before the mark
_NOTES = {
    TextLayer.SCAN: "The pages are images without text: enter the values by hand beside the page "
    "image.",
    TextLayer.GARBLED: "No usable text layer: the text in the file is not what the page shows. "
    "Enter the values by hand beside the page image.",
    TextLayer.HEADER_ONLY: "Only the browser's header is text, the certificate itself is an "
    "image: enter the values by hand beside the page image.",
    TextLayer.EMPTY: "The file has no content: ask the supplier for the certificate again.",
    TextLayer.PROTECTED: "The file opens with a password only: ask the supplier for an "
    "unprotected copy, or enter the values by hand.",
}
_NOT_A_PDF = "The file is not a PDF: upload the certificate as PDF."
_DAMAGED = (
    "The file is damaged and cannot be opened: ask the supplier for it again, or enter the values "
    "by hand."
)


@dataclass(frozen=True, slots=True)
class _Probe:
    """The cheap first look: the file as a whole, and the kind of text on each page."""

    reading: DocumentReading
    kinds: tuple[TextLayer, ...]

    @property
    def has_text(self) -> bool:
        return self.reading.text_layer is TextLayer.TEXT


def read_pdf(
    path: Path,
    *,
    page_seconds: float = PAGE_SECONDS,
    taught: Sequence[TaughtWord] = (),
    watch: OcrWatch = UNWATCHED,
) -> DocumentReading:
    """Read a certificate. Never raises for a bad file; `notes` say what the reviewer can do.

    Pages that `page_seconds` do not suffice for are left to the reviewer and named. Pages without
    usable text are recognised from their image, which `watch` is told of. Only running out of
    memory is left to the caller, which is the reading process.
    """
    refused = _refused_unopened(path)
    if refused is not None:
        return refused
    try:
        with _opened(path) as document:
            probe = _probe(document)
    except pypdfium2.PdfiumError as failure:
        if "password" in str(failure).lower():
            return without_content(TextLayer.PROTECTED)
        return without_content(TextLayer.DAMAGED, _DAMAGED)
    if not probe.has_text and not NEEDS_OCR & set(probe.kinds):
        return probe.reading
    try:
        recognised = recognise(path, probe.kinds, watch)
        return _read_words(path, probe, recognised, page_seconds, taught)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # pdfminer raises anything on hostile files
        return replace(
            without_content(TextLayer.DAMAGED, _DAMAGED),
            pages=probe.reading.pages,
            producer=probe.reading.producer,
        )


def without_content(text_layer: TextLayer, *notes: str) -> DocumentReading:
    return DocumentReading(text_layer, notes=notes or (_NOTES[text_layer],))


def _refused_unopened(path: Path) -> DocumentReading | None:
    try:
        with path.open("rb") as file:
            head = file.read(_PDF_MARK_WITHIN)
    except OSError:
        return without_content(TextLayer.DAMAGED, "The file cannot be read from the store.")
    if not head:
        return without_content(TextLayer.EMPTY, "The file is empty: upload it again.")
    if b"%PDF-" not in head:
        return without_content(TextLayer.DAMAGED, _NOT_A_PDF)
    return None


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    document = pypdfium2.PdfDocument(path)
    try:
        yield document
    finally:
        document.close()


def _probe(document: Any) -> _Probe:
    """Page sizes, producer, and what kind of text layer there is."""
    count = min(len(document), MOST_PAGES)
    probed = [_probe_page(document, number) for number in range(count)]
    kinds = tuple(judge_page(page) for page, _ in probed)
    kind = judge_document(list(kinds))
    producer = document.get_metadata_value("Producer") or ""
    notes = [] if kind is TextLayer.TEXT or kind in NEEDS_OCR else [_NOTES[kind]]
    if len(document) > MOST_PAGES:
        notes.append(f"Only the first {MOST_PAGES} of {len(document)} pages were read.")
    sizes = tuple(size for _, size in probed)
    return _Probe(DocumentReading(kind, sizes, notes=tuple(notes), producer=producer), kinds)


def _probe_page(document: Any, number: int) -> tuple[ProbedPage, PageSize]:
    page = document[number]
    width, height = page.get_size()
    text_page = page.get_textpage()
    text = text_page.get_text_range() if text_page.count_chars() else ""
    text_page.close()
    images, marks = 0.0, False
    if len(text.split()) < 60:  # images matter only where there is little text
        for item in page.get_objects(max_depth=3):
            marks = True
            if item.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE:
                left, bottom, right, top = item.get_bounds()
                images += max(0.0, right - left) * max(0.0, top - bottom)
    hidden = _is_hidden(page)
    page.close()
    share = images / (width * height) if width and height else 0.0
    return ProbedPage(text, share, marks, is_hidden=hidden), PageSize(width, height)


def _is_hidden(page: Any) -> bool:
    """Whether most of the text is drawn without ink; judged by what is drawn first."""
    texts = islice(
        page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], max_depth=3), PROBED_TEXTS
    )
    inkless = [
        pypdfium2.raw.FPDFTextObj_GetTextRenderMode(item.raw)
        == pypdfium2.raw.FPDF_TEXTRENDERMODE_INVISIBLE
        for item in texts
    ]
    return bool(sum(inkless) * 2 > len(inkless))


def _read_words(
    path: Path,
    probe: _Probe,
    recognised: Recognised,
    page_seconds: float,
    taught: Sequence[TaughtWord],
) -> DocumentReading:
    if not probe.has_text and not recognised.pages:
        notes = (_NOTES[probe.reading.text_layer], *recognised.notes, *probe.reading.notes)
        return replace(probe.reading, notes=notes)
    printed, late = _printed_pages(path, probe, page_seconds) if probe.has_text else ([], [])
    from_images = {number: page.content for number, page in recognised.pages.items()}
    pages = [page for page in printed if page.number not in from_images]
    pages = sorted([*pages, *from_images.values()], key=lambda page: page.number)
    proposal = as_recognised(propose(pages, taught, frozenset(recognised.pages)), recognised.pages)
    return replace(
        probe.reading,
        text_layer=_layer(printed, recognised),
        fields=proposal.fields,
        rows=proposal.rows,
        decimal_comma=proposal.decimal_comma,
        decimal_evidence=proposal.decimal_evidence,
        day_first=proposal.day_first,
        date_evidence=proposal.date_evidence,
        notes=(*probe.reading.notes, *recognised.notes, *late, *proposal.notes),
        lots_seen=proposal.lots_seen,
        page_marks=proposal.page_marks,
        statement=proposal.statement,
        mentions=proposal.mentions,
        kind=proposal.kind.kind,
        kind_confidence=proposal.kind.confidence,
        kind_evidence=proposal.kind.evidence,
    )


def _layer(printed: Sequence[PageContent], recognised: Recognised) -> TextLayer:
    """By the printed pages where there are any; their recognised neighbours are named in notes."""
    own = [page for page in printed if page.number not in recognised.pages]
    if recognised.pages and not any(page.words or page.form_values for page in own):
        return TextLayer.OCR
    return TextLayer.FORM if any(page.form_values for page in own) else TextLayer.TEXT


def _printed_pages(
    path: Path, probe: _Probe, page_seconds: float
) -> tuple[list[PageContent], list[str]]:
    """The pages' own text, and notes on those that could not be read or came too late."""
    pages: list[PageContent] = []
    notes = []
    started = time.monotonic()
    for number, found in enumerate(read_pages(path, at_most=MOST_PAGES), start=1):
        if isinstance(found, PageContent):
            pages.append(found)
        else:
            notes.append(f"Page {found[0]} could not be read: enter its values by hand.")
        if time.monotonic() - started > page_seconds and number < len(probe.kinds):
            notes.append(
                f"Reading stopped after page {number} of {len(probe.kinds)} because it took too "
                "long: enter the other pages' values by hand."
            )
            break
    return pages, notes
