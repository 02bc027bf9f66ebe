"""Papers that people hand in: the bytes in the store, and the row that names them."""

from sqlalchemy import select

from supplier_qc.domain.evidence_files import EvidenceFile, file_problems, media_type_of
from supplier_qc.domain.refusals import Refused
from supplier_qc.domain.uploads import shown_filename
from supplier_qc.persistence.document_store import DocumentStore, StoredDocument
from supplier_qc.persistence.tables.documents import Document
from supplier_qc.services.transaction import Change


def store_file(documents: DocumentStore, file: EvidenceFile | None) -> StoredDocument | None:
    """The bytes are on disk before the row that names them, so no row names a missing file."""
    if file is None:
        return None
    Refused.unless_empty(file_problems(file))
    return documents.put(file.content)


def document_of(change: Change, file: EvidenceFile, stored: StoredDocument) -> Document:
    """The row of these bytes; the same bytes twice are one document."""
    known = change.session.scalar(select(Document).where(Document.sha256 == stored.sha256))
    if known is not None:
        return known
    return Document(
        sha256=stored.sha256,
        filename=shown_filename(file.filename),
        media_type=media_type_of(file.content) or "application/octet-stream",
        size_bytes=stored.size_bytes,
        uploaded_by_id=change.actor.person_id,
        uploaded_at=change.now,
    )
