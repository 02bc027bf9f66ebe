"""Two versions of a specification side by side, and what a signature on one stands under."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from supplier_qc.domain.specification.lines import LimitLine, limit_words


@dataclass(frozen=True, slots=True)
class LineDifference:
    """One attribute in two versions: `before` is None where it is new, `after` where it is gone."""

    attribute: str
    before: LimitLine | None
    after: LimitLine | None
    changes: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"


def compare_versions(
    before: Sequence[LimitLine], after: Sequence[LimitLine]
) -> tuple[LineDifference, ...]:
    """Every attribute that was added, removed or changed, in the order of the newer version."""
    old = {line.attribute.casefold(): line for line in before}
    new = {line.attribute.casefold(): line for line in after}
    found = [_difference(line, old.get(key)) for key, line in new.items()]
    gone = [
        LineDifference(line.attribute, line, None) for key, line in old.items() if key not in new
    ]
    return (*(difference for difference in found if difference is not None), *gone)


def _difference(after: LimitLine, before: LimitLine | None) -> LineDifference | None:
    if before is None:
        return LineDifference(after.attribute, None, after)
    changes = tuple(_changes(before, after))
    return LineDifference(after.attribute, before, after, changes) if changes else None


def _changes(before: LimitLine, after: LimitLine) -> list[str]:
    pairs = (
        ("Limit", limit_words(before), limit_words(after)),
        ("Unit", before.unit, after.unit),
        ("Method", before.method, after.method),
        ("Limit of detection", _words(before.lod), _words(after.lod)),
        ("Limit of quantitation", _words(before.loq), _words(after.loq)),
        ("Identity test", _yes(before), _yes(after)),
    )
    return [f"{name}: {old or 'none'} → {new or 'none'}" for name, old, new in pairs if old != new]


def _words(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _yes(line: LimitLine) -> str:
    return "yes" if line.is_identity_test else "no"


def signed_content(
    *, item_id: int, number: int, effective_on: date | None, lines: Sequence[LimitLine]
) -> Mapping[str, object]:
    """All that the approver of a version saw; a number is written out, so 0.50 is not 0.5."""
    return {
        "item_id": item_id,
        "number": number,
        "effective_on": effective_on,
        "lines": [_line_content(line) for line in lines],
    }


def _line_content(line: LimitLine) -> dict[str, object]:
    return {
        "attribute": line.attribute,
        "operator": line.operator.value,
        "low": _words(line.low),
        "high": _words(line.high),
        "unit": line.unit,
        "allowed_texts": list(line.allowed_texts),
        "method": line.method,
        "lod": _words(line.lod),
        "loq": _words(line.loq),
        "is_identity_test": line.is_identity_test,
    }
