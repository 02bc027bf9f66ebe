"""Editions of the regulatory lists: shipped, proposed, signed into force; rows verified."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.entered_text import one_line, paragraphs, text_problems
from supplier_qc.domain.origin.editions import (
    UNVERIFIED,
    EditionState,
    cells_of,
    edition_sha256,
    row_sha256,
)
from supplier_qc.domain.origin.list_differences import list_differences
from supplier_qc.domain.origin.reference import DatedRow
from supplier_qc.domain.origin.reference_kinds import ReferenceListKind
from supplier_qc.domain.people import Actor, Permission, separation_refusal
from supplier_qc.domain.refusals import ChangedMeanwhile, NotPermitted, Refused
from supplier_qc.domain.signatures import SignatureMeaning, SignedRecord
from supplier_qc.persistence.reference_files import read_reference_file, shipped_content
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables.reference import (
    ListEdition,
    ReferenceRow,
    ReferenceVerification,
)
from supplier_qc.queries.reference_editions import edition_content, is_signed
from supplier_qc.queries.reference_lists import edition_rows, reference_lists, reference_lists_with
from supplier_qc.services.reassessment import reassess
from supplier_qc.services.signing import sign
from supplier_qc.services.transaction import Change, changing, check_version

INSTALLATION = Actor(person_id=None, full_name="Installation", roles=frozenset())

LARGEST_BYTES = 2 * 2**20
"""Some ten thousand rows; the longest shipped list has 170."""

_LONGEST_LABEL = 200
_LONGEST_NOTE = 2_000


@dataclass(frozen=True, slots=True)
class EditionDraft:
    """`label` says which edition this is, in the words of the site; `content` is the CSV file."""

    label: str
    content: bytes


@dataclass(frozen=True, slots=True)
class EditionApproval:
    """What the approver hands in; `replaces_id` is the edition in force that they looked at."""

    version: int
    replaces_id: int | None
    reason: str
    password: str


def load_shipped(sessions: sessionmaker[Session], *, now: datetime) -> int:
    """Load what the product ships and nobody has seen here; returns the number of editions.

    A kind without any edition gets the shipped one in force, unsigned. Where another is in
    force, as after an upgrade of the product, the shipped one is proposed for QA to decide on.
    """
    loaded = 0
    for kind in ReferenceListKind:
        rows = read_reference_file(kind, shipped_content(kind))
        sha256 = edition_sha256(kind, rows)
        with reading(sessions) as session:
            states = _states(session, kind)
        is_open = EditionState.PROPOSED in states.values()
        if sha256 in states or is_open:
            continue
        action = AuditAction.REFERENCE_LIST_SHIPPED
        with changing(sessions, action, actor=INSTALLATION, now=now) as change:
            edition = _edition(change, kind, "As shipped with the product", rows)
            if not states:
                edition.state, edition.in_force_from_at = EditionState.IN_FORCE, now
            _add(change, edition, rows)
        loaded += 1
    return loaded


def propose_edition(
    sessions: sessionmaker[Session],
    kind: ReferenceListKind,
    draft: EditionDraft,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Load a file as the next edition of a list; it changes nothing before it is signed.

    Returns its number. Raises Refused with every problem of label and file, by line.
    """
    _check_permission(actor)
    label = one_line(draft.label)
    problems = list(text_problems("The label", label, longest=_LONGEST_LABEL, required=True))
    rows: tuple[DatedRow, ...] = ()
    if len(draft.content) > LARGEST_BYTES:
        problems.append(f"The file is larger than {LARGEST_BYTES // 2**20} MB.")
    else:
        try:
            rows = read_reference_file(kind, draft.content)
        except Refused as refused:
            problems += refused.reasons
    with changing(sessions, AuditAction.REFERENCE_LIST_PROPOSED, actor=actor, now=now) as change:
        problems += _proposal_problems(change.session, kind, rows)
        Refused.unless_empty(problems)
        edition = _edition(change, kind, label, rows)
        _add(change, edition, rows)
        return edition.id


