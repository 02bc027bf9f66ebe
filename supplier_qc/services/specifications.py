"""Our specification of an item: a draft, its lines, and the signature that puts it in force."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.catalogue import SpecificationStatus
from supplier_qc.domain.entered_text import compared, one_line, optional_line, text_problems
from supplier_qc.domain.people import Actor, Permission, separation_refusal
from supplier_qc.domain.refusals import NotFound, Refused
from supplier_qc.domain.signatures import SignatureMeaning, SignedRecord
from supplier_qc.domain.specification.lines import LimitLine, validate_line
from supplier_qc.domain.specification.versions import compare_versions, signed_content
from supplier_qc.persistence.tables.materials import ManufacturerItem
from supplier_qc.persistence.tables.specifications import Specification, SpecificationLine
from supplier_qc.queries.limit_lines import limit_line
from supplier_qc.queries.specifications import list_author_ids
from supplier_qc.services.signing import sign
from supplier_qc.services.transaction import Change, changing, check_version

_LARGEST_EXPONENT = 30


@dataclass(frozen=True, slots=True)
class Approval:
    """What the approver hands in: the version they looked at, why, and their password."""

    version: int
    reason: str
    password: str


def draft_specification(
    sessions: sessionmaker[Session], item_id: int, *, actor: Actor, now: datetime
) -> int:
    """Begin the next version as a copy of the one in force; returns the draft's number.

    Refused while another draft of the item is open.
    """
    with changing(sessions, AuditAction.SPECIFICATION_DRAFTED, actor=actor, now=now) as change:
        item = change.get(ManufacturerItem, item_id, "Item")
        if _of_status(change, item_id, SpecificationStatus.DRAFT) is not None:
            raise Refused("There is a draft for this item already; edit it, or discard it first.")
        draft = Specification(
            item=item,
            number=_highest_number(change, item_id) + 1,
            status=SpecificationStatus.DRAFT,
            drafted_by_id=actor.person_id,
            drafted_at=now,
        )
        in_force = _of_status(change, item_id, SpecificationStatus.EFFECTIVE)
        draft.lines = [_copy(line) for line in in_force.lines] if in_force else []
        change.session.add(draft)
        change.session.flush()  # the number is the audit entry's subject
        change.about(draft, _label(draft))
        return draft.id


def add_specification_lines(
    sessions: sessionmaker[Session],
    specification_id: int,
    lines: Sequence[LimitLine],
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Add lines at the end of a draft: all of them, or none with every reason."""
    with changing(
        sessions, AuditAction.SPECIFICATION_LINES_CHANGED, actor=actor, now=now
    ) as change:
        draft = _open_draft(change, specification_id, version)
        taken = {compared(line.attribute) for line in draft.lines}
        problems = [] if lines else ["There is no line to add."]
        for line in lines:
            problems += _line_problems(line, taken)
            taken.add(compared(line.attribute))
        Refused.unless_empty(problems)
        position = max((line.position for line in draft.lines), default=0)
        for offset, line in enumerate(lines, 1):
            draft.lines.append(_fill(SpecificationLine(position=position + offset), line))
        _count_version(change, draft)


