"""People who sign in, and the roles they hold."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supplier_qc.domain.people import Role
from supplier_qc.persistence.base import Base, UtcDateTime, controlled


class Person(Base):
    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("username = lower(username)", name="username_lower"),
        CheckConstraint("failed_sign_ins >= 0", name="failed_sign_ins_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(60), unique=True)
    # The printed name in signatures.
    full_name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    # argon2id, with its own salt and parameters; never shown in the audit trail.
    password_hash: Mapped[str] = mapped_column(String(200), info={"secret": True})
    is_active: Mapped[bool] = mapped_column(default=True)
    # Changes with the password, so that other sessions end.
    session_stamp: Mapped[str] = mapped_column(String(64), info={"secret": True})
    # Consecutive refused sign-ins or signatures; reset by a good one.
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    roles: Mapped[list["PersonRole"]] = relationship(
        back_populates="person", cascade="all, delete-orphan", order_by="PersonRole.role"
    )


class PersonRole(Base):
    __tablename__ = "person_role"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(controlled(Role, "role"), primary_key=True)
    person: Mapped[Person] = relationship(back_populates="roles")
