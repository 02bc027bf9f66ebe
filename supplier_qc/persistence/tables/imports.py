"""The user's own numbers of records, and the runs that brought records in."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from supplier_qc.persistence.base import Base, UtcDateTime


class OwnNumber(Base):
    """The number a record has in the user's other systems; an import finds the record by it."""

    __tablename__ = "own_number"
    __table_args__ = (
        UniqueConstraint("subject_type", "number"),
        CheckConstraint("trim(number) <> ''", name="number_not_blank"),
        Index("ix_own_number_subject", "subject_type", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # The table and number of the record; a merged vendor's numbers go to the one that took over.
    subject_type: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int]
    number: Mapped[str] = mapped_column(String(40))


class ImportRun(Base):
    """One file that was imported: who, when, which bytes, and how many rows did what."""

    __tablename__ = "import_run"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="sha256_hex"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    filename: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size_bytes: Mapped[int]
    # {"vendors": {"new": 3, "changed": 0, "same": 12}, …}
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
