"""Pages of a finished PDF turned or given a smaller visible box, with pdfium."""

import io

import pypdfium2
from pypdfium2 import raw

LARGER = 36.0  # points of hidden margin on each side


def _saved(document: pypdfium2.PdfDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def turned(pdf: bytes, degrees: int) -> bytes:
    """Displayed sideways or upside down, as a page that was fed the wrong way."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        page.set_rotation(degrees)
    return _saved(document)


def turned_and_back(pdf: bytes) -> bytes:
    """Content drawn sideways on a page that is displayed turned, so that it reads upright."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        width, height = page.get_size()
        # Turned by a quarter against the clock and moved back onto the page.
        matrix = raw.FS_MATRIX(0, 1, -1, 0, height, 0)
        clip = raw.FS_RECTF(0, width, height, 0)
        raw.FPDFPage_TransFormWithClip(page.raw, matrix, clip)
        page.set_mediabox(0, 0, height, width)
        page.set_rotation(90)
    return _saved(document)


def cropped(pdf: bytes) -> bytes:
    """A visible box that lies inside a larger page, whose margin shows nothing."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        width, height = page.get_size()
        page.set_mediabox(-LARGER, -LARGER, width + LARGER, height + LARGER)
        page.set_cropbox(0, 0, width, height)
    return _saved(document)
