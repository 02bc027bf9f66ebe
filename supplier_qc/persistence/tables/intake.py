"""What stands around the intake of certificates: tokens, the watched folder, re-issues, awaited."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.api_tokens import TokenScope
from supplier_qc.persistence.base import Base, UtcDateTime, Versioned, controlled
from supplier_qc.persistence.tables.materials import ManufacturerItem


class ApiToken(Base):
    """What another program shows to be let in. The token itself is kept nowhere."""

    __tablename__ = "api_token"
    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256_hex"),
        CheckConstraint("trim(name) <> ''", name="name_not_blank"),
        CheckConstraint(
            "(revoked_at IS NULL) = (revoked_by_id IS NULL)", name="revocation_is_whole"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # The program that holds it, in the administrator's words.
    name: Mapped[str] = mapped_column(String(80))
    # The first signs of the token, by which a person tells tokens apart.
    prefix: Mapped[str] = mapped_column(String(20), unique=True)
    # Of the whole token; 256 random bits need no salt.
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    scope: Mapped[TokenScope] = mapped_column(controlled(TokenScope, "scope"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class FolderArrival(Base):
    """One file of the watched folder that was stored, so that no restart stores it again."""

    __tablename__ = "folder_arrival"
    __table_args__ = (UniqueConstraint("name", "size_bytes", "modified_ns"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    # When the file was last written, in nanoseconds, as its folder says.
    modified_ns: Mapped[int] = mapped_column(BigInteger)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"))
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CertificateReissue(Base):
    """A confirmed certificate that took the place of an earlier one of its lot."""

    __tablename__ = "certificate_reissue"
    __table_args__ = (CheckConstraint("certificate_id <> replaced_id", name="of_another"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), unique=True)
    replaced_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), unique=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), index=True)
    # What the signer saw: [{"subject", "change", "before", "after"}, …].
    delta: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    signature_id: Mapped[int] = mapped_column(ForeignKey("signature.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ExpectedCertificate(Versioned, Base):
    """A certificate that a vendor owes us. Whether it came is seen from the certificates."""

    __tablename__ = "expected_certificate"
    __table_args__ = (
        CheckConstraint(
            "manufacturer_lot IS NOT NULL OR purchase_order IS NOT NULL", name="lot_or_order"
        ),
        CheckConstraint("trim(manufacturer_lot) <> ''", name="lot_not_blank"),
        CheckConstraint("trim(purchase_order) <> ''", name="order_not_blank"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL) "
            "AND (withdrawn_at IS NULL) = (withdrawal_reason IS NULL)",
            name="withdrawal_is_whole",
        ),
        Index(
            "uq_expected_certificate_once",
            "item_id",
            text("coalesce(manufacturer_lot, '')"),
            text("coalesce(purchase_order, '')"),
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("manufacturer_item.id"), index=True)
    # The manufacturer's lot, where it is known before the certificate.
    manufacturer_lot: Mapped[str | None] = mapped_column(String(80))
    # Our order and its line, as the vendor prints it.
    purchase_order: Mapped[str | None] = mapped_column(String(80))
    expected_on: Mapped[date]
    note: Mapped[str | None] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawal_reason: Mapped[str | None] = mapped_column(Text)
    item: Mapped[ManufacturerItem] = relationship()
