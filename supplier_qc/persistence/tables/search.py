"""What a record is found by."""

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from supplier_qc.persistence.base import Base


class SearchTerm(Base):
    """One name or number of a record. Derived: it follows its record and is no record itself."""

    __tablename__ = "search_term"
    __table_args__ = (Index("ix_search_term_key", "key"),)

    # The table and number of the record that is found.
    subject_type: Mapped[str] = mapped_column(String(60), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)
    # Which of its names or numbers, such as "name" or "alias:7".
    field: Mapped[str] = mapped_column(String(60), primary_key=True)
    # As it is written, and as domain.search.search_key compares it.
    literal: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
