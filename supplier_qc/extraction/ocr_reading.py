"""Which pages of a file are recognised from their image, and what the reviewer is told of it."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from supplier_qc.extraction.claims import TextLayer
from supplier_qc.extraction.ocr_pages import OcrPage

NEEDS_OCR = frozenset({TextLayer.SCAN, TextLayer.GARBLED, TextLayer.HEADER_ONLY})
MOST_PAGES = 30
SECONDS = 200.0
"""For all images of a file; the queue's lease is longer (house rule)."""
FEWEST_WORDS = 5  # a page with fewer says nothing that a person could not type faster

_LOOK_CLOSELY = (
    "compare every sign with the image, above all <, ≤, decimal signs, powers of ten and units."
)
_WHY = {
    TextLayer.SCAN: "has no printed text",
    TextLayer.GARBLED: "has text that is not what it shows",
    TextLayer.HEADER_ONLY: "has only the browser's header as text",
}


@dataclass(frozen=True, slots=True)
class OcrWatch:
    """What has to happen around recognition: `prepare` once before the first page, and `on_page`
    before each, with its number and the number of pages of the file.
    """

    prepare: Callable[[], None] = lambda: None
    on_page: Callable[[int, int], None] = lambda _page, _pages: None


UNWATCHED = OcrWatch()


@dataclass(frozen=True, slots=True)
class Recognised:
    """Pages by number (1-based), and sentences for the reviewer."""

    pages: Mapping[int, OcrPage]
    notes: tuple[str, ...]


def recognise(path: Path, kinds: Sequence[TextLayer], watch: OcrWatch = UNWATCHED) -> Recognised:
    """Recognise the pages whose text says nothing.

    A page that fails, comes too late or shows hardly a word is left to the reviewer and named.
    """
    wanted = [number for number, kind in enumerate(kinds, start=1) if kind in NEEDS_OCR]
    if not wanted:
        return Recognised({}, ())
    watch.prepare()
    pages, late = _recognised(
        path, wanted[:MOST_PAGES], lambda number: watch.on_page(number, len(kinds))
    )
    late += wanted[MOST_PAGES:]
    empty = [number for number in wanted if number not in pages and number not in late]
    notes = [
        *_read_note(sorted(pages), kinds),
        *_left_note(empty, "nothing could be recognised"),
        *_left_note(late, "there was no time to recognise"),
    ]
    return Recognised(pages, tuple(notes))


def _recognised(
    path: Path, wanted: Sequence[int], on_page: Callable[[int], None]
) -> tuple[dict[int, OcrPage], list[int]]:
    """What was recognised by page, and the pages that there was no time for."""
    from supplier_qc.extraction.ocr import read_by_ocr

    found: dict[int, OcrPage] = {}
    started = time.monotonic()
    document = pypdfium2.PdfDocument(path)
    try:
        for place, number in enumerate(wanted):
            if time.monotonic() - started > SECONDS:
                return found, list(wanted[place:])
            on_page(number)
            page = _page(document, number, read_by_ocr)
            if page is not None and len(page.content.words) >= FEWEST_WORDS:
                found[number] = page
    finally:
        document.close()
    return found, []


def _page(
    document: pypdfium2.PdfDocument,
    number: int,
    read: Callable[[pypdfium2.PdfPage, int], OcrPage],
) -> OcrPage | None:
    try:
        sheet = document[number - 1]
        try:
            return read(sheet, number)
        finally:
            sheet.close()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 -- pdfium, OpenCV and the models raise anything on odd images
        return None


def _read_note(numbers: Sequence[int], kinds: Sequence[TextLayer]) -> list[str]:
    if not numbers:
        return []
    reasons = {kinds[number - 1] for number in numbers}
    if len(reasons) == 1 and len(numbers) == len(kinds) == 1:
        first = f"The page {_WHY[reasons.pop()]} and was read from its image (OCR)"
    elif len(numbers) == 1:
        first = f"Page {numbers[0]} {_WHY[reasons.pop()]} and was read from its image (OCR)"
    else:
        listed = ", ".join(map(str, numbers))
        first = f"Pages {listed} have no usable text and were read from their images (OCR)"
    return [f"{first}: {_LOOK_CLOSELY}"]


def _left_note(numbers: Sequence[int], why: str) -> list[str]:
    if not numbers:
        return []
    named = f"page {numbers[0]}" if len(numbers) == 1 else f"pages {', '.join(map(str, numbers))}"
    return [f"On {named} {why}: enter those values by hand beside the image."]
