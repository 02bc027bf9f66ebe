"""A certificate that takes the place of an earlier one of the same lot: what it changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from supplier_qc.domain.certificate_changes.facts import CertificateFacts, PrintedTest
from supplier_qc.domain.item_matching import bare_number
from supplier_qc.domain.specification.matching import normalised_name


class DeltaChange(StrEnum):
    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class DeltaRow:
    """One difference; `subject` names the test with its part, or the header value."""

    subject: str
    change: DeltaChange
    before: str | None
    after: str | None

    def to_json(self) -> dict[str, Any]:
        return {
            "subject": self.subject,
            "change": self.change.value,
            "before": self.before,
            "after": self.after,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        return cls(
            stored["subject"], DeltaChange(stored["change"]), stored["before"], stored["after"]
        )


def delta(
    before: CertificateFacts, after: CertificateFacts, labels: dict[str, str]
) -> tuple[DeltaRow, ...]:
    """Every test and header value that is otherwise, tests first; `labels` names header fields.

    Values are compared as they stand in the review, spaces aside: a re-issue that writes 0.50 for
    0.5 has a difference, because a person has to see what was written anew.
    """
    return (*_tests(before.tests, after.tests), *_header(before, after, labels))


def _tests(before: Sequence[PrintedTest], after: Sequence[PrintedTest]) -> Iterator[DeltaRow]:
    rest = list(before)
    for test in after:
        earlier = next((one for one in rest if _key(one) == _key(test)), None)
        if earlier is None:
            yield DeltaRow(_name(test), DeltaChange.ADDED, None, _whole(test))
            continue
        rest.remove(earlier)
        yield from _parts(earlier, test)
    for test in rest:
        yield DeltaRow(_name(test), DeltaChange.DROPPED, _whole(test), None)


def _parts(before: PrintedTest, after: PrintedTest) -> Iterator[DeltaRow]:
    pairs = (
        ("result", _result(before), _result(after)),
        ("limit", before.limit, after.limit),
        ("method", before.method, after.method),
        ("supplier's mark", before.supplier_verdict, after.supplier_verdict),
    )
    for part, old, new in pairs:
        if _plain(old) != _plain(new):
            yield DeltaRow(f"{_name(after)}: {part}", _change(old, new), old, new)


def _header(
    before: CertificateFacts, after: CertificateFacts, labels: dict[str, str]
) -> Iterator[DeltaRow]:
    for field, label in labels.items():
        old, new = before.value(field), after.value(field)
        if _plain(old) != _plain(new):
            yield DeltaRow(label, _change(old, new), old, new)


def _change(old: str | None, new: str | None) -> DeltaChange:
    if not _plain(old):
        return DeltaChange.ADDED
    return DeltaChange.CHANGED if _plain(new) else DeltaChange.DROPPED


def _key(test: PrintedTest) -> str:
    return normalised_name(test.attribute or test.name)


def _name(test: PrintedTest) -> str:
    return test.attribute or test.name


def _result(test: PrintedTest) -> str | None:
    return " ".join(part for part in (test.result, test.unit) if part) or None


def _whole(test: PrintedTest) -> str:
    limit = f" (limit {test.limit})" if test.limit else ""
    return f"{_result(test) or 'no result'}{limit}"


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


@dataclass(frozen=True, slots=True)
class ReplacedFacts:
    """The certificate that a re-issue names as the one it replaces."""

    id: int
    is_confirmed: bool
    is_replaced: bool
    item_id: int | None
    lot_number: str | None


def reissue_blockers(
    replaced: ReplacedFacts | None, item_id: int | None, lot_number: str | None
) -> tuple[str, ...]:
    """Why the re-issue cannot be confirmed as one; empty when it can, or when it is none."""
    if replaced is None:
        return ()
    return tuple(_blockers(replaced, item_id, lot_number))


def _blockers(
    replaced: ReplacedFacts, item_id: int | None, lot_number: str | None
) -> Iterator[str]:
    name = f"certificate {replaced.id}"
    if not replaced.is_confirmed:
        yield f"It cannot take the place of {name}, which is not confirmed."
    if replaced.is_replaced:
        yield f"Another certificate has taken the place of {name} meanwhile."
    if replaced.item_id != item_id:
        yield f"It cannot take the place of {name}, which is of another item."
    if bare_number(replaced.lot_number) != bare_number(lot_number):
        yield (
            f"It cannot take the place of {name}: that one is of lot "
            f"{replaced.lot_number or 'without number'}, this one of {lot_number or 'none'}."
        )
