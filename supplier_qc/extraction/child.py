"""The reading process: `python -m supplier_qc.extraction.child CPU MEMORY read|render …`."""

import io
import json
import logging
import math
import os
import resource
import sys
from pathlib import Path

from supplier_qc.extraction.reading_process import OUT_OF_MEMORY, REFUSED

MOST_PIXELS = 40_000_000  # a page drawn larger is drawn at a lower resolution
POINTS_PER_INCH = 72


def main(arguments: list[str]) -> int:
    cpu_seconds, memory_bytes, task, *rest = arguments
    resource.setrlimit(resource.RLIMIT_CPU, (int(cpu_seconds), int(cpu_seconds) + 1))
    resource.setrlimit(resource.RLIMIT_AS, (int(memory_bytes), int(memory_bytes)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)
    try:
        return _read(Path(rest[0])) if task == "read" else _render(rest)
    except MemoryError:
        return OUT_OF_MEMORY


def _read(path: Path) -> int:
    from supplier_qc.extraction.reading import read_pdf
    from supplier_qc.extraction.taught_words import TaughtWord

    taught = [TaughtWord.from_json(word) for word in json.loads(sys.stdin.buffer.read())]
    reading = read_pdf(path, taught=taught)
    _write(json.dumps(reading.to_json(), ensure_ascii=False).encode())
    return 0


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
