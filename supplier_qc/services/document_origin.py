"""What the reader found on origin in a document, kept with the document whatever it is."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.extraction.claims import DocumentReading
from supplier_qc.persistence.tables.origin_statements import DocumentOrigin


def keep_origin(session: Session, document_id: int, found: DocumentReading) -> None:
    """Put what was read in the place of an earlier reading of the same document."""
    kept = session.scalar(select(DocumentOrigin).where(DocumentOrigin.document_id == document_id))
    if kept is None:
        kept = DocumentOrigin(document_id=document_id)
        session.add(kept)
    kept.mentions = [mention.to_json() for mention in found.mentions]
    kept.claims = [claim.to_json() for claim in found.statement]
