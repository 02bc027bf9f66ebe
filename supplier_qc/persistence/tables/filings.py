"""Which version of a specification stands in a dossier that was filed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.catalogue import UseScope
from supplier_qc.domain.origin.vocabulary import Authority
from supplier_qc.persistence.base import Base, UtcDateTime, controlled
from supplier_qc.persistence.tables.specifications import Specification


class SpecificationFiling(Base):
    """A version as filed with an authority for a use; a later filing takes its place."""

    __tablename__ = "specification_filing"
    __table_args__ = (CheckConstraint("trim(reference) <> ''", name="reference_not_blank"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    specification_id: Mapped[int] = mapped_column(ForeignKey("specification.id"), index=True)
    authority: Mapped[Authority] = mapped_column(controlled(Authority, "authority"))
    use_scope: Mapped[UseScope] = mapped_column(controlled(UseScope, "use_scope"))
    # Of the submission, such as a sequence number or an application number.
    reference: Mapped[str] = mapped_column(String(200))
    filed_on: Mapped[date]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    specification: Mapped[Specification] = relationship()
