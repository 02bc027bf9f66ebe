"""Teaching the words of a vendor from a review, taking one back, and taking in a pack of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.entered_text import one_line
from supplier_qc.domain.learned_names import (
    NameKind,
    TaughtName,
    means_the_same,
    name_problems,
    printed_key,
)
from supplier_qc.domain.name_packs import (
    ImportState,
    NamePack,
    PackEntry,
    PlannedName,
    plan_import,
)
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.refusals import NotFound, NotPermitted, Refused
from supplier_qc.domain.specification.matching import normalised_name
from supplier_qc.extraction.claims import HeaderField
from supplier_qc.extraction.taught_labels import is_known_label
from supplier_qc.persistence.tables.certificates import Certificate
from supplier_qc.persistence.tables.learned_names import LearnedName
from supplier_qc.persistence.tables.parties import Organisation
from supplier_qc.persistence.tables.people import Person
from supplier_qc.persistence.tables.specifications import SpecificationLine
from supplier_qc.queries.learned_names import meaning_words
from supplier_qc.queries.taught_names import items_by_number, letterheads, names_of_vendor
from supplier_qc.services.transaction import Change, changing, check_version


def teach_names(
    sessions: sessionmaker[Session],
    certificate_id: int,
    names: Sequence[TaughtName],
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Teach what a review found about the maker of its item, all or none; returns how many.

    What is known already counts for nothing. Refused with every reason, above all where a word
    means something else by now: that one has to be withdrawn first.
    """
    _check_permission(actor)
    with changing(sessions, AuditAction.NAMES_TAUGHT, actor=actor, now=now) as change:
        certificate = change.get(Certificate, certificate_id, "Certificate")
        if certificate.item is None:
            raise Refused("Choose the item first: a name is taught about its maker.")
        vendor = _locked_vendor(change, certificate.item.site.organisation_id)
        names = [_tidy(name, vendor) for name in names]
        others = _other_vendors(change.session, vendor.id)
        Refused.unless_empty(
            [
                *(problem for name in names for problem in _problems(name, vendor, others)),
                *_line_problems(change.session, certificate, names),
                *_scope_problems(certificate, names),
                *_contradictions(names),
            ]
        )
        new = _unknown(change, vendor, names)
        for name in new:
            _add(change, vendor, name, certificate_id)
        change.about(vendor, f"{_count(len(new))} of {vendor.name}, certificate {certificate_id}")
        return len(new)


