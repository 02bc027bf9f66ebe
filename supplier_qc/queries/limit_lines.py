"""Specification lines as the rules take them."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.catalogue import SpecificationStatus
from supplier_qc.domain.specification.lines import LimitLine
from supplier_qc.persistence.tables.specifications import Specification, SpecificationLine


def limit_line(line: SpecificationLine) -> LimitLine:
    return LimitLine(
        attribute=line.attribute,
        operator=line.operator,
        low=line.low,
        high=line.high,
        unit=line.unit,
        allowed_texts=tuple(line.allowed_texts),
        method=line.method,
        lod=line.lod,
        loq=line.loq,
        is_identity_test=line.is_identity_test,
    )


def lines_by_specification(
    session: Session, specification_ids: Iterable[int | None]
) -> Mapping[int, tuple[LimitLine, ...]]:
    """The lines of several specifications, in their order, in one statement."""
    wanted = {number for number in specification_ids if number is not None}
    found: dict[int, list[LimitLine]] = {number: [] for number in wanted}
    lines = session.scalars(
        select(SpecificationLine)
        .where(SpecificationLine.specification_id.in_(wanted))
        .order_by(SpecificationLine.specification_id, SpecificationLine.position)
    )
    for line in lines:
        found[line.specification_id].append(limit_line(line))
    return {number: tuple(of_one) for number, of_one in found.items()}


def effective_specification(session: Session, item_id: int | None) -> Specification | None:
    """The version of the item's specification that is in force, or None."""
    return session.scalar(
        select(Specification).where(
            Specification.item_id == item_id,
            Specification.status == SpecificationStatus.EFFECTIVE,
        )
    )
