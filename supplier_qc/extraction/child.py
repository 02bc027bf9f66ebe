"""The reading process: `python -m supplier_qc.extraction.child LIMITS… read|render …`."""

import io
import json
import logging
import math
import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

from supplier_qc.extraction.reading_process import OUT_OF_MEMORY, REFUSED

MOST_PIXELS = 40_000_000  # a page drawn larger is drawn at a lower resolution
POINTS_PER_INCH = 72


def main(arguments: list[str]) -> int:
    cpu_seconds, memory_bytes, ocr_cpu_seconds, ocr_memory_bytes, task, *rest = arguments
    # The hard limits are those of recognition; `_allow_ocr` goes up to them where it is needed.
    resource.setrlimit(resource.RLIMIT_CPU, (int(cpu_seconds), int(ocr_cpu_seconds)))
    resource.setrlimit(resource.RLIMIT_AS, (int(memory_bytes), int(ocr_memory_bytes)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)
    try:
        return _read(rest) if task == "read" else _render(rest)
    except MemoryError:
        return OUT_OF_MEMORY


def _read(arguments: list[str]) -> int:
    from supplier_qc.extraction.ocr_reading import OcrWatch
    from supplier_qc.extraction.reading import read_pdf
    from supplier_qc.extraction.taught_words import TaughtWord

    taught = [TaughtWord.from_json(word) for word in json.loads(sys.stdin.buffer.read())]
    with os.fdopen(int(arguments[1]), "wb", buffering=0) as pipe:
        watch = OcrWatch(_allow_ocr, lambda page, pages: _tell(pipe, page, pages))
        reading = read_pdf(Path(arguments[0]), taught=taught, watch=watch)
    _write(json.dumps(reading.to_json(), ensure_ascii=False).encode())
    return 0


def _allow_ocr() -> None:
    """Recognition needs more time and address space than text does; both stay bounded."""
    for what in (resource.RLIMIT_CPU, resource.RLIMIT_AS):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (hard, hard))


def _tell(pipe: io.FileIO, page: int, pages: int) -> None:
    """Say which page is read now; nobody has to listen."""
    with suppress(OSError):
        pipe.write(b"%d %d\n" % (page, pages))


def _render(arguments: list[str]) -> int:
    from pypdfium2 import PdfDocument, PdfiumError

    path, page, dpi = Path(arguments[0]), int(arguments[1]), int(arguments[2])
    try:
        document = PdfDocument(path)
        if not 1 <= page <= len(document):
            return _refuse(f"The file has {len(document)} pages; there is no page {page}.")
        sheet = document[page - 1]
        bitmap = sheet.render(scale=_scale(sheet.get_size(), dpi))
        image = io.BytesIO()
        bitmap.to_pil().save(image, format="PNG")
    except (PdfiumError, OSError):
        return _refuse("The page cannot be drawn: the file is damaged or protected.")
    _write(image.getvalue())
    return 0


def _scale(size: tuple[float, float], dpi: int) -> float:
    wanted = dpi / POINTS_PER_INCH
    largest = math.sqrt(MOST_PIXELS / max(1.0, size[0] * size[1]))
    return min(wanted, largest)


def _refuse(message: str) -> int:
    _write(message.encode())
    return REFUSED


def _write(content: bytes) -> None:
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    code = main(sys.argv[1:])
    # pdfium's finalisers can crash at exit on a broken file; everything is written by now.
    os._exit(code)