def withdraw_name(
    sessions: sessionmaker[Session],
    name_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Take a taught name back; what was proposed or confirmed with it stays as it is."""
    _check_permission(actor)
    action = AuditAction.NAME_WITHDRAWN
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        name = change.get(LearnedName, name_id, "Learned name")
        check_version(name, version)
        if name.withdrawn_at is not None:
            raise Refused("This name is withdrawn already.")
        _withdraw(change, name, change.reason or "")
        change.about(name, f"“{name.printed}” of {name.organisation.name}")


def plan_pack(session: Session, organisation_id: int, pack: NamePack) -> tuple[PlannedName, ...]:
    """What taking in the pack would do to the vendor's names; changes nothing."""
    vendor = session.get(Organisation, organisation_id)
    if vendor is None:
        raise NotFound("Vendor", organisation_id)
    pack = replace(pack, entries=tuple(_own_letterheads(pack, vendor)))
    return plan_import(
        pack,
        names_of_vendor(session, organisation_id),
        items_by_number(session, organisation_id),
        _judge(session, vendor),
    )


def import_pack(
    sessions: sessionmaker[Session],
    organisation_id: int,
    pack: NamePack,
    choices: Mapping[int, bool],
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Take in a pack in one transaction; returns how many names were added.

    `choices` says for each conflicting entry, by its place in the pack from 0, whether the
    pack's meaning replaces ours; a conflict without a choice is refused by name.
    """
    _check_permission(actor)
    with changing(sessions, AuditAction.NAMES_IMPORTED, actor=actor, now=now) as change:
        vendor = _locked_vendor(change, organisation_id)
        planned = plan_pack(change.session, organisation_id, pack)
        Refused.unless_empty(
            f"Choose for “{one.entry.printed}”: it means {one.standing.meaning} here and "
            f"{one.name.meaning} in the pack."
            for place, one in enumerate(planned)
            if one.state is ImportState.CONFLICT and one.standing and place not in choices
        )
        taken = [one for place, one in enumerate(planned) if _is_taken(one, choices.get(place))]
        if not taken:
            raise Refused("Nothing in the pack would change anything here.")
        for one in taken:
            if one.standing is not None:
                replaced = change.get(LearnedName, one.standing.id, "Learned name")
                _withdraw(change, replaced, f"Replaced by a pack of {pack.vendor}.")
        change.session.flush()  # the old meaning leaves first: a word has one at a time
        for one in taken:
            _add(change, vendor, one.name, None)
        change.about(vendor, f"{_count(len(taken))} of {vendor.name}, from a pack of {pack.vendor}")
        return len(taken)


def clashes(session: Session, merged_id: int, kept_id: int) -> Iterator[str]:
    """Words that mean one thing at each of two vendors, which are to become one."""
    standing = {_place(name): name for name in names_of_vendor(session, kept_id)}
    for name in names_of_vendor(session, merged_id):
        other = standing.get(_place(name))
        if other is not None and not means_the_same(name, other):
            yield (
                f"“{name.printed}” is taught as {meaning_words(name.kind, name.meaning)} and as "
                f"{meaning_words(other.kind, other.meaning)}: withdraw one of the two first."
            )


def withdraw_repeated_names(change: Change, merged_id: int, kept: Organisation) -> None:
    """Of two vendors that become one, withdraw of the first what the second has as well."""
    standing = {_place(name) for name in names_of_vendor(change.session, kept.id)}
    for name in names_of_vendor(change.session, merged_id):
        if _place(name) in standing:
            repeated = change.get(LearnedName, name.id, "Learned name")
            _withdraw(change, repeated, f"{kept.name} has it as well; the two were merged.")


def _is_taken(one: PlannedName, choice: bool | None) -> bool:  # noqa: FBT001 -- or no choice
    return one.state is ImportState.NEW or (one.state is ImportState.CONFLICT and bool(choice))


def _check_permission(actor: Actor) -> None:
    if actor.person_id is None or not actor.may(Permission.REVIEW_CERTIFICATE):
        raise NotPermitted("Your roles do not include the review of certificates.")


def _locked_vendor(change: Change, organisation_id: int) -> Organisation:
    """The vendor, held until the change ends, so that two teachers take their turns."""
    vendor = change.get(Organisation, organisation_id, "Vendor")
    change.session.refresh(vendor, with_for_update=True)
    return vendor


def _tidy(name: TaughtName, vendor: Organisation) -> TaughtName:
    printed, meaning = one_line(name.printed), one_line(name.meaning)
    if name.kind is NameKind.LETTERHEAD:
        meaning = vendor.name
    return replace(name, printed=printed, meaning=meaning)


def _own_letterheads(pack: NamePack, vendor: Organisation) -> Iterator[PackEntry]:
    """A pack may come from where the vendor is filed under another name."""
    for entry in pack.entries:
        is_letterhead = entry.kind is NameKind.LETTERHEAD
        yield replace(entry, meaning=vendor.name) if is_letterhead else entry


def _judge(session: Session, vendor: Organisation) -> Callable[[TaughtName], list[str]]:
    others = _other_vendors(session, vendor.id)
    return lambda name: list(_problems(name, vendor, others))


def _other_vendors(session: Session, organisation_id: int) -> dict[str, str]:
    """Names and letterheads of all other organisations, by their comparable form."""
    names = session.execute(
        select(Organisation.id, Organisation.name).where(
            Organisation.id != organisation_id, Organisation.merged_into_id.is_(None)
        )
    )
    printed = letterheads(session)
    return {
        normalised_name(words): name
        for number, name in names
        for words in (name, *printed.get(number, ()))
    }


def _problems(name: TaughtName, vendor: Organisation, others: Mapping[str, str]) -> Iterator[str]:
    yield from name_problems(name)
    if name.kind is NameKind.HEADER_WORD:
        yield from _label_problems(name)
    elif name.kind is NameKind.LETTERHEAD and normalised_name(name.printed) in others:
        yield (
            f"“{name.printed}” is the letterhead of {others[normalised_name(name.printed)]}, "
            f"not of {vendor.name}."
        )


def _label_problems(name: TaughtName) -> Iterator[str]:
    if name.meaning not in {field.value for field in HeaderField}:
        yield f"“{name.meaning}” is no field of a certificate's header."
    elif is_known_label(name.printed, HeaderField(name.meaning)):
        field = meaning_words(name.kind, name.meaning)
        yield f"The reader knows “{name.printed}” as {field} already."


def _line_problems(
    session: Session, certificate: Certificate, names: Sequence[TaughtName]
) -> Iterator[str]:
    lines = session.scalars(
        select(SpecificationLine.attribute).where(
            SpecificationLine.specification_id == certificate.specification_id
        )
    )
    ours = {normalised_name(attribute): attribute for attribute in lines}
    for name in names:
        if name.kind is not NameKind.TEST_NAME:
            continue
        if normalised_name(name.meaning) not in ours:
            yield f"{name.meaning} is no line of the specification this certificate is judged by."
        if normalised_name(name.printed) in ours:
            yield (
                f"“{name.printed}” is the name of a line of ours, and such a name always goes "
                "first; it cannot be taught as another."
            )


def _scope_problems(certificate: Certificate, names: Sequence[TaughtName]) -> Iterator[str]:
    if any(name.item_id not in (None, certificate.item_id) for name in names):
        yield "A name is taught for the certificate's own item or for the whole vendor."


def _contradictions(names: Sequence[TaughtName]) -> Iterator[str]:
    meant: dict[tuple[NameKind, int | None, str], str] = {}
    for name in names:
        first = meant.setdefault(_place(name), name.meaning)
        if first != name.meaning:
            yield f"“{name.printed}” cannot mean both {first} and {name.meaning}."


def _place(name: TaughtName) -> tuple[NameKind, int | None, str]:
    return name.kind, name.item_id, printed_key(name.kind, name.printed)


def _unknown(change: Change, vendor: Organisation, names: Sequence[TaughtName]) -> list[TaughtName]:
    """The names that are not known yet. Raises Refused where one has another meaning."""
    standing = {_place(name): name for name in names_of_vendor(change.session, vendor.id)}
    new, conflicts = {}, []
    for name in names:
        known = standing.get(_place(name))
        if known is None:
            new[_place(name)] = name
        elif not means_the_same(known, name):
            conflicts.append(_conflict(change.session, known.id, name))
    Refused.unless_empty(conflicts)
    if not new:
        raise Refused("All of this is known already; nothing was saved.")
    return list(new.values())


def _conflict(session: Session, standing_id: int, name: TaughtName) -> str:
    standing = session.get_one(LearnedName, standing_id)
    teacher = session.get_one(Person, standing.taught_by_id).full_name
    return (
        f"“{standing.printed}” was taught as {meaning_words(standing.kind, standing.meaning)} by "
        f"{teacher} on {standing.taught_at.date().isoformat()}; withdraw that first, or leave it. "
        f"You meant {meaning_words(name.kind, name.meaning)}."
    )


def _add(
    change: Change, vendor: Organisation, name: TaughtName, certificate_id: int | None
) -> None:
    change.session.add(
        LearnedName(
            kind=name.kind,
            organisation_id=vendor.id,
            item_id=name.item_id,
            printed=name.printed,
            printed_key=printed_key(name.kind, name.printed),
            meaning=name.meaning,
            taught_by_id=change.actor.person_id,
            taught_at=change.now,
            certificate_id=certificate_id,
        )
    )


def _withdraw(change: Change, name: LearnedName, reason: str) -> None:
    name.withdrawn_by_id = change.actor.person_id
    name.withdrawn_at = change.now
    name.withdrawal_reason = reason


def _count(number: int) -> str:
    return "1 name" if number == 1 else f"{number} names"
