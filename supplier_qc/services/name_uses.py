"""Which taught names stand behind the proposal of a row."""

from collections.abc import Mapping
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from supplier_qc.domain.learned_names import NameKind, RecordedName
from supplier_qc.persistence.tables.certificates import CertificateRow
from supplier_qc.persistence.tables.learned_names import LearnedNameUse

_Uses = TypeVar("_Uses", bound=Mapping[NameKind, RecordedName])


def note_uses(session: Session, used: Mapping[CertificateRow, _Uses]) -> None:
    """Keep what each row was proposed with; what was noted for these rows before leaves."""
    session.flush()  # new rows get their numbers
    numbers = [row.id for row in used]
    earlier = session.scalars(select(LearnedNameUse).where(LearnedNameUse.row_id.in_(numbers)))
    standing = {(use.row_id, use.kind): use for use in earlier}
    wanted = {(row.id, kind): name for row, names in used.items() for kind, name in names.items()}
    for place, use in standing.items():
        if place not in wanted:
            session.delete(use)
    for (row_id, kind), name in wanted.items():
        if (row_id, kind) in standing:
            standing[row_id, kind].learned_name_id = name.id
        else:
            session.add(LearnedNameUse(row_id=row_id, kind=kind, learned_name_id=name.id))
    session.flush()  # uses leave before the rows that they point to


def taught_values(session: Session, row: CertificateRow) -> dict[str, str]:
    """The method and the unit that the row was proposed with as taught; none where as printed."""
    uses = session.scalars(
        select(LearnedNameUse)
        .where(LearnedNameUse.row_id == row.id, LearnedNameUse.kind != NameKind.TEST_NAME)
        .options(joinedload(LearnedNameUse.name))
    )
    return {use.kind.value: use.name.meaning for use in uses}
