"""What left the product as a dossier table, so that a file can be recognised later."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from supplier_qc.persistence.base import Base, UtcDateTime


class DossierExport(Base):
    __tablename__ = "dossier_export"
    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256_hex"),
        CheckConstraint("number_of_rows >= 0", name="rows_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # As in the common technical document, such as 3.2.S.2.3.
    section: Mapped[str] = mapped_column(String(40))
    # Target authority, use, and whether proposed sources are listed too.
    scope: Mapped[dict[str, Any]] = mapped_column(JSON)
    # docx or xlsx
    form: Mapped[str] = mapped_column(String(10))
    filename: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    number_of_rows: Mapped[int]
    # The data are as they stood at this moment.
    cut_off_at: Mapped[datetime] = mapped_column(UtcDateTime)
    exported_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
