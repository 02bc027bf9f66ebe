"""Pictures of certificate pages, drawn once in the reading process and kept beside the data."""

import os
import tempfile
from pathlib import Path

from supplier_qc.extraction.reading_process import render_page_in_child
from supplier_qc.services.file_reading import reading_limits
from supplier_qc.services.installation import Installation

DPI = 110
"""Sharp enough to read 6 point type on a screen, about 0.2 MB a page."""


def page_image(installation: Installation, sha256: str, page: int) -> bytes:
    """A page (1-based) as PNG. Raises PageNotRendered with a sentence for the user."""
    folder = installation.settings.page_images_folder / sha256[:2]
    target = folder / f"{sha256}-{page}-{DPI}.png"
    if target.exists():
        return target.read_bytes()
    image = render_page_in_child(
        installation.documents.path(sha256),
        page,
        dpi=DPI,
        limits=reading_limits(installation.settings.reader),
    )
    folder.mkdir(parents=True, exist_ok=True)
    _write_whole(target, image)
    return image


def _write_whole(target: Path, image: bytes) -> None:
    """Two requests may draw the same page at once; each file appears whole."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".drawing-")
    with os.fdopen(descriptor, "wb") as file:
        file.write(image)
    Path(name).replace(target)