def withdraw_edition(
    sessions: sessionmaker[Session],
    edition_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Take a proposed edition back; it stays readable."""
    _check_permission(actor)
    action = AuditAction.REFERENCE_LIST_WITHDRAWN
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        edition = _proposed(change, edition_id, version)
        edition.state = EditionState.WITHDRAWN
        change.about(edition, _label(edition))


def put_in_force(
    sessions: sessionmaker[Session],
    edition_id: int,
    approval: EditionApproval,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Sign a proposed edition into force, reassess every item and lot, and keep what changed.

    Opens a requalification for cause for each approved use of an item whose conclusion gets
    worse. Raises Refused, ChangedMeanwhile, NotPermitted or WrongPassword.
    """
    action = AuditAction.REFERENCE_LIST_PUT_IN_FORCE
    with changing(sessions, action, actor=actor, now=now, reason=approval.reason) as change:
        edition = _proposed(change, edition_id, approval.version)
        change.about(edition, _label(edition))
        separation = separation_refusal(edition.loaded_by_id, actor, "proposal")
        Refused.unless_empty([separation] if separation else [])
        replaced = _in_force(change.session, edition.kind)
        if (replaced.id if replaced else None) != approval.replaces_id:
            raise ChangedMeanwhile
        before = reference_lists(change.session)
        after = reference_lists_with(change.session, edition.id)
        if replaced is not None:
            replaced.state, replaced.in_force_to_at = EditionState.SUPERSEDED, now
            change.session.flush()  # one edition of a kind is in force at any moment
        edition.state, edition.in_force_from_at = EditionState.IN_FORCE, now
        change.session.flush()  # the signature is bound to the version that results
        _sign(change, edition, approval.password)
        reassess(change, edition, before, after)


def sign_edition_in_force(
    sessions: sessionmaker[Session],
    edition_id: int,
    *,
    reason: str,
    password: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Sign an edition that came with the installation and is in force without a signature."""
    action = AuditAction.REFERENCE_LIST_SIGNED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        edition = change.get(ListEdition, edition_id, "Edition")
        if edition.state is not EditionState.IN_FORCE or is_signed(change.session, edition.id):
            raise Refused("Only an edition in force that nobody has signed waits for a signature.")
        change.about(edition, _label(edition))
        _sign(change, edition, password)


def verify_row(
    sessions: sessionmaker[Session], row_id: int, note: str, *, actor: Actor, now: datetime
) -> None:
    """Confirm that a row says what its primary source says; `note` tells what was read.

    The row stays as it is; the same row in a later edition counts as verified too.
    """
    _check_permission(actor)
    text = paragraphs(note)
    action = AuditAction.REFERENCE_ROW_VERIFIED
    with changing(sessions, action, actor=actor, now=now, reason=text) as change:
        row = change.get(ReferenceRow, row_id, "Row")
        Refused.unless_empty(
            [
                *text_problems("The note", text, longest=_LONGEST_NOTE),
                *_verification_problems(change.session, row),
            ]
        )
        verification = ReferenceVerification(
            row_sha256=row.sha256, note=text, verified_by_id=actor.person_id, verified_at=now
        )
        change.session.add(verification)
        change.session.flush()  # the number is the audit entry's subject
        edition = change.get(ListEdition, row.edition_id, "Edition")
        change.about(verification, f"{edition.kind.heading}, row {row.position}")


def _check_permission(actor: Actor) -> None:
    if not actor.may(Permission.LOAD_REFERENCE_DATA):
        raise NotPermitted("Your roles do not include loading and verifying reference data.")


# --- editions ------------------------------------------------------------------------------------


def _edition(
    change: Change, kind: ReferenceListKind, label: str, rows: Sequence[DatedRow]
) -> ListEdition:
    """A proposed edition with what it changes against the one in force."""
    replaced = _in_force(change.session, kind)
    before = edition_rows(change.session, replaced) if replaced else ()
    return ListEdition(
        kind=kind,
        sha256=edition_sha256(kind, rows),
        label=label,
        state=EditionState.PROPOSED,
        number_of_rows=len(rows),
        differences=list_differences(kind, before, rows).words(),
        loaded_by_id=change.actor.person_id,
        loaded_at=change.now,
    )


def _add(change: Change, edition: ListEdition, rows: Sequence[DatedRow]) -> None:
    """The edition and its rows. The audit entry carries the checksum over the rows, not each."""
    change.session.add(edition)
    change.session.flush()  # rows name their edition by number
    change.session.execute(
        insert(ReferenceRow),
        [
            {
                "edition_id": edition.id,
                "position": position,
                "payload": cells_of(row),
                "sha256": row_sha256(row),
            }
            for position, row in enumerate(rows, start=1)
        ],
    )
    change.about(edition, _label(edition))


def _label(edition: ListEdition) -> str:
    return f"{edition.kind.heading}: {edition.label}"


def _in_force(session: Session, kind: ReferenceListKind) -> ListEdition | None:
    return session.scalar(
        select(ListEdition).where(
            ListEdition.kind == kind, ListEdition.state == EditionState.IN_FORCE
        )
    )


def _states(session: Session, kind: ReferenceListKind) -> dict[str, EditionState]:
    """The state of every edition of the kind by checksum, the latest deciding."""
    found = session.execute(
        select(ListEdition.sha256, ListEdition.state)
        .where(ListEdition.kind == kind)
        .order_by(ListEdition.id)
    )
    return {sha256: state for sha256, state in found}  # noqa: C416 -- dict() cannot type the rows


def _proposal_problems(
    session: Session, kind: ReferenceListKind, rows: Sequence[DatedRow]
) -> Iterator[str]:
    in_force = _in_force(session, kind)
    if rows and in_force is not None and in_force.sha256 == edition_sha256(kind, rows):
        yield "The file holds the same rows as the edition in force; there is nothing to load."
    if EditionState.PROPOSED in _states(session, kind).values():
        yield "An edition of this list is proposed already; sign or withdraw it first."


def _proposed(change: Change, edition_id: int, version: int) -> ListEdition:
    edition = change.get(ListEdition, edition_id, "Edition")
    check_version(edition, version)
    if edition.state is not EditionState.PROPOSED:
        raise Refused(f"The edition is {edition.state.value.replace('_', ' ')}, not proposed.")
    return edition


def _sign(change: Change, edition: ListEdition, password: str) -> None:
    sign(
        change,
        SignedRecord(
            ListEdition.__tablename__, edition.id, edition.version, edition_content(edition)
        ),
        meaning=SignatureMeaning.APPROVED,
        password=password,
        permission=Permission.APPROVE_REFERENCE_DATA,
    )


# --- rows ----------------------------------------------------------------------------------------


def _verification_problems(session: Session, row: ReferenceRow) -> Iterator[str]:
    if row.payload["mark"] not in UNVERIFIED:
        yield "The row was read in the primary text, or is a convention; nothing is to be verified."
    known = select(ReferenceVerification.id).where(ReferenceVerification.row_sha256 == row.sha256)
    if session.scalar(known) is not None:
        yield "Somebody verified this row before; nothing was changed."
