"""Organisations, their roles, sites and contacts."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.catalogue import ContactFunction, OrganisationRole
from supplier_qc.persistence.base import Base, Versioned, controlled


class Organisation(Versioned, Base):
    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("trim(name) <> ''", name="name_not_blank"),
        CheckConstraint("merged_into_id <> id", name="not_merged_into_itself"),
        CheckConstraint(
            "merged_into_id IS NULL OR retired_on IS NOT NULL", name="merged_is_retired"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    website: Mapped[str | None] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(Text)
    # No longer worked with; kept for what it once supplied.
    retired_on: Mapped[date | None]
    # The organisation that took over its records, where the two were one and the same.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    roles: Mapped[list["OrganisationRoleHeld"]] = relationship(
        back_populates="organisation",
        cascade="all, delete-orphan",
        order_by="OrganisationRoleHeld.role",
    )
    sites: Mapped[list["Site"]] = relationship(back_populates="organisation", order_by="Site.name")
    contacts: Mapped[list["Contact"]] = relationship(
        back_populates="organisation", order_by="Contact.full_name"
    )
    aliases: Mapped[list["OrganisationAlias"]] = relationship(
        back_populates="organisation", order_by="OrganisationAlias.name"
    )


class OrganisationAlias(Base):
    """Another name it is known by: a former name, a brand, the name of one merged into it."""

    __tablename__ = "organisation_alias"
    __table_args__ = (
        UniqueConstraint("organisation_id", "name"),
        CheckConstraint("trim(name) <> ''", name="name_not_blank"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    organisation: Mapped[Organisation] = relationship(back_populates="aliases")


class OrganisationRoleHeld(Base):
    __tablename__ = "organisation_role"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    role: Mapped[OrganisationRole] = mapped_column(
        controlled(OrganisationRole, "role"), primary_key=True
    )
    organisation: Mapped[Organisation] = relationship(back_populates="roles")


class Site(Versioned, Base):
    __tablename__ = "site"
    __table_args__ = (
        UniqueConstraint("organisation_id", "name"),
        CheckConstraint("length(country) = 2 AND country = upper(country)", name="country_alpha_2"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(Text)
    # ISO 3166-1 alpha-2
    country: Mapped[str] = mapped_column(String(2))
    retired_on: Mapped[date | None]
    organisation: Mapped[Organisation] = relationship(back_populates="sites")


class Contact(Versioned, Base):
    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    full_name: Mapped[str] = mapped_column(String(200))
    function: Mapped[ContactFunction] = mapped_column(controlled(ContactFunction, "function"))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(60))
    organisation: Mapped[Organisation] = relationship(back_populates="contacts")
