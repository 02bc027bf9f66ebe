"""Reading one stored file in the reading process."""

from supplier_qc.config import ReaderSettings
from supplier_qc.domain.refusals import Refused
from supplier_qc.domain.uploads import STRUCTURED, media_type_of
from supplier_qc.extraction.claims import DocumentReading, TextLayer
from supplier_qc.extraction.reading_process import OnPage, ReadingLimits, read_in_child
from supplier_qc.extraction.structured_results import read_structured
from supplier_qc.persistence.document_store import DocumentDamaged, DocumentMissing
from supplier_qc.persistence.sessions import reading
from supplier_qc.queries.taught_names import taught_words
from supplier_qc.services.installation import Installation

MOST_LINES = 5_000
"""Lines of a structured file that a page shows; the whole file can be downloaded."""


def read_stored_file(
    installation: Installation, sha256: str, *, on_page: OnPage | None = None
) -> DocumentReading:
    """What the file says; a file that is lost, changed or cannot be read says so in its notes.

    `on_page` is told, in another thread, which page of how many is being recognised.
    """
    try:
        content = installation.documents.get(sha256)
    except (DocumentMissing, DocumentDamaged) as lost:
        return DocumentReading(TextLayer.DAMAGED, notes=(str(lost),))
    with reading(installation.sessions) as session:
        taught = taught_words(session)
    if media_type_of(content) in STRUCTURED:
        return read_structured(content)
    limits = reading_limits(installation.settings.reader)
    return read_in_child(
        installation.documents.path(sha256), limits=limits, taught=taught, on_page=on_page
    )


def stored_file(installation: Installation, sha256: str) -> bytes:
    """The file as it came. Raises Refused when it is lost or was changed in the store."""
    try:
        return installation.documents.get(sha256)
    except (DocumentMissing, DocumentDamaged) as lost:
        raise Refused(str(lost)) from lost


def reading_limits(reader: ReaderSettings) -> ReadingLimits:
    return ReadingLimits(
        wall_seconds=reader.wall_seconds,
        cpu_seconds=reader.cpu_seconds,
        memory_bytes=reader.memory_bytes,
        ocr_cpu_seconds=reader.ocr_cpu_seconds,
        ocr_memory_bytes=reader.ocr_memory_bytes,
    )


def source_lines(installation: Installation, sha256: str) -> tuple[str, ...]:
    """The lines of a file of structured results, for people to compare; none of a PDF."""
    content = stored_file(installation, sha256)
    if media_type_of(content) not in STRUCTURED:
        return ()
    return tuple(content.decode("utf-8-sig", "replace").splitlines()[:MOST_LINES])
