"""The regulatory lists that assessments are made with: those in force, as of a moment, or with
an edition that is only proposed.
"""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from supplier_qc.domain.origin.editions import EditionState
from supplier_qc.domain.origin.reference import DatedRow, ReferenceLists
from supplier_qc.domain.origin.reference_kinds import ReferenceListKind
from supplier_qc.persistence.reference_files import row_of_cells
from supplier_qc.persistence.tables.reference import ListEdition, ReferenceRow

Editions = dict[ReferenceListKind, tuple[int, str]]
"""Number and checksum of one edition by kind."""


class _ParsedLists:
    """Lists that this process has read, by the checksums of their editions.

    An edition's rows never change, so that a checksum says in every process and for every
    database which rows there are; nothing has to be told when another edition comes into force.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lists: OrderedDict[frozenset[str], ReferenceLists] = OrderedDict()
        self._lock = Lock()

    def get(self, key: frozenset[str]) -> ReferenceLists | None:
        with self._lock:
            if key in self._lists:
                self._lists.move_to_end(key)
            return self._lists.get(key)

    def keep(self, key: frozenset[str], lists: ReferenceLists) -> None:
        with self._lock:
            self._lists[key] = lists
            while len(self._lists) > self._most:
                self._lists.popitem(last=False)


_PARSED = _ParsedLists(most=8)


def reference_lists(session: Session) -> ReferenceLists:
    """The lists in force; a kind without an edition has no row, and answers nothing.

    One statement, and two where this process has not read these editions before.
    """
    return _lists(session, _in_force(session))


def reference_lists_as_of(session: Session, moment: datetime) -> ReferenceLists:
    """The lists that were in force at a moment."""
    begun, ended = ListEdition.in_force_from_at, ListEdition.in_force_to_at
    found = session.execute(
        select(ListEdition.kind, ListEdition.id, ListEdition.sha256).where(
            begun <= moment, ended.is_(None) | (ended > moment)
        )
    )
    return _lists(session, {kind: (number, sha256) for kind, number, sha256 in found})


def reference_lists_with(session: Session, edition_id: int) -> ReferenceLists:
    """The lists in force with one edition put in the place of that of its kind."""
    edition = session.get_one(ListEdition, edition_id)
    editions = {**_in_force(session), edition.kind: (edition.id, edition.sha256)}
    return _lists(session, editions)


def edition_rows(session: Session, edition: ListEdition) -> tuple[DatedRow, ...]:
    """The rows of one edition in the order of its file."""
    return edition.kind.rows(_lists(session, {edition.kind: (edition.id, edition.sha256)}))


def _in_force(session: Session) -> Editions:
    found = session.execute(
        select(ListEdition.kind, ListEdition.id, ListEdition.sha256).where(
            ListEdition.state == EditionState.IN_FORCE
        )
    )
    return {kind: (number, sha256) for kind, number, sha256 in found}


def _lists(session: Session, editions: Editions) -> ReferenceLists:
    key = frozenset(sha256 for _, sha256 in editions.values())
    known = _PARSED.get(key)
    if known is None:
        known = _read(session, editions)
        _PARSED.keep(key, known)
    return known


def _read(session: Session, editions: Editions) -> ReferenceLists:
    numbers = [number for number, _ in editions.values()]
    found: dict[int, list[dict[str, str]]] = {number: [] for number in numbers}
    rows = session.execute(
        select(ReferenceRow.edition_id, ReferenceRow.payload)
        .where(ReferenceRow.edition_id.in_(numbers))
        .order_by(ReferenceRow.edition_id, ReferenceRow.position)
    )
    for number, payload in rows:
        found[number].append(payload)
    lists = ReferenceLists()
    for kind, (number, _) in editions.items():
        lists = kind.put_into(lists, _parsed(kind, found[number]))
    return lists


def _parsed(kind: ReferenceListKind, payloads: Sequence[dict[str, str]]) -> tuple[DatedRow, ...]:
    return tuple(row_of_cells(kind, payload) for payload in payloads)
