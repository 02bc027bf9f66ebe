"""Words of a vendor that a reviewer has taught, and the proposals they were used for."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.learned_names import NameKind
from supplier_qc.persistence.base import Base, UtcDateTime, Versioned, controlled
from supplier_qc.persistence.tables.certificates import CertificateRow
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.parties import Organisation

_LIVE = "withdrawn_at IS NULL"


def _one_meaning(name: str, *columns: str, among: str) -> Index:
    """A printed word has one live meaning among the names it could be taken for."""
    where = text(f"{_LIVE} AND {among}")
    return Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)


class LearnedName(Versioned, Base):
    """A taught word never changes: another meaning is another row, and this one is withdrawn."""

    __tablename__ = "learned_name"
    __table_args__ = (
        _one_meaning(
            "uq_learned_name_of_the_vendor",
            "organisation_id",
            "kind",
            "printed_key",
            among="item_id IS NULL",
        ),
        _one_meaning(
            "uq_learned_name_of_the_item",
            "item_id",
            "kind",
            "printed_key",
            among="item_id IS NOT NULL",
        ),
        _one_meaning(
            "uq_learned_name_letterhead_of_one_vendor", "printed_key", among="kind = 'letterhead'"
        ),
        CheckConstraint(
            "trim(printed) <> '' AND printed_key <> '' AND trim(meaning) <> ''", name="not_blank"
        ),
        CheckConstraint(
            "item_id IS NULL OR kind NOT IN ('header_word', 'letterhead')",
            name="header_is_of_the_vendor",
        ),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)"
            " AND (withdrawn_at IS NULL) = (coalesce(trim(withdrawal_reason), '') = '')",
            name="withdrawn_in_full",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[NameKind] = mapped_column(controlled(NameKind, "kind"))
    # The maker of the items; NULL as item means all of them.
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("manufacturer_item.id"), index=True)
    printed: Mapped[str] = mapped_column(Text)
    # As domain.learned_names.printed_key makes it.
    printed_key: Mapped[str] = mapped_column(Text)
    # Our attribute, method wording, unit, header field or vendor, by name.
    meaning: Mapped[str] = mapped_column(Text)
    taught_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    taught_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Where it was seen first; NULL for a name that came with a pack.
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawal_reason: Mapped[str | None] = mapped_column(Text)
    organisation: Mapped[Organisation] = relationship()
    item: Mapped[ManufacturerItem | None] = relationship()


class LearnedNameUse(Base):
    """A row of a certificate that was proposed with a taught name: its line, method or unit."""

    __tablename__ = "learned_name_use"

    row_id: Mapped[int] = mapped_column(ForeignKey("certificate_row.id"), primary_key=True)
    kind: Mapped[NameKind] = mapped_column(controlled(NameKind, "kind"), primary_key=True)
    learned_name_id: Mapped[int] = mapped_column(ForeignKey("learned_name.id"), index=True)
    row: Mapped[CertificateRow] = relationship()
    name: Mapped[LearnedName] = relationship()