def change_specification_line(
    sessions: sessionmaker[Session],
    specification_id: int,
    line_id: int,
    line: LimitLine,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    with changing(
        sessions, AuditAction.SPECIFICATION_LINES_CHANGED, actor=actor, now=now
    ) as change:
        draft = _open_draft(change, specification_id, version)
        record = _line_of(draft, line_id)
        taken = {compared(other.attribute) for other in draft.lines if other is not record}
        Refused.unless_empty(_line_problems(line, taken))
        _fill(record, line)
        _count_version(change, draft)


def remove_specification_line(
    sessions: sessionmaker[Session],
    specification_id: int,
    line_id: int,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    with changing(
        sessions, AuditAction.SPECIFICATION_LINES_CHANGED, actor=actor, now=now
    ) as change:
        draft = _open_draft(change, specification_id, version)
        line = _line_of(draft, line_id)
        draft.lines.remove(line)
        change.session.delete(line)  # by name, so that the audit trail keeps what it said
        _count_version(change, draft)


def approve_specification(
    sessions: sessionmaker[Session],
    specification_id: int,
    approval: Approval,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Sign a draft: it is in force from the day of the signature, and its predecessor is not.

    Nothing is put in force for an earlier or later day, so that the version in force is the one
    a lot is judged against at any moment. Raises Refused with every reason, NotPermitted or
    WrongPassword.
    """
    action = AuditAction.SPECIFICATION_APPROVED
    with changing(sessions, action, actor=actor, now=now, reason=approval.reason) as change:
        draft = _open_draft(change, specification_id, approval.version)
        in_force = _of_status(change, draft.item_id, SpecificationStatus.EFFECTIVE)
        Refused.unless_empty(_approval_problems(change, draft, in_force))
        if in_force is not None:
            in_force.status = SpecificationStatus.SUPERSEDED
            in_force.superseded_on = now.date()
            change.session.flush()  # an item has one effective version at every moment
        draft.status, draft.effective_on = SpecificationStatus.EFFECTIVE, now.date()
        change.session.flush()  # the signature is bound to the version that results
        change.about(draft, _label(draft))
        sign(
            change,
            _signed_record(draft),
            meaning=SignatureMeaning.APPROVED,
            password=approval.password,
            permission=Permission.APPROVE_SPECIFICATION,
        )


def discard_specification_draft(
    sessions: sessionmaker[Session],
    specification_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Give a draft up; it stays readable and its number is not used again."""
    action = AuditAction.SPECIFICATION_DRAFT_DISCARDED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        draft = _open_draft(change, specification_id, version)
        draft.status = SpecificationStatus.DISCARDED
        change.about(draft, _label(draft))


def _open_draft(change: Change, specification_id: int, version: int) -> Specification:
    specification = change.get(Specification, specification_id, "Specification")
    if specification.status is not SpecificationStatus.DRAFT:
        raise Refused(
            f"Version {specification.number} is {specification.status.value} and no longer a "
            "draft; nothing in it can be changed."
        )
    check_version(specification, version)
    return specification


def _count_version(change: Change, draft: Specification) -> None:
    # Only the lines changed; the count makes an older page of the draft refuse its changes.
    draft.version += 1
    change.about(draft, _label(draft))


def _of_status(change: Change, item_id: int, status: SpecificationStatus) -> Specification | None:
    return change.session.scalar(
        select(Specification).where(
            Specification.item_id == item_id, Specification.status == status
        )
    )


def _highest_number(change: Change, item_id: int) -> int:
    highest = select(func.max(Specification.number)).where(Specification.item_id == item_id)
    return change.session.scalar(highest) or 0


def _line_of(draft: Specification, line_id: int) -> SpecificationLine:
    for line in draft.lines:
        if line.id == line_id:
            return line
    raise NotFound("Specification line", line_id)


def _line_problems(line: LimitLine, taken: set[str]) -> list[str]:
    name = one_line(line.attribute) or "A line without a name"
    return [f"{name}: {problem}" for problem in _problems(line, taken)]


def _problems(line: LimitLine, taken: set[str]) -> Iterator[str]:
    yield from validate_line(line)
    yield from text_problems("The attribute", one_line(line.attribute), longest=200)
    yield from text_problems("The unit", line.unit, longest=40)
    yield from text_problems("The method", line.method, longest=200)
    for text in line.allowed_texts:
        yield from text_problems("An allowed text", text, longest=200)
    for value in (line.low, line.high, line.lod, line.loq):
        if value is not None and not _is_plain(value):
            yield "A bound is a number that can be written out."
    if compared(line.attribute) in taken:
        yield "The specification has a line of this name already."


def _is_plain(value: Decimal) -> bool:
    return value.is_finite() and abs(value.adjusted()) <= _LARGEST_EXPONENT


def _fill(record: SpecificationLine, line: LimitLine) -> SpecificationLine:
    record.attribute, record.operator = one_line(line.attribute), line.operator
    record.low, record.high = line.low, line.high
    record.unit, record.method = optional_line(line.unit), optional_line(line.method)
    record.allowed_texts = [text for text in map(one_line, line.allowed_texts) if text]
    record.lod, record.loq = line.lod, line.loq
    record.is_identity_test = line.is_identity_test
    return record


def _copy(line: SpecificationLine) -> SpecificationLine:
    return _fill(SpecificationLine(position=line.position), limit_line(line))


def _approval_problems(
    change: Change, draft: Specification, in_force: Specification | None
) -> Iterator[str]:
    lines = [limit_line(line) for line in draft.lines]
    if not lines:
        yield "The draft has no line; there is nothing to approve."
    for line in lines:
        yield from _line_problems(line, set())
    before = [limit_line(line) for line in in_force.lines] if in_force else []
    if in_force is not None and lines and not compare_versions(before, lines):
        yield f"The draft says the same as version {in_force.number}, which is in force."
    yield from _author_problems(change, draft)


def _author_problems(change: Change, draft: Specification) -> Iterator[str]:
    for author_id in list_author_ids(change.session, draft):
        refusal = separation_refusal(author_id, change.actor, "specification")
        if refusal is not None:
            yield refusal


def _signed_record(specification: Specification) -> SignedRecord:
    return SignedRecord(
        subject_type=specification.__tablename__,
        subject_id=specification.id,
        version=specification.version,
        content=signed_content(
            item_id=specification.item_id,
            number=specification.number,
            effective_on=specification.effective_on,
            lines=[limit_line(line) for line in specification.lines],
        ),
    )


def _label(specification: Specification) -> str:
    item = specification.item
    return f"{item.name} ({item.catalogue_number}), version {specification.number}"
