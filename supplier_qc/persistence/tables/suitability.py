"""Tests of media and supplements for a kind of cells and a culture process."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.media_suitability import (
    CultureProcess,
    SuitabilityResult,
    TissueSource,
)
from supplier_qc.persistence.base import Base, Versioned, controlled
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.qualification import Evidence


class MediaSuitability(Versioned, Base):
    """One test: what was cultured how, with what result, and where that is written."""

    __tablename__ = "media_suitability"
    __table_args__ = (CheckConstraint("trim(report) <> ''", name="report_not_blank"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("manufacturer_item.id"), index=True)
    tissue: Mapped[TissueSource] = mapped_column(controlled(TissueSource, "tissue"))
    process: Mapped[CultureProcess] = mapped_column(controlled(CultureProcess, "process"))
    result: Mapped[SuitabilityResult] = mapped_column(controlled(SuitabilityResult, "result"))
    tested_on: Mapped[date]
    # Number or name of the report; the paper itself where it is on file.
    report: Mapped[str] = mapped_column(String(200))
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    note: Mapped[str | None] = mapped_column(Text)
    item: Mapped[ManufacturerItem] = relationship()
    evidence: Mapped[Evidence | None] = relationship()
